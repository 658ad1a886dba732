//! An execution as runs of threads, and how to run it again with a switch less.

use super::strategy::{Access, Options, Strategy};

/// One thread runs up to the next `points` scheduling points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sync) struct Run {
    pub(super) thread: usize,
    pub(super) points: usize,
}

impl Run {
    /// How many scheduling points it passes.
    pub(in crate::sync) fn points(&self) -> usize {
        self.points
    }
}

/// The same runs with one switch less, in every way: a thread goes on with its next run at once, and what ran in between
/// runs after.
pub(in crate::sync) fn with_fewer_switches(runs: &[Run]) -> impl Iterator<Item = Vec<Run>> {
    (0..runs.len()).filter_map(|index| joined(runs, index))
}

/// Moves the next run of the thread that runs at `index` to there.
fn joined(runs: &[Run], index: usize) -> Option<Vec<Run>> {
    let thread = runs[index].thread;
    let later = runs[index + 1..]
        .iter()
        .position(|run| run.thread == thread)?;
    let mut runs = runs.to_vec();
    let next = runs.remove(index + 1 + later);
    runs[index].points += next.points;
    Some(runs)
}

/// Follows runs, once, as far as they fit: a thread that cannot run is passed over, one that stops early ends its run.
#[derive(Debug)]
pub(in crate::sync) struct Loosely {
    /// What is left, the next run last.
    left: Vec<Run>,
    begun: bool,
}

impl Loosely {
    pub(in crate::sync) fn new(mut runs: Vec<Run>) -> Self {
        runs.reverse();
        Self {
            left: runs,
            begun: false,
        }
    }
}

impl Strategy for Loosely {
    fn begin(&mut self) -> bool {
        !std::mem::replace(&mut self.begun, true)
    }

    fn thread(&mut self, options: Options, _done: &[Access]) -> usize {
        while let Some(run) = self.left.last_mut() {
            if run.points > 0 && options.threads.contains(run.thread) {
                run.points -= 1;
                return run.thread;
            }
            self.left.pop();
        }
        options.current.unwrap_or(options.threads.first())
    }

    fn flip(&mut self) -> bool {
        false
    }
}
