//! From objects to identities: who is said to use which malware, and who is said to be behind them.

use std::collections::BTreeSet;

use super::read::{Bundles, External, Kind, Named, Relation, RelationKind};
use crate::threat::check::is_document;
use crate::threat::{Attribution, Confidence, Identity, Reference, StatedDate};

/// How many steps of *attributed to* are followed from malware.
const FURTHEST: usize = 4;

/// The author of ATT&CK, whose own object few files hold.
const MITRE: &str = "MITRE ATT&CK";

/// Instead of an author.
const NOT_SAID: &str = "not said (a STIX bundle)";

/// The most attributions of one malware.
const MOST_ATTRIBUTIONS: usize = 100;

impl Bundles {
    /// Every malware that the bundles name, in the order of names.
    #[must_use]
    pub fn identities(&self) -> Vec<Identity> {
        let mut malware: Vec<(&String, &Named)> = self
            .named
            .iter()
            .filter(|(_, named)| named.kind == Kind::Malware)
            .collect();
        malware.sort_by_key(|(id, named)| (named.name.to_lowercase(), *id));
        malware
            .into_iter()
            .map(|(id, named)| Identity {
                id: short_word(&named.name),
                title: named.name.clone(),
                aliases: named.aliases.clone(),
                references: references(&named.references),
                attributions: self.attributions(id),
            })
            .collect()
    }

    /// What the bundles say of who is behind a malware, nearest first.
    fn attributions(&self, malware: &str) -> Vec<Attribution> {
        let mut rows = Vec::new();
        let mut seen: BTreeSet<&str> = BTreeSet::from([malware]);
        let mut here: Vec<&str> = vec![malware];
        for _ in 0..FURTHEST {
            let mut next: Vec<&str> = Vec::new();
            for relation in self.relations.values() {
                let Some((about, behind)) =
                    ends(relation).filter(|(about, _)| here.contains(about))
                else {
                    continue;
                };
                if rows.len() == MOST_ATTRIBUTIONS {
                    return rows;
                }
                rows.push(self.attribution(relation, about, behind));
                if seen.insert(behind) {
                    next.push(behind);
                }
            }
            if next.is_empty() {
                break;
            }
            here = next;
        }
        rows
    }

    fn attribution(&self, relation: &Relation, about: &str, behind: &str) -> Attribution {
        let who = self.author(relation);
        let to = self.name_with_number(behind);
        let named = self.name_with_number(about);
        let words = match relation.kind {
            RelationKind::Uses => format!("It lists {named} as used by {to}."),
            RelationKind::AttributedTo => format!("It attributes {named} to {to}."),
            RelationKind::AuthoredBy => format!("It names {to} as the author of {named}."),
        };
        let graded = relation
            .confidence
            .map(|confidence| format!(" It gives a confidence of {confidence} of 100."));
        Attribution {
            date: day(&relation.created),
            who,
            to,
            confidence: confidence(relation.confidence),
            words: words + graded.as_deref().unwrap_or_default(),
            source: self.source(relation, about, behind),
        }
    }

    /// Who speaks: the author of the relationship itself. That what it names cites ATT&CK, or has an author of its own, makes
    /// neither the one who says this.
    fn author(&self, relation: &Relation) -> String {
        match &relation.author {
            Some(author) if self.named.contains_key(author) => self.name_with_number(author),
            _ if relation.is_mitres() => MITRE.to_owned(),
            Some(author) => self.name_with_number(author),
            None => NOT_SAID.to_owned(),
        }
    }

    /// `Lazarus Group (G0032)`; where the bundles do not hold the object, its STIX number.
    fn name_with_number(&self, id: &str) -> String {
        let Some(named) = self.named.get(id) else {
            return format!("{id} (not in these bundles)");
        };
        // Other catalogues number other things, such as a flaw that it uses.
        let number = named
            .references
            .iter()
            .filter(|external| external.source_name == "mitre-attack")
            .find_map(|external| external.external_id.as_ref());
        match number {
            Some(number) => format!("{} ({number})", named.name),
            None => named.name.clone(),
        }
    }

    /// Where it can be read: the relationship's own reference, else that of what it names where the same author wrote both.
    fn source(&self, relation: &Relation, about: &str, behind: &str) -> String {
        let own = relation.references.iter();
        let others = [behind, about];
        let others = others
            .iter()
            .filter_map(|id| self.named.get(*id))
            .filter(|named| relation.is_by_author_of(named))
            .flat_map(|named| &named.references);
        own.chain(others)
            .find_map(|external| external.url.as_ref().filter(|url| is_document(url)))
            .cloned()
            .unwrap_or_else(|| "a STIX bundle without a reference".to_owned())
    }
}

/// What a relationship is about, and who it says is behind that.
fn ends(relation: &Relation) -> Option<(&str, &str)> {
    let (from, to) = (relation.from.as_str(), relation.to.as_str());
    let (about, behind) = match relation.kind {
        RelationKind::Uses => (to, from),
        RelationKind::AttributedTo | RelationKind::AuthoredBy => (from, to),
    };
    // One malware that brings another is not behind it.
    (!behind.starts_with("malware--")).then_some((about, behind))
}

/// The scale *None / Low / Med / High* of STIX 2.1, appendix A.
const fn confidence(value: Option<u8>) -> Confidence {
    match value {
        None | Some(0) => Confidence::Stated,
        Some(1..=29) => Confidence::Low,
        Some(30..=69) => Confidence::Moderate,
        Some(_) => Confidence::High,
    }
}

/// The day of a timestamp.
fn day(timestamp: &str) -> Option<StatedDate> {
    timestamp.get(..10)?.parse().ok()
}

fn references(externals: &[External]) -> Vec<Reference> {
    externals
        .iter()
        .map(|external| Reference {
            id: external.external_id.clone(),
            title: match external.source_name.as_str() {
                "mitre-attack" => "MITRE ATT&CK".to_owned(),
                "" => "a reference without a name".to_owned(),
                name => name.to_owned(),
            },
            url: external.url.clone().filter(|url| is_document(url)),
            date: None,
        })
        .filter(|reference| reference.id.is_some() || reference.url.is_some())
        .collect()
}

/// A name as a short word: `WannaCry 2.0` is `wannacry-2-0`.
fn short_word(name: &str) -> String {
    let mut word = String::new();
    for c in name.chars().map(|c| c.to_ascii_lowercase()) {
        if c.is_ascii_lowercase() || c.is_ascii_digit() {
            word.push(c);
        } else if !word.is_empty() && !word.ends_with('-') {
            word.push('-');
        }
        if word.len() == 64 {
            break;
        }
    }
    match word.trim_end_matches('-') {
        "" => "malware".to_owned(),
        word => word.to_owned(),
    }
}
