//! Software and its flaws, machine by machine: `DeviceTvmSoftwareVulnerabilities`, `DeviceTvmSoftwareInventory` and the
//! same findings as the API gives them.

use wardround_evidence::{
    Build, Cve, Fact, FlawState, Identifier, Kb, Method, Position, Statement, System, When,
};

use super::Seen;
use super::seen::Once;
use crate::kept_flaws::is_kept;
use crate::{ReadError, Sink};

/// A product as Defender Vulnerability Management names it: `microsoft`, `windows_10`, `10.0.19045.5854`.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Product<'r> {
    /// Its vendor.
    pub(crate) vendor: Option<&'r str>,
    /// Its name.
    pub(crate) name: Option<&'r str>,
    /// Its version.
    pub(crate) version: Option<&'r str>,
}

impl Product<'_> {
    /// Whether it is Windows itself: `windows_10`, `windows_server_2012_r2`; not `windows_terminal`.
    fn is_windows(&self) -> bool {
        let Some(name) = self.name.filter(|_| self.vendor == Some("microsoft")) else {
            return false;
        };
        let Some(rest) = name.strip_prefix("windows_") else {
            return false;
        };
        let edition = rest.strip_prefix("server_").unwrap_or(rest);
        edition.starts_with(|first: char| first.is_ascii_digit())
            || ["xp", "vista"].contains(&edition)
    }

    /// The build of Windows that it is.
    fn build(&self) -> Option<Build> {
        self.version.filter(|_| self.is_windows())?.parse().ok()
    }
}

/// A product on a machine, perhaps with a flaw in it.
#[derive(Debug)]
pub(crate) struct Finding<'r> {
    /// The machine's identifier in Defender.
    pub(crate) device: &'r str,
    /// When it was so, where stated.
    pub(crate) when: When,
    /// The product.
    pub(crate) product: Product<'r>,
    /// The flaw, where the row is about one.
    pub(crate) flaw: Option<&'r str>,
    /// The update that closes it, where stated.
    pub(crate) update: Option<&'r str>,
}

impl Finding<'_> {
    /// Keeps what a row says that no earlier row said. A machine's first row stays even where it says nothing else: it
    /// shows that there is such a machine. `subject` gives all its identifiers; most rows are not kept and need none.
    pub(crate) fn keep(
        self,
        position: Position,
        subject: impl FnOnce() -> Vec<Identifier>,
        seen: &mut Seen,
        sink: &mut Sink,
    ) -> Result<(), ReadError> {
        let (machine, is_new) = seen.machine(self.device, sink)?;
        let moment = self.when.moment();
        let mut news = Vec::new();
        let mut said = 0;
        let mut say = |once, fact| {
            said += 1;
            if seen.is_new(machine, moment, once) {
                news.push(fact);
            }
        };
        match self.kept_flaw() {
            Some(cve) => say(Once::Flaw(cve), Fact::Flaw(cve, FlawState::Present)),
            None if self.flaw.is_some() => sink.count("rows_other_flaws", 1),
            None => {}
        }
        if let Some(build) = self.product.build() {
            let system = System {
                name: self.product.name.unwrap_or_default().to_owned(),
                build: Some(build),
                ..System::default()
            };
            say(Once::Build(build), Fact::System(system));
        }
        let update = self.update.filter(|_| self.product.is_windows());
        if let Some(kb) = update.and_then(|text| text.parse::<Kb>().ok()) {
            say(Once::Missing(kb), Fact::UpdateMissing(kb));
        }
        if let Some(cve) = self.cve() {
            seen.flaw(cve, sink);
        }
        if said > 0 && news.is_empty() {
            sink.count("rows_repeating", 1);
        }
        if is_new || !news.is_empty() {
            let mut statement = Statement::new(subject(), position, self.when);
            for fact in news {
                statement.observe(Method::Inventoried, fact);
            }
            sink.statement(statement)?;
        }
        Ok(())
    }

    /// The flaw's number. Findings without one exist: `TVM-2020-0002`.
    fn cve(&self) -> Option<Cve> {
        self.flaw?.parse().ok()
    }

    /// The flaw, where it is one that is kept.
    fn kept_flaw(&self) -> Option<Cve> {
        self.cve().filter(|cve| is_kept(*cve))
    }
}

#[cfg(test)]
mod tests {
    use super::Product;

    #[test]
    fn windows_is_told_from_what_is_named_after_it() {
        for (name, expected) in [
            ("windows_10", true),
            ("windows_11", true),
            ("windows_8.1", true),
            ("windows_server_2019", true),
            ("windows_server_2012_r2", true),
            ("windows_xp", true),
            ("windows_terminal", false),
            ("windows_server_update_services", false),
            ("office", false),
        ] {
            let product = Product {
                vendor: Some("microsoft"),
                name: Some(name),
                version: Some("10.0.19045.5854"),
            };
            assert_eq!(product.build().is_some(), expected, "{name}");
        }
    }
}
