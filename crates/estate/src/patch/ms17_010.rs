//! What a product and a build alone say of MS17-010.

use wardround_evidence::Build;

use super::Product;
use super::line::Line;

/// Whether a build is at or beyond the one that fixed MS17-010; none where the build cannot tell.
///
/// The fixed builds are those of the updates of 14 March 2017: KB4012606 (10240.17319), KB4013198 (10586.839) and
/// KB4013429 (14393.953). Version 1703 (15063) and all later releases shipped with the fix. Before Windows 10 the
/// version number does not move with updates.
pub(super) fn build_closes(product: Product, build: Build) -> Option<bool> {
    if product == Product::NotWindows || build.major < 10 {
        return None;
    }
    let fixed = match build.build {
        10240 => 17_319,
        10586 => 839,
        14393 => 953,
        // Builds between these were previews, of which nothing is known.
        later => return (later >= 15063).then_some(true),
    };
    build.revision.map(|revision| revision >= fixed)
}

/// Whether Microsoft counts a system among those that MS17-010 concerns; none where it said nothing.
///
/// The bulletin lists Vista SP2, Server 2008 SP2, 7 SP1, Server 2008 R2 SP1, 8.1, Server 2012 and 2012 R2, Windows 10
/// 1507, 1511 and 1607, and Server 2016; the guidance of 12 May 2017 adds XP SP3 (x64: SP2), Server 2003 SP2 and
/// Windows 8. Vista and Server 2008 below SP2 (6000, 6001) and 7 and 2008 R2 without SP1 (7600) were no longer assessed:
/// that makes them unknown here, not safe.
pub(super) fn in_scope(product: Product, build: Option<Build>) -> Option<bool> {
    let fixed_line = build.and_then(Line::of_build).map(Line::shipped_fixed);
    match product {
        Product::NotWindows
        | Product::Windows11
        | Product::WindowsServer2019
        | Product::WindowsServer2022
        | Product::WindowsServer2025 => Some(false),
        Product::WindowsXp
        | Product::WindowsServer2003
        | Product::Windows8
        | Product::WindowsServer2012
        | Product::Windows8_1
        | Product::WindowsServer2012R2
        | Product::WindowsServer2016 => Some(true),
        Product::WindowsVista
        | Product::WindowsServer2008
        | Product::Windows7
        | Product::WindowsServer2008R2 => match build.map(|build| build.build) {
            Some(6000 | 6001 | 7600) => None,
            _ => Some(true),
        },
        Product::Windows10 => fixed_line.map(|fixed| !fixed),
        // A build settles what a name left open, but only towards "shipped with the fix".
        Product::OtherWindows | Product::Unknown => (fixed_line == Some(true)).then_some(false),
    }
}
