//! Processor time, so that a busy machine disturbs a measurement less.

use std::time::Duration;

use criterion::measurement::{Measurement, ValueFormatter, WallTime};

/// Time that this thread had a processor, from Linux's scheduler: other work on the machine does not count.
pub(crate) struct CpuTime;

impl Measurement for CpuTime {
    type Intermediate = Duration;
    type Value = Duration;

    #[expect(
        clippy::disallowed_methods,
        reason = "the benchmark measures the engine from outside"
    )]
    fn start(&self) -> Duration {
        let text = std::fs::read_to_string("/proc/thread-self/schedstat");
        let text = text.expect("this benchmark needs Linux with scheduler statistics");
        let nanoseconds = text.split(' ').next().and_then(|first| first.parse().ok());
        Duration::from_nanos(nanoseconds.expect("the first field is a number"))
    }

    fn end(&self, start: Duration) -> Duration {
        self.start().saturating_sub(start)
    }

    fn add(&self, left: &Duration, right: &Duration) -> Duration {
        *left + *right
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        value.as_nanos() as f64
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}
