//! Why two steps have no order: what each knew of the other's thread, and which values passed without ordering anything.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::buffered::Buffered;
use super::cause::is_broke;
use super::known::Known;
use super::passed::{self, Passed, is_new};
use super::remarks::missed_write;
use super::wording;
use reports::trace::{Step, Trace};

/// How many stale reads a report explains.
const STALE: usize = 2;

/// Two steps, in the order in which they ran, that are at odds.
pub(super) struct Pair<'a> {
    pub(super) earlier: &'a Step,
    pub(super) later: &'a Step,
    /// The later one is a read that did not see what the earlier one wrote.
    stale: bool,
    /// The earlier one happens before the later one.
    ordered: bool,
    passed: Vec<Passed<'a>>,
    buffered: Option<Buffered<'a>>,
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

/// What lacks its order.
#[derive(Clone, Copy)]
pub(super) enum Blame<'a> {
    /// This write does not release.
    Release(&'a Step),
    /// This read of that write's value does not acquire.
    Acquire { read: &'a Step, write: &'a Step },
    /// Neither does what it should.
    Both { read: &'a Step, write: &'a Step },
    /// No fence stands between this write and this read of one thread.
    Fence { write: &'a Step, read: &'a Step },
}

/// Two steps, in the order in which they ran.
type Ends<'a> = (&'a Step, &'a Step);

fn conflict<'a>(known: &Known<'a>) -> Option<Ends<'a>> {
    let (one, other) = match known.trace().conflict[..] {
        [only] => (known.step(only)?, failing(known.trace())?),
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
pub(super) fn failing(trace: &Trace) -> Option<&Step> {
    let steps = &trace.steps;
    let broke = steps.iter().rfind(|step| is_broke(step))?;
    let mut own = steps
        .iter()
        .rev()
        .filter(|step| step.thread == broke.thread);
    let before = own.find(|step| !is_broke(step) && !step.is_bracket());
    let is_access = |step: &&Step| step.at == broke.at && step.subject().is_some();
    Some(before.filter(is_access).unwrap_or(broke))
}

/// A stale read, behind the write that it missed.
fn missed<'a>(known: &Known<'a>, read: &'a Step) -> Option<Ends<'a>> {
    Some((known.step(missed_write(read)?.step()?)?, read))
}

impl<'a> Pair<'a> {
    fn new(known: &Known<'a>, (earlier, later): Ends<'a>, stale: bool) -> Self {
        let passed = passed::all(known, earlier, later);
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
            .filter_map(Step::subject)
    }

    /// Whether the earlier step only stands for what its thread made behind it, which is no step of its own.
    pub(super) fn is_behind(&self) -> bool {
        self.ordered && !self.stale
    }

    /// What lacks its order, if that is known.
    pub(super) fn blame(&self, known: &Known<'a>) -> Option<Blame<'a>> {
        // Where one thread has its fence, the other is in want of one, whatever else passes.
        let fence = self.buffered.as_ref().and_then(Buffered::blame);
        let half = self.buffered.as_ref().is_some_and(Buffered::is_half_fenced);
        let passed = self.passed.first().and_then(|passed| passed.blame(known));
        fence.filter(|_| half).or(passed).or(fence)
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
        if self.is_behind() {
            format!(
                "step {later} is ordered after step {earlier}, but not after what was made behind it"
            )
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
    format!("step {}, {name} at {}: {action}", step.number, step.at)
}

/// `; knows of writer up to step 2 at mp.rs:12`.
fn knows(known: &Known<'_>, step: &Step, other: &Step) -> String {
    let name = known.thread(other.thread);
    match known.last(step, other.thread) {
        Some(last) => {
            let (number, place) = (last.number, &last.at);
            format!("; knows of {name} up to step {number} at {place}")
        }
        None => format!("; knows nothing of {name}"),
    }
}
