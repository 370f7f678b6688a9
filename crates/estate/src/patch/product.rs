//! Windows products, and the families by which a worm's success differs.

use std::collections::BTreeSet;

use wardround_evidence::{Build, System};

use super::line::Line;
use super::mentions;

/// An operating system product, as far as a source names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Product {
    /// Windows XP, any edition.
    WindowsXp,
    /// Windows Server 2003 and 2003 R2.
    WindowsServer2003,
    /// Windows Vista.
    WindowsVista,
    /// Windows Server 2008, not R2.
    WindowsServer2008,
    /// Windows 7.
    Windows7,
    /// Windows Server 2008 R2.
    WindowsServer2008R2,
    /// Windows 8, not 8.1.
    Windows8,
    /// Windows Server 2012, not R2.
    WindowsServer2012,
    /// Windows 8.1.
    Windows8_1,
    /// Windows Server 2012 R2.
    WindowsServer2012R2,
    /// Windows 10, any release.
    Windows10,
    /// Windows Server 2016.
    WindowsServer2016,
    /// Windows Server 2019.
    WindowsServer2019,
    /// Windows Server 2022, with its 23H2 edition.
    WindowsServer2022,
    /// Windows Server 2025.
    WindowsServer2025,
    /// Windows 11, any release.
    Windows11,
    /// A Windows that names no version, or one that this list lacks (2000, CE, Server 1709, ...).
    OtherWindows,
    /// Something that is named and is not Windows.
    NotWindows,
    /// Nothing known, or a guess between several products.
    Unknown,
}

/// Systems that behaved alike under EternalBlue.
///
/// The split follows the laboratory results and victim counts for WannaCry (Kryptos Logic, "WannaCry: two weeks and 16
/// million averted ransoms later", 2017; Kaspersky's count of 19 May 2017): XP crashed or was not infected, Server
/// 2008 was reported exploited but not reproduced, 7 and 2008 R2 were over 98% of victims, 10 had testers only.
/// Windows 8 and 2012 had neither a laboratory result nor a count of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// XP and Server 2003.
    Xp2003,
    /// Vista and Server 2008.
    Vista2008,
    /// 7 and Server 2008 R2.
    Seven2008R2,
    /// 8, 8.1, Server 2012 and 2012 R2.
    Eight2012,
    /// 10 and Server 2016.
    Ten2016,
    /// Windows 11, Server 2019 and later.
    Later,
    /// Not Windows.
    NotWindows,
    /// Not known.
    Unknown,
}

impl Product {
    /// Every product, in the order in which they appeared.
    pub const ALL: [Self; 19] = [
        Self::WindowsXp,
        Self::WindowsServer2003,
        Self::WindowsVista,
        Self::WindowsServer2008,
        Self::Windows7,
        Self::WindowsServer2008R2,
        Self::Windows8,
        Self::WindowsServer2012,
        Self::Windows8_1,
        Self::WindowsServer2012R2,
        Self::Windows10,
        Self::WindowsServer2016,
        Self::WindowsServer2019,
        Self::WindowsServer2022,
        Self::WindowsServer2025,
        Self::Windows11,
        Self::OtherWindows,
        Self::NotWindows,
        Self::Unknown,
    ];

    /// The product that a source means, from its words and the version number.
    ///
    /// Product names are not localised, so this works in any language. A guess between several products is `Unknown`
    /// ([`Family::of`] may still know what they share), and a name without a version is settled by a build number that
    /// only one product has.
    #[must_use]
    pub fn of(system: &System) -> Self {
        let candidates = candidates(system);
        let mut iterator = candidates.iter();
        match (iterator.next(), iterator.next()) {
            (Some(only), None) => *only,
            (None, _) => Self::Unknown,
            _ if mentions::of(&system.name).products.len() > 1 => Self::Unknown,
            _ => Self::OtherWindows,
        }
    }

    /// The product's usual name.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::WindowsXp => "Windows XP",
            Self::WindowsServer2003 => "Windows Server 2003",
            Self::WindowsVista => "Windows Vista",
            Self::WindowsServer2008 => "Windows Server 2008",
            Self::Windows7 => "Windows 7",
            Self::WindowsServer2008R2 => "Windows Server 2008 R2",
            Self::Windows8 => "Windows 8",
            Self::WindowsServer2012 => "Windows Server 2012",
            Self::Windows8_1 => "Windows 8.1",
            Self::WindowsServer2012R2 => "Windows Server 2012 R2",
            Self::Windows10 => "Windows 10",
            Self::WindowsServer2016 => "Windows Server 2016",
            Self::WindowsServer2019 => "Windows Server 2019",
            Self::WindowsServer2022 => "Windows Server 2022",
            Self::WindowsServer2025 => "Windows Server 2025",
            Self::Windows11 => "Windows 11",
            Self::OtherWindows => "another or unnamed Windows",
            Self::NotWindows => "not Windows",
            Self::Unknown => "an unknown system",
        }
    }

    /// Whether it is certainly a Windows.
    #[must_use]
    pub const fn is_windows(self) -> bool {
        !matches!(self, Self::NotWindows | Self::Unknown)
    }

    /// Whether it is certainly a server edition.
    #[must_use]
    pub const fn is_server(self) -> bool {
        matches!(
            self,
            Self::WindowsServer2003
                | Self::WindowsServer2008
                | Self::WindowsServer2008R2
                | Self::WindowsServer2012
                | Self::WindowsServer2012R2
                | Self::WindowsServer2016
                | Self::WindowsServer2019
                | Self::WindowsServer2022
                | Self::WindowsServer2025
        )
    }

    /// Its family.
    #[must_use]
    pub const fn family(self) -> Family {
        match self {
            Self::WindowsXp | Self::WindowsServer2003 => Family::Xp2003,
            Self::WindowsVista | Self::WindowsServer2008 => Family::Vista2008,
            Self::Windows7 | Self::WindowsServer2008R2 => Family::Seven2008R2,
            Self::Windows8
            | Self::WindowsServer2012
            | Self::Windows8_1
            | Self::WindowsServer2012R2 => Family::Eight2012,
            Self::Windows10 | Self::WindowsServer2016 => Family::Ten2016,
            Self::WindowsServer2019
            | Self::WindowsServer2022
            | Self::WindowsServer2025
            | Self::Windows11 => Family::Later,
            Self::NotWindows => Family::NotWindows,
            Self::OtherWindows | Self::Unknown => Family::Unknown,
        }
    }

    /// The name by which `data/support.csv` knows it.
    pub(super) fn key(self) -> String {
        self.words().to_ascii_lowercase().replace(' ', "-")
    }
}

impl Family {
    /// The family that all the products share which a source may mean, e.g. for `Windows 7 or Windows Server 2008 R2`.
    #[must_use]
    pub fn of(system: &System) -> Self {
        let families: BTreeSet<Self> = candidates(system)
            .iter()
            .map(|product| product.family())
            .collect();
        match families.first() {
            Some(only) if families.len() == 1 => *only,
            _ => Self::Unknown,
        }
    }
}

/// The products that a source may mean; empty when it says nothing.
fn candidates(system: &System) -> BTreeSet<Product> {
    let said = mentions::of(&system.name);
    let numbered = system
        .build
        .map(|build| by_build(build, said.server))
        .unwrap_or_default();
    if said.products == BTreeSet::from([Product::Windows10])
        && numbered.contains(&Product::Windows11)
    {
        // Windows 11 still calls itself Windows 10 in the registry; the build number does not.
        return BTreeSet::from([Product::Windows11]);
    }
    if said.products.is_empty() {
        return if numbered.is_empty() && said.windows {
            BTreeSet::from([Product::OtherWindows])
        } else if said.other {
            BTreeSet::from([Product::NotWindows])
        } else {
            numbered
        };
    }
    let both: BTreeSet<Product> = said.products.intersection(&numbered).copied().collect();
    if both.is_empty() { said.products } else { both }
}

/// The products that have a build number; with the word *server* in the name, only servers.
fn by_build(build: Build, server: bool) -> BTreeSet<Product> {
    let Some(line) = Line::of_build(build) else {
        return BTreeSet::new();
    };
    let all: BTreeSet<Product> = Product::ALL
        .into_iter()
        .filter(|product| Line::of_product(*product).contains(&line))
        .collect();
    let servers: BTreeSet<Product> = all
        .iter()
        .copied()
        .filter(|product| product.is_server())
        .collect();
    if server && !servers.is_empty() {
        servers
    } else {
        all
    }
}
