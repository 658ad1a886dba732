//! Why two steps have no order: what each knew of the other's thread, and which values passed without ordering anything.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::buffered::Buffered;
use super::known::{self, Known};
use super::layout::source;
use super::remarks::missed_write;
use super::wording;
use crate::trace::{Action, Step};

/// How many stale reads a report explains.
const STALE: usize = 2;
/// How many passings of a value it shows for each pair.
const PASSED: usize = 2;

/// Two steps, in the order in which they ran, that are at odds.
pub(super) struct Pair<'a> {
    earlier: &'a Step,
    later: &'a Step,
    /// The later one is a read that did not see what the earlier one wrote.
    stale: bool,
    /// The earlier one happens before the later one, and should not have.
    ordered: bool,
    passed: Vec<Passed<'a>>,
    buffered: Option<Buffered<'a>>,
}

/// A value that passed from one thread to another, on the way from the earlier to the later step, and ordered nothing.
struct Passed<'a> {
    write: &'a Step,
    read: &'a Step,
    /// From here on the writing thread has something to hand over.
    from: &'a Step,
    /// Up to here the reading thread could have received it.
    to: &'a Step,
}

/// The pairs that explain the failure: its conflict, then the stale reads that it is most likely about, which are those
/// of what it `concerns` and the last ones.
pub(super) fn pairs<'a>(known: &Known<'a>, concerns: impl Fn(&Step) -> bool) -> Vec<Pair<'a>> {
    let reads = known.trace().steps.iter();
    let mut stale: Vec<_> = reads.filter_map(|read| missed(known, read)).collect();
    stale.sort_by_key(|(_, read)| (!concerns(read), Reverse(read.number)));
    // A loop that misses the same write over and over is told of once.
    let mut lines = Vec::new();
    stale.retain(|(write, read)| is_new(&mut lines, (write.number, &read.at)));
    stale.truncate(STALE);
    stale.sort_by_key(|(_, read)| read.number);
    let stale = stale.into_iter().map(|ends| Pair::new(known, ends, true));
    let conflict = conflict(known).map(|ends| Pair::new(known, ends, false));
    conflict.into_iter().chain(stale).collect()
}

/// Two steps, in the order in which they ran.
type Ends<'a> = (&'a Step, &'a Step);

fn conflict<'a>(known: &Known<'a>) -> Option<Ends<'a>> {
    let (one, other) = match known.trace().conflict[..] {
        [only] => (known.step(only)?, failing(known)?),
        [one, other, ..] => (known.step(one)?, known.step(other)?),
        [] => return None,
    };
    // What one thread does is ordered, so that there is nothing to tell.
    let (earlier, later) = if one.number < other.number {
        (one, other)
    } else {
        (other, one)
    };
    (earlier.thread != later.thread).then_some((earlier, later))
}

/// The step that broke the rule: the access before it on its line, if there is one.
fn failing<'a>(known: &Known<'a>) -> Option<&'a Step> {
    let steps = &known.trace().steps;
    let broke = steps.iter().rfind(|step| is_broke(step))?;
    let mut own = steps
        .iter()
        .rev()
        .filter(|step| step.thread == broke.thread);
    let before = own.find(|step| !is_broke(step));
    let is_access = |step: &&Step| step.at == broke.at && wording::subject(step).is_some();
    Some(before.filter(is_access).unwrap_or(broke))
}

fn is_broke(step: &Step) -> bool {
    matches!(step.action, Action::Broke { .. })
}

/// A stale read, behind the write that it missed.
fn missed<'a>(known: &Known<'a>, read: &'a Step) -> Option<Ends<'a>> {
    Some((known.step(missed_write(read)?.step()?)?, read))
}

impl<'a> Pair<'a> {
    fn new(known: &Known<'a>, (earlier, later): Ends<'a>, stale: bool) -> Self {
        let passed = passed(known, earlier, later);
        let tells = |cycle: &Buffered<'_>| passed.is_empty() || cycle.is_half_fenced();
        let buffered = stale.then(|| Buffered::of(known, earlier, later));
        let buffered = buffered.flatten().filter(tells);
        Self {
            earlier,
            later,
            stale,
            ordered: known.is_ordered(earlier, later),
            passed,
            buffered,
        }
    }

    /// The steps that it names, which deserve a row.
    pub(super) fn numbers(&self) -> BTreeSet<usize> {
        let ends = [self.earlier, self.later].into_iter();
        let passed = self
            .passed
            .iter()
            .flat_map(|passed| [passed.write, passed.read]);
        let buffered = self.buffered.iter().flat_map(Buffered::numbers);
        let named = ends.chain(passed).map(|step| step.number);
        named.chain(buffered).collect()
    }

    /// The places that it is about.
    pub(super) fn places(&self) -> impl Iterator<Item = &'a str> {
        [self.earlier, self.later]
            .into_iter()
            .filter_map(wording::subject)
    }

    /// Whether the later step is a read that missed the earlier one.
    pub(super) fn is_stale(&self) -> bool {
        self.stale
    }

    /// What a report says: a heading, the two steps, what passed between them.
    pub(super) fn lines(&self, known: &Known<'a>) -> Vec<String> {
        let earlier = match self.stale {
            true => side(known, self.earlier),
            false => side(known, self.earlier) + &knows(known, self.earlier, self.later),
        };
        let later = side(known, self.later) + &knows(known, self.later, self.earlier);
        let mut lines = vec![self.heading(), earlier, later];
        lines.extend(self.passed.iter().map(|passed| passed.line(known)));
        if self.passed.is_empty() && !self.ordered {
            lines.push(self.nothing_passed(known));
        }
        lines.extend(self.buffered.iter().map(Buffered::line));
        lines
    }

    fn heading(&self) -> String {
        let (earlier, later) = (self.earlier.number, self.later.number);
        if self.ordered {
            format!("step {earlier} happens before step {later}")
        } else if self.stale {
            format!("step {later} could miss step {earlier}, which does not happen before it")
        } else {
            format!("nothing orders step {earlier} and step {later}")
        }
    }

    fn nothing_passed(&self, known: &Known<'a>) -> String {
        format!(
            "no value passes from {} after step {} to {} before step {}",
            known.thread(self.earlier.thread),
            self.earlier.number,
            known.thread(self.later.thread),
            self.later.number,
        )
    }
}

/// `step 6, reader at mp.rs:40: load data -> 0 (Relaxed)`.
fn side(known: &Known<'_>, step: &Step) -> String {
    let action = match is_broke(step) {
        true => "the access that breaks the rule".to_owned(),
        false => wording::action(&step.action),
    };
    let name = known.thread(step.thread);
    format!(
        "step {}, {name} at {}: {action}",
        step.number,
        source(&step.at)
    )
}

/// `; knows of writer up to step 2 at mp.rs:12`.
fn knows(known: &Known<'_>, step: &Step, other: &Step) -> String {
    let name = known.thread(other.thread);
    match known.last(step, other.thread) {
        Some(last) => {
            let (number, place) = (last.number, source(&last.at));
            format!("; knows of {name} up to step {number} at {place}")
        }
        None => format!("; knows nothing of {name}"),
    }
}

/// The values that passed on the way and ordered nothing, each pair of lines once: first those where only one side lacks
/// its order, then the nearest to the later step.
fn passed<'a>(known: &Known<'a>, earlier: &'a Step, later: &'a Step) -> Vec<Passed<'a>> {
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
fn is_new<T: PartialEq>(seen: &mut Vec<T>, item: T) -> bool {
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

impl Passed<'_> {
    /// `step 5 at mp.rs:20 (Acquire) takes the value of step 4 at mp.rs:11 (Relaxed), but learns nothing from it:
    /// step 4 releases nothing`.
    fn line(&self, known: &Known<'_>) -> String {
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
    format!("step {} at {} ({order})", step.number, source(&step.at))
}
