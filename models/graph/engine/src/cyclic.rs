//! Executions with a cycle in po ∪ rf: what a graph would be if a read took its value from a
//! write that comes after it.
//!
//! Such a graph is never explored. It is only asked whether coherence and atomicity would admit
//! it, so that load buffering is told where it can be (`buffering`). The order of SC events is
//! not asked for, so rather too much is told than too little. That happens-before has no cycle
//! needs no question: the read does not happen before the write.
//!
//! # Invariants
//! 1. The graph has the ancestors of the write by po ∪ rf and nothing else: what comes
//!    later may be otherwise.
//! 2. Clocks are the least that satisfy the definitions; they are found by repetition,
//!    since there is no order in which each event comes after its ancestors.
//! 3. Tries in vain have no source: an execution is the same without them.

use crate::event::{Event, EventId, LocId, Mode, Outcome, Role};
use crate::graph::Graph;
use crate::restrict::Renaming;
use crate::search::Revisited;

/// A graph in which a read is to read from its last write, which comes after it.
pub(crate) struct Cyclic {
    graph: Graph,
    read: EventId,
    write: EventId,
}

impl Cyclic {
    /// The ancestors of the write, in which the read has no source yet, and the mode that it has
    /// with the value of the write.
    pub(crate) fn of(source: &Graph, read: EventId, write: EventId, mode: Mode) -> Cyclic {
        let mut graph = Graph::new(source.model, source.mutation);
        let ancestors = source.clocks[write].porf;
        let keep = |id: EventId| source.within(id, &ancestors);
        let unread = Revisited {
            read,
            outcome: source.events[read].outcome,
            mode,
        };
        let names = graph.select(source, &keep, unread);
        let (read, write) = (names.event(read), names.event(write));
        Cyclic { graph, read, write }
    }

    /// Whether the read may read from the write, if po ∪ rf may have cycles. `outcome` is how
    /// it goes on with that value.
    pub(crate) fn is_admitted(&mut self, outcome: Outcome) -> bool {
        if !self.let_read(outcome) {
            return false;
        }
        self.graph.settle_clocks();
        (0..self.graph.locations.len()).all(|loc| self.graph.is_coherent(loc))
    }

    /// Gives the read its source. False: there is no place for the write of an update.
    fn let_read(&mut self, outcome: Outcome) -> bool {
        let (read, write) = (self.read, self.write);
        let before = self.graph.events[read].outcome;
        if before == Outcome::Success {
            // An update that fails with the new value has not written what others have read.
            let missed = outcome != before && self.graph.is_update_seen(read);
            if missed || !self.graph.move_update(read, write) {
                return false;
            }
        }
        self.graph.set_rf(read, write);
        true
    }
}

impl Graph {
    /// Computes all clocks anew, as the least that satisfy the definitions.
    fn settle_clocks(&mut self) {
        self.clocks
            .iter_mut()
            .for_each(|clocks| *clocks = Default::default());
        let mut changed = true;
        while std::mem::take(&mut changed) {
            for id in 0..self.len() {
                let mut clocks = self.clocks_for(&self.events[id]);
                // A fence that is added is the last event; this one is not.
                clocks.fence = clocks.fence.map(|fence| fence.min(id));
                let before = std::mem::replace(&mut self.clocks[id], clocks);
                let now = &self.clocks[id];
                changed |= (before.hb, before.porf, before.pending, before.released)
                    != (now.hb, now.porf, now.pending, now.released);
            }
        }
    }

    /// *Coherence* and *atomicity* of all accesses of a location.
    fn is_coherent(&self, loc: LocId) -> bool {
        let accesses = self.locations[loc].by_thread.iter().flatten();
        accesses.copied().all(|id| {
            let event = &self.events[id];
            let mut seen = self.clocks[id].hb;
            seen.keep_first(event.thread, event.index);
            let floor = self.coherence_floor(loc, &seen);
            match (event.role, event.rf) {
                (Role::Read, Some(source)) => floor <= self.co_index(loc, source),
                (Role::Read, None) => true,
                _ => floor < self.co_index(loc, id) && self.follows_its_read(id),
            }
        })
    }

    fn follows_its_read(&self, write: EventId) -> bool {
        let event = &self.events[write];
        if !event.is_update_write() {
            return true;
        }
        let read = self.po_predecessor(event.thread, event.index);
        let source = read.and_then(|read| self.events[read].rf);
        source.is_none_or(|source| {
            self.co_index(event.loc, source) + 1 == self.co_index(event.loc, write)
        })
    }

    /// Moves the write of an update, and the updates that follow it, behind another write.
    /// False: that one is among them.
    fn move_update(&mut self, read: EventId, behind: EventId) -> bool {
        let loc = self.events[read].loc;
        let own = self.po_successor(read);
        let Some(own) = own.filter(|&own| self.events[own].is_update_write()) else {
            return true;
        };
        let co = &self.locations[loc].co;
        let first = self.co_index(loc, own);
        let next = |&id: &EventId| self.events[id].is_update_write() && self.reads_last(id);
        let len = 1 + co[first + 1..].iter().take_while(|id| next(id)).count();
        let moved = co[first..first + len].to_vec();
        if moved.contains(&behind) {
            return false;
        }
        let stay = co.iter().copied().filter(|id| !moved.contains(id));
        let mut order = Vec::with_capacity(co.len());
        for write in stay {
            order.push(write);
            if write == behind {
                order.extend(&moved);
            }
        }
        self.set_coherence(loc, order.into_iter());
        true
    }

    /// Whether an update's write follows the one before it in coherence order because it reads it.
    fn reads_last(&self, write: EventId) -> bool {
        let event = &self.events[write];
        let read = self.po_predecessor(event.thread, event.index);
        let source = read.and_then(|read| self.events[read].rf);
        let place = self.co_index(event.loc, write);
        source == Some(self.locations[event.loc].co[place - 1])
    }

    /// Whether somebody has read what an update wrote.
    fn is_update_seen(&self, read: EventId) -> bool {
        self.po_successor(read)
            .is_some_and(|own| self.readers(self.events[own].loc, own).next().is_some())
    }

    /// Makes this graph the part of `source` that `keep` selects, and nothing else.
    fn select(
        &mut self,
        source: &Graph,
        keep: &dyn Fn(EventId) -> bool,
        unread: Revisited,
    ) -> Renaming {
        self.clear();
        let without_tries = |event: &Event| Event {
            rf: event.rf.filter(|_| !event.is_vain_try()),
            ..*event
        };
        let events: Vec<Event> = source.events.iter().map(without_tries).collect();
        let names = Renaming::new(source.len());
        let names = self.rebuild(&events, keep, Some(unread), names);
        self.copy_coherence(source, &names);
        names
    }
}
