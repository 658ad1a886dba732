//! Requests: what a thread asks the engine to do next, and what it gets back.

use std::panic::Location;

use serde::{Deserialize, Serialize};

use crate::event::{BlockId, Event, LocId, Mode, NOWHERE, Op, Outcome, Role, ThreadId};

/// One step that a thread wants to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Request {
    pub(crate) thread: ThreadId,
    pub(crate) op: Op,
    pub(crate) mode: Mode,
    /// The mode of a compare-exchange that fails.
    pub(crate) failure: Mode,
    pub(crate) loc: LocId,
    pub(crate) arg: usize,
    /// The block that an access counts as an access of, or that is freed.
    pub(crate) home: BlockId,
    /// What a compare-exchange expects; the initial value of what is created.
    pub(crate) value: u64,
    /// The bits that a comparison looks at.
    pub(crate) mask: u64,
    /// Whether its values may differ from run to run.
    pub(crate) opaque: bool,
    /// The name of what is created.
    #[serde(skip)]
    pub(crate) name: &'static str,
    /// Where the program asks.
    #[serde(skip)]
    pub(crate) caller: Option<&'static Location<'static>>,
}

/// What a step returns to its thread.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Answer {
    /// The value read, the thread started, the block created, or the number chosen.
    pub(crate) value: u64,
    /// Whether a read-modify-write wrote.
    pub(crate) success: bool,
}

impl Request {
    /// A request that concerns no location.
    pub(crate) fn new(op: Op, mode: Mode, caller: &'static Location<'static>) -> Request {
        let failure = Mode::Plain;
        let caller = Some(caller);
        Request {
            thread: 0,
            op,
            mode,
            failure,
            loc: NOWHERE,
            arg: 0,
            home: NOWHERE,
            value: 0,
            mask: !0,
            opaque: false,
            name: "",
            caller,
        }
    }

    /// The event at `index` of the thread that is the given part of this request.
    pub(crate) fn event(&self, index: usize, role: Role, outcome: Outcome) -> Event {
        let (thread, op, loc) = (self.thread, self.op, self.loc);
        let (arg, home) = (self.arg, self.home);
        let mode = self.mode_after(outcome);
        Event {
            thread,
            index,
            op,
            role,
            outcome,
            mode,
            loc,
            rf: None,
            arg,
            home,
            given: None,
        }
    }

    /// The mode that counts once the outcome is known.
    pub(crate) fn mode_after(&self, outcome: Outcome) -> Mode {
        match outcome {
            // Of an update whose loop waits.
            Outcome::Failure if self.op == Op::Update => Mode::Relaxed,
            Outcome::Failure | Outcome::Spurious => self.failure,
            // It takes no part in the execution, so it orders nothing.
            Outcome::Waits => Mode::Relaxed,
            Outcome::Plain | Outcome::Success => self.mode,
        }
    }

    /// Whether the recorded event is what this request would become again.
    pub(crate) fn repeats(&self, event: &Event) -> bool {
        let op = match event.op {
            Op::Stuck => Op::Spin,
            op => op,
        };
        // The engine, not the program, says which thread, location or number it is.
        let given = matches!(op, Op::Choice | Op::Spawn | Op::Spin);
        let created = matches!(op, Op::Create | Op::Alloc | Op::Spawn);
        self.op == op
            && self.mode_after(event.outcome) == event.mode
            && (given || self.arg == event.arg)
            && (created || (self.loc, self.home) == (event.loc, event.home))
    }

    /// Whether both ask for the same step.
    pub(crate) fn is_same_step(&self, other: &Request) -> bool {
        (self.op, self.mode, self.failure) == (other.op, other.mode, other.failure)
            && (self.loc, self.home, self.arg) == (other.loc, other.home, other.arg)
            && (self.value, self.mask) == (other.value, other.mask)
    }

    /// How a read of `value` goes on, spurious failures left out.
    pub(crate) fn outcome(&self, value: u64) -> Outcome {
        match self.op {
            op if op.compares() && value & self.mask == self.value => Outcome::Success,
            op if op.compares() => Outcome::Failure,
            op if op.updates() => Outcome::Success,
            _ => Outcome::Plain,
        }
    }
}
