//! Which machines are listed.

use wardround_estate::{Estate, Host, Question};
use wardround_evidence::{Disclosure, Identifier, OrganisationName, Truth};

use super::pattern::Pattern;
use super::row::{Row, role_word};

/// What a listed machine must be; an empty list asks nothing. Of one list one pattern must fit, of several lists each.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Whose it is, by identifier or name.
    pub organisations: Vec<Pattern>,
    /// A network of it, by identifier or name.
    pub networks: Vec<Pattern>,
    /// A name or address of it.
    pub names: Vec<Pattern>,
    /// Its role; `unknown` where nothing says.
    pub roles: Vec<Pattern>,
    /// What it runs.
    pub systems: Vec<Pattern>,
    /// Its verdicts.
    pub verdicts: Vec<Wanted>,
}

/// A question with the answers that are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Which.
    pub question: Question,
    /// One of these.
    pub truths: Vec<Truth>,
}

impl Filter {
    /// Whether a machine is listed. People may write a name as it is, or the pseudonym that they read.
    pub(super) fn lists(&self, estate: &Estate, host: &Host, names: &Disclosure) -> bool {
        self.fits_organisation(estate, host, names)
            && self.fits_network(estate, host, names)
            && self.fits_name(host, names)
            && fits(&self.roles, || {
                vec![host.role.map_or("unknown", role_word).to_owned()]
            })
            && fits(&self.systems, || vec![host.product.words().to_owned()])
    }

    pub(super) fn lists_verdicts(&self, row: &Row<'_>) -> bool {
        self.verdicts
            .iter()
            .all(|wanted| wanted.truths.contains(&row.truth(wanted.question)))
    }

    fn fits_organisation(&self, estate: &Estate, host: &Host, names: &Disclosure) -> bool {
        fits(&self.organisations, || {
            let organisation = estate.organisation(host.organisation);
            let both = organisation.id.iter().chain(&organisation.name);
            both.flat_map(|name: &OrganisationName| [name.as_key().to_owned(), name.show(names)])
                .collect()
        })
    }

    fn fits_network(&self, estate: &Estate, host: &Host, names: &Disclosure) -> bool {
        fits(&self.networks, || {
            host.networks
                .iter()
                .map(|id| estate.network(*id))
                .flat_map(|network| network.id.iter().chain([&network.name]))
                .flat_map(|name| [name.as_key().to_owned(), name.show(names)])
                .collect()
        })
    }

    fn fits_name(&self, host: &Host, names: &Disclosure) -> bool {
        fits(&self.names, || {
            host.identifiers
                .iter()
                .filter(|identifier| {
                    matches!(
                        identifier,
                        Identifier::FullName(_) | Identifier::ShortName(_) | Identifier::Address(_)
                    )
                })
                .flat_map(|identifier| {
                    [identifier.show(&Disclosure::team()), identifier.show(names)]
                })
                .collect()
        })
    }
}

fn fits(patterns: &[Pattern], texts: impl FnOnce() -> Vec<String>) -> bool {
    if patterns.is_empty() {
        return true;
    }
    let texts = texts();
    patterns
        .iter()
        .any(|pattern| texts.iter().any(|text| pattern.means(text)))
}
