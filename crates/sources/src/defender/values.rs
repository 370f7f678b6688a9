//! How Defender writes times, truth values, systems and kinds of machine.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use wardround_evidence::{Build, Role};

/// A moment. Without an offset it is UTC: "Time information in advanced hunting is in the UTC zone" (advanced hunting
/// overview, Time zone).
pub(crate) fn moment(text: &str) -> Option<Timestamp> {
    if let Ok(moment) = text.parse() {
        return Some(moment);
    }
    if let Some(moment) = as_shown(text) {
        return Some(moment);
    }
    // A date alone would parse as a time of day that nobody stated.
    let time: DateTime = text
        .get(10..)
        .filter(|rest| !rest.is_empty())
        .and(text.parse().ok())?;
    time.to_zoned(TimeZone::UTC)
        .map(|zoned| zoned.timestamp())
        .ok()
}

/// A moment as the portal shows it to an English reader: `Nov 12, 2024 9:00:00 AM`, with or without the seconds.
fn as_shown(text: &str) -> Option<Timestamp> {
    let text = text.replace('\u{202f}', " ");
    let read = |format| DateTime::strptime(format, &text).ok();
    let time = read("%b %d, %Y %I:%M:%S %p")
        .or_else(|| read("%b %d, %Y %I:%M %p"))
        .or_else(|| read("%b %d, %Y, %I:%M:%S %p"))?;
    let zoned = time.to_zoned(TimeZone::UTC).ok()?;
    Some(zoned.timestamp())
}

/// A truth value: `True` in CSV; `true` or 1 in JSON, where KQL's `bool` may come as a signed byte.
pub(crate) fn truth(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// The elements of a list written as JSON or with separators.
pub(crate) fn elements(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| {
        matches!(character, '[' | ']' | '{' | '}' | '"' | ',' | ';') || character.is_whitespace()
    })
    .filter(|element| !element.is_empty())
}

/// Letters and digits in lower case: `Can be onboarded` and `CanBeOnboarded` are one value.
pub(crate) fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether the agent is on the machine, by its onboarding status.
pub(crate) fn is_onboarded(onboarding: Option<&str>) -> Option<bool> {
    match squeezed(onboarding?).as_str() {
        "onboarded" => Some(true),
        "canbeonboarded" | "unsupported" => Some(false),
        _ => None,
    }
}

/// Whether the agent is installed and reports. Impaired communication is neither: some of its data arrives ("Fix unhealthy
/// sensors in Microsoft Defender for Endpoint").
pub(crate) fn reporting(onboarding: Option<&str>, health: Option<&str>) -> Option<bool> {
    if is_onboarded(onboarding) == Some(false) {
        return Some(false);
    }
    match squeezed(health?).as_str() {
        "active" => Some(true),
        "inactive"
        | "nosensordata"
        | "nosensordataimpairedcommunication"
        | "nosensordataimpairedcommunications" => Some(false),
        _ => None,
    }
}

/// What a machine is for, by its type, its category, then its system.
pub(crate) fn role(kind: Option<&str>, category: Option<&str>, platform: &str) -> Option<Role> {
    match kind.map(squeezed).as_deref() {
        Some("server") => return Some(Role::Server),
        Some("workstation") => return Some(Role::Workstation),
        _ => {}
    }
    if let Some("networkdevice" | "iot" | "ot") = category.map(squeezed).as_deref() {
        return Some(Role::Appliance);
    }
    let platform = squeezed(platform);
    if platform.starts_with("windowsserver") {
        Some(Role::Server)
    } else if [
        "windows1",
        "windows7",
        "windows8",
        "windowsxp",
        "windowsvista",
    ]
    .iter()
    .any(|client| platform.starts_with(client))
    {
        Some(Role::Workstation)
    } else {
        None
    }
}

/// The build of a Windows system from the parts that Defender gives: `10.0` and 19045. Without the first, the build number
/// alone decides it ("Operating System Version" and "OSVERSIONINFOEXW" in the Win32 reference).
pub(crate) fn build_of(
    platform: &str,
    version: Option<&str>,
    build: Option<&str>,
) -> Option<Build> {
    if !squeezed(platform).starts_with("windows") {
        return None;
    }
    if let Some(whole) = version.and_then(|text| text.parse().ok()) {
        return Some(whole);
    }
    let build: u32 = build?.parse().ok()?;
    let stated = version.and_then(|text| text.split_once('.'));
    let stated = stated.and_then(|(major, minor)| Some((major.parse().ok()?, minor.parse().ok()?)));
    let (major, minor) = match (stated, build) {
        (Some(stated), _) => stated,
        (None, 10_240..) => (10, 0),
        (None, 9600) => (6, 3),
        (None, 9200) => (6, 2),
        (None, 7600 | 7601) => (6, 1),
        (None, 6000..=6003) => (6, 0),
        (None, 3790) => (5, 2),
        (None, 2600) => (5, 1),
        (None, _) => return None,
    };
    Some(Build::new(major, minor, build, None))
}

#[cfg(test)]
mod tests {
    use wardround_evidence::Role;

    use super::{build_of, elements, moment, reporting, role};

    #[test]
    fn a_time_without_an_offset_is_utc_and_a_date_is_no_time() {
        let expected = "2025-06-20T08:15:00.1234567Z".parse().ok();
        for text in [
            "2025-06-20T08:15:00.1234567Z",
            "2025-06-20 08:15:00.1234567",
        ] {
            assert_eq!(moment(text), expected, "{text}");
        }
        for text in [
            "",
            "2025-06-20",
            "20/06/2025 08:15",
            "1990-1sdfZ",
            "ééééééé",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    #[test]
    fn a_build_is_put_together_for_windows_only() {
        let shown = |platform, version, build| {
            build_of(platform, version, build).map(|build| build.to_string())
        };
        let ten = Some("10.0.19045".to_owned());
        assert_eq!(shown("Windows10", Some("10.0"), Some("19045")), ten);
        assert_eq!(shown("Windows10", Some("22H2"), Some("19045")), ten);
        assert_eq!(shown("Windows10", Some("10.0.19045"), None), ten);
        assert_eq!(
            shown("Windows7", None, Some("7601")),
            Some("6.1.7601".to_owned())
        );
        assert_eq!(shown("Linux", Some("20.4"), Some("19045")), None);
        assert_eq!(shown("Windows10", Some("10.0"), None), None);
    }

    #[test]
    fn roles_and_reporting_say_nothing_of_what_is_not_stated() {
        assert_eq!(role(None, Some("Unknown"), "Linux"), None);
        assert_eq!(role(None, None, "WindowsServer2019"), Some(Role::Server));
        assert_eq!(
            role(Some("Printer"), Some("IoT"), ""),
            Some(Role::Appliance)
        );
        assert_eq!(reporting(Some("Onboarded"), None), None);
        assert_eq!(reporting(Some("Can be onboarded"), None), Some(false));
        assert_eq!(
            reporting(Some("Onboarded"), Some("ImpairedCommunication")),
            None
        );
        assert_eq!(reporting(Some("Onboarded"), Some("Active")), Some(true));
    }

    #[test]
    fn a_list_of_identifiers_may_be_json() {
        let ids = ["a1", "b2"];
        for text in ["[\"a1\",\"b2\"]", "a1, b2", "a1;b2"] {
            assert!(elements(text).eq(ids), "{text}");
        }
    }
}
