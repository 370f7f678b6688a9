//! How many threads a command uses.

/// From now on so many threads are used; of `None` one for each processor. No result depends on it.
pub(super) fn use_threads(threads: Option<usize>) {
    if let Some(threads) = threads {
        // It fails only when a pool exists already, which nothing before this point makes.
        let _ = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build_global();
    }
}
