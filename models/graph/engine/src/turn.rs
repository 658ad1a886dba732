//! Turns in vain: waiting loops that read one location wait in place, as locks do.
//!
//! When the newest write does not let a loop go on, its read becomes a *turn in vain*: a
//! mark that the thread has looked, which takes part in nothing and which nothing revisits.
//! When the location has been written anew, the thread takes another turn, whose choices are
//! the writes that were added since the mark. The essay in `lib.rs` says why nothing is lost
//! by it and nothing found twice.
//!
//! A read-modify-write that leaves the value as it was is only a read if its loop waits. So
//! its write is added when the thread asks for its next step: if it has come round to the
//! same step again, the write never was.

use crate::config::Mutation;
use crate::event::{Event, EventId, Mode, Op, Outcome, ThreadId};
use crate::graph::Graph;
use crate::request::{Answer, Request};
use crate::runner::{End, Runner, State, Step};
use crate::search::{Revisited, Stepped};
use crate::values::Values;

impl Runner {
    /// Whether the running thread's last event is the read of an update whose write waits
    /// for what the thread does next.
    pub(crate) fn has_open_update(&self) -> bool {
        self.graph().open_update(self.current).is_some()
            && self.tasks[self.current].cursor == self.graph().next_index(self.current)
    }

    /// Whether the update reads what it would write.
    pub(crate) fn leaves_as_is(&self, request: &Request, write: &dyn Fn(u64) -> u64) -> bool {
        let graph = self.graph();
        let read = graph.open_update(self.current);
        let source = read.and_then(|read| graph.events[read].rf);
        let value = source.map(|source| self.values.written(source));
        request.op == Op::Update && value.is_some_and(|value| write(value) == value)
    }

    /// Executes the read of an update, and leaves its write for later.
    pub(crate) fn open_update(&mut self, request: &Request) -> Step {
        let Some(read) = self.graph().open_update(self.current) else {
            return Step::Wait;
        };
        let source = self.graph().events[read].rf;
        let value = source.map_or(0, |source| self.values.written(source));
        self.execute(read, request, 0);
        self.tasks[self.current].cursor = self.graph().next_index(self.current);
        let success = true;
        Step::Done(Answer { value, success })
    }

    /// Adds the write of an open update. False: the run has ended.
    pub(crate) fn close_update(&mut self) -> bool {
        let Some(read) = self.graph().open_update(self.current) else {
            return true;
        };
        let Some(asked) = self.values.request(read).copied() else {
            return true;
        };
        let base = self.graph().len();
        let end = match self.search.step(&asked, &self.values, &|value| value) {
            Stepped::Grown => None,
            Stepped::Replaced => Some(End::Again),
            Stepped::Dead => Some(End::Dead),
        };
        if let Some(end) = end {
            self.stop(end);
            return false;
        }
        let source = self.graph().events[read].rf;
        let value = source.map_or(0, |source| self.values.written(source));
        self.execute(base, &asked, value);
        self.tasks[self.current].cursor = self.graph().next_index(self.current);
        let fault = [read, base]
            .into_iter()
            .find_map(|id| self.graph().fault_of(id));
        if let Some(fault) = fault {
            self.stop(End::Failed(fault));
        }
        self.end.is_none()
    }

    /// The running thread has come round to its open update, if it has one: it is a read.
    pub(crate) fn end_open_update(&mut self) {
        if !self.has_open_update() {
            return;
        }
        let graph = &mut self.search.top().graph;
        if let Some(read) = graph.open_update(self.current) {
            graph.make_weaker(read, Outcome::Failure);
        }
    }

    /// The running thread has come round to a step in vain. Nothing: it waits otherwise.
    pub(crate) fn wait_in_place(&mut self, turn: &[EventId]) -> Option<Step> {
        let &[read] = turn else { return None };
        let event = self.graph().events[read];
        let waits = matches!(event.op, Op::Load | Op::Cas | Op::CasWeak | Op::Update);
        let loc = event.loc;
        if !waits || event.outcome == Outcome::Spurious {
            return None;
        }
        // The thread has gone on from here, or waits, where it has read the newest one and
        // has not written.
        if self.graph().po_successor(read).is_some() {
            return Some(self.stop(End::Dead));
        }
        if !self.search.waits_in_place(loc) {
            return None;
        }
        if self.graph().took_an_older_write(read) {
            return Some(self.stop(End::Dead));
        }
        let graph = &mut self.search.top().graph;
        graph.make_weaker(read, Outcome::Waits);
        Some(self.block())
    }

    /// Whether the thread waits at a try in vain, and has not tried since a write that would
    /// have let it go on.
    pub(crate) fn may_try_again(&self, thread: ThreadId) -> bool {
        let graph = self.graph();
        let last = graph.threads[thread].events.last();
        let ends_here = graph.mutation == Some(Mutation::NoNewTry);
        let vain = |id: EventId| graph.events[id].is_vain_try() && !ends_here;
        let Some(&id) = last.filter(|&&id| vain(id)) else {
            return false;
        };
        if graph.events[id].is_vain_turn() {
            return graph.has_newer_writes(id);
        }
        let (Some(asked), Some(seen)) = (self.values.request(id), graph.events[id].rf) else {
            return false;
        };
        let newer = &graph.locations[asked.loc].co[graph.co_index(asked.loc, seen) + 1..];
        let lets_go_on =
            |&write: &EventId| asked.outcome(self.values.written(write)) == Outcome::Success;
        newer.iter().any(lets_go_on)
    }

    pub(crate) fn block(&mut self) -> Step {
        self.tasks[self.current].state = State::Blocked;
        Step::Wait
    }

    /// Whether the running thread's last event is a turn in vain, and it has not asked for
    /// its next turn.
    pub(crate) fn is_between_turns(&self, request: &Request) -> bool {
        let Some(turn) = self.graph().vain_turn(self.current) else {
            return false;
        };
        let asked = self.values.request(turn);
        !asked.is_some_and(|asked| asked.is_same_step(request))
    }
}

impl Graph {
    /// The thread's last event, if it is a read whose write is missing.
    pub(crate) fn open_update(&self, thread: ThreadId) -> Option<EventId> {
        let last = self.threads[thread].events.last().copied();
        last.filter(|&last| self.events[last].is_exclusive_read())
    }

    /// The thread's last event, if it is a turn in vain.
    pub(crate) fn vain_turn(&self, thread: ThreadId) -> Option<EventId> {
        let last = self.threads[thread].events.last().copied();
        last.filter(|&last| self.events[last].is_vain_turn())
    }

    /// The turn in vain after which the request is another one.
    pub(crate) fn wait_before(&self, request: &Request, values: &Values) -> Option<EventId> {
        let turn = self.vain_turn(request.thread)?;
        let asked = values.request(turn)?;
        asked.is_same_step(request).then_some(turn)
    }

    /// Whether the location of a turn in vain was written since.
    pub(crate) fn has_newer_writes(&self, turn: EventId) -> bool {
        let Event { loc, rf, .. } = self.events[turn];
        let co = &self.locations[loc].co;
        match rf {
            Some(seen) => !self.is_newest(loc, seen),
            None => co.iter().any(|&write| write > turn),
        }
    }

    /// Whether the write is newer than what a turn in vain has seen, and so a choice of the next.
    /// If what it has seen is deleted, all that was added since is newer.
    pub(crate) fn is_news(&self, turn: EventId, write: EventId) -> bool {
        let Event { loc, rf, .. } = self.events[turn];
        rf.map_or(write > turn, |seen| {
            self.co_index(loc, write) > self.co_index(loc, seen)
        })
    }

    /// Takes back that the read was made a turn in vain, when the revisit had another place.
    pub(crate) fn make_read_again(&mut self, revisited: Revisited) {
        let Revisited {
            read,
            outcome,
            mode,
        } = revisited;
        let event = self.events[read];
        if !event.is_vain_turn() {
            return;
        }
        self.events[read] = Event {
            outcome,
            mode,
            ..event
        };
        if self.counts_for_psc(&self.events[read]) {
            let place = self.sc.partition_point(|&id| id < read);
            self.sc.insert(place, read);
            self.threads[event.thread].sc.push(read);
        }
    }

    /// Gives the last event of a thread, a read, an outcome in which it orders nothing.
    fn make_weaker(&mut self, read: EventId, outcome: Outcome) {
        let event = self.events[read];
        if self.counts_for_psc(&event) {
            self.sc.retain(|&id| id != read);
            self.threads[event.thread].sc.pop();
        }
        self.events[read] = Event {
            outcome,
            mode: Mode::Relaxed,
            ..event
        };
        self.clocks[read] = self.clocks_for(&self.events[read]);
    }
}
