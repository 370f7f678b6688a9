//! Which updates a machine lists, and the lists of `wmic qfe` and of PowerShell's `Get-HotFix`
//! ("Win32_QuickFixEngineering class" and "Get-HotFix", learn.microsoft.com).

use std::fmt::Write as _;

use crate::calendar::Moment;
use crate::facts::older_updates::{WINDOWS_7, WINDOWS_8_1};
use crate::hosts::{Host, State};
use crate::random::Draws;

/// The most updates that `systeminfo` shows of a long list; then it stops inside the next.
pub(crate) const SYSTEMINFO_SHOWS: usize = 245;

/// An installed update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Installed {
    pub(crate) kb: u32,
    pub(crate) on: Moment,
}

/// The updates that a machine lists at a moment, the last cumulative one at the end.
pub(crate) fn installed(host: &Host, at: Moment) -> Vec<Installed> {
    let state = host.state(at);
    let mut draws = Draws::keyed(host.key, "installed", 0);
    let mut list = older(&state, &mut draws);
    if let Some(update) = state
        .release
        .updates
        .get(state.level)
        .filter(|update| update.kb > 0)
    {
        // A security-only fix leaves the rollup before it in the list.
        let on = update.released.plus_days(draws.between(1, 12) as i64);
        list.push(Installed {
            kb: update.kb,
            on: on.min(at.plus_days(-1)),
        });
    }
    list
}

fn older(state: &State<'_>, draws: &mut Draws) -> Vec<Installed> {
    let (numbers, least, most): (&[u32], u64, u64) = match state.release.version {
        "6.1" => (WINDOWS_7, 110, 300),
        "6.3" => (WINDOWS_8_1, 60, 170),
        "5.1" => (&WINDOWS_7[..40], 8, 30),
        _ => return companions(state, draws),
    };
    let wanted = draws.between(least, most) as usize;
    let mut kept: Vec<u32> = numbers.to_vec();
    while kept.len() > wanted {
        let place = draws.below(kept.len() as u64) as usize;
        kept.remove(place);
    }
    let first = Moment::utc(2015, 3, 10, 0, 0, 0);
    kept.into_iter()
        .enumerate()
        .map(|(index, kb)| Installed {
            kb,
            on: first.plus_days((index / 10) as i64 * 21),
        })
        .collect()
}

/// What stands beside the last cumulative update on Windows 10 and later: servicing stacks,
/// enablement packages, the revocation list of Secure Boot.
fn companions(state: &State<'_>, draws: &mut Draws) -> Vec<Installed> {
    let numbers: &[u32] = match (state.release.build, state.closed()) {
        (10240, _) => &[3_173_427],
        (10586, _) => &[3_173_428],
        (14393, false) => &[3_176_936],
        (19045, _) => &[5_012_170, 5_015_684, 5_011_048],
        (22631, _) => &[5_012_170, 5_027_397],
        _ => &[5_012_170],
    };
    let first = if state.closed() {
        Moment::day(2023, 9, 12)
    } else {
        Moment::day(2016, 9, 20)
    };
    let mut list: Vec<Installed> = numbers
        .iter()
        .enumerate()
        .map(|(index, kb)| Installed {
            kb: *kb,
            on: first.plus_days(index as i64 * 30),
        })
        .collect();
    if list.len() > 2 && draws.chance(0.4) {
        list.pop();
    }
    list
}

/// The text of `wmic qfe list`.
pub(crate) fn wmic(name: &str, list: &[Installed]) -> String {
    let width = name.len().max("CSName".len()) + 2;
    let mut text = format!(
        "{:<44}{:<width$}{:<17}{:<13}{:<11}{:<13}{:<21}{:<13}{:<6}{:<21}{:<8}\r\n",
        "Caption",
        "CSName",
        "Description",
        "FixComments",
        "HotFixID",
        "InstallDate",
        "InstalledBy",
        "InstalledOn",
        "Name",
        "ServicePackInEffect",
        "Status",
    );
    for update in list {
        let _ = write!(
            text,
            "{:<44}{name:<width$}{:<17}{:<13}{:<11}{:<13}{:<21}{:<13}{:<6}{:<21}{:<8}\r\n",
            format!("http://support.microsoft.com/?kbid={}", update.kb),
            kind(update),
            "",
            format!("KB{}", update.kb),
            "",
            "NT AUTHORITY\\SYSTEM",
            update.on.wmic_date(),
            "",
            "",
            "",
        );
    }
    text
}

/// The text of `Get-HotFix`.
pub(crate) fn get_hotfix(name: &str, list: &[Installed]) -> String {
    let width = name.len().max(13);
    let mut text = String::from("\r\n");
    let mut line = |a: &str, b: &str, c: &str, d: &str, e: &str| {
        let _ = write!(text, "{a:<width$} {b:<16} {c:<12} {d:<20} {e:<20}\r\n");
    };
    line(
        "Source",
        "Description",
        "HotFixID",
        "InstalledBy",
        "InstalledOn",
    );
    line(
        "------",
        "-----------",
        "--------",
        "-----------",
        "-----------",
    );
    for update in list.iter().rev() {
        let kb = format!("KB{}", update.kb);
        line(
            name,
            kind(update),
            &kb,
            "NT AUTHORITY\\SYSTEM",
            &update.on.powershell_date(),
        );
    }
    text.push_str("\r\n\r\n");
    text
}

fn kind(update: &Installed) -> &'static str {
    if update.kb.is_multiple_of(4) {
        "Update"
    } else {
        "Security Update"
    }
}
