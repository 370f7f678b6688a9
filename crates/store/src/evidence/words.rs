//! Words for the kinds of things, both ways.

use wardround_evidence::{
    ClaimStatus, Direction, FlawState, IdentifierKind, Method, NetworkKind, OrganisationKind,
    PortState, Role, RuleState, Side, Signing,
};

/// Things that have a word each.
pub(crate) trait Word: Copy + PartialEq + 'static {
    /// Each with its word.
    const WORDS: &'static [(Self, &'static str)];

    /// Its word.
    fn word(self) -> &'static str {
        let found = Self::WORDS.iter().find(|(it, _)| *it == self);
        found.map_or("", |(_, word)| word)
    }

    /// What a word means, if it means anything.
    fn of(word: &str) -> Option<Self> {
        let found = Self::WORDS.iter().find(|(_, known)| *known == word);
        found.map(|(it, _)| *it)
    }
}

macro_rules! words {
    ($($kind:ty { $($variant:ident: $word:literal,)* })*) => {$(
        impl Word for $kind {
            const WORDS: &'static [(Self, &'static str)] = &[$((Self::$variant, $word)),*];
        }
        // A variant that was forgotten above does not compile.
        const _: fn($kind) = |it| match it { $(<$kind>::$variant => (),)* };
    )*};
}

impl Word for bool {
    const WORDS: &'static [(Self, &'static str)] = &[(true, "true"), (false, "false")];
}

words! {
    Method {
        Tested: "tested",
        Inventoried: "inventoried",
        Inferred: "inferred",
        Declared: "declared",
    }
    IdentifierKind {
        BiosUuid: "bios_uuid",
        Serial: "serial",
        Agent: "agent",
        Mac: "mac",
        FullName: "full_name",
        ShortName: "short_name",
        Address: "address",
    }
    Role {
        Workstation: "workstation",
        Server: "server",
        DomainController: "domain_controller",
        Appliance: "appliance",
        Clinical: "clinical",
    }
    FlawState {
        Present: "present",
        Absent: "absent",
        Likely: "likely",
        AwaitsRestart: "awaits_restart",
        NotApplicable: "not_applicable",
        Unknown: "unknown",
    }
    PortState {
        Open: "open",
        Closed: "closed",
        Filtered: "filtered",
        OpenOrFiltered: "open_or_filtered",
    }
    Side {
        Began: "began",
        Answered: "answered",
    }
    Signing {
        Required: "required",
        Enabled: "enabled",
        Disabled: "disabled",
    }
    OrganisationKind {
        Acute: "acute",
        MentalHealth: "mental_health",
        Community: "community",
        Ambulance: "ambulance",
        Surgery: "surgery",
        Provider: "provider",
        Other: "other",
    }
    NetworkKind {
        User: "user",
        Server: "server",
        Clinical: "clinical",
        Guest: "guest",
        Management: "management",
        Other: "other",
    }
    Direction {
        In: "in",
        Out: "out",
    }
    RuleState {
        Allowed: "allowed",
        Denied: "denied",
        Unknown: "unknown",
    }
    ClaimStatus {
        InPlace: "in_place",
        Partly: "partly",
        NotMet: "not_met",
    }
}
