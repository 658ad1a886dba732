//! The accesses of a location: coherence order, and what each thread has done in program order.
//!
//! # Invariants
//! 1. The i-th write of a coherence order has place i.
//! 2. Of each event it is known how many reads read from it.
//! 3. A thread's accesses of a location are in program order.

use crate::event::{Event, EventId, LocId, ThreadId};
use crate::graph::{Graph, Location};
use crate::restrict::before;

/// So many accesses by a thread cost one allocation, which is kept for other graphs.
const ROOM: usize = 32;

impl Location {
    fn push_access(&mut self, thread: ThreadId, id: EventId) {
        if self.by_thread.len() <= thread {
            self.by_thread.resize_with(thread + 1, Vec::new);
        }
        let accesses = &mut self.by_thread[thread];
        if accesses.capacity() == 0 {
            accesses.reserve(ROOM);
        }
        accesses.push(id);
    }

    /// Copies the accesses that are among the first `len` events.
    pub(crate) fn copy_accesses(&mut self, source: &[Vec<EventId>], len: usize) {
        self.by_thread.iter_mut().for_each(Vec::clear);
        if self.by_thread.len() < source.len() {
            self.by_thread.resize_with(source.len(), Vec::new);
        }
        for (own, accesses) in self.by_thread.iter_mut().zip(source) {
            let kept = before(accesses, len);
            if own.capacity() == 0 && !kept.is_empty() {
                own.reserve(kept.len().max(ROOM));
            }
            own.extend_from_slice(kept);
        }
    }
}

impl Graph {
    pub(crate) fn push_read(&mut self, id: EventId, event: &Event) {
        let location = &mut self.locations[event.loc];
        location.reads.push(id);
        location.push_access(event.thread, id);
        if let Some(write) = event.rf {
            self.read_by[write] += 1;
        }
    }

    pub(crate) fn insert_write(&mut self, id: EventId, event: &Event, at: usize) {
        let location = &mut self.locations[event.loc];
        location.co.insert(at, id);
        location.push_access(event.thread, id);
        for (place, &write) in location.co.iter().enumerate().skip(at) {
            self.places[write] = place;
        }
    }

    /// Gives a location its coherence order.
    pub(crate) fn set_coherence(&mut self, loc: LocId, order: impl Iterator<Item = EventId>) {
        let co = &mut self.locations[loc].co;
        co.clear();
        co.extend(order);
        for (place, &write) in co.iter().enumerate() {
            self.places[write] = place;
        }
    }

    /// Takes a write out of coherence order; a read that was revisited may have read it.
    pub(crate) fn remove_write(&mut self, id: EventId, event: &Event) {
        let location = &mut self.locations[event.loc];
        let at = self.places[id];
        location.co.remove(at);
        location.by_thread[event.thread].pop();
        for (place, &write) in location.co.iter().enumerate().skip(at) {
            self.places[write] = place;
        }
        if self.read_by[id] == 0 {
            return;
        }
        for &read in &location.reads {
            let rf = &mut self.events[read].rf;
            *rf = rf.filter(|&write| write != id);
        }
    }

    pub(crate) fn remove_read(&mut self, event: &Event) {
        let location = &mut self.locations[event.loc];
        location.reads.pop();
        location.by_thread[event.thread].pop();
        if let Some(write) = event.rf {
            self.read_by[write] -= 1;
        }
    }
}
