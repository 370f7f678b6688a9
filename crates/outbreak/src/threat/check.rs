//! What a profile may hold beyond its shape: bounds, and fields that need each other.

use std::collections::BTreeSet;

use super::bounds::{
    ADDRESSES, Bounds, CHANCE, HOURS, LATENCY_HOURS, LONGEST, MOST_DAYS_AGO, MOST_ROWS,
    MOST_SAFEGUARDS, MOST_STREAMS, MOST_VECTORS, PER_HOUR, PROBES_PER_HOUR, REMOVAL_HOURS,
};
use super::place::Way;
use super::{
    Attribution, CarriedBy, Condition, Profile, Quantity, Reference, ScopeName, StreamProfile,
    Vector, plain,
};

/// One thing that is wrong, and where.
pub(super) struct Wrong {
    pub(super) at: Way,
    pub(super) what: String,
    pub(super) hints: Vec<String>,
}

/// Everything that is wrong with a profile.
pub(super) fn all(profile: &Profile) -> Vec<Wrong> {
    let mut check = Check::default();
    let top = Way::default();
    check.word(&top.field("id"), &profile.id);
    check.text(&top.field("title"), &profile.title, LONGEST[1]);
    check.text(&top.field("about"), &profile.about, LONGEST[2]);
    check.rows(&top.field("aliases"), profile.aliases.len(), 0, MOST_ROWS);
    for alias in &profile.aliases {
        check.text(&top.field("aliases"), alias, LONGEST[1]);
    }
    let latency = top.field("latency_hours");
    check.within(&latency, &profile.latency_hours, LATENCY_HOURS);
    if let Some(removal) = &profile.removal_mean_hours {
        check.within(&top.field("removal_mean_hours"), removal, REMOVAL_HOURS);
    }
    check.text(
        &top.field("entry").field("about"),
        &profile.entry.about,
        LONGEST[2],
    );
    circumstances(&mut check, profile);
    check.rows(&top.field("vector"), profile.vectors.len(), 1, MOST_VECTORS);
    let mut ids = BTreeSet::new();
    for (index, vector) in profile.vectors.iter().enumerate() {
        let at = top.row("vector", index);
        if !ids.insert(vector.id.as_str()) {
            check.wrong(&at.field("id"), format!("names `{}` twice", vector.id));
        }
        check.vector(&at, vector);
    }
    check.rows(&top.field("stream"), profile.streams.len(), 1, MOST_STREAMS);
    for (index, stream) in profile.streams.iter().enumerate() {
        check.stream(&top.row("stream", index), stream, &ids);
    }
    check.one_space(&profile.streams);
    for (index, vector) in profile.vectors.iter().enumerate() {
        let used = profile.streams.iter().any(|stream| {
            stream
                .vector()
                .map_or(profile.vectors.len() == 1, |id| id == vector.id)
        });
        if !used && !profile.streams.is_empty() {
            check.wrong_with(
                &top.row("vector", index),
                format!("(`{}`) is tried by no stream", vector.id),
                &format!("for example: [[stream]]; kind = \"sweep\"; vector = \"{}\"; probes_per_hour = …", vector.id),
            );
        }
    }
    check.rows(
        &top.field("reference"),
        profile.references.len(),
        0,
        MOST_ROWS,
    );
    for (index, reference) in profile.references.iter().enumerate() {
        check.reference(&top.row("reference", index), reference);
    }
    check.rows(
        &top.field("attribution"),
        profile.attributions.len(),
        0,
        MOST_ROWS,
    );
    for (index, attribution) in profile.attributions.iter().enumerate() {
        check.attribution(&top.row("attribution", index), attribution);
    }
    if !profile.hypothetical && profile.references.is_empty() {
        check.wrong_with(
            &top.field("hypothetical"),
            "is false, so that someone wants to read about it: a `[[reference]]` is needed".to_owned(),
            "for example: [[reference]]; id = \"MS17-010\"; title = \"Microsoft security bulletin MS17-010\"",
        );
    }
    check.found
}

/// Dwell, dormancy, payload, kill switch and force from outside.
fn circumstances(check: &mut Check, profile: &Profile) {
    let top = Way::default();
    if let Some(dwell) = &profile.dwell {
        let at = top.field("dwell");
        check.text(&at.field("about"), &dwell.about, LONGEST[2]);
        check.within(&at.field("hours"), &dwell.hours, HOURS);
    }
    if let Some(dormancy) = &profile.dormancy {
        let at = top.field("dormancy");
        check.within(
            &at.field("to_dormant_per_hour"),
            &dormancy.to_dormant_per_hour,
            PER_HOUR,
        );
        check.within(
            &at.field("to_active_per_hour"),
            &dormancy.to_active_per_hour,
            PER_HOUR,
        );
    }
    if let Some(payload) = &profile.payload {
        let at = top.field("payload");
        check.text(&at.field("about"), &payload.about, LONGEST[2]);
        check.within(&at.field("mean_hours"), &payload.mean_hours, HOURS);
    }
    if let Some(switch) = &profile.kill_switch {
        check.text(
            &top.field("kill_switch").field("about"),
            &switch.about,
            LONGEST[2],
        );
    }
    outside(check, profile);
}

/// Force from outside: rows by their hour, and one vector for all of them.
fn outside(check: &mut Check, profile: &Profile) {
    let top = Way::default();
    check.rows(&top.field("outside"), profile.outside.len(), 0, MOST_ROWS);
    let mut last = 0.0;
    let ids: BTreeSet<&str> = profile.vectors.iter().map(|it| it.id.as_str()).collect();
    for (index, pressure) in profile.outside.iter().enumerate() {
        let at = top.row("outside", index);
        check.within(&at.field("from_hour"), &pressure.from_hour, HOURS);
        check.within(
            &at.field("probes_per_hour"),
            &pressure.probes_per_hour,
            PER_HOUR,
        );
        if pressure.from_hour.low < last {
            let what = "must not begin before the row above it may have begun".to_owned();
            check.wrong(&at.field("from_hour"), what);
        }
        last = pressure.from_hour.high;
        check.names_vector(&at, pressure.vector.as_deref(), &ids);
        if pressure.vector != profile.outside[0].vector {
            let what = "must be the one of the first row: the internet tries one way in".to_owned();
            check.wrong(&at.field("vector"), what);
        }
    }
}

#[derive(Default)]
struct Check {
    found: Vec<Wrong>,
}

impl Check {
    fn wrong(&mut self, at: &Way, what: String) {
        self.found.push(Wrong {
            at: at.clone(),
            what,
            hints: Vec::new(),
        });
    }

    fn wrong_with(&mut self, at: &Way, what: String, hint: &str) {
        self.found.push(Wrong {
            at: at.clone(),
            what,
            hints: vec![hint.to_owned()],
        });
    }

    /// A number between bounds, with its ground.
    fn within(&mut self, at: &Way, quantity: &Quantity, bounds: Bounds) {
        let (low, high) = (quantity.low, quantity.high);
        let (least, most) = bounds;
        if !low.is_finite() || !high.is_finite() {
            self.wrong(at, "must hold numbers that are finite".to_owned());
        } else if low > high {
            let what = format!("is upside down: `low` is {low:?} and `high` is {high:?}");
            self.wrong(at, what);
        } else if low < least || high > most {
            let (least, most) = (plain(least), plain(most));
            self.wrong(at, format!("must lie between {least} and {most}"));
        }
        self.text(&at.field("source"), &quantity.source, LONGEST[2]);
    }

    /// A short word: small letters, digits, hyphens.
    fn word(&mut self, at: &Way, word: &str) {
        let fits = (1..=LONGEST[0]).contains(&word.len())
            && word
                .bytes()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        if !fits {
            self.wrong(
                at,
                format!(
                    "must be 1 to {} small letters, digits or hyphens",
                    LONGEST[0]
                ),
            );
        }
    }

    /// A text that says something and does not go on for ever.
    fn text(&mut self, at: &Way, text: &str, longest: usize) {
        if text.trim().is_empty() {
            self.wrong(at, "must say something".to_owned());
        } else if text.chars().count() > longest {
            self.wrong(at, format!("must have at most {longest} characters"));
        }
    }

    fn rows(&mut self, at: &Way, rows: usize, least: usize, most: usize) {
        if !(least..=most).contains(&rows) {
            self.wrong(at, format!("must have {least} to {most} rows, not {rows}"));
        }
    }

    fn vector(&mut self, at: &Way, vector: &Vector) {
        self.word(&at.field("id"), &vector.id);
        self.text(&at.field("title"), &vector.title, LONGEST[1]);
        self.text(&at.field("about"), &vector.about, LONGEST[2]);
        let closed_by = at.field("closed_by");
        if vector.closed_by.is_empty() {
            let what = "names no safeguard: every machine would be open to it".to_owned();
            self.wrong(&closed_by, what);
        }
        self.rows(&closed_by, vector.closed_by.len(), 0, MOST_SAFEGUARDS);
        self.fix(at, vector);
        match (vector.carried_by, &vector.credentials) {
            (CarriedBy::Credentials, None) => self.wrong_with(
                &at.field("carried_by"),
                "is `credentials`, so `[vector.credentials]` must say who holds them".to_owned(),
                "for example: [vector.credentials]; share = { low = 0.05, high = 0.5, basis = \"assumed\", source = \"why\" }",
            ),
            (CarriedBy::Every, Some(_)) => self.wrong(
                &at.field("credentials"),
                "is only for `carried_by = \"credentials\"`".to_owned(),
            ),
            (CarriedBy::Credentials, Some(credentials)) => {
                let share = at.field("credentials").field("share");
                self.within(&share, &credentials.share, CHANCE);
            }
            (CarriedBy::Every, None) => {}
        }
        if let Some(share) = &vector.service_share {
            self.within(&at.field("service_share"), share, CHANCE);
        }
        for (field, _, chance) in vector.success.named() {
            self.within(&at.field("success").field(field), chance, CHANCE);
        }
        for (field, _, chance) in vector.crash.named() {
            self.within(&at.field("crash").field(field), chance, CHANCE);
        }
    }

    /// A condition that asks after a fix needs its day, and a day needs its condition.
    fn fix(&mut self, at: &Way, vector: &Vector) {
        let names = |condition| vector.closed_by.contains(&condition);
        let closed_by = at.field("closed_by");
        let days = at.field("fixed_days_ago");
        let day = at.field("fixed_on");
        match (names(Condition::UpdatedSinceFix), vector.fixed_days_ago) {
            (true, None) => self.wrong_with(
                &closed_by,
                "names `updated_since_fix`, so `fixed_days_ago` must say when the fix came out"
                    .to_owned(),
                "for example: fixed_days_ago = 30",
            ),
            (true, Some(ago)) if ago > MOST_DAYS_AGO => {
                self.wrong(&days, format!("must lie between 0 and {MOST_DAYS_AGO}"));
            }
            (false, Some(_)) => {
                let what = "is of use only where `closed_by` names `updated_since_fix`".to_owned();
                self.wrong(&days, what);
            }
            _ => {}
        }
        match (names(Condition::UpdatedSince), vector.fixed_on) {
            (true, None) => self.wrong_with(
                &closed_by,
                "names `updated_since`, so `fixed_on` must say on which day the fix came out"
                    .to_owned(),
                "for example: fixed_on = \"2019-05-14\"",
            ),
            (true, Some(date)) if !(1990..=2200).contains(&date.year()) => {
                self.wrong(&day, "must lie between 1990 and 2200".to_owned());
            }
            (false, Some(_)) => {
                let what = "is of use only where `closed_by` names `updated_since`".to_owned();
                self.wrong(&day, what);
            }
            _ => {}
        }
    }

    /// A row tries a vector of the profile, and says which where there are several.
    fn names_vector(&mut self, at: &Way, vector: Option<&str>, vectors: &BTreeSet<&str>) {
        let known: Vec<String> = vectors.iter().map(|id| format!("`{id}`")).collect();
        let hint = match &known[..] {
            [only] => format!("the vector of this profile is {only}"),
            several => format!("the vectors of this profile are {}", several.join(", ")),
        };
        match vector {
            None if vectors.len() > 1 => self.wrong_with(
                at,
                "must say which `vector` it tries, for there are several".to_owned(),
                &hint,
            ),
            Some(id) if !vectors.contains(id) => self.wrong_with(
                &at.field("vector"),
                "names no vector of this profile".to_owned(),
                &hint,
            ),
            _ => {}
        }
    }

    /// Streams that probe a whole realm say the same of how many addresses it has: they draw from one space.
    fn one_space(&mut self, streams: &[StreamProfile]) {
        let mut first: Option<&Option<Quantity>> = None;
        for (index, stream) in streams.iter().enumerate() {
            let StreamProfile::Uniform {
                scope: ScopeName::Realm,
                addresses,
                ..
            } = stream
            else {
                continue;
            };
            let space = |it: &Option<Quantity>| it.as_ref().map(|it| (it.low, it.high));
            if space(first.get_or_insert(addresses)) != space(addresses) {
                let at = Way::default().row("stream", index).field("addresses");
                let what = "must be that of the streams before it with `scope = \"realm\"`: they draw from one space";
                self.wrong(&at, what.to_owned());
            }
        }
    }

    fn stream(&mut self, at: &Way, stream: &StreamProfile, vectors: &BTreeSet<&str>) {
        self.names_vector(at, stream.vector(), vectors);
        match stream {
            StreamProfile::Sweep {
                probes_per_hour, ..
            } => self.within(
                &at.field("probes_per_hour"),
                probes_per_hour,
                PROBES_PER_HOUR,
            ),
            StreamProfile::Uniform {
                probes_per_hour,
                addresses,
                scope,
                ..
            } => {
                self.within(
                    &at.field("probes_per_hour"),
                    probes_per_hour,
                    PROBES_PER_HOUR,
                );
                if let Some(addresses) = addresses {
                    if *scope != ScopeName::Realm {
                        self.wrong_with(
                            &at.field("addresses"),
                            "is of use only with `scope = \"realm\"`: of its own networks and organisation the estate tells"
                                .to_owned(),
                            "leave it out, or let the stream probe the realm",
                        );
                    }
                    self.within(&at.field("addresses"), addresses, ADDRESSES);
                }
            }
            StreamProfile::Contacts {
                attempts_per_hour, ..
            } => self.within(&at.field("attempts_per_hour"), attempts_per_hour, PER_HOUR),
        }
    }

    fn reference(&mut self, at: &Way, reference: &Reference) {
        self.text(&at.field("title"), &reference.title, LONGEST[1]);
        if let Some(id) = &reference.id {
            self.text(&at.field("id"), id, LONGEST[0]);
        }
        if let Some(url) = &reference.url
            && !is_document(url)
        {
            let what = "must be an https or http address of a document, without spaces".to_owned();
            self.wrong(&at.field("url"), what);
        }
    }

    fn attribution(&mut self, at: &Way, attribution: &Attribution) {
        self.text(&at.field("who"), &attribution.who, LONGEST[1]);
        self.text(&at.field("to"), &attribution.to, LONGEST[1]);
        self.text(&at.field("words"), &attribution.words, LONGEST[2]);
        self.text(&at.field("source"), &attribution.source, LONGEST[2]);
    }
}

/// Whether a text is an address of a document on the web, of a sane length and without anything to hide.
pub(super) fn is_document(url: &str) -> bool {
    url.len() <= LONGEST[2]
        && url
            .strip_prefix("https://")
            .or_else(|| url.strip_prefix("http://"))
            .is_some_and(|rest| !rest.is_empty())
        && url
            .chars()
            .all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '\\' | '`'))
}
