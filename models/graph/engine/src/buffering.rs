//! Load buffering: where an execution that the models leave out begins.
//!
//! No read here takes its value from a write that comes after it in po ∪ rf. C++20 and some
//! machines allow that, unless happens-before orders the read before the write. A read and such
//! a write are told, since the verdict does not speak of the executions in which the one
//! reads the other, if
//!
//! 1. coherence and atomicity admit it (`cyclic`): of a lock's or a counter's updates, each of
//!    which reads the one before it, none can read a later one;
//! 2. it matters: the read would return another value than it does, or receive less than
//!    it does. Else all that follows follows without a cycle as well;
//! 3. the write does not need the read: if a compare-exchange fails with that value, nobody
//!    on the way to the write has read what it wrote.
//!
//! What else the program does with the value is not looked at, so a write that is there only
//! because of it is told as well.

use crate::clock::Clock;
use crate::config::Model;
use crate::cyclic::Cyclic;
use crate::event::{EventId, LocId, Role, ThreadId};
use crate::graph::Graph;
use crate::runner::Runner;

/// A read that could, as far as coherence goes, have read a write that comes after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Buffering {
    /// The read, with its thread and place.
    pub read: String,
    /// The write, with its thread and place.
    pub write: String,
}

impl Runner {
    /// The first such pair of the execution.
    pub(crate) fn buffering(&self) -> Option<Buffering> {
        let graph = self.graph();
        if !matches!(graph.model, Model::Rc11 | Model::Cpp20) {
            return None;
        }
        let mut locations = 0..graph.locations.len();
        let (read, write) = locations.find_map(|loc| self.buffered(loc))?;
        let trace = self.trace();
        Some(Buffering {
            read: trace.describe(read),
            write: trace.describe(write),
        })
    }

    fn buffered(&self, loc: LocId) -> Option<(EventId, EventId)> {
        let location = &self.graph().locations[loc];
        let writes = location.co.iter().skip(1);
        writes.copied().find_map(|write| {
            let threads = location.by_thread.iter().enumerate();
            let received = threads.flat_map(|(thread, own)| self.only_received(own, thread, write));
            let reads = received.filter(|&&read| self.could_read(read, write));
            Some((reads.min().copied()?, write))
        })
    }

    /// Of a thread's accesses those before the write by po ∪ rf, and not by happens-before.
    fn only_received<'a>(
        &self,
        accesses: &'a [EventId],
        thread: ThreadId,
        write: EventId,
    ) -> &'a [EventId] {
        let (graph, clocks) = (self.graph(), &self.graph().clocks[write]);
        let place = |clock: &Clock| {
            accesses.partition_point(|&id| graph.events[id].index < clock.count(thread))
        };
        let (start, end) = (place(&clocks.hb), place(&clocks.porf));
        accesses.get(start..end).unwrap_or_default()
    }

    fn could_read(&self, read: EventId, write: EventId) -> bool {
        let graph = self.graph();
        let event = &graph.events[read];
        if event.role != Role::Read || event.is_vain_try() || event.is_plain() {
            return false;
        }
        !graph.has_overwritten(read, write) && self.matters(read, write) && {
            let value = self.values.written(write);
            let asked = self.values.request(read);
            let outcome = asked.map_or(event.outcome, |asked| asked.outcome(value));
            let mode = asked.map_or(event.mode, |asked| asked.mode_after(outcome));
            Cyclic::of(graph, read, write, mode).is_admitted(outcome)
        }
    }

    /// Whether the read would return another value, or receive less: else whatever follows
    /// can follow as it is.
    fn matters(&self, read: EventId, write: EventId) -> bool {
        let graph = self.graph();
        let Some(source) = graph.events[read].rf else {
            return true;
        };
        let released = |write: EventId| graph.clocks[write].released;
        self.values.written(source) != self.values.written(write)
            || !released(write).covers(&released(source))
    }
}

impl Graph {
    /// *Coherence*, asked first since it is asked most: whether the thread of the read has
    /// after it a write that is older than `write`.
    fn has_overwritten(&self, read: EventId, write: EventId) -> bool {
        let event = &self.events[read];
        let own = &self.locations[event.loc].by_thread[event.thread];
        let later = own[own.partition_point(|&id| id <= read)..].iter().copied();
        let newest = self.co_index(event.loc, write);
        let written = later.filter(|&id| self.events[id].role == Role::Write);
        let mut written = written.skip(usize::from(event.is_exclusive_read()));
        written.any(|id| {
            self.co_index(event.loc, id) < newest && self.within(id, &self.clocks[write].porf)
        })
    }
}
