//! What the program under test may ask about its own run, without taking a step.

use crate::api::Location;
use crate::driver::{running, with_runner};
use crate::event::{BlockId, LocId, ThreadId};
use crate::fiber;
use crate::runner::{Phase, Runner, State};

/// The running thread of the program; 0 outside of a run.
pub fn current() -> usize {
    running().unwrap_or(0)
}

/// How many events the running thread has: the index of its next one; 0 outside of a run.
#[track_caller]
pub fn position() -> usize {
    ask(|runner| runner.position(runner.current))
}

/// Whether the running thread tries some more turns of a waiting loop, which the
/// execution does not record; false outside of a run.
#[track_caller]
pub fn is_trying() -> bool {
    ask(|runner| runner.probe.is_some())
}

/// The location of the running thread's next step, if the graph records it already. If it
/// does not, waits until everything that is recorded has been executed in this run.
///
/// So a program can choose among locations for its next step by what the run has done with
/// them, without depending on the order in which threads are replayed.
#[track_caller]
pub fn foreseen() -> Option<Location> {
    loop {
        match with_runner(Runner::foresee)? {
            Foreseen::Step(location) => return location,
            Foreseen::Later => fiber::suspend(),
        }
    }
}

/// What is known of a thread's next step.
enum Foreseen {
    /// The location of a recorded step, or none.
    Step(Option<Location>),
    /// It is not recorded, and other threads have recorded steps left.
    Later,
}

/// Whether the run is over and threads are being unwound.
pub fn is_over() -> bool {
    running().is_none()
}

/// Notes a value for the observer of the execution.
#[track_caller]
pub fn note(label: &'static str, value: u64) {
    with_runner(|runner| runner.notes.push((label, value)));
}

/// The first location of a block; none while the run is being unwound.
pub(crate) fn first_of(block: BlockId) -> Option<LocId> {
    ask(|runner| Some(runner.graph().blocks.get(block)?.first))
}

/// The answer, while a run is under way.
#[track_caller]
fn ask<T: Default>(question: impl FnOnce(&Runner) -> T) -> T {
    let answer = |runner: &mut Runner| (!runner.is_over()).then(|| question(runner));
    with_runner(answer).flatten().unwrap_or_default()
}

impl Runner {
    fn foresee(&mut self) -> Foreseen {
        let thread = self.current;
        let ended = self.is_over() || self.end.is_some();
        let recorded = self
            .graph()
            .threads
            .get(thread)
            .map_or(0, |t| t.events.len());
        let next = self.position(thread);
        if ended || (next >= recorded && self.phase != Phase::Replay) {
            Foreseen::Step(None)
        } else if next < recorded {
            let event = self.graph().threads[thread].events[next];
            Foreseen::Step(Some(Location::of(self.graph().events[event].loc)))
        } else {
            self.tasks[thread].state = State::Frontier;
            Foreseen::Later
        }
    }

    fn position(&self, thread: ThreadId) -> usize {
        self.tasks.get(thread).map_or(0, |task| task.cursor)
    }
}
