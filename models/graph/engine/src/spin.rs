//! Waiting loops: telling an endless turn from one that leads on.
//!
//! A thread that calls `spin` says: what I have just read did not let me go on. If its
//! loop does nothing but read, another turn that reads the same writes changes nothing,
//! so the thread may be taken to have read what ends the loop in the first place. The
//! engine then *blocks* the thread; the executions in which it goes on are those in which
//! the reads of this turn read from other writes. So waiting costs no executions.
//!
//! This is sound only if the loop has no memory of its own. Whether it has is tried out:
//! the thread takes some more turns in which every read returns what it returned in the
//! last one (a *probe*). If it does anything new, such as writing, leaving the loop or
//! panicking, the call was an ordinary step and the thread goes on; otherwise it is
//! stuck. A loop that gives up after more turns than the probe takes is not seen through.

use crate::event::{Event, EventId, Op, Outcome, Role, ThreadId};
use crate::graph::Graph;
use crate::offer::Write;
use crate::request::{Answer, Request};
use crate::runner::{End, Runner, Step};

/// Turns of a waiting loop that the graph does not record.
pub(crate) struct Probe {
    spin: Request,
    /// The thread's last events that changed nothing, oldest first.
    suffix: Vec<EventId>,
    /// What the first turn asked for, and what it was answered with.
    turn: Vec<(Request, EventId)>,
    turns: usize,
    position: usize,
}

impl Runner {
    /// The running thread has reached the end of a turn.
    pub(crate) fn start_probe(&mut self, request: &Request) -> Step {
        let suffix = self.unchanging_suffix();
        if suffix.is_empty() {
            return self.grow_spin(request, Op::Spin, 0);
        }
        self.probe = Some(Probe {
            spin: *request,
            suffix,
            turn: Vec::new(),
            turns: 0,
            position: 0,
        });
        Step::Done(Answer::default())
    }

    /// The running thread's last events that neither wrote nor chose.
    fn unchanging_suffix(&self) -> Vec<EventId> {
        let graph = self.graph();
        let events = graph.threads[self.current].events.iter().rev().copied();
        let mut suffix: Vec<EventId> = events
            .take_while(|&id| changes_nothing(&graph.events[id]) || self.left_as_was(id))
            .filter(|&id| graph.events[id].role != Role::Write)
            .collect();
        suffix.reverse();
        suffix
    }

    /// Whether the event is part of an update that wrote what it had read, or has not written.
    fn left_as_was(&self, id: EventId) -> bool {
        let graph = self.graph();
        let event = &graph.events[id];
        let write = match event.role {
            Role::Read => graph.po_successor(id),
            _ => Some(id),
        };
        let read = match event.role {
            Role::Write => graph.po_predecessor(event.thread, event.index),
            _ => Some(id),
        };
        let source = read.and_then(|read| graph.events[read].rf);
        let before = source.map(|source| self.values.written(source));
        let after = write.map(|write| self.values.written(write));
        event.op == Op::Update && event.role != Role::Other && (write.is_none() || before == after)
    }

    /// A step of the running thread inside a probe.
    pub(crate) fn probe_step(&mut self, request: &Request, write: Write<'_>) -> Step {
        let Some(probe) = &mut self.probe else {
            return Step::Wait;
        };
        if request.op == Op::Spin {
            return self.end_turn();
        }
        let position = probe.position;
        probe.position += 1;
        match probe.turn.get(position) {
            None => self.first_turn_step(request, write),
            Some((asked, _)) if !same_step(asked, request) => self.leave_probe(),
            Some(&(_, event)) => self.probe_answer(request, write, event),
        }
    }

    /// A step of the first turn must repeat one of the suffix.
    fn first_turn_step(&mut self, request: &Request, write: Write<'_>) -> Step {
        let Some(probe) = &self.probe else {
            return Step::Wait;
        };
        if probe.turns > 0 {
            return self.leave_probe();
        }
        let same = |&&id: &&EventId| {
            self.values
                .request(id)
                .is_some_and(|asked| same_step(asked, request))
        };
        let Some(&event) = probe.suffix.iter().rev().find(same) else {
            return self.leave_probe();
        };
        let step = self.probe_answer(request, write, event);
        if let Some(probe) = &mut self.probe {
            probe.turn.push((*request, event));
        }
        step
    }

    /// Whether the turn was the recorded one over again: the same steps, which read from
    /// the same writes. (A step that comes twice in a turn was answered like its last
    /// time, so an earlier time must have been answered like that too.)
    fn turn_repeats(&self) -> bool {
        let Some(probe) = &self.probe else {
            return false;
        };
        let len = probe.turn.len();
        let Some(before) = probe.suffix.len().checked_sub(len) else {
            return false;
        };
        let recorded = |&id: &EventId| Some((self.values.request(id)?, self.graph().events[id].rf));
        let mut pairs = probe.turn.iter().zip(&probe.suffix[before..]);
        let repeats = pairs.all(|((asked, event), id)| {
            recorded(id).is_some_and(|(request, rf)| {
                same_step(asked, request) && rf == self.graph().events[*event].rf
            })
        });
        probe.position == len && len > 0 && repeats
    }

    /// Answers as the recorded event was answered; a success would be a change, if it did
    /// not leave the value as it is.
    fn probe_answer(&mut self, request: &Request, write: Write<'_>, event: EventId) -> Step {
        let source = self.graph().events[event].rf;
        let value = source.map_or(0, |write| self.values.written(write));
        let success = request.outcome(value) == Outcome::Success;
        if success && !(request.op == Op::Update && write(value) == value) {
            return self.leave_probe();
        }
        Step::Done(Answer { value, success })
    }

    fn end_turn(&mut self) -> Step {
        let turns = self.search.config.spin_turns;
        if !self.turn_repeats() {
            return self.leave_probe();
        }
        let Some(probe) = &mut self.probe else {
            return Step::Wait;
        };
        let len = probe.turn.len();
        probe.turns += 1;
        probe.position = 0;
        if probe.turns < turns {
            return Step::Done(Answer::default());
        }
        let spin = probe.spin;
        let turn: Vec<EventId> = probe.turn.iter().map(|&(_, event)| event).collect();
        self.probe = None;
        if let Some(step) = self.wait_in_place(&turn) {
            return step;
        }
        self.end_open_update();
        let step = self.grow_spin(&spin, Op::Stuck, len);
        match self.graph().is_stuck_for_good(self.current, len) {
            true => self.stop(End::Blocked),
            false => step,
        }
    }

    /// The loop leads on. The probe has used the thread up, so the run starts again.
    pub(crate) fn leave_probe(&mut self) -> Step {
        let Some(probe) = self.probe.take() else {
            return Step::Wait;
        };
        if self.has_open_update() && !self.close_update() {
            return Step::Wait;
        }
        self.push_spin(&probe.spin, Op::Spin, 0);
        self.stop(End::Again)
    }

    fn grow_spin(&mut self, request: &Request, op: Op, turn: usize) -> Step {
        self.push_spin(request, op, turn);
        self.replay(request, &|value| value)
    }

    fn push_spin(&mut self, request: &Request, op: Op, turn: usize) {
        let index = self.graph().next_index(request.thread);
        let event = Event {
            op,
            arg: turn,
            ..request.event(index, Role::Other, Outcome::Plain)
        };
        self.search.push(event);
    }
}

impl Graph {
    /// Whether a thread that is stuck at a turn of `len` events stays so: nothing revisits
    /// the turn's last read, nor an earlier one, if it did not take the newest write.
    fn is_stuck_for_good(&self, thread: ThreadId, len: usize) -> bool {
        let turn = self.threads[thread].events.iter().rev().skip(1).take(len);
        let last = turn.copied().find(|&id| self.events[id].rf.is_some());
        last.is_some_and(|read| self.took_an_older_write(read))
    }

    pub(crate) fn took_an_older_write(&self, read: EventId) -> bool {
        let event = &self.events[read];
        let Some(source) = event.rf else {
            return false;
        };
        let newer = &self.locations[event.loc].co[self.co_index(event.loc, source) + 1..];
        newer.iter().any(|&write| write < read.max(source))
    }
}

fn changes_nothing(event: &Event) -> bool {
    match event.role {
        Role::Read => event.outcome != Outcome::Success,
        Role::Write => false,
        Role::Other => event.op == Op::Fence,
    }
}

fn same_step(a: &Request, b: &Request) -> bool {
    (a.op, a.mode, a.failure) == (b.op, b.mode, b.failure)
        && (a.loc, a.home, a.arg) == (b.loc, b.home, b.arg)
}
