//! One machine's fields, found by form and order.

use crate::ReadError;

/// `systeminfo` writes some 35 fields.
const MOST_FIELDS: usize = 500;

/// Windows writes no more than a few hundred items of all lists.
const MOST_ITEMS: usize = 50_000;

/// One machine's output has some 10,000 bytes.
const MOST_BYTES: usize = 1 << 20;

/// A label's value, with the items `[01]: …` listed below it.
#[derive(Debug, Default)]
pub(super) struct Field {
    pub(super) value: String,
    pub(super) items: Vec<String>,
    pub(super) line: u64,
    /// The line of its last item.
    pub(super) last_line: u64,
}

/// The fields of one machine in order.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) fields: Vec<Field>,
    /// Whether the file stops without a line end after this record.
    pub(super) ends_open: bool,
    version: Option<usize>,
    items: usize,
    bytes: usize,
}

impl Record {
    /// Takes a line. Where it is the version of a further machine, the machine before it is handed out.
    pub(super) fn line(&mut self, line: &str, number: u64) -> Result<Option<Self>, ReadError> {
        if line.starts_with([' ', '\t']) {
            self.item(line, number)?;
            return Ok(None);
        }
        let Some(value) = split_field(line) else {
            return Ok(None);
        };
        let mut finished = None;
        if is_version(value) {
            if self.version.is_some() {
                finished = Some(self.split_off());
            }
            self.version = Some(self.fields.len());
        }
        self.field(value, number)?;
        Ok(finished)
    }

    /// A machine from a row of values that hold their lists after commas.
    pub(super) fn of_values<'v>(
        values: impl Iterator<Item = &'v str>,
        line: u64,
    ) -> Result<Self, ReadError> {
        let mut record = Self::default();
        for value in values {
            if record.version.is_none() && is_version(value) {
                record.version = Some(record.fields.len());
            }
            let list = value.find(",[").map_or(value.len(), |comma| comma);
            record.field(&value[..list], line)?;
            for part in value[list..].split(',') {
                record.item(part, line)?;
            }
        }
        Ok(record)
    }

    /// The place of the version among the fields.
    pub(super) const fn version(&self) -> Option<usize> {
        self.version
    }

    /// The field so many places after the version, or before it, if nothing was left out between them.
    pub(super) fn beside_version(&self, offset: isize) -> Option<&Field> {
        let version = self.version?;
        let field = self.fields.get(version.checked_add_signed(offset)?)?;
        let lines = self.fields[version].line.abs_diff(field.line);
        let of_one_row = lines == 0;
        (of_one_row || lines == offset.unsigned_abs() as u64).then_some(field)
    }

    /// Whether the last thing of a field is the last of the file and may be cut.
    pub(super) const fn may_be_cut(&self, field: usize) -> bool {
        self.ends_open && self.is_last(field)
    }

    /// Whether nothing stands after a field.
    pub(super) const fn is_last(&self, field: usize) -> bool {
        field + 1 == self.fields.len()
    }

    fn field(&mut self, value: &str, line: u64) -> Result<(), ReadError> {
        if self.fields.len() == MOST_FIELDS {
            return Err(ReadError::TooMuch {
                what: "fields of one machine",
                limit: MOST_FIELDS as u64,
            });
        }
        self.weigh(value)?;
        self.fields.push(Field {
            value: value.trim().to_owned(),
            items: Vec::new(),
            line,
            last_line: line,
        });
        Ok(())
    }

    fn weigh(&mut self, text: &str) -> Result<(), ReadError> {
        self.bytes += text.len();
        if self.bytes > MOST_BYTES {
            return Err(ReadError::TooMuch {
                what: "bytes of one machine",
                limit: MOST_BYTES as u64,
            });
        }
        Ok(())
    }

    /// A line below a field; only numbered items matter.
    fn item(&mut self, line: &str, number: u64) -> Result<(), ReadError> {
        let Some(item) = split_item(line).filter(|_| !self.fields.is_empty()) else {
            return Ok(());
        };
        self.weigh(item)?;
        self.items += 1;
        if self.items > MOST_ITEMS {
            return Err(ReadError::TooMuch {
                what: "listed items of one machine",
                limit: MOST_ITEMS as u64,
            });
        }
        if let Some(field) = self.fields.last_mut() {
            field.items.push(item.to_owned());
            field.last_line = number;
        }
        Ok(())
    }

    /// Hands out all but the last two fields, host and system name, which belong to the next machine; never without its own
    /// version, which a damaged file may have there.
    fn split_off(&mut self) -> Self {
        let own = self.version.map_or(0, |version| version + 1);
        let keep = self.fields.len().saturating_sub(2).max(own);
        let next = Self {
            fields: self.fields.split_off(keep),
            ..Self::default()
        };
        std::mem::replace(self, next)
    }
}

/// The value of a line `label:   value`. Longer labels hold a colon themselves, so one with two spaces after it is
/// preferred.
pub(super) fn split_field(line: &str) -> Option<&str> {
    if line.starts_with([' ', '\t']) {
        return None;
    }
    let line = line.trim_end();
    if let Some(colon) = line.find(":  ") {
        return Some(line[colon + 1..].trim_start());
    }
    if let Some(label) = line.strip_suffix(':') {
        return (!label.is_empty()).then_some("");
    }
    line.split_once(": ").map(|(_, value)| value.trim_start())
}

/// The text of an item `[01]: text`; empty where the line stops after the number or inside it.
fn split_item(line: &str) -> Option<&str> {
    let item = line.trim().strip_prefix('[')?;
    let (number, text) = item.split_once(']').unwrap_or((item, ""));
    let numbered = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    // French puts a space before the colon.
    let text = text.trim_start();
    numbered.then(|| text.strip_prefix(':').unwrap_or(text).trim())
}

/// Whether a value is a version with its build repeated: `10.0.17763 N/A Build 17763`, in any language.
pub(super) fn is_version(value: &str) -> bool {
    let mut words = value.trim_matches(['"', ' ']).split_whitespace();
    let Some(version) = words.next() else {
        return false;
    };
    let parts: Vec<&str> = version.split('.').collect();
    let numeric = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let [major, minor, build] = parts[..] else {
        return false;
    };
    numeric(major, 2) && numeric(minor, 2) && numeric(build, 6) && words.next_back() == Some(build)
}

#[cfg(test)]
mod tests {
    use super::{Record, is_version, split_field, split_item};

    #[test]
    fn a_machine_keeps_its_version_however_soon_the_next_one_comes() {
        for between in 0..4 {
            let mut record = Record::default();
            let mut lines = vec![
                "Host Name:  PC-1",
                "OS Version:  6.1.7601 Service Pack 1 Build 7601",
            ];
            lines.resize(2 + between, "Label:  value");
            for (number, line) in (1..).zip(&lines) {
                assert!(record.line(line, number).unwrap().is_none());
            }
            let next = "OS Version:  10.0.17763 N/A Build 17763";
            let finished = record.line(next, 9).unwrap().unwrap();
            let version = &finished.fields[finished.version().unwrap()];
            assert!(version.value.starts_with("6.1.7601"), "{between}");
            let version = &record.fields[record.version().unwrap()];
            assert!(version.value.starts_with("10.0.17763"), "{between}");
        }
    }

    #[test]
    fn a_version_is_known_in_any_language() {
        for value in [
            "10.0.17763 N/A Build 17763",
            "6.1.7601 Service Pack 1 version 7601",
            "6.3.9600 Н/Д построение 9600",
            "10.0.17763 暂缺 Build 17763",
            "5.1.2600 Build 2600",
        ] {
            assert!(is_version(value), "{value}");
        }
        for value in [
            "10.0.17763",
            "10.0.17763 Build 17134",
            "1.2.3.4 x 4",
            "",
            "192.168.1.1",
        ] {
            assert!(!is_version(value), "{value}");
        }
    }

    #[test]
    fn labels_may_hold_colons_and_values_may_be_missing() {
        assert_eq!(split_field("Nom de l'hôte:      PC-1"), Some("PC-1"));
        assert_eq!(split_field("Mémoire : taille:  2 047 Mo"), Some("2 047 Mo"));
        assert_eq!(split_field("Organisation:   "), Some(""));
        assert_eq!(split_field("C:\\>systeminfo"), None);
        assert_eq!(split_field("  indented: text"), None);
        assert_eq!(split_item("   [01]: KB4012212"), Some("KB4012212"));
        assert_eq!(split_item("   [01] : Intel64"), Some("Intel64"));
        assert_eq!(split_item("   [246]"), Some(""));
        assert_eq!(split_item("   [2"), Some(""));
        assert_eq!(split_item("   [x]: y"), None);
    }
}
