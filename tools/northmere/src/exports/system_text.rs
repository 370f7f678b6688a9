//! The text of `systeminfo`, in the forms that reach a file: a code page from the command prompt,
//! UTF-16 from PowerShell, UTF-8.

use std::fmt::Write as _;

use super::installed_lists::{Installed, SYSTEMINFO_SHOWS};
use super::system_words::{Language, words};
use crate::calendar::Moment;
use crate::facts::systems::Family;
use crate::hosts::{Host, State};
use crate::names;
use crate::random::Draws;

/// How a text becomes bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// The code page 850 of a command prompt in western Europe.
    CodePage850,
    /// Little-endian UTF-16 with a byte-order mark.
    Utf16,
    Utf8,
}

/// What the text is about.
pub(crate) struct SystemText<'a> {
    pub(crate) host: &'a Host,
    pub(crate) at: Moment,
    pub(crate) name: &'a str,
    pub(crate) domain: &'a str,
    pub(crate) address: &'a str,
    pub(crate) installed: &'a [Installed],
    pub(crate) language: Language,
}

impl SystemText<'_> {
    /// Whether Windows stops inside the list of updates.
    pub(crate) fn cut(&self) -> bool {
        self.installed.len() > SYSTEMINFO_SHOWS
    }

    /// The text.
    pub(crate) fn text(&self) -> String {
        let state = self.host.state(self.at);
        let w = words(self.language);
        let mut text = String::from("\r\n");
        let values = self.values(&state);
        for (label, value) in w.labels.iter().zip(&values) {
            let _ = write!(text, "{label:<width$}{value}\r\n", width = w.width);
            match *label {
                label if label == w.labels[14] => self.below(
                    &mut text,
                    "[01]: x64 Family 6 Model 158 Stepping 10 ~2904 Mhz",
                ),
                label if label == w.labels[30] => self.updates(&mut text),
                label if label == w.labels[31] => self.card(&mut text),
                _ => {}
            }
        }
        if state.release.version == "10.0" && self.language == Language::English {
            let label = "Hyper-V Requirements:";
            let _ = write!(text, "{label:<27}VM Monitor Mode Extensions: Yes\r\n");
        }
        text
    }

    fn below(&self, text: &mut String, line: &str) {
        let _ = write!(
            text,
            "{:width$}{line}\r\n",
            "",
            width = words(self.language).width
        );
    }

    fn values(&self, state: &State<'_>) -> [String; 32] {
        let w = words(self.language);
        let release = state.release;
        let mut draws = Draws::keyed(self.host.key, "system text", 0);
        let (maker, model, _) = names::COMPUTERS[self.host.computer];
        let pack = if release.service_pack.is_empty() {
            w.not_available
        } else {
            release.service_pack
        };
        let version = match release.version {
            "5.1" => format!("5.1.2600 {pack} {} 2600", w.build),
            version => format!("{version}.{0} {pack} {1} {0}", release.build, w.build),
        };
        let installed_on = Moment::utc(2019, 3, 4, 9, 12, 0).plus_days(draws.below(1_200) as i64);
        let boot = self
            .at
            .plus_days(-(draws.between(1, 9) as i64))
            .plus_seconds(-4_000);
        let member = w.member[usize::from(release.family == Family::Server)];
        let memory = 4_096 * draws.between(1, 4);
        let megabytes = |count: u64| {
            format!(
                "{}{}{:03} {}",
                count / 1_000,
                w.thousands,
                count % 1_000,
                w.megabytes
            )
        };
        let system_type = if release.version == "5.1" {
            "X86-based PC"
        } else {
            "x64-based PC"
        };
        [
            self.name.to_owned(),
            format!("Microsoft {}{}", release.product, w.product_suffix),
            version,
            "Microsoft Corporation".to_owned(),
            member.to_owned(),
            "Multiprocessor Free".to_owned(),
            "Northmere".to_owned(),
            w.not_available.to_owned(),
            format!(
                "00{}-{}-AA{}",
                draws.between(300, 399),
                draws.between(10_000_000, 99_999_999),
                draws.between(100, 999)
            ),
            self.date(installed_on),
            self.date(boot),
            maker.to_owned(),
            model.to_owned(),
            system_type.to_owned(),
            w.one_processor.to_owned(),
            format!(
                "{maker} 1.{}.0, {}",
                draws.between(2, 19),
                self.date(installed_on).split(',').next().unwrap_or("")
            ),
            "C:\\Windows".to_owned(),
            "C:\\Windows\\system32".to_owned(),
            "\\Device\\HarddiskVolume1".to_owned(),
            w.locale.to_owned(),
            w.locale.to_owned(),
            w.time_zone.to_owned(),
            megabytes(memory),
            megabytes(memory / 3),
            megabytes(memory * 2),
            megabytes(memory),
            megabytes(memory / 2 + 1_100),
            "C:\\pagefile.sys".to_owned(),
            self.domain.to_owned(),
            w.not_available.to_owned(),
            match self.installed.len() {
                0 => w.not_available.to_owned(),
                count => format!("{count} {}", w.installed),
            },
            w.one_card.to_owned(),
        ]
    }

    fn date(&self, at: Moment) -> String {
        if self.language == Language::German {
            at.german()
        } else {
            at.british()
        }
    }

    fn updates(&self, text: &mut String) {
        for (index, update) in self.installed.iter().take(SYSTEMINFO_SHOWS).enumerate() {
            self.below(text, &format!("[{:02}]: KB{}", index + 1, update.kb));
        }
        if self.cut() {
            self.below(text, &format!("[{}]", SYSTEMINFO_SHOWS + 1));
        }
    }

    fn card(&self, text: &mut String) {
        let connection = words(self.language).connection;
        let gateway = self
            .address
            .rsplit_once('.')
            .map_or("", |(network, _)| network);
        self.below(text, "[01]: Ethernet Adapter");
        self.below(text, &format!("      {}", connection[0]));
        self.below(text, &format!("      {}", connection[1]));
        self.below(text, &format!("      {}{gateway}.1", connection[2]));
        self.below(text, &format!("      {}", connection[3]));
        self.below(text, &format!("      [01]: {}", self.address));
    }
}

/// Turns a text into bytes; a letter that a code page lacks becomes a question mark.
pub(crate) fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Utf16 => {
            let units = std::iter::once(0xfeff).chain(text.encode_utf16());
            units.flat_map(u16::to_le_bytes).collect()
        }
        Encoding::CodePage850 => text.chars().map(code_page_850).collect(),
    }
}

fn code_page_850(letter: char) -> u8 {
    match letter {
        letter if letter.is_ascii() => letter as u8,
        'ü' => 0x81,
        'é' => 0x82,
        'â' => 0x83,
        'ä' => 0x84,
        'à' => 0x85,
        'ç' => 0x87,
        'ê' => 0x88,
        'è' => 0x8a,
        'î' => 0x8c,
        'É' => 0x90,
        'ô' => 0x93,
        'ö' => 0x94,
        'ß' => 0xe1,
        '\u{a0}' => 0xff,
        _ => b'?',
    }
}
