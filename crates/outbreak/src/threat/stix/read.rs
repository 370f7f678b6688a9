//! From bytes to the few objects that say who is who.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use wardround_evidence::visible;

/// The most objects of all bundles together.
const MOST_OBJECTS: usize = 200_000;

/// The most objects and relationships that are kept.
const MOST_KEPT: usize = 50_000;

/// The longest text that is kept, in characters.
const LONGEST_TEXT: usize = 200;

/// The most aliases, or references, of one object.
const MOST_ROWS: usize = 100;

/// The identity and the marking of The MITRE Corporation, as they stand in every object of ATT&CK (github.com/mitre/cti).
const MITRE: &str = "identity--c78cb6e5-0c4b-4611-8297-d1b8b55e40b5";
const MITRES_MARKING: &str = "marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168";

/// Why a bundle was not read.
#[derive(Debug, thiserror::Error)]
pub enum StixError {
    /// It is too long.
    #[error("it has {0} bytes; at most {longest} are read", longest = Bundles::LONGEST_BYTES)]
    TooLong(usize),
    /// It is not JSON, or nested deeper than 128 levels.
    #[error("it is not a STIX bundle in JSON")]
    Shape(#[from] serde_json::Error),
    /// It is JSON, but no bundle.
    #[error("it is JSON without `\"type\": \"bundle\"` and a list `objects`, so not a STIX bundle")]
    NoBundle,
    /// It holds too many objects.
    #[error("there are more than {MOST_OBJECTS} objects in all")]
    TooMany,
}

/// What bundles say of malware and of those who are named for it.
#[derive(Clone, Debug, Default)]
pub struct Bundles {
    pub(super) named: BTreeMap<String, Named>,
    pub(super) relations: BTreeMap<String, Relation>,
    /// When objects that are no longer vouched for were withdrawn, lest an older version of them speaks.
    withdrawn: BTreeMap<String, String>,
    objects: usize,
    skipped: usize,
}

/// An object with a name: malware, a group, a campaign or an author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) aliases: Vec<String>,
    pub(super) references: Vec<External>,
    pub(super) author: Option<String>,
    /// Whether MITRE's own marking stands on it.
    is_marked_by_mitre: bool,
    modified: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Malware,
    /// An intrusion set, a threat actor or a campaign.
    Group,
    /// An identity: an author, or one that a group is attributed to.
    Identity,
}

/// A relationship that says who is behind what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Relation {
    pub(super) kind: RelationKind,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) confidence: Option<u8>,
    pub(super) created: String,
    pub(super) author: Option<String>,
    pub(super) references: Vec<External>,
    /// Whether MITRE's own marking stands on it.
    is_marked_by_mitre: bool,
    modified: String,
}

impl Relation {
    /// Whether it is ATT&CK's: by its author, or where none is named by the marking that stands on every object of ATT&CK.
    pub(super) fn is_mitres(&self) -> bool {
        is_mitres(self.author.as_deref(), self.is_marked_by_mitre)
    }

    /// Whether who says it is known to have written an object too.
    pub(super) fn is_by_author_of(&self, named: &Named) -> bool {
        let both_mitres =
            self.is_mitres() && is_mitres(named.author.as_deref(), named.is_marked_by_mitre);
        both_mitres || self.author.is_some() && self.author == named.author
    }
}

fn is_mitres(author: Option<&str>, is_marked: bool) -> bool {
    author.map_or(is_marked, |author| author == MITRE)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RelationKind {
    Uses,
    AttributedTo,
    AuthoredBy,
}

/// A reference that an object gives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(super) struct External {
    #[serde(default)]
    pub(super) source_name: String,
    pub(super) url: Option<String>,
    pub(super) external_id: Option<String>,
}

/// The fields of any object that matter here; all others are passed over.
#[derive(Deserialize)]
struct Row {
    r#type: String,
    id: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    x_mitre_aliases: Vec<String>,
    #[serde(default)]
    external_references: Vec<External>,
    relationship_type: Option<String>,
    source_ref: Option<String>,
    target_ref: Option<String>,
    confidence: Option<u8>,
    #[serde(default)]
    created: String,
    #[serde(default)]
    modified: String,
    created_by_ref: Option<String>,
    #[serde(default)]
    object_marking_refs: Vec<String>,
    #[serde(default)]
    revoked: bool,
    #[serde(default)]
    x_mitre_deprecated: bool,
}

impl Bundles {
    /// The longest bundle that is read: the whole of ATT&CK for enterprises has about 50 MB.
    pub const LONGEST_BYTES: usize = 128 * 1024 * 1024;

    /// Reads one more bundle; what several say of one object is what the newest version says.
    ///
    /// # Errors
    /// When it is not a bundle, or too large. What was read before stays; of this one a part may have been taken.
    pub fn read(&mut self, bytes: &[u8]) -> Result<(), StixError> {
        if bytes.len() > Self::LONGEST_BYTES {
            return Err(StixError::TooLong(bytes.len()));
        }
        let mut deserializer = serde_json::Deserializer::from_slice(bytes);
        let is_bundle = Whole(self).deserialize(&mut deserializer)?;
        deserializer.end()?;
        if self.objects > MOST_OBJECTS {
            return Err(StixError::TooMany);
        }
        if is_bundle {
            Ok(())
        } else {
            Err(StixError::NoBundle)
        }
    }

    /// How many objects could not be used because of their shape, or because there were too many.
    #[must_use]
    pub const fn skipped(&self) -> usize {
        self.skipped
    }

    /// How many objects there were.
    #[must_use]
    pub const fn objects(&self) -> usize {
        self.objects
    }

    fn take(&mut self, value: Value) {
        self.objects += 1;
        // Most of a bundle is about techniques; those are not looked at.
        let kind = value
            .get("type")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if !is_wanted(kind) {
            return;
        }
        let Ok(row) = Row::deserialize(value) else {
            self.skipped += 1;
            return;
        };
        let kept = self.named.len() + self.relations.len() + self.withdrawn.len();
        if kept >= MOST_KEPT || row.id.len() > LONGEST_TEXT {
            self.skipped += 1;
        } else if row.revoked || row.x_mitre_deprecated {
            self.withdraw(row.id, cut(&row.modified));
        } else if self.is_withdrawn(&row) {
            // A newer version takes this one back.
        } else if row.r#type == "relationship" {
            self.relation(row);
        } else {
            self.name(row);
        }
    }

    /// Takes an object back, and every version of it that is not newer.
    fn withdraw(&mut self, id: String, modified: String) {
        if (self.named.get(&id)).is_some_and(|held| held.modified <= modified) {
            self.named.remove(&id);
        }
        if (self.relations.get(&id)).is_some_and(|held| held.modified <= modified) {
            self.relations.remove(&id);
        }
        let held = self.withdrawn.entry(id).or_default();
        if *held < modified {
            *held = modified;
        }
    }

    fn is_withdrawn(&self, row: &Row) -> bool {
        let withdrawn = self.withdrawn.get(&row.id);
        withdrawn.is_some_and(|modified| *modified >= cut(&row.modified))
    }

    fn relation(&mut self, row: Row) {
        let kind = match row.relationship_type.as_deref() {
            Some("uses") => RelationKind::Uses,
            Some("attributed-to") => RelationKind::AttributedTo,
            Some("authored-by") => RelationKind::AuthoredBy,
            _ => return,
        };
        let (Some(from), Some(to)) = (row.source_ref, row.target_ref) else {
            self.skipped += 1;
            return;
        };
        // What malware uses is its business; who uses malware is ours.
        if kind == RelationKind::Uses && !to.starts_with("malware--") {
            return;
        }
        if from.len() > LONGEST_TEXT || to.len() > LONGEST_TEXT || row.confidence > Some(100) {
            self.skipped += 1;
            return;
        }
        let relation = Relation {
            is_marked_by_mitre: is_marked_by_mitre(&row.object_marking_refs),
            kind,
            from,
            to,
            confidence: row.confidence,
            created: cut(&row.created),
            author: row.created_by_ref.map(|author| cut(&author)),
            references: externals(row.external_references),
            modified: cut(&row.modified),
        };
        match self.relations.get(&row.id) {
            Some(held) if held.modified >= relation.modified => {}
            _ => {
                self.relations.insert(row.id, relation);
            }
        }
    }

    fn name(&mut self, row: Row) {
        let kind = match row.r#type.as_str() {
            "malware" => Kind::Malware,
            "identity" => Kind::Identity,
            _ => Kind::Group,
        };
        if row.name.trim().is_empty() {
            self.skipped += 1;
            return;
        }
        let mut aliases: Vec<String> = Vec::new();
        for alias in row.aliases.iter().chain(&row.x_mitre_aliases) {
            let alias = cut(alias.trim());
            if !alias.is_empty() && alias != row.name && !aliases.contains(&alias) {
                aliases.push(alias);
            }
            if aliases.len() == MOST_ROWS {
                break;
            }
        }
        let named = Named {
            is_marked_by_mitre: is_marked_by_mitre(&row.object_marking_refs),
            kind,
            name: cut(row.name.trim()),
            aliases,
            references: externals(row.external_references),
            author: row.created_by_ref.map(|author| cut(&author)),
            modified: cut(&row.modified),
        };
        match self.named.get(&row.id) {
            Some(held) if held.modified >= named.modified => {}
            _ => {
                self.named.insert(row.id, named);
            }
        }
    }
}

fn is_marked_by_mitre(markings: &[String]) -> bool {
    markings.iter().any(|marking| marking == MITRES_MARKING)
}

fn is_wanted(kind: &str) -> bool {
    matches!(
        kind,
        "malware" | "intrusion-set" | "threat-actor" | "campaign" | "identity" | "relationship"
    )
}

/// The references that lead somewhere; ATT&CK also uses them for notes on aliases.
fn externals(references: Vec<External>) -> Vec<External> {
    references
        .into_iter()
        .filter(|external| external.url.is_some() || external.external_id.is_some())
        .take(MOST_ROWS)
        .map(|external| External {
            source_name: cut(&external.source_name),
            external_id: external.external_id.map(|id| cut(&id)),
            url: external.url,
        })
        .collect()
}

/// A text that is short, and whose characters can all be seen.
fn cut(text: &str) -> String {
    let short: String = text.chars().take(LONGEST_TEXT).collect();
    visible(&short).chars().take(LONGEST_TEXT).collect()
}

/// A whole bundle; it tells whether it was one.
struct Whole<'a>(&'a mut Bundles);

impl<'de> DeserializeSeed<'de> for Whole<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Whole<'_> {
    type Value = bool;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a STIX bundle")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        let mut is_bundle = false;
        let mut has_objects = false;
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "type" => is_bundle = map.next_value::<Value>()? == "bundle",
                "objects" => {
                    map.next_value_seed(Objects(self.0))?;
                    has_objects = true;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(is_bundle && has_objects)
    }
}

/// The list of objects, taken one by one so that one alone is held as JSON.
struct Objects<'a>(&'a mut Bundles);

impl<'de> DeserializeSeed<'de> for Objects<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Objects<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of STIX objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<(), A::Error> {
        while let Some(value) = rows.next_element::<Value>()? {
            self.0.take(value);
            if self.0.objects > MOST_OBJECTS {
                // The rest is passed over; `read` says so.
                while rows.next_element::<IgnoredAny>()?.is_some() {}
                break;
            }
        }
        Ok(())
    }
}
