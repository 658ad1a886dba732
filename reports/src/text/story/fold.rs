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
    Skip(usize, usize),
}

impl Item {
    /// The indices that the row stands for.
    pub(super) fn range(&self) -> (usize, usize) {
        match *self {
            Item::Step(at) => (at, at + 1),
            Item::Fold(from, to) | Item::Skip(from, to) => (from, to),
        }
    }
}

type Level = fn(&Trace, &BTreeSet<usize>, &[Item]) -> Vec<Item>;

/// Ways to make the story shorter, the mildest first. The steps of these numbers keep their rows.
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
fn private(trace: &Trace, kept: &BTreeSet<usize>, items: &[Item]) -> Vec<Item> {
    let shared = shared_subjects(trace);
    let accused = Accused::of(trace);
    fold_runs(trace, kept, items, |step| match wording::subject(step) {
        Some(subject) => !shared.contains(subject) && !accused.names(subject),
        None => false,
    })
}

/// Folds runs of steps on what the failure does not name.
fn unrelated(trace: &Trace, kept: &BTreeSet<usize>, items: &[Item]) -> Vec<Item> {
    let accused = Accused::of(trace);
    fold_runs(trace, kept, items, |step| match wording::subject(step) {
        Some(subject) => !accused.names(subject),
        None => !matches!(step.action, Action::Broke { .. } | Action::Begin { .. }),
    })
}

/// Folds everything but the steps on what the failure names.
fn distant(trace: &Trace, kept: &BTreeSet<usize>, items: &[Item]) -> Vec<Item> {
    let accused = Accused::of(trace);
    fold_runs(trace, kept, items, |step| match wording::subject(step) {
        Some(subject) => !accused.names(subject),
        None => !matches!(step.action, Action::Broke { .. }),
    })
}

/// Skips the first `cut` rows, except those of the steps of these numbers.
pub(super) fn skip(trace: &Trace, kept: &BTreeSet<usize>, items: &[Item], cut: usize) -> Vec<Item> {
    let (early, late) = items.split_at(cut.min(items.len()));
    let stays = |item: &Item| match *item {
        Item::Step(at) => kept.contains(&trace.steps[at].number),
        _ => false,
    };
    let mut shorter = Vec::with_capacity(items.len());
    for run in early.chunk_by(|left, right| !stays(left) && !stays(right)) {
        match run {
            [only] if stays(only) => shorter.push(only.clone()),
            [first, .., last] => shorter.push(Item::Skip(first.range().0, last.range().1)),
            [only] => shorter.push(Item::Skip(only.range().0, only.range().1)),
            [] => {}
        }
    }
    shorter.extend_from_slice(late);
    shorter
}

/// Puts each run of two or more rows of one thread, all of them dull, into one row.
fn fold_runs(
    trace: &Trace,
    kept: &BTreeSet<usize>,
    items: &[Item],
    dull: impl Fn(&Step) -> bool,
) -> Vec<Item> {
    let dull = |step: &Step| !kept.contains(&step.number) && dull(step);
    let is_dull = |item: &Item| {
        let (from, to) = item.range();
        matches!(item, Item::Fold(..)) || trace.steps[from..to].iter().all(dull)
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
pub(super) struct Accused<'a> {
    blocks: Vec<&'a str>,
    words: Vec<&'a str>,
}

impl<'a> Accused<'a> {
    pub(super) fn of(trace: &'a Trace) -> Self {
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

    pub(super) fn names(&self, subject: &str) -> bool {
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
    use super::{Item, mentions, skip};
    use crate::trace::{Action, Source, Step, Trace};

    #[test]
    fn a_name_is_not_mentioned_by_a_longer_one() {
        assert!(mentions("`object#1` was freed", "object#1"));
        assert!(!mentions("`object#12` was freed", "object#1"));
    }

    #[test]
    fn the_first_rows_are_skipped_except_those_to_keep() {
        let step = |number| Step {
            number,
            thread: 1,
            action: Action::Fence {
                order: String::new(),
            },
            at: Source::default(),
            operations: Vec::new(),
            held: Vec::new(),
            switch: None,
            memory: None,
        };
        let trace = Trace {
            steps: (1..=5).map(step).collect(),
            ..Trace::default()
        };
        let items: Vec<Item> = (0..5).map(Item::Step).collect();
        let skipped =
            |kept: &[usize], cut| skip(&trace, &kept.iter().copied().collect(), &items, cut);
        assert_eq!(skipped(&[], 0), items);
        assert_eq!(
            skipped(&[], 3),
            [Item::Skip(0, 3), Item::Step(3), Item::Step(4)]
        );
        assert_eq!(
            skipped(&[2], 9),
            [Item::Skip(0, 1), Item::Step(1), Item::Skip(2, 5)]
        );
    }
}
