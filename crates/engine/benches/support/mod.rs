//! What benchmarks share: processor time as a measurement, and the national estate.

pub(crate) mod cpu_time;
pub(crate) mod estate;

/// The number in the middle.
#[allow(dead_code, reason = "not every benchmark takes turns")]
pub(crate) fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_unstable_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}
