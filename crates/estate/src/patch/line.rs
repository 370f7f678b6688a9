//! Servicing lines: sets of releases that get the same updates.

use std::str::FromStr;

use wardround_evidence::Build;

use super::Product;

/// One servicing line, the key of the embedded tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Line {
    /// Before Windows 10, by version number: `6.1` is 7 and Server 2008 R2.
    Old(u16, u16),
    /// Windows 10 and later, by the build of the line's first release: `19041` is 2004 to 22H2.
    Ten(u32),
    /// Server 2025 from January 2026, when its updates parted from those of Windows 11 24H2.
    Server2025,
}

/// Server 2025's revisions jumped beyond this one when its updates parted (26100.32230, 13 January 2026).
const FIRST_SERVER_2025_REVISION: u32 = 30_000;

impl Line {
    /// The line that a build belongs to; none for builds that were never released.
    pub(crate) fn of_build(build: Build) -> Option<Self> {
        if build.major < 10 {
            let known = matches!((build.major, build.minor), (5, 1 | 2) | (6, 0..=3));
            return known.then_some(Self::Old(build.major, build.minor));
        }
        let line = match build.build {
            10240 | 10586 | 14393 | 15063 | 16299 | 17134 | 17763 | 20348 | 22000 | 25398
            | 28000 => build.build,
            18362 | 18363 => 18362,
            19041..=19045 => 19041,
            22621 | 22631 => 22621,
            26100
                if build
                    .revision
                    .is_some_and(|revision| revision >= FIRST_SERVER_2025_REVISION) =>
            {
                return Some(Self::Server2025);
            }
            26100 | 26200 => 26100,
            _ => return None,
        };
        Some(Self::Ten(line))
    }

    /// The lines that a product can be on.
    pub(crate) fn of_product(product: Product) -> &'static [Self] {
        use Line::{Old, Server2025, Ten};
        match product {
            Product::WindowsXp => &[Old(5, 1), Old(5, 2)],
            Product::WindowsServer2003 => &[Old(5, 2)],
            Product::WindowsVista | Product::WindowsServer2008 => &[Old(6, 0)],
            Product::Windows7 | Product::WindowsServer2008R2 => &[Old(6, 1)],
            Product::Windows8 | Product::WindowsServer2012 => &[Old(6, 2)],
            Product::Windows8_1 | Product::WindowsServer2012R2 => &[Old(6, 3)],
            Product::Windows10 => &[
                Ten(10240),
                Ten(10586),
                Ten(14393),
                Ten(15063),
                Ten(16299),
                Ten(17134),
                Ten(17763),
                Ten(18362),
                Ten(19041),
            ],
            Product::WindowsServer2016 => &[Ten(14393)],
            Product::WindowsServer2019 => &[Ten(17763)],
            Product::WindowsServer2022 => &[Ten(20348), Ten(25398)],
            Product::WindowsServer2025 => &[Ten(26100), Server2025],
            Product::Windows11 => &[Ten(22000), Ten(22621), Ten(26100), Ten(28000)],
            Product::OtherWindows | Product::NotWindows | Product::Unknown => &[],
        }
    }

    /// Whether its first release already held the fix for MS17-010: every one from Windows 10 1703 on.
    pub(super) const fn shipped_fixed(self) -> bool {
        match self {
            Self::Old(..) => false,
            Self::Ten(build) => build >= 15063,
            Self::Server2025 => true,
        }
    }

    /// The releases of the line, in words.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Old(5, _) => "Windows XP and Server 2003",
            Self::Old(6, 0) => "Windows Vista and Server 2008",
            Self::Old(6, 1) => "Windows 7 and Server 2008 R2",
            Self::Old(6, 2) => "Windows 8 and Server 2012",
            Self::Old(6, 3) => "Windows 8.1 and Server 2012 R2",
            Self::Ten(10240) => "Windows 10 version 1507",
            Self::Ten(10586) => "Windows 10 version 1511",
            Self::Ten(14393) => "Windows 10 version 1607 and Server 2016",
            Self::Ten(15063) => "Windows 10 version 1703",
            Self::Ten(16299) => "Windows 10 version 1709",
            Self::Ten(17134) => "Windows 10 version 1803",
            Self::Ten(17763) => "Windows 10 version 1809 and Server 2019",
            Self::Ten(18362) => "Windows 10 versions 1903 and 1909",
            Self::Ten(19041) => "Windows 10 versions 2004 to 22H2",
            Self::Ten(20348) => "Windows Server 2022",
            Self::Ten(22000) => "Windows 11 version 21H2",
            Self::Ten(22621) => "Windows 11 versions 22H2 and 23H2",
            Self::Ten(25398) => "Windows Server 2022, 23H2 edition",
            Self::Ten(26100) => "Windows 11 versions 24H2 and 25H2, and Server 2025",
            Self::Ten(28000) => "Windows 11 version 26H1",
            Self::Server2025 => "Windows Server 2025",
            Self::Old(..) | Self::Ten(_) => "another Windows",
        }
    }
}

impl FromStr for Line {
    type Err = ();

    /// Reads `6.1`, `19041` or `server-26100`.
    fn from_str(text: &str) -> Result<Self, ()> {
        if text == "server-26100" {
            return Ok(Self::Server2025);
        }
        match text.split_once('.') {
            Some((major, minor)) => Ok(Self::Old(
                major.parse().map_err(|_| ())?,
                minor.parse().map_err(|_| ())?,
            )),
            None => text.parse().map(Self::Ten).map_err(|_| ()),
        }
    }
}
