//! Store buffering: each of two threads writes, and then does not see what the other wrote. No release or acquire
//! forbids that, only a sequentially consistent fence between the write and the read, in both threads.

use super::known::Known;
use super::unordered::Blame;
use reports::trace::{Action, Step, Write};

/// The cycle: `write`, then `read` in its thread; `other_write`, then `other_read` in theirs; each read misses the
/// other thread's write.
pub(super) struct Buffered<'a> {
    write: &'a Step,
    read: &'a Step,
    other_write: &'a Step,
    other_read: &'a Step,
    /// Whether a fence stands between write and read, in either thread.
    fenced: [bool; 2],
}

impl<'a> Buffered<'a> {
    /// The cycle that a write and the read that missed it are part of, if they are: one that lacks as few fences as
    /// possible.
    pub(super) fn of(known: &Known<'a>, write: &'a Step, other_read: &'a Step) -> Option<Self> {
        let steps = &known.trace().steps;
        let reads = steps.iter().filter(|read| follows(write, read));
        let cycles = reads.flat_map(|read| {
            let writes = steps.iter().filter(|other| follows(other, other_read));
            let missed = writes.filter(move |other| misses(known, read, other));
            missed.map(move |other_write| Self {
                write,
                read,
                other_write,
                other_read,
                fenced: [
                    is_fenced(steps, write, read),
                    is_fenced(steps, other_write, other_read),
                ],
            })
        });
        let cycles = cycles.filter(|cycle| cycle.lacks() > 0);
        cycles.min_by_key(Self::lacks)
    }

    /// How many fences it lacks.
    fn lacks(&self) -> usize {
        self.fenced.iter().filter(|fenced| !**fenced).count()
    }

    /// Whether one thread has its fence, so that the other is likely to be in want of it.
    pub(super) fn is_half_fenced(&self) -> bool {
        self.lacks() == 1
    }

    /// The thread that has no fence.
    pub(super) fn blame(&self) -> Option<Blame<'a>> {
        let ends = [(self.write, self.read), (self.other_write, self.other_read)];
        let open = ends
            .into_iter()
            .zip(self.fenced)
            .find(|(_, fenced)| !fenced);
        open.map(|((write, read), _)| Blame::Fence { write, read })
    }

    /// The steps that it names beside the two that it was made of.
    pub(super) fn numbers(&self) -> [usize; 2] {
        [self.read.number, self.other_write.number]
    }

    /// `step 40 at slots.rs:147 does not see step 47 at slots.rs:63 either: no SeqCst fence stands between steps 47 and
    /// 48`.
    pub(super) fn line(&self) -> String {
        let (read, write) = (self.read, self.other_write);
        let ends = [(self.write, self.read), (self.other_write, self.other_read)];
        let open = ends.iter().zip(self.fenced).filter(|(_, fenced)| !fenced);
        let open: Vec<String> = open
            .map(|((write, read), _)| format!("between steps {} and {}", write.number, read.number))
            .collect();
        format!(
            "step {} at {} does not see step {} at {} either: no SeqCst fence stands {}",
            read.number,
            read.at,
            write.number,
            write.at,
            open.join(" and "),
        )
    }
}

/// Whether `later` comes after `earlier` in one thread.
fn follows(earlier: &Step, later: &Step) -> bool {
    earlier.thread == later.thread && earlier.number < later.number
}

/// Whether the write is newer, in coherence order, than what the read took of the same place.
fn misses(known: &Known<'_>, read: &Step, write: &Step) -> bool {
    let place = read.subject();
    let taken = read.memory.as_ref().and_then(|memory| memory.from);
    let position = |step: &Step| step.memory.as_ref()?.coherence;
    let taken = match taken {
        Some(Write::Initial) => Some(0),
        Some(Write::Step(number)) => known.step(number).and_then(position),
        Some(Write::Hidden) | None => None,
    };
    let newer = position(write).zip(taken);
    place.is_some() && place == write.subject() && newer.is_some_and(|(new, old)| new > old)
}

fn is_fenced(steps: &[Step], write: &Step, read: &Step) -> bool {
    let is_fence =
        |step: &Step| matches!(&step.action, Action::Fence { order } if order == "SeqCst");
    let between = |step: &Step| follows(write, step) && follows(step, read);
    steps.iter().any(|step| is_fence(step) && between(step))
}
