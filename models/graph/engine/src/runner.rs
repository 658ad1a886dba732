//! One run: the program executed from its start along a graph, and then beyond it.
//!
//! A run *replays* first: every thread takes the steps that the graph records, each read
//! as soon as the write that it reads from has been executed. Then it *extends*: always
//! the first thread in order that is neither finished nor blocked takes its next step,
//! so the graph alone decides how a run goes on.

use crate::event::{EventId, Op, Outcome, Role, ThreadId};
use crate::failure::Fault;
use crate::graph::Graph;
use crate::offer::Write;
use crate::panics;
use crate::request::{Answer, Request};
use crate::search::{Search, Stepped};
use crate::spin::Probe;
use crate::values::Values;

/// What the run is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Executing what the graph records.
    Replay,
    /// Adding to the graph.
    Extend,
    /// Over: threads are being unwound, and nothing that they do counts.
    Over,
}

/// Where a thread of the program is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// The step that starts it has not been executed.
    Unborn,
    /// It can run, or waits for a write that the replay has not reached.
    Ready,
    /// It has executed its recorded steps and asks for one more.
    Frontier,
    /// It waits for a thread to end.
    Joining(ThreadId),
    /// It waits for a write that would have to be chosen.
    Blocked,
    /// Its body has returned.
    Finished,
}

/// A thread of the program in this run.
pub(crate) struct Task {
    pub(crate) state: State,
    /// How many of its recorded events it has executed.
    pub(crate) cursor: usize,
    pub(crate) body: Option<Box<dyn FnOnce()>>,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum End {
    /// Every thread finished.
    Complete,
    /// Some thread waits for a write that another graph has.
    Blocked,
    /// It ended, with more preemptions than the bound.
    Beyond,
    /// No consistent step was possible.
    Dead,
    /// The graph was replaced, or a probe has used a thread up: run again.
    Again,
    /// The execution is wrong.
    Failed(Fault),
}

/// A step's result for the thread that asked.
pub(crate) enum Step {
    /// Go on with this.
    Done(Answer),
    /// Suspend, and ask again when resumed.
    Wait,
}

/// A run and the search that it belongs to.
pub(crate) struct Runner {
    pub(crate) search: Search,
    pub(crate) values: Values,
    pub(crate) phase: Phase,
    pub(crate) current: ThreadId,
    pub(crate) tasks: Vec<Task>,
    pub(crate) probe: Option<Probe>,
    /// The recorded events in the order of their execution.
    pub(crate) executed: Vec<EventId>,
    pub(crate) end: Option<End>,
    /// What the program noted for its observer.
    pub(crate) notes: Vec<(&'static str, u64)>,
}

impl Runner {
    pub(crate) fn new(search: Search) -> Runner {
        Runner {
            search,
            values: Values::default(),
            phase: Phase::Over,
            current: 0,
            tasks: Vec::new(),
            probe: None,
            executed: Vec::new(),
            end: None,
            notes: Vec::new(),
        }
    }

    pub(crate) fn graph(&self) -> &Graph {
        self.search.graph()
    }

    pub(crate) fn is_over(&self) -> bool {
        self.phase == Phase::Over
    }

    /// Prepares a run of `body`.
    pub(crate) fn begin(&mut self, body: Box<dyn FnOnce()>) {
        panics::forget();
        self.values.clear();
        self.tasks.clear();
        self.executed.clear();
        self.notes.clear();
        self.probe = None;
        self.end = None;
        self.phase = Phase::Replay;
        self.adopt(0, body);
    }

    /// Gives a thread that was started its body.
    pub(crate) fn adopt(&mut self, thread: ThreadId, body: Box<dyn FnOnce()>) {
        let threads = self.graph().threads.len();
        self.tasks.resize_with(threads, || Task {
            state: State::Unborn,
            cursor: 0,
            body: None,
        });
        if let Some(task) = self.tasks.get_mut(thread) {
            task.state = State::Ready;
            task.body = Some(body);
        }
    }

    /// The running thread asks for a step.
    pub(crate) fn step(&mut self, mut request: Request, write: Write<'_>) -> Step {
        request.thread = self.current;
        if self.phase == Phase::Over {
            return Step::Done(Answer::default());
        }
        if self.end.is_some() {
            return Step::Wait;
        }
        if self.probe.is_some() {
            return self.probe_step(&request, write);
        }
        if self.has_open_update() && request.op != Op::Spin && !self.close_update() {
            return Step::Wait;
        }
        let recorded = self.graph().next_index(self.current);
        if self.tasks[self.current].cursor < recorded && !self.is_unfinished_update() {
            self.replay(&request, write)
        } else if self.phase == Phase::Replay {
            self.wait_at_frontier(&request)
        } else {
            self.extend(&request, write)
        }
    }

    fn wait_at_frontier(&mut self, request: &Request) -> Step {
        if self.is_unfinished_update() {
            // The read counts as executed once its write has been.
            if !self.source_is_executed() {
                return Step::Wait;
            }
            let recorded = self.graph().events[self.cursor_event()];
            let value = recorded.rf.map_or(0, |source| self.values.written(source));
            if !request.repeats(&recorded) || request.outcome(value) != Outcome::Success {
                return self.nondeterminism(request);
            }
            self.execute(self.cursor_event(), request, 0);
        }
        self.tasks[self.current].state = State::Frontier;
        Step::Wait
    }

    /// The next recorded event of the running thread.
    pub(crate) fn cursor_event(&self) -> EventId {
        let cursor = self.tasks[self.current].cursor;
        self.graph().threads[self.current].events[cursor]
    }

    /// Whether the running thread's next recorded event is a read whose write is missing.
    fn is_unfinished_update(&self) -> bool {
        let cursor = self.tasks[self.current].cursor;
        let events = &self.graph().threads[self.current].events;
        let last = events.get(cursor).filter(|_| cursor + 1 == events.len());
        last.is_some_and(|&id| self.graph().events[id].is_exclusive_read())
    }

    fn source_is_executed(&self) -> bool {
        let source = self.graph().events[self.cursor_event()].rf;
        source.is_none_or(|write| self.values.has(write))
    }

    pub(crate) fn execute(&mut self, id: EventId, request: &Request, written: u64) {
        if !self.values.has(id) {
            self.executed.push(id);
        }
        self.values.record(id, request, written);
        self.compare_given(id, request, written);
        self.compare_alike(id, request, written);
    }

    /// Executes the next recorded step.
    pub(crate) fn replay(&mut self, request: &Request, write: Write<'_>) -> Step {
        let id = self.cursor_event();
        let event = self.graph().events[id];
        if !request.repeats(&event) {
            return self.nondeterminism(request);
        }
        match event.role {
            Role::Read => self.replay_read(id, request, write),
            Role::Write => self.finish_step(id, request, write(0), Answer::default()),
            Role::Other => self.replay_effect(id, request),
        }
    }

    fn finish_step(
        &mut self,
        id: EventId,
        request: &Request,
        written: u64,
        answer: Answer,
    ) -> Step {
        self.execute(id, request, written);
        self.tasks[self.current].cursor += 1;
        Step::Done(answer)
    }

    fn replay_read(&mut self, id: EventId, request: &Request, write: Write<'_>) -> Step {
        if self.graph().events[id].is_vain_turn() {
            // It is not answered: in a loop without a memory the next turn might be this one.
            self.finish_step(id, request, 0, Answer::default());
            return self.try_again(request, write);
        }
        if !self.source_is_executed() {
            return Step::Wait;
        }
        let event = self.graph().events[id];
        let value = event.rf.map_or(0, |source| self.values.written(source));
        let spurious = event.outcome == Outcome::Spurious;
        let waits = event.op == Op::Update && event.outcome == Outcome::Failure;
        let expected = if spurious || waits {
            Outcome::Success
        } else {
            event.outcome
        };
        if request.outcome(value) != expected {
            return self.nondeterminism(request);
        }
        let success = event.outcome == Outcome::Success;
        let step = self.finish_step(id, request, 0, Answer { value, success });
        if event.is_vain_try() {
            return self.try_again(request, write);
        }
        if success && self.has_open_update() {
            return step;
        }
        if success {
            let write_event = self.cursor_event();
            return self.finish_step(
                write_event,
                request,
                write(value),
                Answer { value, success },
            );
        }
        step
    }

    /// The running thread has tried in vain. The next try is an event of its own.
    fn try_again(&mut self, request: &Request, write: Write<'_>) -> Step {
        let recorded = self.graph().next_index(self.current);
        if self.tasks[self.current].cursor < recorded {
            return self.step(*request, write);
        }
        self.block()
    }

    fn replay_effect(&mut self, id: EventId, request: &Request) -> Step {
        let event = self.graph().events[id];
        match event.op {
            Op::Join if self.tasks[event.arg].state != State::Finished => return Step::Wait,
            Op::Stuck => {
                self.execute(id, request, 0);
                self.tasks[self.current].cursor += 1;
                return self.block();
            }
            _ => {}
        }
        let value = match event.op {
            Op::Create | Op::Alloc => event.home,
            _ => event.arg,
        };
        let answer = Answer {
            value: value as u64,
            success: true,
        };
        self.finish_step(id, request, request.value, answer)
    }

    /// Adds a step to the graph.
    fn extend(&mut self, request: &Request, write: Write<'_>) -> Step {
        if let Some(fault) = self.limit() {
            return self.stop(End::Failed(fault));
        }
        if self.leaves_alike_unjoined(request) || self.goes_on_where_another_ended(request) {
            return Step::Wait;
        }
        if let Op::Join = request.op
            && self.tasks[request.arg].state != State::Finished
        {
            self.tasks[self.current].state = State::Joining(request.arg);
            return Step::Wait;
        }
        if self.is_between_turns(request) {
            // A loop that gives up has counted the turns of the probe: without them it goes on.
            return match request.op {
                Op::Spin => Step::Done(Answer::default()),
                _ => self.stop(End::Again),
            };
        }
        if request.op == Op::Spin {
            return self.start_probe(request);
        }
        if self.is_unfinished_update() && self.leaves_as_is(request, write) {
            return self.open_update(request);
        }
        self.grow(request, write)
    }

    fn grow(&mut self, request: &Request, write: Write<'_>) -> Step {
        let was_unfinished = self.is_unfinished_update();
        let base = self.graph().len();
        match self.take(request, write) {
            Ok(Stepped::Grown) => {}
            Ok(Stepped::Replaced) => return self.stop(End::Again),
            Ok(Stepped::Dead) => return self.stop(End::Dead),
            Err(fault) => return self.stop(End::Failed(fault)),
        }
        let read = was_unfinished.then(|| self.cursor_event());
        let step = self.replay(request, write);
        let fault = read
            .into_iter()
            .chain(base..self.graph().len())
            .find_map(|id| self.graph().fault_of(id));
        match fault {
            Some(fault) => self.stop(End::Failed(fault)),
            None => step,
        }
    }

    /// Asks the search for the step, or makes it if it has no choice.
    fn take(&mut self, request: &Request, write: Write<'_>) -> Result<Stepped, Fault> {
        let accesses = matches!(
            request.op,
            Op::Load | Op::Store | Op::Read | Op::Write | Op::Choice
        );
        if accesses || request.op.updates() {
            return Ok(self.search.step(request, &self.values, write));
        }
        if request.op == Op::Spawn && !self.graph().has_room_for_thread() {
            return Err(Fault::TooManyThreads);
        }
        let graph = self.graph();
        let mut event = request.event(
            graph.next_index(request.thread),
            Role::Other,
            Outcome::Plain,
        );
        match request.op {
            Op::Create | Op::Alloc => {
                (event.loc, event.home) = (graph.locations.len(), graph.blocks.len());
            }
            Op::Spawn => {
                event.arg = graph.threads.len();
                event.home = self.first_alike(request);
            }
            _ => {}
        }
        self.search.push(event);
        Ok(Stepped::Grown)
    }

    fn limit(&self) -> Option<Fault> {
        let events = self.search.config.max_events;
        (self.graph().len() >= events).then(|| Fault::TooLong {
            events,
            thread: self.current,
            turn: self.endless_loop(),
        })
    }

    /// Ends the run.
    pub(crate) fn stop(&mut self, end: End) -> Step {
        self.end.get_or_insert(end);
        Step::Wait
    }
}
