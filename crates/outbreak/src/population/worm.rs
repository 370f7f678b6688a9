//! The threat's numbers in one world.

use wardround_engine::{
    Delay, Dormancy, Opening, Outside, Payload, Pressure, Scope, Stream, StreamKind,
};
use wardround_estate::Family;

use super::draw::{Draw, Parameter};
use crate::threat::{FAMILIES, ScopeName, StreamProfile};

/// The number of a family of system: its place in [`FAMILIES`], and then what is not Windows.
pub(super) fn family_number(family: Family) -> u8 {
    let place = FAMILIES.iter().position(|known| *known == family);
    place.unwrap_or(FAMILIES.len()) as u8
}

impl Draw<'_> {
    /// For each family, what a probe by each way does to an open machine.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the engine keeps chances in 32 bits"
    )]
    pub(super) fn openings(&self) -> Vec<Vec<Opening>> {
        let vectors = &self.population.profile.vectors;
        let of = |(family, kind): (u64, Family)| {
            (0u64..)
                .zip(vectors)
                .map(|(vector, profile)| Opening {
                    success: self.parameter(
                        Parameter::Success { vector, family },
                        profile.success.of(kind),
                    ) as f32,
                    crash: profile.crash.of(kind).map_or(0.0, |crash| {
                        self.parameter(Parameter::Crash { vector, family }, crash) as f32
                    }),
                })
                .collect()
        };
        (0u64..)
            .zip(FAMILIES.into_iter().chain([Family::NotWindows]))
            .map(of)
            .collect()
    }

    /// Streams of probes; contacts are pairs of machines and stand elsewhere.
    pub(super) fn streams(&self) -> Vec<Stream> {
        (0u64..)
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
                    probes_per_hour: self.parameter(Parameter::Stream(number), stream.per_hour()),
                })
            })
            .collect()
    }

    /// The place of the vector that a stream tries.
    pub(super) fn vector_of(&self, stream: &StreamProfile) -> u8 {
        let profile = self.population.profile;
        let tried = profile.vector_of(stream);
        let place = profile
            .vectors
            .iter()
            .position(|vector| vector.id == tried.id);
        place.unwrap_or_default() as u8
    }

    pub(super) fn latency(&self) -> Delay {
        Delay::Exponential {
            mean: self.parameter(Parameter::Latency, &self.population.profile.latency_hours),
        }
    }

    pub(super) fn dormancy(&self) -> Option<Dormancy> {
        let dormancy = self.population.profile.dormancy.as_ref()?;
        Some(Dormancy {
            falls_per_hour: self.parameter(Parameter::FallsDormant, &dormancy.to_dormant_per_hour),
            wakes_per_hour: self.parameter(Parameter::Wakes, &dormancy.to_active_per_hour),
        })
    }

    pub(super) fn removal_mean_hours(&self) -> Option<f64> {
        let removal = self.population.profile.removal_mean_hours.as_ref()?;
        Some(self.parameter(Parameter::Removal, removal))
    }

    pub(super) fn payload(&self) -> Option<Payload> {
        let payload = self.population.profile.payload.as_ref()?;
        Some(Payload {
            mean_hours: self.parameter(Parameter::Payload, &payload.mean_hours),
            ends_spread: payload.stops_spread,
        })
    }

    /// Hours that people spend inside before spread begins.
    pub(super) fn dwell_hours(&self) -> f64 {
        let dwell = self.population.profile.dwell.as_ref();
        dwell.map_or(0.0, |dwell| self.parameter(Parameter::Dwell, &dwell.hours))
    }

    /// What presses in from outside.
    pub(super) fn outside(&self) -> Option<Outside> {
        let rows = &self.population.profile.outside;
        let mut pressure: Vec<Pressure> = (0u64..)
            .zip(rows)
            .map(|(row, outside)| Pressure {
                from_hours: self.parameter(Parameter::OutsideFrom(row), &outside.from_hour),
                probes_per_hour: self
                    .parameter(Parameter::OutsidePace(row), &outside.probes_per_hour),
            })
            .collect();
        // Ranges of neighbouring rows may overlap: then the later row speaks from the earlier one's hour on.
        pressure.sort_by(|one, other| one.from_hours.total_cmp(&other.from_hours));
        pressure.dedup_by(|later, earlier| {
            let same = later.from_hours <= earlier.from_hours;
            if same {
                earlier.probes_per_hour = later.probes_per_hour;
            }
            same
        });
        (!pressure.is_empty()).then_some(Outside {
            vector: self.population.profile.outside_vector() as u8,
            pressure,
        })
    }
}
