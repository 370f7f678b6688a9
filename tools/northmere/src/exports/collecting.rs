//! Which exports an organisation has, and the loop over organisations.

use super::{api_pages, hunting, nmap, statements, texts};
use crate::GeneratedFile;
use crate::calendar::Moment;
use crate::hosts::{Host, Machines, address_at, machines_of};
use crate::plan::{DefenderStyle, Kind, Organisation};
use crate::truth::{TrueBorder, TrueClaim, Truth};

/// Files and truth of one organisation, or of the description.
#[derive(Debug, Default)]
pub(crate) struct Part {
    pub(crate) files: Vec<GeneratedFile>,
    pub(crate) truth: Truth,
}

impl Part {
    /// Adds a file.
    pub(crate) fn file(&mut self, path: impl Into<String>, bytes: Vec<u8>) {
        self.files.push(GeneratedFile {
            path: path.into(),
            bytes,
        });
    }
}

/// One organisation and its machines: what each export is made from.
pub(crate) struct Body<'a> {
    pub(crate) organisation: &'a Organisation,
    pub(crate) machines: &'a Machines,
}

impl Body<'_> {
    /// The address of a machine in its first network at a moment.
    pub(crate) fn address(&self, host: &Host, at: Moment) -> String {
        address_at(host, self.organisation, &self.machines.churn, at)
    }
}

/// Makes the exports of one organisation.
pub(crate) fn exports_of(seed: u64, organisation: &Organisation) -> Part {
    let machines = machines_of(seed, organisation);
    let body = Body {
        organisation,
        machines: &machines,
    };
    let mut part = Part::default();
    part.truth.hosts = machines
        .hosts
        .iter()
        .map(|host| host.truth(organisation, &machines.churn))
        .collect();
    part.truth.claims = true_claims(&body, &part.truth);
    part.truth.borders = true_borders(organisation);
    match organisation.defender {
        DefenderStyle::PortalCsv => hunting::portal_csv(&body, &mut part),
        DefenderStyle::HuntingJson => hunting::api_json(&body, &mut part),
        DefenderStyle::ApiPages => api_pages::pages(&body, &mut part),
        DefenderStyle::Absent => {}
    }
    nmap::scans(&body, &mut part);
    match organisation.kind {
        Kind::Acute => texts::clinical_texts(&body, &mut part),
        Kind::Surgery => texts::surgery_texts(&body, &mut part),
        Kind::Community | Kind::Provider => texts::office_texts(&body, &mut part),
    }
    part
}

fn true_borders(organisation: &Organisation) -> Vec<TrueBorder> {
    ["in", "out"]
        .into_iter()
        .map(|direction| TrueBorder {
            organisation: organisation.id.clone(),
            direction,
            allows_445: statements::really_allows(organisation, direction),
        })
        .collect()
}

fn true_claims(body: &Body<'_>, truth: &Truth) -> Vec<TrueClaim> {
    statements::claims_of(body.organisation)
        .into_iter()
        .map(|claim| {
            let windows = truth.present().filter(|host| host.windows);
            let (mut met, mut all) = (0_u32, 0_u32);
            for host in windows {
                all += 1;
                met += u32::from(match claim.control {
                    "ms17_010_closed" => host.closed_ms17_010,
                    "smb1_disabled" => !host.smb1_on,
                    "patched_within_30_days" => host.updated_since_next_worm_fix,
                    _ => !statements::really_allows(body.organisation, "in"),
                });
            }
            TrueClaim {
                claim: claim.id,
                organisation: body.organisation.id.clone(),
                control: claim.control.to_owned(),
                true_percent: f64::from(met) * 100.0 / f64::from(all.max(1)),
            }
        })
        .collect()
}
