//! What a profile says and the outbreaks of today do not sample.

use crate::threat::{CarriedBy, Profile, StreamProfile};

/// What a sampled outbreak of this threat would leave out, in words; none where it is sampled as its profile says.
#[must_use]
pub fn left_out(profile: &Profile) -> Vec<&'static str> {
    let vector = profile.first_vector();
    let contacts = |stream: &StreamProfile| matches!(stream, StreamProfile::Contacts { .. });
    [
        (profile.vectors.len() > 1, "more than one way in"),
        (
            vector.carried_by == CarriedBy::Credentials,
            "credentials that infected machines hold",
        ),
        (
            vector.service_share.is_some(),
            "the share of machines on which the service runs",
        ),
        (
            profile.streams.iter().any(contacts),
            "spread along contacts",
        ),
        (profile.dwell.is_some(), "time spent inside before spread"),
        (profile.dormancy.is_some(), "dormancy"),
        (profile.removal_mean_hours.is_some(), "its own end"),
        (!profile.outside.is_empty(), "probes from the internet"),
    ]
    .into_iter()
    .filter_map(|(is_so, words)| is_so.then_some(words))
    .collect()
}
