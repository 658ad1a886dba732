//! Misuse: calls that have no meaning, as errors that name their place.

use std::panic::{Location as Caller, panic_any, resume_unwind};

use crate::config::Mutation;
use crate::driver::try_runner;
use crate::event::{Event, EventId, Mode, Op, ThreadId};
use crate::failure::Fault;
use crate::fiber;
use crate::graph::Graph;
use crate::runner::{Phase, Runner, State};

/// What a thread unwinds with when it has misused the engine.
pub(crate) struct Misuse(pub(crate) String);

/// Ends the running thread with an error. While a run is being unwound it returns, since
/// operations do nothing then.
pub(crate) fn raise(what: &str, caller: &Caller<'_>) {
    // The execution as far as the graph records it comes first, so that the report shows it.
    while let Ok(Some(turn)) = try_runner(Runner::turn_to_fail) {
        match turn {
            Turn::Now => break,
            Turn::Later => fiber::suspend(),
            Turn::Never => return,
        }
    }
    end(what, caller);
}

/// An operation inside of a function that the engine calls.
pub(crate) fn inside_update(caller: &Caller<'_>) -> ! {
    let what = "an operation inside of the function of an update, which must only compute";
    end(what, caller)
}

fn end(what: &str, caller: &Caller<'_>) -> ! {
    let message = format!("{what} (at {}:{})", caller.file(), caller.line());
    match fiber::is_inside() {
        // No hook is to see it: the report of the exploration tells it.
        true => resume_unwind(Box::new(Misuse(message))),
        false => panic_any(message),
    }
}

/// When a misuse ends its thread.
enum Turn {
    Now,
    /// Other threads have recorded steps left.
    Later,
    Never,
}

impl Runner {
    fn turn_to_fail(&mut self) -> Turn {
        if self.is_over() {
            return Turn::Never;
        }
        let at_frontier = self.tasks[self.current].cursor >= self.graph().next_index(self.current);
        if self.end.is_some() {
            return Turn::Later;
        }
        if self.phase == Phase::Replay && at_frontier && self.probe.is_none() {
            self.tasks[self.current].state = State::Frontier;
            return Turn::Later;
        }
        Turn::Now
    }
}

/// The operations whose orders are limited.
#[derive(Clone, Copy)]
pub(crate) enum Use {
    Load,
    Store,
    Update,
    Fence,
    /// A compare-exchange that fails.
    Failure(Op),
}

/// Refuses an order that the operation cannot have.
#[track_caller]
pub(crate) fn check_mode(used: Use, mode: Mode) {
    let allowed = match used {
        Use::Load | Use::Failure(_) => {
            matches!(mode, Mode::Relaxed | Mode::Acquire | Mode::SeqCst)
        }
        Use::Store => matches!(mode, Mode::Relaxed | Mode::Release | Mode::SeqCst),
        Use::Update => mode != Mode::Plain,
        Use::Fence => !matches!(mode, Mode::Plain | Mode::Relaxed),
    };
    if allowed {
        return;
    }
    let name = match used {
        Use::Load => "a load".to_string(),
        Use::Store => "a store".to_string(),
        Use::Update => "an update".to_string(),
        Use::Fence => "a fence".to_string(),
        Use::Failure(op) => format!("a failed {}", op.name()),
    };
    raise(&format!("{name} cannot be {mode:?}"), Caller::caller());
}

impl Graph {
    /// An unlock must read the write by which its own thread has taken the lock.
    pub(crate) fn unlock_fault(&self, write: EventId, event: &Event) -> Option<Fault> {
        if event.op != Op::Unlock || self.mutation == Some(Mutation::AnyoneUnlocks) {
            return None;
        }
        let read = self.po_predecessor(event.thread, event.index)?;
        let taken = self.events[read].rf?;
        let holder = self.holder(taken);
        (holder != Some(event.thread)).then_some(Fault::WrongUnlock {
            unlock: write,
            holder,
        })
    }

    /// The thread that has the lock after the write of it.
    fn holder(&self, write: EventId) -> Option<ThreadId> {
        let event = &self.events[write];
        matches!(event.op, Op::Lock | Op::Cas).then_some(event.thread)
    }
}
