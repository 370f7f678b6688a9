//! Advanced-hunting exports: the portal's CSV files, and the API's answers in an archive.

use super::collecting::{Body, Part};
use super::packing::{gzip, zip};
use super::record_text::RecordText;
use super::table_text::{Form, TableText};
use super::{hunting_tables, settings, vulnerabilities};
use crate::truth::{Damage, DamagedFile};

/// The portal's CSV exports of an organisation, one compressed file per table.
pub(crate) fn portal_csv(body: &Body<'_>, part: &mut Part) {
    let folder = format!("{}/defender", body.organisation.id);
    for (name, fill) in TABLES {
        let mut table = TableText::new(format!("{folder}/{name}.csv.gz"), Form::Csv, fill.columns);
        (fill.rows)(body, &mut table, &mut part.truth.damaged);
        let full = table.is_full();
        let text = table.finish();
        finish_table(&text, full, part);
        part.file(text.file.clone(), gzip(text.text.as_bytes()));
        part.truth.records.extend(text.records);
    }
}

/// The API's answers of an organisation, in one archive.
pub(crate) fn api_json(body: &Body<'_>, part: &mut Part) {
    let archive = format!("{}/defender/hunting.zip", body.organisation.id);
    let mut members = Vec::new();
    for (name, fill) in TABLES {
        let member = format!("{name}.json");
        let mut table = TableText::new(format!("{archive}/{member}"), Form::Json, fill.columns);
        (fill.rows)(body, &mut table, &mut part.truth.damaged);
        let full = table.is_full();
        let text = table.finish();
        finish_table(&text, full, part);
        members.push((member, text.text.into_bytes()));
        part.truth.records.extend(text.records);
    }
    part.file(archive, zip(&members));
}

fn finish_table(text: &RecordText, full: bool, part: &mut Part) {
    if full {
        let file = text.file.clone();
        part.truth.damaged.push(DamagedFile {
            file,
            damage: Damage::AtRowLimit,
        });
    }
}

/// How a table is filled.
struct Filling {
    columns: &'static [super::table_text::Column],
    rows: fn(&Body<'_>, &mut TableText, &mut Vec<DamagedFile>),
}

const TABLES: [(&str, Filling); 4] = [
    (
        "DeviceInfo",
        Filling {
            columns: hunting_tables::DEVICE_INFO,
            rows: hunting_tables::device_info,
        },
    ),
    (
        "DeviceTvmSoftwareInventory",
        Filling {
            columns: hunting_tables::SOFTWARE_INVENTORY,
            rows: hunting_tables::systems,
        },
    ),
    (
        "DeviceTvmSoftwareVulnerabilities",
        Filling {
            columns: vulnerabilities::COLUMNS,
            rows: vulnerabilities::rows,
        },
    ),
    (
        "DeviceTvmSecureConfigurationAssessment",
        Filling {
            columns: settings::COLUMNS,
            rows: settings::rows,
        },
    ),
];
