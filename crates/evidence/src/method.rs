//! How a source knows what it says.

/// How an observation came about, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// The thing itself was tried: a vulnerability check over the network, a port that answered.
    Tested,
    /// An agent or command on the machine listed it.
    Inventoried,
    /// Concluded from something else: a system guessed from a banner or a fingerprint.
    Inferred,
    /// Someone wrote it down.
    Declared,
}

impl Method {
    /// All methods, strongest first.
    pub const ALL: [Self; 4] = [
        Self::Tested,
        Self::Inventoried,
        Self::Inferred,
        Self::Declared,
    ];

    /// The word for it in prose.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Tested => "tested",
            Self::Inventoried => "inventoried",
            Self::Inferred => "inferred",
            Self::Declared => "declared",
        }
    }

    /// Whether the thing itself was looked at: it was neither concluded from something else nor written down by someone.
    #[must_use]
    pub const fn is_direct(self) -> bool {
        matches!(self, Self::Tested | Self::Inventoried)
    }

    /// The share of observations by this method that are taken to be wrong when they were made (0 to 1).
    ///
    /// *Assumed*: no study of the tools that wardround reads states these rates. They are printed beside verdicts and
    /// never change one.
    #[must_use]
    pub const fn stated_error_rate(self) -> f64 {
        match self {
            Self::Tested => 0.01,
            Self::Inventoried => 0.02,
            Self::Inferred => 0.10,
            Self::Declared => 0.15,
        }
    }
}
