//! A profile in words.

use wardround_evidence::visible;

use super::{Basis, CarriedBy, EntryKind, Profile, Quantity, StreamProfile, Vector};

/// What a profile says, for a terminal: a line each, no longer than it must be.
#[must_use]
pub fn explain(profile: &Profile) -> String {
    let mut lines = Lines::default();
    let note = if profile.hypothetical {
        " (hypothetical: no such worm is known)"
    } else {
        ""
    };
    lines.at(0, format!("{}{note}", profile.title));
    lines.at(1, profile.about.clone());
    if !profile.aliases.is_empty() {
        lines.at(1, format!("Also called {}.", profile.aliases.join(", ")));
    }
    lines.at(0, "How it begins".to_owned());
    lines.at(1, format!("At {}: {}", entry(profile), profile.entry.about));
    if let Some(dwell) = &profile.dwell {
        lines.at(1, dwell.about.clone());
        lines.quantity(1, "hours before spread begins", &dwell.hours);
    }
    lines.quantity(
        1,
        "hours from infection to the first probe",
        &profile.latency_hours,
    );
    lines.at(0, format!("How it takes a machine, over {}", profile.port));
    for vector in &profile.vectors {
        lines.vector(profile, vector);
    }
    lines.at(0, "How it looks for others".to_owned());
    for stream in &profile.streams {
        lines.stream(profile, stream);
    }
    for pressure in &profile.outside {
        lines.at(
            1,
            format!(
                "from the internet, at each address that faces it, from hour {} on",
                pressure.from_hour.words()
            ),
        );
        lines.quantity(2, "probes per hour", &pressure.probes_per_hour);
    }
    lines.end(profile);
    lines.identity(profile);
    lines.0
}

const fn entry(profile: &Profile) -> &'static str {
    match profile.entry.kind {
        EntryKind::Workstation => "an office PC",
        EntryKind::Server => "a server",
        EntryKind::InternetExposed => "a machine that answers from the internet",
        EntryKind::Supplier => "machines that one supplier serves",
    }
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    fn at(&mut self, depth: usize, line: String) {
        if depth == 0 && !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(&"  ".repeat(depth));
        // A file may hold anything; a line of it must not look like a line of ours.
        self.0.push_str(&visible(&line));
        self.0.push('\n');
    }

    fn quantity(&mut self, depth: usize, what: &str, quantity: &Quantity) {
        let basis = match quantity.basis {
            Basis::Sourced => "sourced",
            Basis::Derived => "derived",
            Basis::Assumed => "assumed",
        };
        self.at(
            depth,
            format!(
                "{what}: {} ({basis}: {})",
                quantity.words(),
                quantity.source
            ),
        );
    }

    fn vector(&mut self, profile: &Profile, vector: &Vector) {
        self.at(
            1,
            format!("{}: {}. {}", vector.id, vector.title, vector.about),
        );
        let conditions: Vec<String> = vector
            .closed_by
            .iter()
            .map(|condition| condition.words(vector, profile.port))
            .collect();
        self.at(2, format!("closed where {}", conditions.join(", or ")));
        self.at(
            2,
            if vector.patch_closes {
                "patching during the outbreak closes it".to_owned()
            } else {
                "patching does not close it".to_owned()
            },
        );
        match (vector.carried_by, &vector.credentials) {
            (CarriedBy::Credentials, Some(credentials)) => {
                self.at(
                    2,
                    "only machines that hold reusable credentials try it".to_owned(),
                );
                self.quantity(
                    2,
                    "share of machines that hold some, where no log-on evidence says",
                    &credentials.share,
                );
            }
            _ => self.at(2, "every infected machine tries it".to_owned()),
        }
        if let Some(share) = &vector.service_share {
            self.quantity(
                2,
                "share of machines on which the service runs, where no evidence says",
                share,
            );
        }
        self.at(2, "chance that a probe infects".to_owned());
        for (_, family, chance) in vector.success.named() {
            self.quantity(3, family, chance);
        }
        if vector.crash.named().next().is_some() {
            self.at(
                2,
                "chance that a probe that does not infect crashes".to_owned(),
            );
        }
        for (_, family, chance) in vector.crash.named() {
            self.quantity(3, family, chance);
        }
    }

    fn stream(&mut self, profile: &Profile, stream: &StreamProfile) {
        let by = if profile.vectors.len() > 1 {
            format!(", by {}", profile.vector_of(stream).id)
        } else {
            String::new()
        };
        self.at(1, format!("{}{by}", stream.words()));
        let pace = match stream {
            StreamProfile::Contacts { .. } => "attempts per hour along each",
            _ => "probes per hour",
        };
        self.quantity(2, pace, stream.per_hour());
        if let StreamProfile::Uniform {
            addresses: Some(addresses),
            ..
        } = stream
        {
            self.quantity(2, "addresses that it draws from", addresses);
        }
    }

    fn end(&mut self, profile: &Profile) {
        let Profile {
            kill_switch,
            dormancy,
            removal_mean_hours,
            payload,
            ..
        } = profile;
        self.at(0, "How it rests and ends".to_owned());
        if let Some(dormancy) = dormancy {
            self.quantity(
                1,
                "falls silent, times per hour",
                &dormancy.to_dormant_per_hour,
            );
            self.quantity(1, "wakes, times per hour", &dormancy.to_active_per_hour);
        }
        match removal_mean_hours {
            Some(mean) => self.quantity(1, "mean hours until it ends by itself", mean),
            None => self.at(1, "It does not end by itself.".to_owned()),
        }
        if let Some(payload) = payload {
            self.at(1, payload.about.clone());
            self.quantity(
                1,
                "mean hours until the machine is out of service",
                &payload.mean_hours,
            );
            self.at(
                1,
                if payload.stops_spread {
                    "A machine that is out of service spreads no more.".to_owned()
                } else {
                    "A machine that is out of service goes on spreading.".to_owned()
                },
            );
        }
        if let Some(switch) = kill_switch {
            self.at(1, format!("Kill switch: {}", switch.about));
        }
    }

    fn identity(&mut self, profile: &Profile) {
        self.at(0, "Who is said to be behind it".to_owned());
        if profile.attributions.is_empty() {
            let words = if profile.hypothetical {
                "Nobody: there is no such worm."
            } else {
                "Nobody, in the sources used here."
            };
            self.at(1, words.to_owned());
        }
        for row in &profile.attributions {
            let date = row
                .date
                .map_or_else(|| "undated".to_owned(), |date| date.to_string());
            self.at(
                1,
                format!(
                    "{date}, {}: {} ({})",
                    row.who,
                    row.to,
                    row.confidence.words()
                ),
            );
            self.at(2, format!("{} [{}]", row.words, row.source));
        }
        if !profile.references.is_empty() {
            self.at(0, "Where to read about it".to_owned());
        }
        for reference in &profile.references {
            let mut parts: Vec<String> = Vec::new();
            parts.extend(reference.id.clone());
            parts.push(reference.title.clone());
            parts.extend(reference.date.map(|date| date.to_string()));
            parts.extend(reference.url.clone());
            self.at(1, parts.join(", "));
        }
    }
}
