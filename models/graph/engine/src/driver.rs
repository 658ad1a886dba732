//! The driver: resumes the program's threads and says how each run ended.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::io;
use std::panic::{AssertUnwindSafe, Location as Caller, catch_unwind};
use std::sync::Arc;

use crate::event::{EventId, Op, ThreadId};
use crate::failure::{Fault, Wait};
use crate::fiber::{Fiber, Pause, Stacks};
use crate::graph::Graph;
use crate::misuse::{self, Misuse};
use crate::overflow;
use crate::panics;
use crate::pulse;
use crate::runner::{End, Phase, Runner, State};

thread_local! {
    /// The run that the fibers of this operating system thread belong to.
    static RUNNER: RefCell<Option<Runner>> = const { RefCell::new(None) };
    /// The thread of the program that runs now; none while a run is being unwound.
    static RUNNING: Cell<Option<ThreadId>> = const { Cell::new(None) };
}

/// The program under test: the main thread's body.
pub(crate) type Body = Arc<dyn Fn() + Send + Sync>;

/// The engine is in the middle of a step: it has called the caller.
#[derive(Debug)]
pub(crate) struct Busy;

/// Calls `f` with the run that is under way on this thread, if there is one.
#[track_caller]
pub(crate) fn with_runner<T>(f: impl FnOnce(&mut Runner) -> T) -> Option<T> {
    match try_runner(f) {
        Ok(answer) => answer,
        Err(Busy) => misuse::inside_update(Caller::caller()),
    }
}

/// The same, for those who know a better place to blame. What is dropped while a misuse
/// unwinds finds no run.
pub(crate) fn try_runner<T>(f: impl FnOnce(&mut Runner) -> T) -> Result<Option<T>, Busy> {
    RUNNER.with(|runner| match runner.try_borrow_mut() {
        Ok(mut runner) => Ok(runner.as_mut().map(f)),
        Err(_) if std::thread::panicking() => Ok(None),
        Err(_) => Err(Busy),
    })
}

/// Where an operating system thread keeps its run.
pub(crate) type Place = RefCell<Option<Runner>>;

/// Where this thread keeps its run.
fn place_of_run() -> *const Place {
    RUNNER.with(std::ptr::from_ref)
}

/// The running thread of the program; none outside of runs and while one is unwound.
pub(crate) fn running() -> Option<ThreadId> {
    RUNNING.get()
}

/// Runs the program again and again along the graphs of a search.
pub(crate) struct Driver {
    body: Body,
    fibers: Vec<Option<Fiber>>,
    stacks: Stacks,
    stack_size: usize,
}

impl Driver {
    /// Makes `runner` the run of this operating system thread.
    pub(crate) fn new(runner: Runner, body: Body) -> Driver {
        let stack_size = runner.search.config.stack_size;
        if runner.search.config.panic_hook {
            panics::install_hook();
        }
        overflow::install();
        RUNNER.set(Some(runner));
        pulse::runs(place_of_run().cast());
        Driver {
            body,
            fibers: Vec::new(),
            stacks: Stacks::default(),
            stack_size,
        }
    }

    /// Gives the runner back.
    pub(crate) fn finish(self) -> Runner {
        RUNNER.take().expect("the driver has a runner")
    }

    /// Calls `f` with the runner, between runs.
    pub(crate) fn runner<T>(&self, f: impl FnOnce(&mut Runner) -> T) -> T {
        with_runner(f).expect("the driver has a runner")
    }

    /// Executes the program along the search's graph and on to an end.
    pub(crate) fn run(&mut self) -> End {
        let body = Arc::clone(&self.body);
        self.runner(|runner| runner.begin(Box::new(move || body())));
        self.replay();
        self.extend();
        let end = self.runner(Runner::conclude);
        self.runner(|runner| runner.phase = Phase::Over);
        self.end_threads();
        end
    }

    /// Ends the threads that have not finished. Bodies that never ran are dropped while nobody
    /// has the run, since their destructors may ask for it.
    fn end_threads(&mut self) {
        let tasks = self.runner(|runner| std::mem::take(&mut runner.tasks));
        let unwind = self.runner(|runner| runner.search.config.unwind);
        for (thread, fiber) in self.fibers.drain(..).enumerate() {
            let Some(fiber) = fiber else { continue };
            pulse::goes_on(thread);
            match unwind {
                true => fiber.retire(&mut self.stacks),
                false => fiber.abandon(&mut self.stacks),
            }
            pulse::came_back();
        }
        for body in tasks.into_iter().filter_map(|task| task.body) {
            match unwind {
                true => drop(catch_unwind(AssertUnwindSafe(|| drop(body)))),
                false => std::mem::forget(body),
            }
        }
    }

    /// Lets every thread execute its recorded steps.
    fn replay(&mut self) {
        let mut before = None;
        loop {
            let (progress, ready) = self.runner(|runner| (runner.progress(), runner.next_ready(0)));
            let Some(first) = ready.filter(|_| !self.runner(|runner| runner.end.is_some())) else {
                return self.runner(Runner::judge_new_events);
            };
            if before == Some(progress) {
                return self.runner(|runner| runner.stop_as_nondeterministic(first));
            }
            before = Some(progress);
            let mut next = Some(first);
            while let Some(thread) = next {
                self.resume(thread);
                next = self.runner(|runner| runner.next_ready(thread + 1));
            }
        }
    }

    fn extend(&mut self) {
        self.runner(|runner| runner.phase = Phase::Extend);
        while let Some(thread) = self.runner(Runner::next_thread) {
            self.resume(thread);
        }
    }

    fn resume(&mut self, thread: ThreadId) {
        let body = self.runner(|runner| runner.start(thread));
        if self.fibers.len() <= thread {
            self.fibers.resize_with(thread + 1, || None);
        }
        if let Some(body) = body {
            match Fiber::new(body, &mut self.stacks, self.stack_size) {
                Ok(fiber) => self.fibers[thread] = Some(fiber),
                Err(error) => return self.runner(|runner| runner.fail_to_start(thread, &error)),
            }
        }
        let Some(fiber) = &mut self.fibers[thread] else {
            return;
        };
        RUNNING.set(Some(thread));
        pulse::goes_on(thread);
        let pause = fiber.resume();
        pulse::came_back();
        RUNNING.set(None);
        match pause {
            Pause::Suspended => {}
            Pause::Finished => self.runner(|runner| runner.finish_thread(thread)),
            Pause::Panicked(payload) => self.runner(|runner| runner.fail_thread(thread, payload)),
        }
    }
}

impl Runner {
    /// Numbers that change whenever a replay gets on.
    fn progress(&self) -> (usize, usize) {
        let left = self
            .tasks
            .iter()
            .filter(|task| task.state != State::Ready)
            .count();
        (self.executed.len(), left + self.tasks.len())
    }

    /// The first thread from `from` on that has recorded steps left.
    fn next_ready(&self, from: ThreadId) -> Option<ThreadId> {
        (from..self.tasks.len()).find(|&thread| self.tasks[thread].state == State::Ready)
    }

    /// The thread whose step comes next: one with half a read-modify-write, or one whose read
    /// was revisited, so that it is known at once whether it waits, or else the first in
    /// order that can go on. The graph alone decides.
    fn next_thread(&mut self) -> Option<ThreadId> {
        if self.end.is_some() {
            return None;
        }
        let graph = self.graph();
        let mut order = graph.order.iter().copied();
        let mut revisited = graph.order.iter().copied().filter(|&thread| {
            let last = graph.threads[thread].events.last();
            last.is_some_and(|&last| graph.events[last].rf.is_some_and(|write| write > last))
        });
        graph
            .unfinished_update()
            .or_else(|| revisited.find(|&thread| self.can_run(thread)))
            .or_else(|| order.find(|&thread| self.can_run(thread)))
    }

    fn can_run(&self, thread: ThreadId) -> bool {
        match self.tasks[thread].state {
            State::Ready | State::Frontier => true,
            State::Joining(other) => self.tasks[other].state == State::Finished,
            State::Blocked => self.may_try_again(thread),
            State::Unborn | State::Finished => false,
        }
    }

    /// Marks the thread as running; its body, if this is the first time.
    fn start(&mut self, thread: ThreadId) -> Option<Box<dyn FnOnce()>> {
        self.current = thread;
        self.tasks[thread].state = State::Ready;
        self.tasks[thread].body.take()
    }

    fn fail_to_start(&mut self, thread: ThreadId, error: &io::Error) {
        self.stop(End::Failed(Fault::NoStack {
            thread,
            stack: self.search.config.stack_size,
            error: error.to_string(),
        }));
    }

    fn finish_thread(&mut self, thread: ThreadId) {
        self.current = thread;
        if self.probe.is_some() {
            self.leave_probe();
        } else if self.graph().vain_turn(thread).is_some() {
            self.stop(End::Again);
        } else if self.has_open_update() && !self.close_update() {
            // The run goes on elsewhere.
        } else if self.tasks[thread].cursor < self.graph().next_index(thread) {
            self.stop_as_nondeterministic(thread);
        } else {
            self.tasks[thread].state = State::Finished;
            self.compare_end(thread);
        }
    }

    fn fail_thread(&mut self, thread: ThreadId, payload: Box<dyn Any + Send>) {
        if self.probe.is_some() {
            self.leave_probe();
            return;
        }
        if self.graph().vain_turn(thread).is_some() {
            self.stop(End::Again);
            return;
        }
        let fault = match payload.downcast::<Misuse>() {
            Ok(misuse) => Fault::Misuse {
                thread,
                message: misuse.0,
            },
            Err(payload) => Fault::Panic {
                thread,
                message: panics::message(payload.as_ref()),
            },
        };
        self.stop(End::Failed(fault));
    }

    /// The thread did not take the step that the graph records.
    fn stop_as_nondeterministic(&mut self, thread: ThreadId) {
        let index = self.tasks[thread].cursor;
        let graph = self.graph();
        let recorded = graph.threads[thread]
            .events
            .get(index)
            .map(|&id| graph.events[id].op.name());
        let before = recorded.unwrap_or("nothing").to_string();
        let now = "nothing".to_string();
        self.stop(End::Failed(Fault::Nondeterminism {
            thread,
            index,
            before,
            now,
        }));
    }

    /// Judges what the last choice added, now that its values are known.
    fn judge_new_events(&mut self) {
        let unjudged = std::mem::take(&mut self.search.unjudged);
        let fault = unjudged.iter().find_map(|&id| self.graph().fault_of(id));
        self.search.unjudged = unjudged;
        self.search.unjudged.clear();
        if let Some(fault) = fault {
            self.stop(End::Failed(fault));
        }
    }

    /// How the run ended.
    fn conclude(&mut self) -> End {
        if let Some((first, second)) = self.search.circle.take() {
            return End::Failed(Fault::Circle { first, second });
        }
        if let Some(end) = self.end.take() {
            return end;
        }
        let fault = match self.tasks.iter().all(|task| task.state == State::Finished) {
            true => self.graph().leak().ok_or(End::Complete),
            false => self.deadlock().ok_or(End::Blocked),
        };
        let bound = self.search.config.max_preemptions;
        match fault {
            Ok(fault) => End::Failed(fault),
            Err(_) if bound.is_some_and(|most| self.graph().exceeds_preemptions(most)) => {
                End::Beyond
            }
            Err(end) => end,
        }
    }

    /// A deadlock, if no thread that waits could see anything new.
    fn deadlock(&self) -> Option<Fault> {
        let waiting = |&thread: &ThreadId| self.tasks[thread].state != State::Finished;
        let threads = (0..self.tasks.len()).filter(waiting);
        let waits: Option<Vec<Wait>> = threads.map(|thread| self.final_wait(thread)).collect();
        let waits = waits?;
        let runs = |id: EventId| {
            let event = &self.graph().events[id];
            event.op == Op::Stuck || event.is_vain_turn()
        };
        let endless_loop = waits.iter().filter_map(|wait| wait.event).any(runs);
        Some(Fault::Deadlock {
            waits,
            endless_loop,
        })
    }

    /// What the thread waits for, if that cannot change any more. A deadline changes it.
    fn final_wait(&self, thread: ThreadId) -> Option<Wait> {
        if let State::Joining(other) = self.tasks[thread].state {
            let what = format!("the end of thread {other}");
            return Some(Wait {
                thread,
                event: None,
                what,
                on: None,
            });
        }
        let graph = self.graph();
        let &event = graph.threads[thread].events.last()?;
        if graph.events[event].op == Op::TimedPark {
            return None;
        }
        let reads = graph.awaited_reads(event);
        let is_final = |&id: &usize| {
            let read = &graph.events[id];
            let seen = read.is_vain_turn() && !graph.has_newer_writes(id);
            seen || read
                .rf
                .is_some_and(|write| graph.is_newest(read.loc, write))
        };
        reads
            .iter()
            .all(is_final)
            .then(|| self.describe_wait(thread, event, &reads))
    }

    fn describe_wait(&self, thread: ThreadId, event: usize, reads: &[usize]) -> Wait {
        let graph = self.graph();
        let name = |&id: &usize| self.values.location_name(graph, graph.events[id].loc);
        let names: Vec<String> = reads.iter().map(name).collect();
        let names = names.join(", ");
        let holder = reads
            .first()
            .and_then(|&id| graph.events[id].rf)
            .map(|write| graph.events[write].thread);
        let (what, on) = match graph.events[event].op {
            Op::Lock => (format!("lock {names}"), holder),
            Op::Park | Op::TimedPark => (format!("an unpark of {names}"), None),
            _ => (format!("a change of {names}"), None),
        };
        Wait {
            thread,
            event: Some(event),
            what,
            on,
        }
    }
}

impl Graph {
    /// The reads whose values make the thread wait at `event`.
    fn awaited_reads(&self, event: usize) -> Vec<usize> {
        let at = &self.events[event];
        if at.op != Op::Stuck {
            return vec![event];
        }
        let turn = &self.threads[at.thread].events[at.index - at.arg..at.index];
        turn.iter()
            .copied()
            .filter(|&id| self.events[id].rf.is_some())
            .collect()
    }
}
