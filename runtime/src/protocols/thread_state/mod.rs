//! The thread state: everything that the protocols keep for one thread, and its way in and out of the objects.
//!
//! # Source           CPython Include/cpython/pystate.h `PyThreadState`, Python/pystate.c `_PyThreadState_Attach`,
//! `detach_thread`, `_PyThreadState_Suspend` (3.13.5).
//! Differences: passed as an argument, never looked up; the attach state is described in `word.rs`.
//!
//! # State
//!
//! ```text
//!   the attach state, in `word.rs`
//! ```
//!
//! # Transitions
//!
//! ```text
//!   created -> bound to its OS thread -> attached <-> detached ... -> exited -> deleted
//! ```
//!
//! # Invariants
//! 1. What is marked (o) below is touched by the bound thread only, or by the requester of a stop.
//! 2. A thread is attached to QSBR exactly while it is attached, and holds critical sections open only then.
//! 3. A thread state is freed after it left the registry, and only when it is outside.
//!
//! # Orderings        none of its own
//!
//! # Field access
//! | field          | read                                | written                                       |
//! |----------------|-------------------------------------|-----------------------------------------------|
//! | `id`,`runtime` | any thread                          | before the state is published                 |
//! | `local`        | (o)                                 | (o), when bound                               |
//! | `tally`        | (o)                                 | (o)                                           |
//! | `extension`    | (o)                                 | the layer of the objects                      |
//! | `stops`        | (o)                                 | (o)                                           |
//! | `sections`     | (o)                                 | (o)                                           |
//! | `allocations`  | (o)                                 | (o)                                           |
//! | the others     | protocols of their own              | protocols of their own                        |
//!
//! # Progress         `attach` blocks while the world is stopped or a suspended section's lock is held elsewhere.
//!
//! # Not covered      Threads that the interpreter did not create.
//!
//! # Checks           `safepoint_*`.

mod registry;
mod word;

use std::cell;
use std::ptr::NonNull;

pub use registry::{Members, Registry};
pub use word::{Asked, AttachState, Detached};

use super::allocations::LocalCount;
use super::critical_section::{self, Sections};
use super::deferred::Tally;
use super::eval_breaker::{EvalBreaker, Requests};
use super::merge_queue::Owner;
use super::qsbr::{Participant, Retired};
use super::refcount::{Counter, Number, ThreadId};
use super::runtime::Runtime;
use crate::sync::heap::Local;
use crate::sync::{event, seeded};

/// One thread's half of the protocols. It begins a pair of cache lines, so that no neighbour in the heap shares one that
/// this thread writes at every safepoint.
#[derive(Debug)]
#[repr(align(128))]
pub struct ThreadState {
    id: ThreadId,
    runtime: NonNull<Runtime>,
    state: AttachState,
    breaker: EvalBreaker,
    pub(super) qsbr: Participant,
    pub(super) retired: Retired,
    pub(super) sections: Sections,
    tally: Tally,
    pub(super) allocations: LocalCount,
    local: cell::Cell<Option<Local>>,
    extension: cell::Cell<Option<NonNull<()>>>,
    /// How many of its stops, one within the other, this thread has not ended.
    stops: cell::Cell<u32>,
}

// SAFETY: by Invariant 1 the fields without a protocol of their own stay with the bound thread.
unsafe impl Send for ThreadState {}
// SAFETY: as above.
unsafe impl Sync for ThreadState {}

impl ThreadState {
    pub(super) fn new(id: ThreadId, runtime: NonNull<Runtime>, batch: i32) -> Self {
        Self {
            id,
            runtime,
            state: AttachState::new(),
            breaker: EvalBreaker::new(),
            qsbr: Participant::new(),
            retired: Retired::new(),
            sections: Sections::new(),
            tally: Tally::new(),
            allocations: LocalCount::new(batch),
            local: cell::Cell::new(None),
            extension: cell::Cell::new(None),
            stops: cell::Cell::new(0),
        }
    }

    /// The thread's number, which no other thread of the runtime had or will have.
    #[inline]
    #[must_use]
    pub fn id(&self) -> ThreadId {
        self.id
    }

    /// The runtime.
    #[inline]
    #[must_use]
    pub fn runtime(&self) -> &Runtime {
        // SAFETY: the runtime outlives its thread states, by the clause of `Runtime::create_thread`.
        unsafe { self.runtime.as_ref() }
    }

    /// The thread's half of the heap.
    ///
    /// # Panics
    /// When the thread state was not bound.
    #[inline]
    #[must_use]
    pub fn local(&self) -> Local {
        self.local.get().expect("the thread state is bound")
    }

    /// What the layers above keep for this thread; the protocols never look behind it.
    #[inline]
    #[must_use]
    pub fn extension(&self) -> Option<NonNull<()>> {
        self.extension.get()
    }

    /// Sets what [`Self::extension`] gives; whoever does so says what it points to, and keeps it alive.
    pub fn set_extension(&self, extension: Option<NonNull<()>>) {
        self.extension.set(extension);
    }

    /// What the thread has counted of deferred objects.
    #[inline]
    pub(super) fn tally(&self) -> &Tally {
        &self.tally
    }

    /// The attach state.
    #[must_use]
    pub fn state(&self) -> &AttachState {
        &self.state
    }

    /// The requests to this thread.
    #[inline]
    #[must_use]
    pub fn breaker(&self) -> &EvalBreaker {
        &self.breaker
    }

    /// The thread's half of QSBR.
    #[must_use]
    pub fn participant(&self) -> &Participant {
        &self.qsbr
    }

    /// Whether blocks that this thread has retired still wait; for the thread itself.
    #[must_use]
    pub fn retires(&self) -> bool {
        !self.retired.is_empty()
    }

    /// Whether this thread has stopped all others.
    #[inline]
    #[must_use]
    pub fn stops_world(&self) -> bool {
        self.stops.get() > 0
    }

    /// Notes one more stop, within those that there are.
    pub(super) fn deepen_stop(&self) {
        self.stops.set(self.stops.get() + 1);
    }

    /// Notes the end of the innermost stop; says whether another one goes on.
    pub(super) fn leave_inner_stop(&self) -> bool {
        let left = self.stops.get() - 1;
        self.stops.set(left);
        left > 0
    }

    /// Makes this the state of the calling OS thread, for good; comes before everything else that the thread does.
    pub fn bind(&self) {
        let runtime = self.runtime();
        self.local.set(Some(runtime.heap.local()));
        runtime.merge_queues.register(
            &runtime.parking.lot,
            self.id,
            MergeRequest(NonNull::from(&self.breaker)),
        );
    }

    /// Goes on in the calling OS thread; the one that ran this state before has handed it over for good.
    pub fn move_here(&self) {
        self.local.set(Some(self.runtime().heap.local()));
    }

    /// Goes inside: from here on the thread may use objects.
    ///
    /// Sleeps while the world is stopped, and so for ever when the interpreter ends.
    pub fn attach(&self) {
        event::operation("attach", || {
            let runtime = self.runtime();
            self.state.attach(&runtime.parking.lot);
            runtime.qsbr.attach(&self.qsbr);
            critical_section::resume(self);
        });
    }

    /// Goes outside: the world may stop, and blocks may be reclaimed, without this thread.
    pub fn detach(&self) {
        event::operation("detach", || {
            critical_section::suspend_all(self);
            self.qsbr.detach();
            if self.state.detach() == Detached::Asked {
                self.stop_here();
            }
        });
    }

    /// Runs `body`, which may block, outside.
    pub fn detached<R>(&self, body: impl FnOnce() -> R) -> R {
        self.detach();
        let result = body();
        self.attach();
        result
    }

    /// Suspends this thread, which was asked to stop, and counts it as stopped.
    fn stop_here(&self) {
        let runtime = self.runtime();
        if seeded!("m10-count-before-suspension") {
            runtime.stop.arrive(&runtime.parking.lot);
            return self.state.suspend();
        }
        self.state.suspend();
        runtime.stop.arrive(&runtime.parking.lot);
    }

    pub(super) fn ask_to_stop(&self) -> Asked {
        if seeded!("eb2-bit-before-request") {
            self.breaker.set(Requests::STOP);
            return self.state.ask();
        }
        let asked = self.state.ask();
        if asked == Asked::WillCount {
            self.breaker.set(Requests::STOP);
        }
        asked
    }
}

impl Counter for &ThreadState {
    #[inline]
    fn id(self) -> ThreadId {
        self.id
    }

    #[inline]
    fn count(self, number: Number, change: i64) {
        self.tally.add(number, change);
    }
}

/// How the merge queues reach the owner of a queue.
#[derive(Debug)]
pub struct MergeRequest(NonNull<EvalBreaker>);

// SAFETY: the word is an atomic, and its thread state leaves the merge queues before it is freed.
unsafe impl Send for MergeRequest {}

impl Owner for MergeRequest {
    fn request_merge(&self) {
        // SAFETY: as above.
        unsafe { self.0.as_ref() }.set(Requests::MERGE);
    }
}
