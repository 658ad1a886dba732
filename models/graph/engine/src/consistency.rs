//! Consistency: one function per axiom.
//!
//! The graph is extended at its end only, so each rule is asked about an access that has
//! no successors yet: which writes may it read, where in coherence order may it stand.
//! What the rules admit is consistent again; nothing else is ever built, save that psc
//! and sequential consistency are checked after a tentative step.

use crate::clock::Clock;
use crate::config::{Model, Mutation};
use crate::event::{Event, EventId, LocId, Op, Role, ThreadId};
use crate::graph::Graph;

impl Graph {
    /// *Coherence*: hb ; eco? is irreflexive.
    ///
    /// For an access that comes last, with `seen` before it, this says: it may not read,
    /// nor stand in coherence order, before a write that it has seen (hb ; co and
    /// hb ; fr), nor before one that a read it has seen reads from (hb ; co ; rf and
    /// hb ; fr ; rf). Returns the position of the oldest write that it may read, and
    /// directly after which it may stand.
    pub(crate) fn coherence_floor(&self, loc: LocId, seen: &Clock) -> usize {
        let threads = self.locations[loc].by_thread.iter().enumerate();
        let floors = threads.map(|(thread, accesses)| {
            let seen = |&id: &EventId| self.events[id].index < seen.count(thread);
            self.floor_by(&accesses[..accesses.partition_point(seen)])
        });
        floors.max().unwrap_or(0)
    }

    /// By one thread's accesses of a location. None reads or stands before one of those before
    /// it, so the last one decides.
    fn floor_by(&self, accesses: &[EventId]) -> usize {
        let place = |&id: &EventId| {
            let event = &self.events[id];
            match event.role {
                Role::Read if event.is_vain_turn() => None,
                Role::Read if self.mutation == Some(Mutation::NoReadCoherence) => None,
                Role::Read => event.rf.map(|write| self.co_index(event.loc, write)),
                _ if self.mutation == Some(Mutation::NoWriteCoherence) => None,
                _ => Some(self.co_index(event.loc, id)),
            }
        };
        accesses.iter().rev().find_map(place).unwrap_or(0)
    }

    /// *Atomicity*: rmw ∩ (fr ; co) = ∅.
    ///
    /// Whether a write at position `at` would come between a read-modify-write and the
    /// write that it reads from.
    pub(crate) fn would_split_update(&self, loc: LocId, at: usize) -> bool {
        let next = self.locations[loc].co.get(at);
        next.is_some_and(|&write| self.events[write].is_update_write())
            && self.mutation != Some(Mutation::NoAtomicity)
    }

    /// The axiom that the model has beyond coherence, after `last` was added or changed.
    ///
    /// Nothing is po-after `last`, so a cycle leaves it by co or fr, or by way of the read
    /// that a revisit lets read from it. At the end of coherence order there is neither.
    pub(crate) fn admits(&self, last: EventId) -> bool {
        let event = &self.events[last];
        let write = match event.role {
            Role::Read => event.rf,
            _ => Some(last),
        };
        if write.is_some_and(|write| self.is_newest(event.loc, write)) {
            return true;
        }
        match self.model {
            Model::Rc11 | Model::Cpp20 => self.psc_is_acyclic(last),
            Model::Sc => self.is_sequential_at(last),
            Model::ReleaseAcquire => true,
        }
    }

    /// *Sequential consistency*: po ∪ rf ∪ co ∪ fr is acyclic.
    ///
    /// The graph without `last` satisfies it, so a cycle must pass through `last`.
    fn is_sequential_at(&self, last: EventId) -> bool {
        if self.mutation == Some(Mutation::NoSequentialOrder) {
            return true;
        }
        let (mut reached, mut stack) = (self.marks.take(), self.spare.take());
        reached.clear();
        reached.resize(self.len(), false);
        stack.clear();
        stack.push(last);
        while let Some(id) = stack.pop() {
            self.for_each_successor(id, |next| {
                if !std::mem::replace(&mut reached[next], true) {
                    stack.push(next);
                }
            });
        }
        let sequential = !reached[last];
        self.marks.set(reached);
        self.spare.set(stack);
        sequential
    }

    /// Calls `visit` with the direct successors of an event by po, rf, co and fr.
    fn for_each_successor(&self, id: EventId, mut visit: impl FnMut(EventId)) {
        let event = &self.events[id];
        self.po_successors(id, &mut visit);
        match (event.role, event.rf) {
            (Role::Write, _) => self
                .readers(event.loc, id)
                .filter(|&read| !self.events[read].is_vain_turn())
                .for_each(&mut visit),
            (Role::Read, Some(write)) if !self.is_unordered(event) => self
                .co_successor(event.loc, write)
                .into_iter()
                .for_each(&mut visit),
            _ => {}
        }
        if event.role == Role::Write {
            self.co_successor(event.loc, id).into_iter().for_each(visit);
        }
    }

    /// A try in vain would have read something else, or not have been, in another order.
    fn is_unordered(&self, event: &Event) -> bool {
        event.is_vain_try() && self.mutation != Some(Mutation::OrderVainTries)
    }

    /// Program order, with the start and the end of threads.
    fn po_successors(&self, id: EventId, visit: &mut impl FnMut(EventId)) {
        let event = &self.events[id];
        match self.po_successor(id) {
            Some(next) => visit(next),
            None => self.joins_of(event.thread).for_each(&mut *visit),
        }
        if event.op == Op::Spawn {
            self.threads[event.arg]
                .events
                .first()
                .copied()
                .into_iter()
                .for_each(visit);
        }
    }

    fn joins_of(&self, thread: ThreadId) -> impl Iterator<Item = EventId> {
        let joins = move |event: &Event| event.op == Op::Join && event.arg == thread;
        self.events
            .iter()
            .enumerate()
            .filter(move |(_, event)| joins(event))
            .map(|(id, _)| id)
    }

    /// The reads that read from a write.
    pub(crate) fn readers(&self, loc: LocId, write: EventId) -> impl Iterator<Item = EventId> {
        let reads: &[EventId] = match self.read_by[write] {
            0 => &[],
            _ => &self.locations[loc].reads,
        };
        let reads = reads.iter().copied();
        reads.filter(move |&read| self.events[read].rf == Some(write))
    }

    /// The next write in coherence order.
    pub(crate) fn co_successor(&self, loc: LocId, write: EventId) -> Option<EventId> {
        self.locations[loc]
            .co
            .get(self.co_index(loc, write) + 1)
            .copied()
    }
}
