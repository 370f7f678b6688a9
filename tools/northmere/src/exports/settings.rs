//! `DeviceTvmSecureConfigurationAssessment`: what each machine says of its own settings.
//!
//! Columns: "DeviceTvmSecureConfigurationAssessment table in the advanced hunting schema"
//! (learn.microsoft.com/defender-xdr). The identifiers are those of Microsoft's
//! `DeviceTvmSecureConfigurationAssessmentKB`: `scid-53` Disable SMBv1 client driver, `scid-54`
//! Disable SMBv1 server, `scid-2000` sensor on, `scid-2004` EDR in block mode, `scid-2010`
//! antivirus on, `scid-2070` firewall on, `scid-2071` to `scid-2073` its domain, private and public
//! profiles.

use super::collecting::Body;
use super::hunting_tables::{full_name, known_devices};
use super::said::{Said, differs_now, false_facts};
use super::table_text::{Column, TableText, Type};
use crate::facts::systems::Family;
use crate::noise;
use crate::random::Draws;
use crate::truth::{DamagedFile, Fact, FalseFact, Noise};

/// The columns.
pub(crate) const COLUMNS: &[Column] = &[
    ("DeviceId", Type::Text),
    ("DeviceName", Type::Text),
    ("OSPlatform", Type::Text),
    ("Timestamp", Type::Time),
    ("ConfigurationId", Type::Text),
    ("ConfigurationCategory", Type::Text),
    ("ConfigurationSubcategory", Type::Text),
    ("ConfigurationImpact", Type::Real),
    ("IsCompliant", Type::Truth),
    ("IsApplicable", Type::Truth),
    ("Context", Type::Text),
    ("IsExpectedUserImpact", Type::Truth),
];

/// The SMBv1 server.
const SMB1_SERVER: &str = "scid-54";
/// EDR in block mode.
const BLOCK_MODE: &str = "scid-2004";

/// Identifier, category, subcategory, impact, and the share of machines that comply.
const SETTINGS: [(&str, &str, &str, &str, f64); 9] = [
    ("scid-53", "OS", "", "8", 0.9),
    (SMB1_SERVER, "OS", "", "8", 0.0),
    ("scid-2000", "Security controls", "EDR", "10", 0.99),
    (BLOCK_MODE, "Security controls", "EDR", "9", 0.6),
    ("scid-2010", "Security controls", "Antivirus", "9", 0.93),
    ("scid-2070", "Security controls", "Firewall", "9", 0.88),
    ("scid-2071", "Security controls", "Firewall", "9", 0.7),
    ("scid-2072", "Security controls", "Firewall", "9", 0.8),
    ("scid-2073", "Security controls", "Firewall", "9", 0.9),
];

/// Fills the table, machine by machine.
pub(crate) fn rows(body: &Body<'_>, table: &mut TableText, _: &mut Vec<DamagedFile>) {
    for (host, at) in known_devices(body) {
        let state = host.state(at);
        let name = host.name_at(at);
        let fqdn = full_name(body, name);
        let mut draws = Draws::keyed(host.key, "settings", 0);
        let time = at.iso_ticks(draws.bits());
        let lies = draws.chance(noise::SELF_REPORT_LIES);
        let old = state.release.version != "10.0";
        for (id, category, subcategory, impact, share) in SETTINGS {
            let drawn = draws.chance(share);
            let compliant = if id == SMB1_SERVER {
                !state.smb1 || lies
            } else {
                drawn
            };
            let applicable = !(id == BLOCK_MODE && old && state.release.family == Family::Client);
            let mut said = Said {
                name: Some(name),
                agent: true,
                system: true,
                ..Said::default()
            };
            if id == SMB1_SERVER {
                said.smb1 = Some(!compliant);
                if state.smb1
                    && lies
                    && differs_now(&host.state(host.truth_at()), Fact::Smb1, false)
                {
                    said.noise.push(FalseFact {
                        fact: Fact::Smb1,
                        noise: Noise::SelfReport,
                    });
                }
            }
            let cells = [
                state.agent,
                fqdn.as_str(),
                state.release.platform,
                time.as_str(),
                id,
                category,
                subcategory,
                impact,
                if compliant { "true" } else { "false" },
                if applicable { "true" } else { "false" },
                "[]",
                "false",
            ];
            table.row(host.id, false_facts(host, at, &said), &cells);
        }
    }
}
