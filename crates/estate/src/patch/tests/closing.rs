//! Which updates close MS17-010, and by which steps.

use jiff::civil::date;
use wardround_evidence::{Cve, Kb};

use crate::patch::line::Line;
use crate::patch::{Catalogue, Product};

#[test]
fn the_flaws_of_ms17_010_are_six() {
    let found: Vec<u32> = (0..1000)
        .filter(|number| Catalogue::is_ms17_010(Cve::new(2017, *number)))
        .collect();
    assert_eq!(found, [143, 144, 145, 146, 147, 148]);
    assert!(!Catalogue::is_ms17_010(Cve::new(2016, 144)));
}

#[test]
fn updates_close_it_only_where_they_belong() {
    use Product as P;
    let catalogue = Catalogue::built_in();
    for (kb, product, closes) in [
        // The fixes themselves.
        (4_012_598, P::WindowsXp, true),
        (4_012_598, P::WindowsServer2003, true),
        (4_012_598, P::WindowsVista, true),
        (4_012_598, P::WindowsServer2008, true),
        (4_012_598, P::Windows8, true),
        (4_012_598, P::Windows7, false),
        (4_012_212, P::Windows7, true),
        (4_012_215, P::WindowsServer2008R2, true),
        (4_012_215, P::Windows8_1, false),
        (4_012_214, P::WindowsServer2012, true),
        (4_012_217, P::WindowsServer2012, true),
        (4_012_213, P::Windows8_1, true),
        (4_012_216, P::WindowsServer2012R2, true),
        (4_012_606, P::Windows10, true),
        (4_013_198, P::Windows10, true),
        (4_013_429, P::WindowsServer2016, true),
        (4_013_198, P::WindowsServer2016, false),
        // What supersedes them.
        (4_467_107, P::Windows7, true),
        (4_493_472, P::Windows7, true),
        (4_534_310, P::Windows7, true),
        (5_022_338, P::Windows7, true),
        (4_489_881, P::WindowsServer2012R2, true),
        (4_483_229, P::WindowsServer2016, true),
        (5_060_533, P::Windows10, true),
        (5_061_010, P::WindowsServer2016, true),
        (5_066_874, P::WindowsServer2008, true),
        (4_018_466, P::WindowsServer2008, true),
        // The rollup before the fix, later security-only updates, Server 2008 rollups before the driver was replaced.
        (3_212_646, P::Windows7, false),
        (4_015_546, P::Windows7, false),
        (4_019_263, P::Windows7, false),
        (4_534_314, P::Windows7, false),
        (4_458_010, P::WindowsServer2008, false),
        (2_919_355, P::Windows8_1, false),
        (4_467_107, P::NotWindows, false),
        // A product that is not settled accepts any line's update.
        (4_467_107, P::Unknown, true),
        (4_467_107, P::OtherWindows, true),
    ] {
        assert_eq!(
            catalogue.closes_ms17_010(Kb(kb), product),
            closes,
            "KB{kb} on {product:?}"
        );
    }
}

#[test]
fn the_reason_names_the_way_to_the_fix() {
    let catalogue = Catalogue::built_in();
    for (kb, product, why) in [
        (
            4_012_212,
            Product::Windows7,
            "KB4012212 is the fix for MS17-010 on Windows 7 and Server 2008 R2",
        ),
        (
            4_015_549,
            Product::Windows7,
            "KB4015549 supersedes KB4012215, the fix for MS17-010",
        ),
        (
            4_019_264,
            Product::Windows7,
            "KB4019264 supersedes KB4012215, the fix for MS17-010, through KB4015549",
        ),
        (
            4_467_107,
            Product::Windows7,
            "KB4467107 supersedes KB4012215, the fix for MS17-010, through KB4462923, KB4457144, KB4343900 and 16 more",
        ),
        (
            5_060_533,
            Product::Windows10,
            "KB5060533 is an update of Windows 10 versions 2004 to 22H2, which shipped with the fix for MS17-010",
        ),
    ] {
        assert_eq!(catalogue.why_closes(Kb(kb), product).as_deref(), Some(why));
    }
    assert_eq!(catalogue.why_closes(Kb(4_015_546), Product::Windows7), None);
}

#[test]
fn every_update_that_holds_the_fix_has_a_chain_of_steps_that_hold_it_too() {
    let (_, supersedence) = Catalogue::built_in().parts();
    let mut seen = 0;
    for (line, kb) in supersedence.iter() {
        let chain = supersedence.chain(line, kb);
        assert_eq!(chain.first(), Some(&kb));
        for (newer, older) in chain.iter().zip(chain.iter().skip(1)) {
            assert!(
                supersedence.holds_fix(line, *older),
                "{newer} to {older} on {line:?}"
            );
        }
        let fix = chain.last().unwrap();
        assert!(
            Catalogue::built_in().is_march_2017_fix(*fix),
            "{kb} ends at {fix}"
        );
        seen += 1;
    }
    assert!(seen > 700, "{seen}");
}

#[test]
fn every_cumulative_update_after_the_fix_closes_it() {
    let catalogue = Catalogue::built_in();
    let (updates, supersedence) = catalogue.parts();
    let mut open = Vec::new();
    for update in updates.iter() {
        let Some(kb) = update.kb else { continue };
        let closes = supersedence.holds_fix(update.line, kb) || update.line.shipped_fixed();
        if !update.kind.is_cumulative() || update.released < date(2017, 3, 14) {
            let is_fix = catalogue.is_march_2017_fix(kb) || kb == Kb(4_018_466);
            assert!(
                is_fix || !supersedence.holds_fix(update.line, kb),
                "{kb} should not close it"
            );
        } else if !closes {
            open.push((update.line, update.released));
        }
    }
    // Only Server 2008's rollups from the first to the one that replaced the driver.
    assert!(
        open.iter()
            .all(|(line, released)| *line == Line::Old(6, 0) && *released < date(2020, 6, 9))
    );
    assert_eq!(open.len(), 21);
}
