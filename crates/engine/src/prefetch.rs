//! A hint to the processor that a place in memory will be read soon.
//!
//! A read of which nothing is done is nearly as good as long as the processor has room to run on; a hint takes none. It is the
//! one unsafe function that the engine calls: 5 % of the time of `benches/national`'s whole process. Miri found no fault in it on
//! 28 November 2026: `cargo +nightly miri test -p wardround-engine --lib -- prefetch`.

/// One place of a list will be read soon. Nothing happens where there is no such place, or no such hint.
#[inline]
#[allow(
    unsafe_code,
    reason = "processors' hints are only to be had as unsafe functions"
)]
pub(crate) fn prefetch<T>(list: &[T], place: usize) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: every x86-64 has it, and it reads nothing that could be seen: any address will do.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(list.as_ptr().wrapping_add(place).cast()) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (list, place);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_place_may_be_asked_for_and_nothing_changes() {
        let list: Vec<u64> = (0..100).collect();
        for place in [0, 99, 100, 1 << 40, usize::MAX] {
            prefetch(&list, place);
        }
        prefetch::<u64>(&[], 0);
        assert!(list.iter().copied().eq(0..100));
    }
}
