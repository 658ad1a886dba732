//! Retired blocks: unpublished, and freed once their goal is reached.
//!
//! A thread collects what it retires in an open batch; sealing the batch takes one goal for all of it. Batches are
//! freed in order. What an exiting thread cannot free yet is adopted by those who remain.
//!
//! # Source           CPython Objects/obmalloc.c `_PyMem_FreeDelayed`, `_PyMem_ProcessDelayed`, `_PyMem_AbandonDelayed`
//! (3.13.5). Differences: one goal a batch; whoever processes its own batches processes the orphans too (gh-130794).
//!
//! # Invariants
//! 1. A batch holds what was unpublished before its goal was taken.
//! 2. A block is in one batch, and a batch in one list.
//! 3. An orphan is freed by a thread that was ordered after its retirer by the lock of the orphans.

use std::collections::VecDeque;
use std::mem;
use std::ptr::NonNull;

use super::{Goal, Qsbr};
use crate::protocols::eval_breaker::Requests;
use crate::protocols::mutex::Mutex;
use crate::protocols::thread_state::ThreadState;
use crate::sync::atomic::AtomicUsize;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::cell::Cell;
use crate::sync::heap::Local;
use crate::sync::park::ParkingLot;
use crate::sync::{invariant, seeded};

/// Blocks with one goal.
#[derive(Debug)]
struct Batch {
    goal: Goal,
    blocks: Vec<NonNull<u8>>,
}

/// What one thread has retired; only its owner, or the requester of a stop, touches it.
#[derive(Debug)]
pub struct Retired(Cell<Lists>);

#[derive(Debug, Default)]
struct Lists {
    open: Vec<NonNull<u8>>,
    sealed: VecDeque<Batch>,
}

// SAFETY: a retired block belongs to its list alone.
unsafe impl Send for Lists {}
// SAFETY: as above.
unsafe impl Send for Batch {}

/// Batches of threads that are gone.
#[derive(Debug)]
pub struct Orphans {
    batches: Mutex<VecDeque<Batch>>,
    /// How many there are, to look at without the lock.
    count: AtomicUsize,
}

impl Batch {
    /// # Safety
    /// Nobody can reach the blocks, and `heap` is the caller's.
    unsafe fn free(self, heap: Local) {
        for block in self.blocks {
            // SAFETY: the caller's clause.
            unsafe { heap.free(block) };
        }
    }
}

impl Default for Retired {
    fn default() -> Self {
        Self::new()
    }
}

impl Retired {
    /// Nothing.
    #[must_use]
    pub fn new() -> Self {
        Self(Cell::new("retired blocks", Lists::default()))
    }

    /// How many blocks wait.
    #[must_use]
    pub fn len(&self) -> usize {
        self.with(|lists| {
            let sealed = lists.sealed.iter().map(|batch| batch.blocks.len());
            lists.open.len() + sealed.sum::<usize>()
        })
    }

    /// Whether no block waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn with<R>(&self, body: impl FnOnce(&mut Lists) -> R) -> R {
        // SAFETY: the owner's, as the type says, and no call is inside another.
        self.0.with_mut(|lists| body(unsafe { &mut *lists }))
    }

    /// Takes a goal for what was retired since the last time.
    fn seal(&self, qsbr: &Qsbr) {
        let blocks = self.with(|lists| mem::take(&mut lists.open));
        if !blocks.is_empty() {
            let goal = qsbr.advance();
            self.with(|lists| lists.sealed.push_back(Batch { goal, blocks }));
        }
    }

    fn pop_reached(&self, qsbr: &Qsbr) -> Option<Batch> {
        let goal = self.with(|lists| lists.sealed.front().map(|batch| batch.goal))?;
        if qsbr.poll(goal).is_reached() {
            self.with(|lists| lists.sealed.pop_front())
        } else {
            None
        }
    }
}

impl Orphans {
    pub(super) fn new() -> Self {
        Self {
            batches: Mutex::new("qsbr orphans", VecDeque::new()),
            count: AtomicUsize::new("qsbr orphan count", 0),
        }
    }

    /// How many batches wait; the answer may be old when it arrives.
    #[must_use]
    pub fn len(&self) -> usize {
        // ORDERING: Relaxed; a hint.
        self.count.load(Relaxed)
    }

    /// Whether no batch waits; the answer may be old when it arrives.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// # Safety
    /// There are no threads any more, and `heap` is the caller's.
    pub(super) unsafe fn free_all(&self, lot: &ParkingLot, heap: Local) {
        let batches = self.batches.with(lot, mem::take);
        for batch in batches {
            // SAFETY: the caller's clause.
            unsafe { batch.free(heap) };
        }
    }

    fn adopt(&self, lot: &ParkingLot, orphans: VecDeque<Batch>) {
        if !orphans.is_empty() {
            self.batches.with(lot, |batches| {
                batches.extend(orphans);
                // ORDERING: Relaxed; a hint, and exact under the lock.
                let _ = self.count.swap(batches.len(), Relaxed);
            });
        }
    }

    fn take_reached(&self, lot: &ParkingLot, qsbr: &Qsbr) -> VecDeque<Batch> {
        // A stale zero leaves the orphans to the next who looks.
        if self.is_empty() || seeded!("qs5-orphans-forgotten") {
            return VecDeque::new();
        }
        self.batches.with(lot, |batches| {
            let (reached, rest) = mem::take(batches)
                .into_iter()
                .partition(|batch| qsbr.poll(batch.goal).is_reached());
            *batches = rest;
            // ORDERING: Relaxed; a hint, and exact under the lock.
            let _ = self.count.swap(batches.len(), Relaxed);
            reached
        })
    }
}

/// Frees `block` once no reader can hold it any more.
///
/// # Safety
/// The block came from the runtime's heap, a reader that comes now cannot find it, and nobody else frees it.
pub unsafe fn retire(ts: &ThreadState, block: NonNull<u8>) {
    let batch = ts.runtime().qsbr.batch;
    let full = ts.retired.with(|lists| {
        lists.open.push(block);
        lists.open.len() >= batch
    });
    if full {
        ts.retired.seal(&ts.runtime().qsbr);
        ts.breaker().set(Requests::QSBR);
    }
}

/// Frees what the caller, who is attached, and the threads that are gone have retired, as far as its goals are reached.
pub fn process(ts: &ThreadState) {
    let runtime = ts.runtime();
    free_reached(ts, &ts.retired);
    let orphans = &runtime.qsbr.orphans;
    for batch in orphans.take_reached(&runtime.parking.lot, &runtime.qsbr) {
        // SAFETY: no reader holds what was unpublished for a goal that is reached.
        unsafe { batch.free(ts.local()) };
    }
}

/// Frees what all threads have retired. The caller has stopped the world and holds no pointer that it did not count,
/// so there is no reader left.
pub fn process_all(ts: &ThreadState) {
    let runtime = ts.runtime();
    runtime.qsbr.quiescent(&ts.qsbr);
    process(ts);
    runtime.registry.with(&runtime.parking.lot, |members| {
        let others = members.others(Some(ts));
        for other in others {
            invariant!(
                other.qsbr.has_slot(),
                "runtime 1",
                "a registered thread has no slot"
            );
            free_reached(ts, &other.retired);
        }
    });
}

fn free_reached(ts: &ThreadState, retired: &Retired) {
    let qsbr = &ts.runtime().qsbr;
    retired.seal(qsbr);
    // What was sealed for a stopped thread is later than the last quiescent state of the caller.
    if ts.stops_world() {
        qsbr.quiescent(&ts.qsbr);
    }
    while let Some(batch) = retired.pop_reached(qsbr) {
        // SAFETY: no reader holds what was unpublished for a goal that is reached.
        unsafe { batch.free(ts.local()) };
    }
}

/// Leaves what the caller, who exits, has retired to the threads that remain.
pub fn abandon(ts: &ThreadState) {
    process(ts);
    let left = ts.retired.with(|lists| mem::take(&mut lists.sealed));
    ts.runtime()
        .qsbr
        .orphans
        .adopt(&ts.runtime().parking.lot, left);
}
