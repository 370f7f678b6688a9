//! Finds product names in a source's words.
//!
//! Sources write the same product in many ways: `Microsoft(R) Windows(R) Server 2003`, `WindowsServer2019`,
//! `windows_10`, `Microsoftr Windows VistaT` (a registered sign through the wrong code page), `Windows 5.1`.

use std::collections::BTreeSet;

use super::Product;

/// What a name says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Mentions {
    /// The products it names.
    pub(super) products: BTreeSet<Product>,
    /// Whether it says Windows at all.
    pub(super) windows: bool,
    /// Whether it says that it is a server.
    pub(super) server: bool,
    /// Whether it names something else, and not Windows.
    pub(super) other: bool,
}

/// Words of systems that are not Windows, as the starts of words; checked before Windows, because Samba calls itself
/// `Windows 6.1 (Samba 4.3.11-Ubuntu)`.
const ELSE: &[&str] = &[
    "linux",
    "samba",
    "ubuntu",
    "debian",
    "centos",
    "redhat",
    "rhel",
    "fedora",
    "suse",
    "opensuse",
    "sles",
    "almalinux",
    "rocky",
    "macos",
    "osx",
    "darwin",
    "iphone",
    "ipad",
    "android",
    "chromeos",
    "freebsd",
    "openbsd",
    "netbsd",
    "unix",
    "solaris",
    "sunos",
    "aix",
    "hpux",
    "esxi",
    "vmware",
    "cisco",
    "fortios",
    "fortigate",
    "junos",
    "panos",
    "arubaos",
    "busybox",
    "vxworks",
    "qnx",
    "raspbian",
    "alpine",
    "printer",
    "jetdirect",
    "synology",
    "qnap",
    "openwrt",
    "photon",
    "kali",
    "mac",
    "ios",
    "ipados",
];

/// Words that may stand between *Windows* and its version.
const BETWEEN: &[&str] = &[
    "server",
    "serverr",
    "r",
    "tm",
    "c",
    "nt",
    "storage",
    "small",
    "business",
    "home",
    "embedded",
    "standard",
    "enterprise",
    "datacenter",
    "web",
    "essentials",
    "multipoint",
    "hyper-v",
    "microsoft",
    "version",
    "windows",
    "foundation",
    "industry",
    "pos",
    "ready",
    "posready",
    "for",
    "workgroups",
    "rt",
];

/// Words that may stand between two versions of one list: `Windows XP|7|2008`.
const LISTED: &[&str] = &["or", "and", "/", "|", ",", "-", "&"];

/// Reads a name.
pub(super) fn of(name: &str) -> Mentions {
    let words = words(name);
    let server = words.iter().any(|word| word.starts_with("server"));
    if words.iter().any(|word| is_else(word)) {
        return Mentions {
            other: true,
            server,
            ..Mentions::default()
        };
    }
    let mut said = Mentions {
        server,
        ..Mentions::default()
    };
    let mut place = Place::Elsewhere;
    for (index, word) in words.iter().enumerate() {
        let word = word.as_str();
        if starts_windows(word) {
            said.windows = true;
            place = Place::BeforeVersion;
        } else if word == "server" && place == Place::Elsewhere {
            // `Server 2008 R2 Standard`, without the word Windows.
            place = Place::BeforeVersion;
        } else if place == Place::BeforeVersion
            && let Some(products) =
                version(word, said.server, words.get(index + 1..).unwrap_or(&[]))
        {
            said.windows = true;
            said.products.extend(products);
            place = Place::AfterVersion;
        } else {
            place = match place {
                Place::BeforeVersion if BETWEEN.contains(&word) => Place::BeforeVersion,
                Place::BeforeVersion | Place::AfterVersion if LISTED.contains(&word) => {
                    Place::BeforeVersion
                }
                Place::AfterVersion if is_level(word) => Place::AfterVersion,
                _ => Place::Elsewhere,
            };
        }
    }
    said
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Elsewhere,
    BeforeVersion,
    AfterVersion,
}

/// `SP1`, `R2`, `Update`: may follow a version without ending the list.
fn is_level(word: &str) -> bool {
    word == "r2" || word == "update" || word.starts_with("sp")
}

fn is_else(word: &str) -> bool {
    // Short names only as whole words: `mac` starts `machine`.
    ELSE.iter()
        .any(|other| word == *other || (other.len() > 4 && word.starts_with(other)))
}

fn starts_windows(word: &str) -> bool {
    // `windowsr` is `Windows®` through the wrong code page.
    matches!(
        word,
        "windows" | "windowsr" | "win" | "w2k" | "microsoftwindows"
    )
}

/// The products of a version word, with the words that follow it.
fn version(word: &str, server: bool, following: &[String]) -> Option<Vec<Product>> {
    use Product as P;
    let r2 = following.first().is_some_and(|next| next == "r2");
    let (client, servers) = match word {
        "5.1" => (Some(P::WindowsXp), None),
        "5.2" => (Some(P::WindowsXp), Some(P::WindowsServer2003)),
        "6.0" => (Some(P::WindowsVista), Some(P::WindowsServer2008)),
        "6.1" => (Some(P::Windows7), Some(P::WindowsServer2008R2)),
        "6.2" => (Some(P::Windows8), Some(P::WindowsServer2012)),
        "6.3" => (Some(P::Windows8_1), Some(P::WindowsServer2012R2)),
        "7" => (Some(P::Windows7), None),
        "8" => (Some(P::Windows8), None),
        "8.1" => (Some(P::Windows8_1), None),
        "10" => (Some(P::Windows10), None),
        "11" => (Some(P::Windows11), None),
        "2003" => (None, Some(P::WindowsServer2003)),
        "2008" if r2 => (None, Some(P::WindowsServer2008R2)),
        "2008" => (None, Some(P::WindowsServer2008)),
        // Small Business Server 2011 is Server 2008 R2.
        "2011" => (None, Some(P::WindowsServer2008R2)),
        "2012" if r2 => (None, Some(P::WindowsServer2012R2)),
        "2012" => (None, Some(P::WindowsServer2012)),
        "2016" => (None, Some(P::WindowsServer2016)),
        "2019" => (None, Some(P::WindowsServer2019)),
        "2022" => (None, Some(P::WindowsServer2022)),
        "2025" => (None, Some(P::WindowsServer2025)),
        // These two carry a trademark sign, which code pages spoil: `VistaT`.
        _ if word.starts_with("xp") => (Some(P::WindowsXp), None),
        _ if word.starts_with("vista") => (Some(P::WindowsVista), None),
        "95" | "98" | "me" | "2000" | "ce" => (Some(P::OtherWindows), None),
        _ => return None,
    };
    Some(match (client, servers) {
        (Some(_), Some(of_servers)) if server => vec![of_servers],
        (client, servers) => client.into_iter().chain(servers).collect(),
    })
}

/// Splits a name into lower-case words: signs dropped, versions with their dots, `windowsserver2019` parted.
fn words(name: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(name.len() + 8);
    for character in name.chars().flat_map(char::to_lowercase) {
        match character {
            '|' | ',' | '/' | '&' => {
                spaced.push(' ');
                spaced.push(character);
                spaced.push(' ');
            }
            '.' | '-' => spaced.push(character),
            _ if character.is_ascii_alphanumeric() => spaced.push(character),
            // A sign inside a word (`windows®`) ends it; so does any other letter.
            _ => spaced.push(' '),
        }
    }
    let joined = spaced
        // What XP calls its own file-sharing client.
        .replace("windows 2000 lan manager", " ")
        .replace("red hat", "redhat")
        .replace("mac os x", "macos")
        .replace("mac os", "macos")
        .replace("os x", "osx")
        .replace("hp-ux", "hpux")
        .replace("chrome os", "chromeos")
        .replace("pan-os", "panos");
    joined
        .split_ascii_whitespace()
        .flat_map(part)
        .map(|word| word.trim_matches('.').to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

/// Parts a word that joins a name and a version: `windowsserver2012r2`, `win7`, `w2k8`, `vista64`.
fn part(word: &str) -> Vec<String> {
    for (start, with) in [
        ("windows", "windows"),
        ("server", "server"),
        ("win", "windows"),
        ("w2k", "windows"),
    ] {
        let Some(rest) = word.strip_prefix(start) else {
            continue;
        };
        let rest = rest.trim_start_matches('-');
        let starts_well = rest.starts_with(|next: char| next.is_ascii_digit())
            || ["server", "xp", "vista"]
                .iter()
                .any(|name| rest.starts_with(name));
        if !rest.is_empty() && starts_well {
            let rest = match (start, rest) {
                ("w2k", "3") => "2003".to_owned(),
                ("w2k", "8") => "2008".to_owned(),
                ("w2k", year) if year.starts_with(['8', '3']) => format!("200{year}"),
                ("w2k", year) => format!("20{year}"),
                (_, rest) => rest.to_owned(),
            };
            return std::iter::once(with.to_owned())
                .chain(part(&rest))
                .collect();
        }
    }
    match word.split_once("r2") {
        Some((year, "")) if year.len() == 4 && year.starts_with("20") => {
            vec![year.to_owned(), "r2".to_owned()]
        }
        _ => vec![word.to_owned()],
    }
}
