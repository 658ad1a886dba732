//! Which steps get a row of their own, and which share one.

use std::collections::{BTreeMap, BTreeSet};

use super::wording;
use crate::trace::{Action, Step, Trace};

/// One row: a step, or several of one thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// The step at this index.
    Step(usize),
    /// The steps from the first index up to the second, the second excluded.
    Fold(usize, usize),
    /// As a fold, but of several threads.
    Earlier(usize),
}

impl Item {
    /// The indices that the row stands for.
    pub(super) fn range(&self) -> (usize, usize) {
        match *self {
            Item::Step(at) => (at, at + 1),
            Item::Fold(from, to) => (from, to),
            Item::Earlier(to) => (0, to),
        }
    }
}

type Level = fn(&Trace, &[Item]) -> Vec<Item>;

/// Ways to make the story shorter, the mildest first.
pub(super) const LEVELS: [Level; 3] = [private, unrelated, distant];

/// Every step, except that what the main thread did before the first worker ran is one row, and that the end of an
/// operation has none.
pub(super) fn setup(trace: &Trace) -> Vec<Item> {
    let steps = &trace.steps;
    let first = steps.iter().position(|step| step.thread != 0).unwrap_or(0);
    let mut items = Vec::with_capacity(steps.len());
    if first > 0 {
        items.push(Item::Fold(0, first));
    }
    let shown = |at: &usize| !matches!(steps[*at].action, Action::End { .. });
    items.extend((first..steps.len()).filter(shown).map(Item::Step));
    items
}

/// Folds runs of steps on what no other thread touches.
fn private(trace: &Trace, items: &[Item]) -> Vec<Item> {
    let shared = shared_subjects(trace);
    let accused = Accused::of(trace);
    fold_runs(trace, items, |step| match wording::subject(step) {
        Some(subject) => !shared.contains(subject) && !accused.names(subject),
        None => false,
    })
}

/// Folds runs of steps on what the failure does not name.
fn unrelated(trace: &Trace, items: &[Item]) -> Vec<Item> {
    let accused = Accused::of(trace);
    fold_runs(trace, items, |step| match wording::subject(step) {
        Some(subject) => !accused.names(subject),
        None => !matches!(step.action, Action::Broke { .. } | Action::Begin { .. }),
    })
}

/// Folds everything but the steps on what the failure names.
fn distant(trace: &Trace, items: &[Item]) -> Vec<Item> {
    let accused = Accused::of(trace);
    fold_runs(trace, items, |step| match wording::subject(step) {
        Some(subject) => !accused.names(subject),
        None => !matches!(step.action, Action::Broke { .. }),
    })
}

/// Keeps the last `keep` rows and puts everything before into one.
pub(super) fn last(items: &[Item], keep: usize) -> Vec<Item> {
    let cut = items.len().saturating_sub(keep);
    if cut == 0 {
        return items.to_vec();
    }
    let mut kept = vec![Item::Earlier(items[cut - 1].range().1)];
    kept.extend_from_slice(&items[cut..]);
    kept
}

/// Puts each run of two or more rows of one thread, all of them dull, into one row.
fn fold_runs(trace: &Trace, items: &[Item], dull: impl Fn(&Step) -> bool) -> Vec<Item> {
    let is_dull = |item: &Item| {
        let (from, to) = item.range();
        matches!(item, Item::Fold(..)) || trace.steps[from..to].iter().all(&dull)
    };
    let thread = |item: &Item| trace.steps[item.range().0].thread;
    let mut folded: Vec<Item> = Vec::with_capacity(items.len());
    for run in items
        .chunk_by(|left, right| thread(left) == thread(right) && is_dull(left) && is_dull(right))
    {
        match run {
            [first, .., last] => folded.push(Item::Fold(first.range().0, last.range().1)),
            single => folded.extend_from_slice(single),
        }
    }
    folded
}

/// What more than one worker touches.
fn shared_subjects(trace: &Trace) -> BTreeSet<&str> {
    let mut threads: BTreeMap<&str, usize> = BTreeMap::new();
    let mut shared = BTreeSet::new();
    for step in trace.steps.iter().filter(|step| step.thread != 0) {
        let Some(subject) = wording::subject(step) else {
            continue;
        };
        if *threads.entry(subject).or_insert(step.thread) != step.thread {
            shared.insert(subject);
        }
    }
    shared
}

/// What the failure is about: the blocks that it names, and what its words mention.
struct Accused<'a> {
    blocks: Vec<&'a str>,
    words: Vec<&'a str>,
}

impl<'a> Accused<'a> {
    fn of(trace: &'a Trace) -> Self {
        let broke = trace
            .steps
            .iter()
            .rev()
            .find_map(|step| match &step.action {
                Action::Broke { claim, detail } => Some(vec![claim.as_str(), detail.as_str()]),
                _ => None,
            });
        Self {
            blocks: trace
                .blocks
                .iter()
                .map(|block| block.name.as_str())
                .collect(),
            words: broke.unwrap_or_default(),
        }
    }

    fn names(&self, subject: &str) -> bool {
        let root = subject.split('.').next().unwrap_or(subject);
        self.blocks.contains(&root) || self.words.iter().any(|words| mentions(words, subject))
    }
}

/// Whether the words contain the name, and not only as the start of a longer one.
fn mentions(words: &str, name: &str) -> bool {
    words.match_indices(name).any(|(at, _)| {
        let after = words[at + name.len()..].chars().next();
        !after.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
    })
}

#[cfg(test)]
mod tests {
    use super::{Item, last, mentions};

    #[test]
    fn a_name_is_not_mentioned_by_a_longer_one() {
        assert!(mentions("`object#1` was freed", "object#1"));
        assert!(!mentions("`object#12` was freed", "object#1"));
    }

    #[test]
    fn only_the_last_rows_are_kept() {
        let items: Vec<Item> = (0..5).map(Item::Step).collect();
        assert_eq!(
            last(&items, 2),
            [Item::Earlier(3), Item::Step(3), Item::Step(4)]
        );
        assert_eq!(last(&items, 9), items);
    }
}
