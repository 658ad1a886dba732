//! What an execution has come to: its threads, who sleeps, what was written.

use std::collections::VecDeque;
use std::time::Duration;

use super::fiber::{Fiber, Giver, NOBODY};
use crate::place::{Access, Place};
use interleavings::Operation;

/// Whether a thread can go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// It stands before its next operation.
    Ready,
    /// It sleeps in the parking lot.
    Parked,
    Done,
}

/// The test of a thread that waits; lies on its stack.
pub(super) type Closed = *const dyn Fn() -> bool;

/// A thread of the program.
#[derive(Clone, Debug)]
pub(super) struct Thread {
    pub(super) fiber: *mut Fiber,
    pub(super) giver: *const Giver,
    pub(super) status: Status,
    pub(super) operation: Operation,
    /// What keeps it waiting.
    pub(super) closed: Option<Closed>,
    /// What its operation does besides, if the test holds when it is done.
    pub(super) adds: Option<(Closed, Access)>,
    /// What its last operation is about to use, until it stores something there.
    pub(super) fresh: Option<u64>,
    /// The container in the middle of whose operation it stands, with the lock.
    pub(super) inside: Option<u64>,
    /// In how many ends of objects it is, each within the one before.
    pub(super) alone: i32,
    /// The thread for whose end it waits.
    pub(super) joins: Option<usize>,
    /// Whether it waits for a time only.
    pub(super) timed: bool,
    /// What a waker left.
    pub(super) token: Option<usize>,
    pub(super) clock: Duration,
    /// The instruction before which it stands.
    pub(super) instruction: usize,
    /// What it reads again and again, how often it did, and how often the place had changed then.
    pub(super) repeats: Repeats,
    /// How often it went on because time had passed.
    pub(super) outs: u32,
    /// Whether its operation is at a place that more than one thread uses.
    pub(super) is_shared: bool,
}

/// A look at the same place by the same instruction, again.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Repeats {
    pub(super) place: Place,
    pub(super) instruction: usize,
    pub(super) times: u32,
    pub(super) changes: u64,
}

impl Thread {
    pub(super) fn new(fiber: *mut Fiber) -> Self {
        Self {
            fiber,
            giver: NOBODY,
            status: Status::Ready,
            operation: Operation::default(),
            closed: None,
            adds: None,
            fresh: None,
            inside: None,
            alone: 0,
            joins: None,
            timed: false,
            token: None,
            clock: Duration::ZERO,
            instruction: 0,
            repeats: Repeats::default(),
            outs: 0,
            is_shared: false,
        }
    }
}

/// One step of an execution, to be shown.
#[derive(Clone, Debug)]
pub struct Step {
    /// Whose.
    pub thread: usize,
    /// The address of the instruction.
    pub instruction: usize,
    /// What it does to what is shared.
    pub accesses: Vec<Access>,
    /// Whether it went on because time had passed.
    pub timed_out: bool,
    /// Whether more than one thread uses what it touches.
    pub is_shared: bool,
    /// How many operations the thread did up to its next point, this one counted.
    pub operations: usize,
}

/// What has to be put back for another execution, besides the arena.
#[derive(Clone, Debug, Default)]
pub(super) struct Live {
    pub(super) threads: Vec<Thread>,
    pub(super) current: usize,
    pub(super) sleepers: VecDeque<(usize, usize)>,
    pub(super) outputs: [Vec<u8>; 2],
    /// How often each place that somebody waits for in a loop has changed is not known; how often any did is.
    pub(super) changes: u64,
    pub(super) choices: usize,
    /// What the program told the system, once it has ended: threads that are left go on, since what they do could have
    /// come before.
    pub(super) ended: Option<u8>,
}

impl Live {
    /// The thread that sleeps longest on a key, taken out of the queue.
    pub(super) fn first_sleeper(&mut self, key: usize) -> Option<usize> {
        let place = self.sleepers.iter().position(|(on, _)| *on == key)?;
        self.sleepers.remove(place).map(|(_, thread)| thread)
    }
}
