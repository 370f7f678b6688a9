//! Every number of a profile, by name.

use super::{Basis, Profile, Quantity, StreamProfile};

/// How many numbers stand on what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grounds {
    /// A source states them.
    pub sourced: usize,
    /// They follow from sourced ones.
    pub derived: usize,
    /// Neither.
    pub assumed: usize,
}

impl FromIterator<Basis> for Grounds {
    fn from_iter<I: IntoIterator<Item = Basis>>(bases: I) -> Self {
        let mut grounds = Self::default();
        for basis in bases {
            match basis {
                Basis::Sourced => grounds.sourced += 1,
                Basis::Derived => grounds.derived += 1,
                Basis::Assumed => grounds.assumed += 1,
            }
        }
        grounds
    }
}

impl Profile {
    /// Every number that the profile gives, under a name that says where it stands.
    #[must_use]
    pub fn quantities(&self) -> Vec<(String, &Quantity)> {
        let mut all: Vec<(String, &Quantity)> =
            vec![("latency_hours".to_owned(), &self.latency_hours)];
        let mut add = |name: String, quantity| all.push((name, quantity));
        if let Some(mean) = &self.removal_mean_hours {
            add("removal_mean_hours".to_owned(), mean);
        }
        if let Some(dwell) = &self.dwell {
            add("dwell.hours".to_owned(), &dwell.hours);
        }
        if let Some(dormancy) = &self.dormancy {
            let names = ["to_dormant_per_hour", "to_active_per_hour"];
            for (name, rate) in names
                .into_iter()
                .zip([&dormancy.to_dormant_per_hour, &dormancy.to_active_per_hour])
            {
                add(format!("dormancy.{name}"), rate);
            }
        }
        if let Some(payload) = &self.payload {
            add("payload.mean_hours".to_owned(), &payload.mean_hours);
        }
        for vector in &self.vectors {
            let at = format!("vector {}", vector.id);
            if let Some(credentials) = &vector.credentials {
                add(format!("{at}: credentials.share"), &credentials.share);
            }
            if let Some(share) = &vector.service_share {
                add(format!("{at}: service_share"), share);
            }
            for (family, _, chance) in vector.success.named() {
                add(format!("{at}: success.{family}"), chance);
            }
            for (family, _, chance) in vector.crash.named() {
                add(format!("{at}: crash.{family}"), chance);
            }
        }
        for (number, stream) in (1..).zip(&self.streams) {
            let at = format!("stream {number}");
            let pace = match stream {
                StreamProfile::Contacts { .. } => "attempts_per_hour",
                _ => "probes_per_hour",
            };
            add(format!("{at}: {pace}"), stream.per_hour());
            if let StreamProfile::Uniform {
                addresses: Some(addresses),
                ..
            } = stream
            {
                add(format!("{at}: addresses"), addresses);
            }
        }
        for (number, pressure) in (1..).zip(&self.outside) {
            add(format!("outside {number}: from_hour"), &pressure.from_hour);
            let pace = format!("outside {number}: probes_per_hour");
            add(pace, &pressure.probes_per_hour);
        }
        all
    }

    /// How many of its numbers stand on what.
    #[must_use]
    pub fn grounds(&self) -> Grounds {
        let quantities = self.quantities().into_iter();
        quantities.map(|(_, quantity)| quantity.basis).collect()
    }
}
