//! A bound on preemptions: how often a thread that could go on must give way, at least.
//!
//! A graph stands for many schedules. Here a *schedule* of a graph is an order of its events that
//! po ∪ rf admits, starts and joins of threads included; in the model SC also co ∪ fr. A thread is
//! *preempted* where the schedule leaves it although it has events left, unless its next one joins
//! a thread that has not ended, or takes a lock or a token that is not there. What a graph costs
//! is the least number of preemptions of its schedules. Tries in vain have no place in them, so a
//! loop that waits is preempted like any other.
//!
//! # The search
//!
//! To run a thread on for as long as the order admits never harms: what has been executed only
//! lets more be executed. So a schedule is a row of threads, each of which runs as far as it
//! can, and all that is reached with one more preemption is found from all that was reached so far.
//!
//! # The slack
//!
//! A graph on the way to another may cost more than that one. By Marmanis, Kokologiannakis and
//! Vafeiadis (*Reconciling Preemption Bounding with DPOR*, TACAS 2023), it is not much more: what a
//! revisit will delete was maximally added, so no event that is kept comes after it in the order,
//! and all of it may run last, thread by thread. The thread of the write that revisits has none of
//! it. So a graph on the way to one within the bound costs at most one more for each other thread,
//! and what costs more than that leads to nothing that is wanted.

use std::collections::BTreeSet;

use crate::config::Model;
use crate::event::{EventId, Op, Role, ThreadId};
use crate::graph::Graph;

/// How far each thread has been executed, and which one runs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    executed: Vec<usize>,
    running: Option<ThreadId>,
}

impl Graph {
    /// Whether every schedule of the graph has more than `bound` preemptions.
    pub(crate) fn exceeds_preemptions(&self, bound: usize) -> bool {
        let start = State {
            executed: vec![0; self.threads.len()],
            running: None,
        };
        let mut seen = BTreeSet::from([start.clone()]);
        let mut reached = vec![start];
        for _ in 0..=bound {
            let mut preempted = Vec::new();
            while let Some(state) = reached.pop() {
                if self.is_executed(&state) {
                    return false;
                }
                let is_free = self.gives_way(&state);
                for next in self.next_states(&state) {
                    match is_free {
                        true if seen.insert(next.clone()) => reached.push(next),
                        true => {}
                        false => preempted.push(next),
                    }
                }
            }
            preempted.retain(|state| seen.insert(state.clone()));
            reached = preempted;
        }
        true
    }

    /// How many preemptions beyond the bound a graph on the way may have.
    pub(crate) fn slack(&self) -> usize {
        self.threads.len() - 1
    }

    fn is_executed(&self, state: &State) -> bool {
        let mut threads = self.threads.iter().zip(&state.executed);
        threads.all(|(thread, &executed)| executed == thread.events.len())
    }

    /// Whether leaving the running thread is no preemption.
    fn gives_way(&self, state: &State) -> bool {
        let Some(thread) = state.running else {
            return true;
        };
        let next = self.next_of(thread, &state.executed);
        next.is_none_or(|next| self.must_wait(next, &state.executed))
    }

    /// The thread's next event, tries in vain left out.
    fn next_of(&self, thread: ThreadId, executed: &[usize]) -> Option<EventId> {
        let left = &self.threads[thread].events[executed[thread]..];
        left.iter()
            .copied()
            .find(|&id| !self.events[id].is_vain_try())
    }

    /// Whether a thread that asks for this waits at this point of the schedule.
    fn must_wait(&self, next: EventId, executed: &[usize]) -> bool {
        let event = &self.events[next];
        if event.op == Op::Join {
            return executed[event.arg] < self.threads[event.arg].events.len();
        }
        if !event.op.waits() || event.role != Role::Read {
            return false;
        }
        let co = self.locations[event.loc].co.iter().rev();
        let mut newest = co.copied().filter(|&write| self.was(write, executed));
        let op = newest.next().map(|write| self.events[write].op);
        match event.op {
            Op::Lock => op == Some(Op::Lock),
            _ => op != Some(Op::Unpark),
        }
    }

    fn was(&self, id: EventId, executed: &[usize]) -> bool {
        let event = &self.events[id];
        event.index < executed[event.thread]
    }

    /// Where the schedule can be after one more thread has run as far as it can.
    fn next_states<'a>(&'a self, state: &'a State) -> impl Iterator<Item = State> + 'a {
        let others = (0..self.threads.len()).filter(|&thread| state.running != Some(thread));
        others.filter_map(|thread| {
            let mut executed = state.executed.clone();
            while self.execute_next(thread, &mut executed) {}
            (executed != state.executed).then_some(State {
                executed,
                running: Some(thread),
            })
        })
    }

    fn execute_next(&self, thread: ThreadId, executed: &mut [usize]) -> bool {
        let Some(&next) = self.threads[thread].events.get(executed[thread]) else {
            return false;
        };
        let goes = self.events[next].is_vain_try() || self.may_execute(next, executed);
        executed[thread] += usize::from(goes);
        goes
    }

    /// Whether everything that comes before the event in the order has been executed.
    fn may_execute(&self, id: EventId, executed: &[usize]) -> bool {
        let event = &self.events[id];
        let start = self.threads[event.thread]
            .spawn
            .filter(|_| event.index == 0);
        if start.is_some_and(|spawn| !self.was(spawn, executed)) {
            return false;
        }
        match event.role {
            Role::Read => event.rf.is_none_or(|write| self.was(write, executed)),
            Role::Write => self.model != Model::Sc || self.is_next_write(id, executed),
            Role::Other => event.op != Op::Join || !self.must_wait(id, executed),
        }
    }

    /// co ∪ fr: the write before it, and whoever has read that one, have been executed.
    fn is_next_write(&self, write: EventId, executed: &[usize]) -> bool {
        let event = &self.events[write];
        let before = self.locations[event.loc].co[self.co_index(event.loc, write) - 1];
        let mut readers = self.readers(event.loc, before);
        self.was(before, executed)
            && readers.all(|read| self.events[read].is_vain_try() || self.was(read, executed))
    }
}
