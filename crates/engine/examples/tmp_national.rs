//! Profiling.
#![allow(missing_docs, dead_code, clippy::all, reason = "temporary")]
#[path = "../benches/support/estate.rs"]
mod estate;
use wardround_engine::Totals;
use wardround_engine::fast::{Prepared, Scratch};
fn main() {
    let what = std::env::args().nth(1).unwrap();
    let n: u64 = std::env::args().nth(2).unwrap().parse().unwrap();
    let f = match what.as_str() {
        "falls" => estate::Features::Falls,
        "removed" => estate::Features::Removed,
        "classes" => estate::Features::Classes,
        _ => estate::Features::Whole,
    };
    let input = if std::env::args().nth(3).is_some() {
        estate::floor(f)
    } else {
        estate::national(f)
    };
    let p = Prepared::new(&input).unwrap();
    let mut s = Scratch::new();
    for r in 0..n {
        let mut t = Totals::default();
        p.sample(1, r, &mut s, &mut t);
        if r == 0 {
            println!("{t:?}")
        }
    }
}
