//! When releases came out and when their support ended (`data/support.csv`).

use std::collections::BTreeMap;

use jiff::civil::Date;
use wardround_evidence::Build;

use super::Product;

/// One release's dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Support {
    /// The day it was first offered.
    pub(super) available: Date,
    /// The last day of ordinary support, of the edition that had it longest.
    pub(super) ends: Date,
    /// The last day of long-term servicing, where the release has such an edition.
    pub(super) long_term: Option<Date>,
}

/// All releases.
#[derive(Debug, Default)]
pub(super) struct Releases {
    by_product: BTreeMap<(String, Option<u32>), Support>,
}

impl Releases {
    /// Reads the embedded table.
    pub(super) fn read(text: &str) -> Self {
        Self {
            by_product: text.lines().skip(1).filter_map(row).collect(),
        }
    }

    /// The release of a product with a build: the entry of that very build, else the product's own.
    pub(super) fn of(&self, product: Product, build: Option<Build>) -> Option<&Support> {
        let key = product.key();
        build
            .and_then(|build| self.by_product.get(&(key.clone(), Some(build.build))))
            .or_else(|| self.by_product.get(&(key, None)))
    }
}

/// `product,build,available,ends,long_term`.
fn row(text: &str) -> Option<((String, Option<u32>), Support)> {
    let mut cells = text.split(',');
    let product = cells.next()?.to_owned();
    let build = cells.next()?.parse().ok();
    let support = Support {
        available: cells.next()?.parse().ok()?,
        ends: cells.next()?.parse().ok()?,
        long_term: cells.next()?.parse().ok(),
    };
    Some(((product, build), support))
}
