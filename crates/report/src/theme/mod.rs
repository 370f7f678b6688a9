//! The style sheet, its digest for the content security policy, and the parts that sections share.

mod base64;
mod parts;

use wardround_evidence::Digest;

#[cfg(test)]
pub(crate) use self::base64::encode as base64_of;
pub(crate) use self::parts::{
    Cell, Column, MOST, cut_on_paper, digest, folded, hypothetical, left_out, machine,
    organisation, records, short_digest, table, value, withheld,
};

/// The whole style sheet; the page has no other styling.
pub(crate) const STYLE: &str = include_str!("page.css");

/// What the page may load: its own style sheet, known by digest, and an empty icon. Nothing else, from nowhere.
pub(crate) fn content_security_policy() -> String {
    let digest = base64::encode(Digest::of(STYLE.as_bytes()).as_bytes());
    format!(
        "default-src 'none'; style-src 'sha256-{digest}'; script-src 'none'; img-src data:; base-uri 'none'; form-action 'none'"
    )
}
