//! Quantiles, standard errors and the split of variance.

/// The quantile at `share` (0 to 1) of sorted values, linear between neighbours (definition 7 of Hyndman and Fan 1996).
/// Zero for no values.
pub(crate) fn quantile(sorted: &[f64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return 0.0;
    };
    let at = share * last as f64;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at lies between 0 and last"
    )]
    let below = at.floor() as usize;
    let above = (below + 1).min(last);
    sorted[below] + (sorted[above] - sorted[below]) * (at - below as f64)
}

/// The mean of groups of equal size and its standard error, from the spread of the groups' means.
pub(crate) fn mean_and_error(groups: &[f64]) -> (f64, f64) {
    let n = groups.len() as f64;
    if groups.is_empty() {
        return (0.0, 0.0);
    }
    let mean = groups.iter().sum::<f64>() / n;
    if groups.len() < 2 {
        return (mean, f64::INFINITY);
    }
    let variance = groups
        .iter()
        .map(|value| (value - mean).powi(2))
        .sum::<f64>()
        / (n - 1.0);
    (mean, (variance / n).sqrt())
}

/// The share of variance that lies between groups of equal size: the one-way random-effects estimate
/// (between mean square − within mean square) / group size over the total (Searle, Casella and McCulloch 1992, 3.6),
/// not below 0. None with fewer than two groups or repeats, or with no variance at all.
pub(super) fn between_share(groups: &[Vec<f64>]) -> Option<f64> {
    let repeats = groups.first().map(Vec::len)?;
    if groups.len() < 2 || repeats < 2 {
        return None;
    }
    let n = repeats as f64;
    let means: Vec<f64> = groups
        .iter()
        .map(|group| group.iter().sum::<f64>() / n)
        .collect();
    let grand = means.iter().sum::<f64>() / means.len() as f64;
    let between = n * means.iter().map(|mean| (mean - grand).powi(2)).sum::<f64>()
        / (means.len() as f64 - 1.0);
    let within = groups
        .iter()
        .zip(&means)
        .map(|(group, mean)| {
            group
                .iter()
                .map(|value| (value - mean).powi(2))
                .sum::<f64>()
        })
        .sum::<f64>()
        / (groups.len() as f64 * (n - 1.0));
    let of_groups = ((between - within) / n).max(0.0);
    let total = of_groups + within;
    (total > 0.0).then(|| of_groups / total)
}

#[cfg(test)]
mod tests {
    use super::{between_share, mean_and_error, quantile};

    #[test]
    fn quantiles_interpolate() {
        let values = [1.0, 2.0, 3.0, 4.0];
        assert!((quantile(&values, 0.5) - 2.5).abs() < 1e-12);
        assert!((quantile(&values, 0.0) - 1.0).abs() < 1e-12);
        assert!((quantile(&values, 1.0) - 4.0).abs() < 1e-12);
    }

    #[test]
    fn groups_that_differ_only_between_have_all_variance_there() {
        let groups = vec![vec![1.0, 1.0], vec![5.0, 5.0], vec![9.0, 9.0]];
        assert!((between_share(&groups).unwrap() - 1.0).abs() < 1e-12);
        let same = vec![vec![1.0, 9.0], vec![9.0, 1.0], vec![1.0, 9.0]];
        assert!(between_share(&same).unwrap() < 1e-12);
    }

    #[test]
    fn the_error_of_a_mean_falls_with_the_root_of_the_groups() {
        let (mean, error) = mean_and_error(&[1.0, 3.0, 1.0, 3.0]);
        assert!((mean - 2.0).abs() < 1e-12);
        assert!((error - (4.0f64 / 3.0 / 4.0).sqrt()).abs() < 1e-12);
    }
}
