//! Backward revisits: which earlier reads a new write may be offered to.
//!
//! From TruSt (Kokologiannakis et al., POPL 2022, section 4). A write `a` may become the
//! source of an earlier read `r` that is none of its ancestors. Whatever was added after
//! `r` and is no ancestor of `a` is deleted and will be built anew. So that every graph
//! is reached once, this is allowed only if `r` and everything deleted is *maximally
//! added*: had taken the newest choice there was, as seen by a run that holds what came
//! before it and the ancestors of `a`.

use crate::clock::{Clock, MAX_THREADS};
use crate::config::Mutation;
use crate::event::{Event, EventId, Op, Outcome, Role};
use crate::graph::Graph;

impl Graph {
    /// The reads that a write of `loc` may revisit, newest first. `ancestors` are those
    /// of the write by po ∪ rf; the write itself is not in the graph.
    pub(crate) fn revisitable(&self, loc: usize, ancestors: &Clock, found: &mut Vec<EventId>) {
        found.clear();
        let Some(oldest) = self.oldest_revisitable(loc, ancestors) else {
            return;
        };
        let mut ends = self.ends_of_threads();
        while let Some(id) = self.pop_newest(&mut ends, ancestors) {
            if id < oldest {
                break;
            }
            // Whether an event is maximally added does not depend on the read, so the
            // first one that is not ends the search for all older reads too.
            if !self.is_maximally_added(id, ancestors) {
                break;
            }
            if self.events[id].loc == loc && self.may_be_revisited(id, ancestors) {
                found.push(id);
            }
        }
        if self.mutation == Some(Mutation::SkipOldestRevisit) {
            found.pop();
        }
    }

    fn oldest_revisitable(&self, loc: usize, ancestors: &Clock) -> Option<EventId> {
        if self.mutation == Some(Mutation::SkipRevisits) {
            return None;
        }
        let threads = self.locations[loc].by_thread.iter().enumerate();
        let oldest = |(thread, accesses): (usize, &Vec<EventId>)| {
            let knows = |&id: &EventId| self.events[id].index < ancestors.count(thread);
            let unknown = accesses[accesses.partition_point(knows)..].iter();
            unknown
                .copied()
                .find(|&id| self.may_be_revisited(id, ancestors))
        };
        threads.filter_map(oldest).min()
    }

    fn ends_of_threads(&self) -> [usize; MAX_THREADS] {
        let mut ends = [0; MAX_THREADS];
        for (end, thread) in ends.iter_mut().zip(self.threads.iter()) {
            *end = thread.events.len();
        }
        ends
    }

    /// Takes the newest event off the threads' ends that is none of the ancestors.
    fn pop_newest(&self, ends: &mut [usize; MAX_THREADS], ancestors: &Clock) -> Option<EventId> {
        let threads = self.threads.iter().zip(ends.iter()).enumerate();
        let left = threads.filter(|&(thread, (_, &end))| end > ancestors.count(thread));
        let last = left.map(|(thread, (own, &end))| (own.events[end - 1], thread));
        let (id, thread) = last.max()?;
        ends[thread] -= 1;
        Some(id)
    }

    fn is_maximally_added(&self, id: EventId, ancestors: &Clock) -> bool {
        let event = &self.events[id];
        if self.mutation == Some(Mutation::IgnoreMaximality) {
            return true;
        }
        match event.role {
            Role::Read => self.is_maximal_read(id, event, ancestors),
            Role::Write => self.is_maximal_write(id, event, ancestors),
            Role::Other => event.op != Op::Choice || event.arg == 0,
        }
    }

    fn is_maximal_read(&self, id: EventId, event: &Event, ancestors: &Clock) -> bool {
        let Some(write) = event.rf else {
            return event.is_vain_turn();
        };
        event.outcome != Outcome::Spurious
            && self.was_there(write, id, ancestors)
            && (self.is_free_of_judgement(event) || self.was_newest(event, write, id, ancestors))
    }

    fn is_maximal_write(&self, id: EventId, event: &Event, ancestors: &Clock) -> bool {
        let readers = self.readers(event.loc, id);
        let counts = |&read: &EventId| !(self.events[read].is_vain_turn() && read > id);
        let mut readers = readers.filter(counts);
        let is_read = readers.any(|read| self.was_there(read, id, ancestors));
        (!is_read || self.mutation == Some(Mutation::IgnoreReaders))
            && self.was_newest(event, id, id, ancestors)
    }

    /// A read that another write may be chosen for. Plain reads are not: an execution in
    /// which they have a choice has a race. Nor are tries in vain: the thread tries again.
    fn may_be_revisited(&self, id: EventId, ancestors: &Clock) -> bool {
        let event = &self.events[id];
        let vain = event.is_vain_try() && self.mutation != Some(Mutation::RevisitVainTries);
        let is_choice = event.role == Role::Read && event.mode.is_atomic() && !vain;
        is_choice && !self.within(id, ancestors)
    }

    /// A try in vain says nothing about what its thread reads in the end.
    fn is_free_of_judgement(&self, event: &Event) -> bool {
        event.is_vain_try() && self.mutation != Some(Mutation::JudgeVainTries)
    }

    /// Whether `other` belongs to what the maximality of `id` is judged by.
    fn was_there(&self, other: EventId, id: EventId, ancestors: &Clock) -> bool {
        other <= id || self.within(other, ancestors)
    }

    fn was_newest(&self, event: &Event, write: EventId, id: EventId, ancestors: &Clock) -> bool {
        let co = &self.locations[event.loc].co;
        let newer = &co[self.co_index(event.loc, write) + 1..];
        !newer
            .iter()
            .any(|&newer| self.was_there(newer, id, ancestors))
    }
}
