//! All that may be wrong with a bundle, each by its name.

/// Something that is wrong with a bundle.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BundleFault {
    /// There is more of it than is read.
    #[error("too large: {what} has {found}, and at most {most} are read")]
    TooLarge {
        /// What is.
        what: String,
        /// How much there is.
        found: u64,
        /// How much there may be.
        most: u64,
    },
    /// Its end is missing.
    #[error("truncated: the file ends {}", inside.as_ref().map_or_else(|| "before its end mark".to_owned(), |name| format!("inside `{name}`")))]
    Truncated {
        /// The member in which it ends; none where it ends between two.
        inside: Option<String>,
    },
    /// Something stands after its end.
    #[error("trailing bytes: {bytes} stand after the end mark")]
    Trailing {
        /// How many.
        bytes: u64,
    },
    /// What stands at its end is no end mark.
    #[error(
        "not canonical: the end mark is damaged, or something that is no member stands in its place"
    )]
    EndMark,
    /// The first member is another.
    #[error("unsigned: the first member is `{found}` and not the envelope")]
    NoEnvelope {
        /// Its name.
        found: String,
    },
    /// A header cannot be understood.
    #[error("header damaged: that of {}", name.as_ref().map_or_else(|| "a member whose name is lost".to_owned(), |name| format!("`{name}`, going by its place")))]
    HeaderDamaged {
        /// Whose it is, going by its place.
        name: Option<String>,
    },
    /// A header says what no header of a bundle says.
    #[error("not canonical: the header of `{name}` has its own {}", fields.join(", "))]
    HeaderOdd {
        /// Whose it is.
        name: String,
        /// Which fields do.
        fields: Vec<&'static str>,
    },
    /// Something stands between two members.
    #[error("not canonical: the padding after `{name}` is not empty")]
    Padding {
        /// The member before.
        name: String,
    },
    /// The envelope cannot be understood.
    #[error("envelope malformed: {reason}")]
    EnvelopeMalformed {
        /// Why.
        reason: String,
    },
    /// The envelope is around something else.
    #[error("payload type: it is `{found}` and not `{wanted}`")]
    PayloadType {
        /// Around what.
        found: String,
        /// Around what it should be.
        wanted: &'static str,
    },
    /// The envelope has no signature.
    #[error("unsigned: the envelope bears no signature")]
    Unsigned,
    /// The envelope has more than one signature.
    #[error("signatures: the envelope bears {count} and a bundle has one")]
    SeveralSignatures {
        /// How many.
        count: usize,
    },
    /// No key was given that could vouch for it.
    #[error(
        "nothing vouches for it: it says that the key {keyid} signed it, and no trusted key was given"
    )]
    NobodyTrusted {
        /// What the signature says of its key.
        keyid: String,
    },
    /// Its key is none of those that are trusted.
    #[error("unknown key: it says that the key {keyid} signed it, which is not trusted")]
    UnknownKey {
        /// What the signature says of its key.
        keyid: String,
    },
    /// Its signature is another's, or under something else.
    #[error("signature does not fit: it was not made by the key {keyid} for this manifest")]
    SignatureDoesNotFit {
        /// The key.
        keyid: String,
    },
    /// The manifest cannot be understood, or contradicts itself.
    #[error("manifest malformed: {reason}")]
    ManifestMalformed {
        /// Why.
        reason: String,
    },
    /// A member of the manifest is not there.
    #[error("member missing: `{name}`")]
    Missing {
        /// Its name.
        name: String,
    },
    /// A member is not in the manifest.
    #[error("member extra: `{name}` is not in the manifest")]
    Extra {
        /// Its name.
        name: String,
    },
    /// A member is there more than once.
    #[error("member doubled: `{name}` is there {times} times")]
    Doubled {
        /// Its name.
        name: String,
        /// How often.
        times: usize,
    },
    /// A member stands at another's place.
    #[error("members reordered: `{name}` stands where `{wanted}` belongs")]
    Reordered {
        /// Its name.
        name: String,
        /// Whose place it has.
        wanted: String,
    },
    /// A member is not what the manifest says.
    #[error("member changed: {what} of `{name}` is not that of the manifest")]
    Changed {
        /// Its name.
        name: String,
        /// What of it.
        what: &'static str,
    },
    /// A member is what the manifest says, and that was damaged before it was signed.
    #[error("damaged before it was signed: `{name}`: {reason}")]
    Damaged {
        /// Its name.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A segment is of a source that was forgotten.
    #[error("forgotten: `{name}` is of a source that the same bundle says was forgotten")]
    Forgotten {
        /// The segment's name.
        name: String,
    },
}

/// Words of a stranger, no more of them than a line holds.
pub(super) fn shortened(words: &str) -> String {
    const MOST: usize = 200;
    match words.char_indices().nth(MOST) {
        None => words.to_owned(),
        Some((end, _)) => format!("{}…", &words[..end]),
    }
}

/// Faults as they are found, no more than a bound.
#[derive(Debug)]
pub(super) struct Faults {
    pub(super) listed: Vec<BundleFault>,
    pub(super) unlisted: usize,
    most: usize,
}

impl Faults {
    pub(super) const fn new(most: usize) -> Self {
        Self {
            listed: Vec::new(),
            unlisted: 0,
            most,
        }
    }

    pub(super) fn add(&mut self, fault: BundleFault) {
        if self.listed.len() < self.most {
            self.listed.push(fault);
        } else {
            self.unlisted += 1;
        }
    }

    /// Whether there is none, listed or not.
    pub(super) const fn are_none(&self) -> bool {
        self.listed.is_empty() && self.unlisted == 0
    }
}
