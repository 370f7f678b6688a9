//! What sources' words for systems mean, found once for each that occurs.

use std::collections::BTreeMap;

use wardround_evidence::{Build, Fact, Reading, System};

use super::Product;

/// The product that each system of some readings is. Few words come again and again, and to read them takes long beside
/// finding them here.
#[derive(Clone, Debug, Default)]
pub(crate) struct Products(BTreeMap<String, BTreeMap<Option<Build>, Product>>);

impl Products {
    pub(crate) fn of_readings(readings: &[Reading]) -> Self {
        let mut products = Self::default();
        let statements = readings.iter().flat_map(|reading| &reading.statements);
        for observed in statements.flat_map(|statement| &statement.observed) {
            if let Fact::System(system) = &observed.fact {
                products.learn(system);
            }
        }
        products
    }

    fn learn(&mut self, system: &System) {
        if self.known(system).is_none() {
            let by_build = self.0.entry(system.name.clone()).or_default();
            by_build.insert(system.build, Product::of(system));
        }
    }

    /// The product that a system is.
    pub(crate) fn of(&self, system: &System) -> Product {
        self.known(system).unwrap_or_else(|| Product::of(system))
    }

    fn known(&self, system: &System) -> Option<Product> {
        self.0.get(&system.name)?.get(&system.build).copied()
    }
}

#[cfg(test)]
mod tests {
    use wardround_evidence::System;

    use super::Products;
    use crate::Product;

    #[test]
    fn the_same_words_with_another_build_may_be_another_product() {
        let system = |build: &str| System {
            name: "Microsoft Windows 10 Pro".to_owned(),
            build: build.parse().ok(),
            ..System::default()
        };
        let mut products = Products::default();
        for (build, product) in [
            ("10.0.19045", Product::Windows10),
            ("10.0.22631", Product::Windows11),
        ] {
            products.learn(&system(build));
            assert_eq!(products.of(&system(build)), product);
            assert_eq!(Product::of(&system(build)), product);
        }
        // What was never learnt is read.
        assert_eq!(products.of(&system("")), Product::Windows10);
    }
}
