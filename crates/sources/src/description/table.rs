//! Which tables there are, and their columns.

/// A table of a description.
#[derive(Debug)]
pub(crate) struct Table {
    /// Which one.
    pub(crate) kind: TableKind,
    /// Its name in TOML: `[[organisation]]`.
    pub(crate) heading: &'static str,
    /// Its first column in CSV, by which it is recognised.
    pub(crate) first_in_csv: &'static str,
    /// What TOML calls that column.
    pub(crate) first_in_toml: &'static str,
    /// The other columns that every row must state.
    pub(crate) required: &'static [&'static str],
    /// The other columns that a row may state.
    pub(crate) optional: &'static [&'static str],
}

/// The kinds of table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TableKind {
    Organisations,
    Sites,
    Networks,
    Borders,
    Boundaries,
    Links,
    LogOns,
    Services,
    Claims,
    Authorities,
    Vantages,
    Collections,
}

impl Table {
    /// The table whose first CSV column this is.
    pub(crate) fn of_first_column(name: &str) -> Option<&'static Self> {
        TABLES.iter().find(|table| table.first_in_csv == name)
    }

    /// The table with this heading in TOML.
    pub(crate) fn of_heading(name: &str) -> Option<&'static Self> {
        TABLES.iter().find(|table| table.heading == name)
    }

    /// The headings of all tables in TOML.
    pub(crate) fn headings() -> impl Iterator<Item = &'static str> {
        TABLES.iter().map(|table| table.heading)
    }

    /// The columns after the first.
    pub(crate) fn others(&self) -> impl Iterator<Item = &'static str> {
        self.required.iter().chain(self.optional).copied()
    }
}

/// All tables, in the order of `docs/estate-description.md`.
const TABLES: &[Table] = &[
    Table {
        kind: TableKind::Organisations,
        heading: "organisation",
        first_in_csv: "organisation",
        first_in_toml: "id",
        required: &["kind"],
        optional: &["name", "administrator", "domains", "region"],
    },
    Table {
        kind: TableKind::Sites,
        heading: "site",
        first_in_csv: "site",
        first_in_toml: "id",
        required: &["organisation"],
        optional: &["name"],
    },
    Table {
        kind: TableKind::Networks,
        heading: "network",
        first_in_csv: "network",
        first_in_toml: "id",
        required: &["organisation", "cidr"],
        optional: &["realm", "site", "name", "kind"],
    },
    Table {
        kind: TableKind::Borders,
        heading: "border",
        first_in_csv: "border_of",
        first_in_toml: "of",
        required: &["direction", "port", "state"],
        optional: &["realm", "reason", "checked_on"],
    },
    Table {
        kind: TableKind::Boundaries,
        heading: "boundary",
        first_in_csv: "boundary_of",
        first_in_toml: "of",
        required: &["direction", "port", "state"],
        optional: &["reason", "checked_on"],
    },
    Table {
        kind: TableKind::Links,
        heading: "link",
        first_in_csv: "link_from",
        first_in_toml: "from",
        required: &["to", "port", "state"],
        optional: &["reason"],
    },
    Table {
        kind: TableKind::LogOns,
        heading: "log_on",
        first_in_csv: "log_on_from",
        first_in_toml: "from",
        required: &["to"],
        optional: &["reason"],
    },
    Table {
        kind: TableKind::Services,
        heading: "service",
        first_in_csv: "service",
        first_in_toml: "id",
        required: &["organisation"],
        optional: &[
            "name",
            "depends_on_networks",
            "depends_on_hosts",
            "depends_on_services",
            "activity_per_weekday",
            "kept_on_paper_percent",
            "postponed_percent",
            "activity",
        ],
    },
    Table {
        kind: TableKind::Claims,
        heading: "claim",
        first_in_csv: "claim",
        first_in_toml: "id",
        required: &["organisation", "control", "status", "claimed_on"],
        optional: &["signed_by_role", "scope", "threshold_percent"],
    },
    Table {
        kind: TableKind::Authorities,
        heading: "authority",
        first_in_csv: "authority",
        first_in_toml: "path",
        required: &["organisations"],
        optional: &[],
    },
    Table {
        kind: TableKind::Vantages,
        heading: "vantage",
        first_in_csv: "vantage",
        first_in_toml: "path",
        required: &["network"],
        optional: &[],
    },
    Table {
        kind: TableKind::Collections,
        heading: "collected",
        first_in_csv: "collected",
        first_in_toml: "path",
        required: &["on"],
        optional: &[],
    },
];
