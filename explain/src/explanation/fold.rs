//! Which steps get a row of their own, and which share one.

use std::collections::BTreeSet;

use super::Row;
use reports::trace::{Action, Step, Trace};

/// The rows of the steps in short. A step that is not deciding and not related shares its row with its neighbours of the
/// same thread; a call has a row where a step inside of it has one.
pub(super) fn rows(
    trace: &Trace,
    deciding: &BTreeSet<usize>,
    related: &BTreeSet<usize>,
) -> Vec<Row> {
    let related = nearest(trace, deciding, related);
    let mut writer = Writer {
        deciding,
        rows: Vec::new(),
        open: vec![0; trace.threads.len()],
        folded: Vec::new(),
    };
    for step in trace.steps.iter().filter(|step| !step.is_bracket()) {
        let number = step.number;
        if deciding.contains(&number) || related.contains(&number) {
            writer.step(step);
        } else {
            writer.folded.push(step);
        }
    }
    writer.fold();
    writer.rows
}

/// A row for every step and every call.
pub(super) fn all(trace: &Trace, deciding: &BTreeSet<usize>) -> Vec<Row> {
    let steps = trace.steps.iter();
    let rows = steps.filter_map(|step| match &step.action {
        Action::Begin { operation } => Some(Row::Call {
            thread: step.thread,
            operation: operation.clone(),
            depth: step.operations.len().saturating_sub(1),
        }),
        Action::End { .. } => None,
        _ => Some(Row::Step {
            step: step.number,
            depth: depth(step),
            deciding: deciding.contains(&step.number),
        }),
    });
    rows.collect()
}

/// More runs of folded steps than these share one row.
const RUNS: usize = 4;

/// How many related steps are shown beside the deciding ones.
const RELATED: usize = 8;

/// Those of the related steps that are nearest to a deciding one, not more than there is room for.
fn nearest(
    trace: &Trace,
    deciding: &BTreeSet<usize>,
    related: &BTreeSet<usize>,
) -> BTreeSet<usize> {
    let distance = |number: usize| {
        let before = deciding.range(..number).next_back();
        let after = deciding.range(number..).next();
        let before = before.map(|other| number - other);
        let after = after.map(|other| other - number);
        before.into_iter().chain(after).min()
    };
    let is_shown = |number: &&usize| trace.position(**number).is_some();
    let mut all: Vec<usize> = related.iter().filter(is_shown).copied().collect();
    all.retain(|number| !deciding.contains(number));
    all.sort_by_key(|number| (distance(*number), *number));
    all.truncate(RELATED);
    all.into_iter().collect()
}

struct Writer<'a> {
    deciding: &'a BTreeSet<usize>,
    rows: Vec<Row>,
    /// How many of the calls that a thread is inside of have a row.
    open: Vec<usize>,
    /// Steps that have no row yet.
    folded: Vec<&'a Step>,
}

impl<'a> Writer<'a> {
    fn step(&mut self, step: &'a Step) {
        self.fold();
        self.calls(step);
        self.rows.push(Row::Step {
            step: step.number,
            depth: depth(step),
            deciding: self.deciding.contains(&step.number),
        });
    }

    /// A row for each call that the step is inside of and that has none.
    fn calls(&mut self, step: &Step) {
        let thread = step.thread;
        let shown = self.shown(thread);
        let same = step
            .operations
            .iter()
            .zip(&shown)
            .take_while(|(left, right)| left == right)
            .count();
        for (depth, operation) in step.operations.iter().enumerate().skip(same) {
            self.rows.push(Row::Call {
                thread,
                operation: operation.clone(),
                depth,
            });
        }
        if let Some(open) = self.open.get_mut(thread) {
            *open = step.operations.len();
        }
    }

    /// The calls of a thread that have a row and were not left since.
    fn shown(&self, thread: usize) -> Vec<String> {
        let mut shown: Vec<String> = Vec::new();
        for row in &self.rows {
            if let Row::Call {
                thread: its,
                operation,
                depth,
            } = row
                && *its == thread
            {
                shown.truncate(*depth);
                shown.push(operation.clone());
            }
        }
        let open = self.open.get(thread).copied().unwrap_or(0);
        shown.truncate(open);
        shown
    }

    /// One row for each run of folded steps of one thread.
    fn fold(&mut self) {
        let folded = std::mem::take(&mut self.folded);
        let runs = folded.chunk_by(|left, right| left.thread == right.thread);
        if runs.count() > RUNS
            && let (Some(first), Some(last)) = (folded.first(), folded.last())
        {
            self.open.fill(0);
            self.rows.push(Row::Skip {
                first: first.number,
                last: last.number,
                count: folded.len(),
            });
            return;
        }
        for run in folded.chunk_by(|left, right| left.thread == right.thread) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else {
                continue;
            };
            let inside = common(run);
            if let Some(open) = self.open.get_mut(first.thread) {
                *open = (*open).min(inside.len());
            }
            let depth = self.shown(first.thread).len().min(inside.len());
            self.rows.push(Row::Fold {
                thread: first.thread,
                first: first.number,
                last: last.number,
                count: run.len(),
                depth,
                inside: inside[depth..].join(" > "),
            });
        }
    }
}

fn depth(step: &Step) -> usize {
    match step.action {
        Action::Broke { .. } => 0,
        _ => step.operations.len(),
    }
}

/// The calls that all the steps are inside of.
fn common(steps: &[&Step]) -> Vec<String> {
    let Some((first, rest)) = steps.split_first() else {
        return Vec::new();
    };
    let shared = rest.iter().fold(first.operations.len(), |shared, step| {
        let pairs = first.operations.iter().zip(&step.operations);
        pairs
            .take(shared)
            .take_while(|(left, right)| left == right)
            .count()
    });
    first.operations[..shared].to_vec()
}
