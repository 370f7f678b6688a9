//! Takes names out of free text, a second line of defence: the sentences of a review should hold none.
//!
//! It knows the names that the review itself holds, and anything that reads as an IP or Ethernet address.

use std::collections::BTreeMap;
use std::net::IpAddr;

use wardround_evidence::{Audience, Disclosure, Mac, OrganisationName, SourcePath};

use crate::{InCommon, Review, Subject};

/// A shorter name than this would take ordinary words apart.
const SHORTEST_NAME: usize = 3;

/// Names by their first word in lower case, longest first, with what stands in their place.
pub(crate) struct Scrub {
    by_first_word: BTreeMap<String, Vec<(Vec<char>, String)>>,
}

impl Scrub {
    pub(crate) fn new(review: &Review, disclosure: &Disclosure) -> Self {
        let mut scrub = Self {
            by_first_word: BTreeMap::new(),
        };
        scrub.add_machines(review, disclosure);
        scrub.add_paths(review, disclosure);
        if disclosure.audience() == Audience::Share {
            for name in organisations(review) {
                scrub.add(name.as_key(), name.show(disclosure));
            }
        }
        for names in scrub.by_first_word.values_mut() {
            names.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
            names.dedup();
        }
        scrub
    }

    /// `text` without names.
    pub(crate) fn clean(&self, text: &str) -> String {
        let characters: Vec<char> = text.chars().collect();
        let mut cleaned = String::with_capacity(text.len());
        let mut at = 0;
        while let Some(&character) = characters.get(at) {
            let starts_word =
                character.is_alphanumeric() && (at == 0 || !characters[at - 1].is_alphanumeric());
            let rest = &characters[at..];
            let found = starts_word
                .then(|| self.name_at(rest).or_else(|| address_at(rest)))
                .flatten();
            if let Some((length, instead)) = found {
                cleaned.push_str(&instead);
                at += length;
            } else {
                cleaned.push(character);
                at += 1;
            }
        }
        cleaned
    }

    fn name_at(&self, rest: &[char]) -> Option<(usize, String)> {
        let names = self.by_first_word.get(&first_word(rest))?;
        let (name, instead) = names.iter().find(|(name, _)| begins_with(rest, name))?;
        Some((name.len(), instead.clone()))
    }

    fn add(&mut self, name: &str, instead: String) {
        let name: Vec<char> = name
            .trim_matches(|character: char| !character.is_alphanumeric())
            .chars()
            .collect();
        if name.len() >= SHORTEST_NAME {
            let names = self.by_first_word.entry(first_word(&name)).or_default();
            names.push((name, instead));
        }
    }

    fn add_machines(&mut self, review: &Review, disclosure: &Disclosure) {
        for subject in subjects(review) {
            if let Some(name) = &subject.name {
                self.add(name.as_key(), name.show(disclosure));
                self.add(&name.short(), name.show(disclosure));
            }
            if let Some(address) = subject.address {
                self.add(&address.ip().to_string(), address.show(disclosure));
            }
        }
        let crossed = (review.answers.iter())
            .flat_map(|answer| &answer.crossings)
            .flat_map(|crossing| [&crossing.from, &crossing.to]);
        let whole = (review.answers.iter()).filter_map(|answer| answer.whole_service.as_ref());
        let realms =
            whole
                .flat_map(|whole| &whole.groups)
                .filter_map(|group| match &group.in_common {
                    InCommon::Realm(name) => Some(name),
                    _ => None,
                });
        let networks = crossed.chain(realms);
        let networks = networks.chain(subjects(review).filter_map(|s| s.network.as_ref()));
        for network in networks {
            // A network that is called `office` would take our own sentences apart.
            if !network.as_key().chars().all(char::is_alphabetic) {
                self.add(network.as_key(), network.show(disclosure));
            }
        }
    }

    fn add_paths(&mut self, review: &Review, disclosure: &Disclosure) {
        for path in paths(review) {
            let instead = path.show(disclosure);
            let file = path.as_key().rsplit(['/', '\\']).next().unwrap_or_default();
            self.add(file, instead.clone());
            self.add(path.as_key(), instead);
        }
    }
}

fn subjects(review: &Review) -> impl Iterator<Item = &Subject> {
    let hosts = review.answers.iter().flat_map(|answer| &answer.hosts);
    let advice = review.to_do.iter().chain(&review.to_find_out);
    let unsure = review.reconciliation.unsure.iter();
    (hosts.map(|line| &line.subject))
        .chain(advice.flat_map(|advice| &advice.examples))
        .chain(unsure.flat_map(|pair| [&pair.first, &pair.second]))
        .chain(review.samples.iter().map(|sample| &sample.subject))
}

fn paths(review: &Review) -> impl Iterator<Item = &SourcePath> {
    let links = review.samples.iter().flat_map(|sample| &sample.chain);
    (review.sources.iter().map(|line| &line.path))
        .chain(review.unrecognised.iter().map(|line| &line.path))
        .chain(review.refused.iter().map(|line| &line.path))
        .chain(links.map(|link| &link.path))
}

fn organisations(review: &Review) -> impl Iterator<Item = &OrganisationName> {
    let lines = review
        .answers
        .iter()
        .flat_map(|answer| &answer.organisations);
    let crossed = (review.answers.iter())
        .flat_map(|answer| &answer.crossings)
        .flat_map(|crossing| [&crossing.from_organisation, &crossing.to_organisation]);
    let services = (review.answers.iter())
        .flat_map(|answer| &answer.losses.services)
        .filter_map(|line| line.organisation.as_ref());
    let losing = (review.answers.iter())
        .flat_map(|answer| &answer.losses.organisations)
        .filter_map(|line| line.organisation.as_ref());
    let whole = || (review.answers.iter()).filter_map(|answer| answer.whole_service.as_ref());
    let paired = whole().flat_map(|whole| &whole.pairs);
    let shared = whole().flat_map(|whole| &whole.groups);
    let shared = shared.filter_map(|group| match &group.in_common {
        InCommon::Administrator(name) | InCommon::Service(_, name) => name.as_ref(),
        InCommon::Estate | InCommon::Realm(_) => None,
    });
    let advice = review.to_do.iter().chain(&review.to_find_out);
    let speaking = review.sources.iter().filter_map(|s| s.speaks_for.as_ref());
    (lines.filter_map(|line| line.organisation.as_ref()))
        .chain(crossed.flatten())
        .chain(services)
        .chain(losing)
        .chain(paired.flat_map(|pair| [&pair.first, &pair.second]))
        .chain(shared)
        .chain(advice.filter_map(|advice| advice.owner.as_ref()))
        .chain(subjects(review).filter_map(|subject| subject.organisation.as_ref()))
        .chain(review.claims.iter().map(|claim| &claim.organisation))
        .chain(speaking.flatten())
}

fn first_word(text: &[char]) -> String {
    text.iter()
        .take_while(|character| character.is_alphanumeric())
        .flat_map(|character| character.to_lowercase())
        .collect()
}

/// Whether `text` begins with the whole words of `name`, in whatever case.
fn begins_with(text: &[char], name: &[char]) -> bool {
    text.len() >= name.len()
        && text
            .iter()
            .zip(name)
            .all(|(a, b)| a.to_lowercase().eq(b.to_lowercase()))
        && text.get(name.len()).is_none_or(|c| !c.is_alphanumeric())
}

/// The length of the IP or Ethernet address that `rest` begins with.
fn address_at(rest: &[char]) -> Option<(usize, String)> {
    let run = |allowed: fn(char) -> bool| -> String {
        (rest.iter().take(48).copied())
            .take_while(|&character| allowed(character))
            .collect()
    };
    let internet = run(|c| c.is_ascii_hexdigit() || matches!(c, '.' | ':'));
    let internet = internet.trim_end_matches(['.', ':']);
    let without_port = internet.split(':').next().unwrap_or_default();
    for candidate in [internet, without_port] {
        if candidate.contains(['.', ':']) && candidate.parse::<IpAddr>().is_ok() {
            return Some((candidate.len(), "an address".to_owned()));
        }
    }
    let ethernet = run(|c| c.is_ascii_hexdigit() || matches!(c, '-' | ':'));
    let separated = ethernet.contains(['-', ':']) && ethernet.len() == "00:00:00:00:00:00".len();
    (separated && ethernet.parse::<Mac>().is_ok())
        .then(|| (ethernet.len(), "an Ethernet address".to_owned()))
}
