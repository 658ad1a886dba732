//! Load buffering: where an execution that the models leave out begins.
//!
//! No read here takes its value from a write that comes after it in po ∪ rf. C++20 and some
//! machines allow that, unless happens-before orders the read before the write. So a read with
//! such a write after it, unordered, is told: the verdict does not speak of the executions in
//! which it reads that write.

use crate::clock::Clock;
use crate::config::Model;
use crate::event::{EventId, LocId, Role, ThreadId};
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
        let before = graph.po_predecessor(event.thread, event.index);
        let seen = before.map(|id| graph.clocks[id].hb).unwrap_or_default();
        graph.coherence_floor(event.loc, &seen) <= graph.co_index(event.loc, write)
    }
}
