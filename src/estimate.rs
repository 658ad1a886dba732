//! How large a search is, once that can be believed.
//!
//! A search knows which share of it is done only if all choices lead to equally much, and they
//! seldom do: the share may stand still while graphs go on to be found. So what it says of the
//! whole counts only if it has been saying about the same for a while: since a quarter of the
//! executions so far, within a factor of one and a half.

/// How much the estimates of a while may differ.
const ABOUT: f64 = 1.5;

/// By how much the executions grow from one estimate that is kept to the next.
const STEP: f64 = 1.05;

/// What a search has said of its size so far.
#[derive(Debug, Default)]
pub(crate) struct Estimates {
    /// After how many executions, and how many there would be in all.
    kept: Vec<(f64, f64)>,
}

impl Estimates {
    /// Notes that so many executions were this share of the search.
    pub(crate) fn note(&mut self, executions: u64, share: f64) {
        let executions = executions as f64;
        let grown = |&(last, _): &(f64, f64)| executions >= last * STEP;
        if executions > 0.0 && share > 0.0 && self.kept.last().is_none_or(grown) {
            self.kept.push((executions, executions / share));
        }
    }

    /// How many executions there are in all, if that can be believed.
    pub(crate) fn whole(&self) -> Option<f64> {
        let &(now, whole) = self.kept.last()?;
        let start = self.kept.partition_point(|&(then, _)| then <= now / 4.0);
        let since = &self.kept[start.checked_sub(1)?..];
        let least = since.iter().map(|&(_, whole)| whole).fold(whole, f64::min);
        let most = since.iter().map(|&(_, whole)| whole).fold(whole, f64::max);
        (most <= least * ABOUT).then_some(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::Estimates;

    fn after(notes: impl IntoIterator<Item = (u64, f64)>) -> Option<f64> {
        let mut estimates = Estimates::default();
        for (executions, share) in notes {
            estimates.note(executions, share);
        }
        estimates.whole()
    }

    #[test]
    fn what_has_stayed_the_same_is_believed() {
        let even = |most: u64| (1..=most).map(|n| (n, n as f64 / 1_000.0));
        assert_eq!(after(even(3)), None);
        let whole = after(even(100)).expect("it has said 1,000 all the time");
        assert!((whole - 1_000.0).abs() < 1.0, "{whole}");
    }

    #[test]
    fn a_share_that_stands_still_is_not() {
        let early = (1..=50).map(|n| (n, n as f64 / 100.0));
        let late = (51..=5_000).map(|n| (n, 0.5));
        assert_eq!(after(early.chain(late)), None);
    }

    #[test]
    fn nothing_is_said_of_nothing() {
        assert_eq!(after([]), None);
        assert_eq!(after([(10, 0.0)]), None);
    }
}
