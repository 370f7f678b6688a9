//! The properties of a host: what its `<tag>` elements say.

use jiff::Timestamp;
use wardround_evidence::{Address, Build, Identifier, Role, System};

use super::clock;
use crate::defender::build_of;
use crate::names;

/// Addresses and names: far more than any host has.
const MOST_IDENTIFIERS: usize = 1_000;

/// The longest name of a system that is kept, in characters.
const LONGEST_SYSTEM: usize = 200;

/// The properties that are read; the text of all others is passed over.
const READ: &[&str] = &[
    "bios-uuid",
    "host-fqdn",
    "host-ip",
    "hostname",
    "mac-address",
    "netbios-name",
    "operating-system",
    "operating-system-conf",
    "system-type",
    "Credentialed_Scan",
    "HOST_END",
    "HOST_END_TIMESTAMP",
    "HOST_START",
    "HOST_START_TIMESTAMP",
];

/// The name under which a property is read, if it is.
pub(super) fn known(name: &str) -> Option<&'static str> {
    READ.iter().find(|known| **known == name).copied()
}

/// A moment as it may be written twice.
#[derive(Default)]
struct Times {
    /// In seconds, which know their zone.
    seconds: Option<Timestamp>,
    /// On the scanner's clock.
    words: Option<Timestamp>,
}

impl Times {
    /// The moment, and whether its zone is known.
    fn moment(&self) -> Option<(Timestamp, bool)> {
        let words = self.words.map(|moment| (moment, false));
        self.seconds.map(|moment| (moment, true)).or(words)
    }
}

/// What the properties of one host have said so far.
#[derive(Default)]
pub(super) struct Properties {
    pub(super) subject: Vec<Identifier>,
    pub(super) system: Option<System>,
    pub(super) role: Option<Role>,
    pub(super) credentialed: Option<bool>,
    confidence: Option<u8>,
    start: Times,
    end: Times,
}

impl Properties {
    /// When the host was scanned (when its scan ended, else began), and whether the zone of that is known.
    pub(super) fn moment(&self) -> Option<(Timestamp, bool)> {
        self.end.moment().or_else(|| self.start.moment())
    }

    /// The system with the scanner's confidence in it, or `otherwise`, whether it was guessed from outside, and with the revision that the kernel's own file shows.
    pub(super) fn system_with(
        self,
        otherwise: Option<u8>,
        kernel: Option<Build>,
        is_guess: bool,
    ) -> Option<System> {
        let confidence_percent = self.confidence.or(otherwise);
        self.system.map(|system| System {
            confidence_percent,
            is_guess,
            build: system.build.map(|build| with_revision(build, kernel)),
            ..system
        })
    }

    /// An address or name that the scan was told to look at.
    pub(super) fn target(&mut self, text: &str) {
        let identifier = match text.trim().parse::<Address>() {
            Ok(address) => Identifier::address(address),
            Err(_) => names::identifier(text),
        };
        self.identify(identifier);
    }

    /// Takes one property, by the name that [`known`] gave; what is wrong with it, where something is.
    pub(super) fn property(&mut self, name: &str, text: &str) -> Option<&'static str> {
        let text = text.trim();
        match name {
            "bios-uuid" => self.identify(Identifier::bios_uuid(text).filter(|_| text.len() <= 64)),
            "host-fqdn" | "hostname" => self.identify(names::identifier(text)),
            // With a domain or workgroup before it in some versions.
            "netbios-name" => {
                let name = text.rsplit('\\').next().unwrap_or(text);
                self.identify(names::identifier(name));
            }
            "host-ip" => {
                let Ok(address) = text.parse::<Address>() else {
                    return Some("an address cannot be read");
                };
                self.identify(Identifier::address(address));
            }
            "mac-address" => {
                for word in text.split_whitespace() {
                    let Ok(mac) = word.parse() else {
                        return Some("an Ethernet address cannot be read");
                    };
                    self.identify(Some(Identifier::Mac(mac)));
                }
            }
            "operating-system" => self.system = system(text),
            "operating-system-conf" => self.confidence = percent(text),
            "system-type" => self.role = role(text),
            "Credentialed_Scan" => self.credentialed = truth(text),
            "HOST_START_TIMESTAMP" => self.start.seconds = clock::of_seconds(text),
            "HOST_END_TIMESTAMP" => self.end.seconds = clock::of_seconds(text),
            "HOST_START" => self.start.words = clock::of_words(text),
            "HOST_END" => self.end.words = clock::of_words(text),
            _ => {}
        }
        None
    }

    fn identify(&mut self, identifier: Option<Identifier>) {
        if self.subject.len() < MOST_IDENTIFIERS {
            self.subject.extend(identifier);
        }
    }
}

/// A number of per cent.
pub(super) fn percent(text: &str) -> Option<u8> {
    text.trim().parse().ok().filter(|percent| *percent <= 100)
}

/// `true`, or `yes` and whatever follows it: `yes (on the localhost)`.
pub(super) fn truth(text: &str) -> Option<bool> {
    let word = text
        .split(|character: char| !character.is_ascii_alphabetic())
        .next()
        .unwrap_or_default();
    match word.to_ascii_lowercase().as_str() {
        "true" | "yes" => Some(true),
        "false" | "no" => Some(false),
        _ => None,
    }
}

/// A system. Several lines are as many guesses: all stay, so that none is taken for the one.
fn system(text: &str) -> Option<System> {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let name: String = lines.join(" or ").chars().take(LONGEST_SYSTEM).collect();
    if name.is_empty() {
        return None;
    }
    let after = |words| {
        let (_, rest) = name.split_once(words).filter(|_| lines.len() == 1)?;
        rest.split_whitespace().next()
    };
    let platform = name.strip_prefix("Microsoft ").unwrap_or(&name);
    Some(System {
        build: build_of(platform, None, after(" Build ")),
        service_pack: after(" Service Pack ").and_then(|number| number.parse().ok()),
        name,
        ..System::default()
    })
}

/// Kinds of equipment that are certainly no computer of a user.
fn role(kind: &str) -> Option<Role> {
    let appliance = [
        "firewall",
        "load-balancer",
        "packet-shaper",
        "printer",
        "router",
        "switch",
        "webcam",
        "wireless-access-point",
    ];
    appliance.contains(&kind).then_some(Role::Appliance)
}

/// Releases of Windows 10 and 11 that differ by a switch only share a kernel, numbered as the first of them: 19041 to 19045,
/// 22621 and 22631, 26100 and 26200. They share their revisions too.
const KERNEL_SPAN: u32 = 100;

fn with_revision(build: Build, kernel: Option<Build>) -> Build {
    let of_its_release = kernel.filter(|kernel| {
        build.major == 10
            && kernel.major == 10
            && build.revision.is_none()
            && (kernel.build..=kernel.build.saturating_add(KERNEL_SPAN)).contains(&build.build)
    });
    Build {
        revision: of_its_release.map_or(build.revision, |kernel| kernel.revision),
        ..build
    }
}

#[cfg(test)]
mod tests {
    use super::{system, truth};

    #[test]
    fn a_system_keeps_its_numbers_and_several_guesses_keep_none() {
        let one = system("Microsoft Windows 7 Enterprise Service Pack 1\n").unwrap();
        assert_eq!(one.service_pack, Some(1));
        let ten = system("Microsoft Windows 10 Pro Build 19045").unwrap();
        assert_eq!(ten.build.unwrap().to_string(), "10.0.19045");
        let two = system("Microsoft Windows 7\nMicrosoft Windows 10 Build 19045").unwrap();
        assert_eq!((two.build, two.service_pack), (None, None));
        assert_eq!(
            two.name,
            "Microsoft Windows 7 or Microsoft Windows 10 Build 19045"
        );
        assert_eq!(system("Linux Kernel 2.6 Build 19045").unwrap().build, None);
        assert_eq!(system(" \n"), None);
    }

    #[test]
    fn a_truth_may_say_more_than_yes() {
        assert_eq!(truth("yes (on the localhost)"), Some(true));
        assert_eq!(truth("no"), Some(false));
        assert_eq!(truth("yesterday"), None);
        assert_eq!(truth(""), None);
    }
}
