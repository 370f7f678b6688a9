//! Tables of products, updates and builds beside the answers that they must give.

mod builds;
mod closing;
mod products;
mod updates;

use wardround_evidence::{Build, System};

fn build(text: &str) -> Build {
    text.parse().unwrap()
}

fn system(name: &str, version: &str) -> System {
    System {
        name: name.to_owned(),
        build: (!version.is_empty()).then(|| build(version)),
        ..System::default()
    }
}
