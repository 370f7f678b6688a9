//! The estate's own description, gathered from all declarations: who there is, and who may speak for whom.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use wardround_evidence::{
    Border, Boundary, Claim, Declaration, DeclaredService, Link, Network, NetworkName,
    Organisation, OrganisationName, Reading, Site, SourcePath,
};

/// All declarations, by what they describe.
#[derive(Clone, Debug, Default)]
pub struct Description {
    /// The moment it asks to speak of.
    pub as_of: Option<Timestamp>,
    /// Organisations by identifier.
    pub organisations: BTreeMap<OrganisationName, Organisation>,
    /// Sites.
    pub sites: Vec<Site>,
    /// Networks by identifier.
    pub networks: BTreeMap<NetworkName, Network>,
    /// Rules at organisations' borders.
    pub borders: Vec<Border>,
    /// Rules at networks' boundaries.
    pub boundaries: Vec<Boundary>,
    /// Exceptions.
    pub links: Vec<Link>,
    /// Services.
    pub services: Vec<DeclaredService>,
    /// Claims.
    pub claims: Vec<Claim>,
    authorities: BTreeMap<String, BTreeSet<OrganisationName>>,
    vantages: BTreeMap<String, NetworkName>,
    collected: BTreeMap<String, Timestamp>,
    /// Contradictions and loose ends, a sentence each, that name nothing below an organisation.
    pub notes: Vec<String>,
}

/// Whose machines a file may speak for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authority {
    /// All of them.
    Everyone,
    /// Those of these organisations. Elsewhere it may support *fails* and never settles *holds*.
    Only(BTreeSet<OrganisationName>),
}

impl Authority {
    /// Whether it may speak for machines of `organisation`.
    #[must_use]
    pub fn covers(&self, organisation: Option<&OrganisationName>) -> bool {
        match self {
            Self::Everyone => true,
            Self::Only(organisations) => {
                organisation.is_some_and(|organisation| organisations.contains(organisation))
            }
        }
    }

    /// The one organisation that it speaks for, if there is just one.
    #[must_use]
    pub fn sole(&self) -> Option<&OrganisationName> {
        match self {
            Self::Only(organisations) if organisations.len() == 1 => organisations.first(),
            _ => None,
        }
    }
}

impl Description {
    /// Gathers the declarations of all readings. The order of files does not matter: of two rows with one identifier the
    /// one that sorts first stays, and the repeat is noted.
    #[must_use]
    pub fn gather(readings: &[Reading]) -> Self {
        let mut description = Self::default();
        let mut declarations: Vec<_> = readings
            .iter()
            .flat_map(|reading| {
                let path = reading.source.path.as_key();
                reading
                    .declarations
                    .iter()
                    .map(move |(position, row)| (path, *position, row))
            })
            .collect();
        declarations.sort_by_key(|(path, position, _)| (*path, *position));
        for (_, _, declaration) in declarations {
            description.add(declaration.clone());
        }
        description.check_references();
        description
    }

    fn add(&mut self, declaration: Declaration) {
        match declaration {
            Declaration::AsOf(moment) => self.as_of = self.as_of.max(Some(moment)),
            Declaration::Organisation(row) => {
                if self.organisations.contains_key(&row.id) {
                    self.note("An organisation is described twice; the first description stands.");
                } else {
                    self.organisations.insert(row.id.clone(), row);
                }
            }
            Declaration::Site(row) => self.sites.push(row),
            Declaration::Network(row) => {
                if self.networks.contains_key(&row.id) {
                    self.note("A network is described twice; the first description stands.");
                } else {
                    self.networks.insert(row.id.clone(), row);
                }
            }
            Declaration::Border(row) => self.borders.push(row),
            Declaration::Boundary(row) => self.boundaries.push(row),
            Declaration::Link(row) => self.links.push(row),
            // They name machines, which nobody knows yet; see `contacts`.
            Declaration::LogOn(_) => {}
            Declaration::Service(row) => self.services.push(row),
            Declaration::Claim(row) => self.claims.push(row),
            Declaration::Authority(path, organisations) => {
                let known = self.authorities.entry(folder_key(&path)).or_default();
                known.extend(organisations);
            }
            Declaration::Vantage(path, network) => {
                let held = self
                    .vantages
                    .entry(folder_key(&path))
                    .or_insert(network.clone());
                if *held != network {
                    self.note("Two networks are given for one scanner; the first stands.");
                }
            }
            Declaration::Collected(path, moment) => {
                let held = *self.collected.entry(folder_key(&path)).or_insert(moment);
                if held != moment {
                    self.note(
                        "Two dates are given for the exports below one path; the first stands.",
                    );
                }
            }
        }
    }

    fn check_references(&mut self) {
        let mut missing_organisations = BTreeSet::new();
        for network in self.networks.values() {
            if !self.organisations.contains_key(&network.organisation) {
                missing_organisations.insert(network.organisation.clone());
            }
        }
        let strays = self
            .boundaries
            .iter()
            .filter(|boundary| !self.networks.contains_key(&boundary.network))
            .count();
        if strays > 0 {
            self.note(format!(
                "{strays} boundary rules name a network that is not described; they are not used."
            ));
        }
        let strays = self
            .borders
            .iter()
            .filter(|border| !self.organisations.contains_key(&border.organisation))
            .count();
        if strays > 0 {
            self.note(format!("{strays} border rules name an organisation that is not described; they are not used."));
        }
        let strays = self
            .vantages
            .values()
            .filter(|network| !self.networks.contains_key(network))
            .count();
        if strays > 0 {
            self.note(format!(
                "{strays} scanners are said to have stood in a network that is not described; what they saw proves no reach."
            ));
        }
        let strays = self
            .organisations
            .values()
            .filter_map(|row| row.administrator.as_ref())
            .filter(|administrator| !self.organisations.contains_key(administrator))
            .count();
        if strays > 0 {
            self.note(format!(
                "{strays} organisations are administered by one that is not described; they are taken to patch their own machines."
            ));
        }
        if self.domains().values().any(|owners| owners.len() > 1) {
            self.note(
                "A domain is given to two organisations; machines in it are placed by other means.",
            );
        }
        if !missing_organisations.is_empty() {
            let count = missing_organisations.len();
            self.note(format!("{count} organisations own networks but are not described; they are taken as they are named."));
        }
        for id in missing_organisations {
            let row = Organisation {
                id: id.clone(),
                name: None,
                kind: wardround_evidence::OrganisationKind::Other,
                administrator: None,
                domains: Vec::new(),
                region: None,
            };
            self.organisations.insert(id, row);
        }
    }

    /// The organisations that each domain is given to.
    pub(crate) fn domains(&self) -> BTreeMap<String, BTreeSet<&OrganisationName>> {
        let mut domains: BTreeMap<String, BTreeSet<&OrganisationName>> = BTreeMap::new();
        for row in self.organisations.values() {
            for domain in &row.domains {
                let domain = domain.as_key().trim_matches('.').to_lowercase();
                domains.entry(domain).or_default().insert(&row.id);
            }
        }
        domains
    }

    fn note(&mut self, sentence: impl Into<String>) {
        let sentence = sentence.into();
        if !self.notes.contains(&sentence) {
            self.notes.push(sentence);
        }
    }

    /// Whose machines the file at `path` may speak for: by the longest authority that covers it, else by a folder named
    /// after an organisation, else nobody's where there are several organisations.
    #[must_use]
    pub fn authority(&self, path: &SourcePath) -> Authority {
        if self.organisations.len() < 2 {
            return Authority::Everyone;
        }
        if let Some(organisations) = longest(&self.authorities, path.as_key()) {
            if organisations.is_empty() {
                return Authority::Everyone;
            }
            return Authority::Only(organisations.clone());
        }
        let folders = path
            .as_key()
            .rsplit_once('/')
            .map_or("", |(above, _)| above);
        let by_folder = folders
            .split('/')
            .map(OrganisationName::new)
            .find(|part| self.organisations.contains_key(part));
        Authority::Only(by_folder.into_iter().collect())
    }

    /// The network that the scanner behind the file at `path` stood in, where the description says so.
    #[must_use]
    pub fn vantage(&self, path: &SourcePath) -> Option<&NetworkName> {
        longest(&self.vantages, path.as_key())
    }

    /// When undated exports at `path` were taken, where the description says so.
    #[must_use]
    pub fn collected(&self, path: &SourcePath) -> Option<Timestamp> {
        longest(&self.collected, path.as_key()).copied()
    }
}

/// A path below the folder that is read; `.` and nothing at all both mean that folder.
fn folder_key(path: &SourcePath) -> String {
    let parts: Vec<&str> = path
        .as_key()
        .split('/')
        .filter(|part| !part.is_empty() && *part != ".")
        .collect();
    parts.join("/")
}

/// The entry of the longest path that is `path` or a folder above it.
fn longest<'a, T>(entries: &'a BTreeMap<String, T>, path: &str) -> Option<&'a T> {
    let mut rest = path.trim_matches('/');
    loop {
        if let Some(entry) = entries.get(rest) {
            return Some(entry);
        }
        match rest.rfind('/') {
            Some(cut) => rest = &rest[..cut],
            None => return entries.get(""),
        }
    }
}
