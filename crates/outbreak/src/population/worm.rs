//! How the worm looks for machines in one world: its streams, contacts and pressure from outside.

use wardround_engine::{Contact, Dormancy, Outside, Payload, Pressure, Scope, Stream, StreamKind};

use super::draw::Draw;
use crate::draws::{Decides, unit};
use crate::threat::{ContactKind, ScopeName, StreamProfile};

impl Draw<'_> {
    pub(super) fn streams(&self) -> Vec<Stream> {
        (1u64..)
            .zip(&self.population.profile.streams)
            .filter_map(|(number, stream)| {
                let kind = match stream {
                    StreamProfile::Sweep { .. } => StreamKind::Sweep,
                    StreamProfile::Uniform { scope, .. } => StreamKind::Uniform(match scope {
                        ScopeName::Network => Scope::Network,
                        ScopeName::Organisation => Scope::Organisation,
                        ScopeName::Realm => Scope::Realm,
                    }),
                    StreamProfile::Contacts { .. } => return None,
                };
                Some(Stream {
                    vector: self.vector_of(stream),
                    kind,
                    probes_per_hour: self.parameter(number, stream.per_hour()),
                })
            })
            .collect()
    }

    /// Contacts between machines. No export that is read shows them, so they are unknown, and drawn: each machine has so
    /// many partners in its own organisation; each that holds credentials may log on to so many of its administrator's.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "numbers of partners are small, and a share of a count is below it"
    )]
    pub(super) fn contacts(&self, carries: impl Fn(u32) -> u8) -> Vec<Contact> {
        let population = self.population;
        let mut contacts = Vec::new();
        for (number, stream) in (1u64..).zip(&population.profile.streams) {
            let StreamProfile::Contacts {
                along,
                attempts_per_hour,
                ..
            } = stream
            else {
                continue;
            };
            let vector = self.vector_of(stream);
            let attempts_per_hour = self.parameter(number, attempts_per_hour) as f32;
            let partners = match along {
                ContactKind::Conversations => population.rules.contacts.conversations,
                ContactKind::LogOns => population.rules.contacts.log_ons,
            };
            let groups = population.groups(*along);
            for (host, group) in (0u32..).zip(&groups.of_host) {
                if *along == ContactKind::LogOns && carries(host) >> vector & 1 == 0 {
                    continue;
                }
                let members = &groups.members[*group as usize];
                for partner in 0..partners {
                    let key = [u64::from(host), number, u64::from(partner)];
                    let at = unit(self.seed, self.world, Decides::Contact, &key);
                    let to = members[(at * members.len() as f64) as usize];
                    if to != host {
                        contacts.push(Contact {
                            from: host,
                            to,
                            vector,
                            attempts_per_hour,
                        });
                    }
                }
            }
        }
        contacts
    }

    fn vector_of(&self, stream: &StreamProfile) -> u8 {
        let profile = self.population.profile;
        let vector = profile.vector_of(stream);
        let position = profile.vectors.iter().position(|it| it.id == vector.id);
        position.unwrap_or(0) as u8
    }

    pub(super) fn dormancy(&self) -> Option<Dormancy> {
        let dormancy = self.population.profile.dormancy.as_ref()?;
        Some(Dormancy {
            falls_per_hour: self.parameter(60, &dormancy.to_dormant_per_hour),
            wakes_per_hour: self.parameter(61, &dormancy.to_active_per_hour),
        })
    }

    pub(super) fn removal_mean_hours(&self) -> Option<f64> {
        let removal = self.population.profile.removal_mean_hours.as_ref()?;
        // The engine wants some time at least.
        Some(self.parameter(62, removal).max(1e-6))
    }

    pub(super) fn payload(&self) -> Option<Payload> {
        let payload = self.population.profile.payload.as_ref()?;
        Some(Payload {
            mean_hours: self.parameter(63, &payload.mean_hours),
            ends_spread: payload.stops_spread,
        })
    }

    /// Pressure from outside, by the first vector.
    pub(super) fn outside(&self) -> Option<Outside> {
        let rows = &self.population.profile.outside;
        let steps = (70u64..)
            .step_by(2)
            .zip(rows)
            .map(|(number, row)| Pressure {
                from_hours: self.parameter(number, &row.from_hour),
                probes_per_hour: self.parameter(number + 1, &row.probes_per_hour),
            });
        let mut pressure: Vec<Pressure> = steps.collect();
        pressure.sort_by(|one, other| one.from_hours.total_cmp(&other.from_hours));
        pressure.dedup_by(|one, other| one.from_hours == other.from_hours);
        (!pressure.is_empty()).then_some(Outside {
            vector: 0,
            pressure,
        })
    }
}
