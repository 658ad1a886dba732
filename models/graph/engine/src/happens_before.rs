//! Happens-before: what each event receives from others, as clocks.
//!
//! hb = (po ∪ sw)⁺ with sw as in RC11 (Lahav et al., PLDI 2017, section 3.3) and the
//! release sequences of C++20, which only read-modify-writes continue:
//!
//! ```text
//! rs = [W, at least rlx] ; (rf ; rmw)*
//! sw = [at least rel] ; ([F] ; po)? ; rs ; rf ; [R, at least rlx] ; (po ; [F])? ; [at least acq]
//! ```
//!
//! A write carries what it releases; a read hands it on at once if it acquires, and to
//! later acquire fences of its thread otherwise. That is the whole definition, read
//! forwards. Starting and joining a thread are edges of program order.

use crate::clock::Clock;
use crate::config::{Model, Mutation};
use crate::event::{Event, EventId, Op, Role};
use crate::graph::{Clocks, Graph};

impl Graph {
    /// The clocks of an event that comes last in its thread.
    pub(crate) fn clocks_for(&self, event: &Event) -> Clocks {
        let before = self.po_predecessor(event.thread, event.index);
        let mut clocks = before.map_or_else(Clocks::default, |id| self.clocks[id]);
        if event.index == 0 {
            // A release fence orders later writes of its own thread only.
            clocks.fence = None;
            clocks.pending = Clock::default();
        }
        match event.op {
            Op::Join => self.receive_join(event, &mut clocks),
            Op::Fence => self.receive_fence(event, &mut clocks),
            _ if event.role == Role::Read => self.receive_read(event, &mut clocks),
            _ => {}
        }
        clocks.hb.include(event.thread, event.index);
        clocks.porf.include(event.thread, event.index);
        clocks.released = self.released(event, before, &clocks);
        if event.op == Op::Fence && self.releases(event) {
            clocks.fence = Some(self.len());
        }
        clocks
    }

    fn receive_join(&self, event: &Event, clocks: &mut Clocks) {
        let child = self.thread_clocks(event.arg);
        clocks.hb.join(&child.hb);
        clocks.porf.join(&child.porf);
        // The end of the child is no event, but has a place after its last one: what the
        // child's last event is sequenced before may be nothing else (`psc`).
        clocks.hb.include(event.arg, self.next_index(event.arg));
    }

    /// `po ; [F]` at the acquiring end of sw.
    fn receive_fence(&self, event: &Event, clocks: &mut Clocks) {
        if self.acquires(event) && self.mutation != Some(Mutation::NoAcquireFence) {
            clocks.hb.join(&clocks.pending);
        }
    }

    /// `rs ; rf ; [R]` at the acquiring end of sw.
    fn receive_read(&self, event: &Event, clocks: &mut Clocks) {
        let Some(write) = event.rf.filter(|_| !event.is_vain_turn()) else {
            return;
        };
        clocks.porf.join(&self.clocks[write].porf);
        if !event.mode.is_atomic() {
            return;
        }
        clocks.pending.join(&self.clocks[write].released);
        if self.acquires(event) {
            clocks.hb.join(&self.clocks[write].released);
        }
    }

    /// `[at least rel] ; ([F] ; po)? ; rs` ending in this write.
    fn released(&self, event: &Event, before: Option<EventId>, clocks: &Clocks) -> Clock {
        let mut released = Clock::default();
        if event.role != Role::Write || !event.mode.is_atomic() {
            return released;
        }
        if self.releases(event) {
            released = clocks.hb;
        } else if let Some(fence) = clocks.fence {
            released = self.clocks[fence].hb;
        }
        if event.is_update_write() && self.mutation != Some(Mutation::NoReleaseSequence) {
            let source = before.and_then(|read| self.events[read].rf);
            source.inspect(|&write| released.join(&self.clocks[write].released));
        }
        released
    }

    /// The last event of each other thread that happens before this event and not
    /// before the one that precedes it in its thread.
    pub(crate) fn received_from(&self, id: EventId) -> Vec<EventId> {
        let event = &self.events[id];
        let before = self.po_predecessor(event.thread, event.index);
        let known = before.map_or_else(Clock::default, |id| self.clocks[id].hb);
        let hb = &self.clocks[id].hb;
        let news =
            |&thread: &usize| thread != event.thread && hb.count(thread) > known.count(thread);
        let last = |thread: usize| {
            let events = &self.threads[thread].events;
            events[..hb.count(thread).min(events.len())].last().copied()
        };
        (0..self.threads.len())
            .filter(news)
            .filter_map(last)
            .collect()
    }

    /// Whether the event acquires. Only RC11 and C++20 look at the mode: the other models
    /// make every atomic access acquire and release.
    fn acquires(&self, event: &Event) -> bool {
        match self.model {
            Model::Rc11 | Model::Cpp20 => event.mode.acquires(),
            Model::ReleaseAcquire | Model::Sc => event.mode.is_atomic(),
        }
    }

    fn releases(&self, event: &Event) -> bool {
        match self.model {
            Model::Rc11 | Model::Cpp20 => event.mode.releases(),
            Model::ReleaseAcquire | Model::Sc => event.mode.is_atomic(),
        }
    }
}
