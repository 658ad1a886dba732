//! Values that passed from one thread to another and ordered nothing.

use std::cmp::Reverse;
use std::ops::RangeInclusive;

use super::known::{self, Known};
use super::unordered::Blame;
use super::wording;
use reports::trace::{Action, Step};

/// How many passings of a value a report shows for each pair of steps.
const PASSED: usize = 2;

/// A value that passed from one thread to another, on the way from the earlier to the later step, and ordered nothing.
pub(super) struct Passed<'a> {
    pub(super) write: &'a Step,
    pub(super) read: &'a Step,
    /// From here on the writing thread has something to hand over.
    from: &'a Step,
    /// Up to here the reading thread could have received it.
    to: &'a Step,
}

/// The values that passed on the way and ordered nothing, each pair of lines once: first those where only one side lacks
/// its order, then the nearest to the later step.
pub(super) fn all<'a>(known: &Known<'a>, earlier: &'a Step, later: &'a Step) -> Vec<Passed<'a>> {
    let reads = known.trace().steps.iter();
    let reads = reads.filter(|read| read.number <= later.number);
    let mut all: Vec<Passed<'a>> = reads
        .filter_map(|read| passing(known, read, earlier, later))
        .collect();
    all.sort_by_key(|passed| (passed.reasons(known).len(), Reverse(passed.read.number)));
    let mut lines = Vec::new();
    all.retain(|passed| is_new(&mut lines, (&passed.write.at, &passed.read.at)));
    all.truncate(PASSED);
    all
}

/// Notes the item, and says whether it is there for the first time.
pub(super) fn is_new<T: PartialEq>(seen: &mut Vec<T>, item: T) -> bool {
    let new = !seen.contains(&item);
    seen.push(item);
    new
}

/// The value of `read`, if it came on the way from the earlier to the later step, and came without order.
fn passing<'a>(
    known: &Known<'a>,
    read: &'a Step,
    earlier: &'a Step,
    later: &'a Step,
) -> Option<Passed<'a>> {
    let write = known.step(known::source(read)?)?;
    let atomic = wording::order(read).is_some() && write.thread != read.thread;
    if !atomic || !known.is_reached(earlier, write) || !known.is_reached(read, later) {
        return None;
    }
    let mut steps = known.trace().steps.iter();
    let hands_over = |step: &&Step| step.thread == write.thread && known.is_reached(earlier, step);
    let receives = |step: &&Step| step.thread == read.thread && known.is_reached(step, later);
    let from = steps.clone().find(hands_over)?;
    let to = steps.rfind(receives)?;
    let passed = Passed {
        write,
        read,
        from,
        to,
    };
    (!known.is_ordered(from, to)).then_some(passed)
}

impl<'a> Passed<'a> {
    /// Which side lacks its order.
    pub(super) fn blame(&self, known: &Known<'_>) -> Option<Blame<'a>> {
        let (read, write) = (self.read, self.write);
        match (self.releases(known), self.acquires(known)) {
            (false, true) => Some(Blame::Release(write)),
            (true, false) => Some(Blame::Acquire { read, write }),
            (false, false) => Some(Blame::Both { read, write }),
            (true, true) => None,
        }
    }

    /// `step 5 at mp.rs:20 (Acquire) takes the value of step 4 at mp.rs:11 (Relaxed), but learns nothing from it:
    /// step 4 releases nothing`.
    pub(super) fn line(&self, known: &Known<'_>) -> String {
        let reasons = self.reasons(known);
        let reasons = match reasons.is_empty() {
            true => String::new(),
            false => format!(": {}", reasons.join(", ")),
        };
        format!(
            "{} takes the value of {}, but learns nothing from it{reasons}",
            access(self.read),
            access(self.write),
        )
    }

    /// What it lacks, side by side.
    fn reasons(&self, known: &Known<'_>) -> Vec<String> {
        let mut reasons = Vec::new();
        if !self.releases(known) {
            reasons.push(format!("step {} releases nothing", self.write.number));
        }
        if !self.acquires(known) {
            reasons.push(format!("step {} acquires nothing", self.read.number));
        }
        reasons
    }

    /// Whether the write releases, by itself or by a fence before it.
    fn releases(&self, known: &Known<'_>) -> bool {
        let between = self.from.number..=self.write.number;
        has(self.write, &RELEASE) || fence(known, self.write.thread, &RELEASE, between)
    }

    /// Whether the read acquires, by itself or by a fence behind it.
    fn acquires(&self, known: &Known<'_>) -> bool {
        let between = self.read.number..=self.to.number;
        has(self.read, &ACQUIRE) || fence(known, self.read.thread, &ACQUIRE, between)
    }
}

const RELEASE: [&str; 3] = ["Release", "AcqRel", "SeqCst"];
const ACQUIRE: [&str; 3] = ["Acquire", "AcqRel", "SeqCst"];

fn has(step: &Step, orders: &[&str]) -> bool {
    wording::order(step).is_some_and(|order| orders.contains(&order))
}

fn fence(
    known: &Known<'_>,
    thread: usize,
    orders: &[&str],
    between: RangeInclusive<usize>,
) -> bool {
    known.trace().steps.iter().any(|step| {
        let is_fence = matches!(step.action, Action::Fence { .. });
        is_fence && step.thread == thread && between.contains(&step.number) && has(step, orders)
    })
}

/// `step 4 at mp.rs:11 (Relaxed)`.
fn access(step: &Step) -> String {
    let order = wording::order(step).unwrap_or("plain");
    format!("step {} at {} ({order})", step.number, step.at)
}
