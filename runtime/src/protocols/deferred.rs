//! Deferred reference counts: an object that many threads use is counted by each of them for itself, so that nobody
//! writes a word that others read, and only a collection finds it dead.
//!
//! # Source           CPython 3.14 Objects/object.c `PyUnstable_Object_EnableDeferredRefcount`, Python/uniqueid.c
//! `_PyObject_AssignUniqueId`, `_PyObject_MergePerThreadRefcounts`, Python/gc_free_threading.c
//! `disable_deferred_refcounting`; PEP 703 "Deferred Reference Counting".
//! Differences: there, references on a thread's stack are not counted, and the collector looks for them; here every
//! reference is counted, by the thread that takes it, so that nothing can be hidden from the collector (gh-118926).
//! The number of an object lies in the word of its owner, whom it has none of.
//!
//! # State
//!
//! ```text
//!   owner of the count:   31: 1 | 30 .. 0 number        local: 0     shared: merged, the bias and what was folded
//!   table, under a lock:  number -> the object's count, or free
//!   tally of a thread:    number -> references that it took, less those that it gave back; may be negative
//!   references = shared - bias + the sum of the tallies, while the world is stopped
//! ```
//!
//! # Transitions
//!
//! ```text
//!   (o) owner   (x) any thread with a reference   (g) collector, world stopped
//!   owned -o: merge-> merged -x: raise by the bias, enter into the table, publish the number-> deferred
//!   tallies -o: exit, -g-> folded into the shared word        deferred -g: fold all, end-> merged
//! ```
//!
//! # Invariants
//! 1. While an object is deferred nobody finds it dead: the bias keeps its shared count up.
//!    refcount_deferred_is_not_found_dead
//! 2. Only an object that nobody owns becomes deferred: the owner's count is merged before.
//!    refcount_deferred_by_owner_only
//! 3. The collector counts every reference: it folds the tallies of all threads, wherever these are, and a thread that
//!    leaves folds its own.  safepoint_deferred_ends_in_a_collection, safepoint_deferred_outlives_its_threads
//! 4. An object has one number, whoever defers it first, which is given out again after every tally was folded.
//!    refcount_deferred_once
//!
//! # Orderings        none of its own. A thread that reads an old owner counts in the shared word, which counts as well.
//! Tallies are read by others in a stop, which orders them; the table lies under a lock.
//!
//! # Field access     `tally`: its thread, or the collector while the world is stopped.
//!
//! # Progress         Counting is wait-free. Deferring and leaving block for the time of one entry; leaf lock.
//!
//! # Not covered      2^40 references counted as shared. Objects that are deferred for ever because nobody collects.
//!
//! # Checks           The scenarios named above.

use std::ptr::NonNull;

use super::mutex::Mutex;
use super::refcount::{Number, RefCount, ThreadId};
use super::runtime::Runtime;
use super::thread_state::ThreadState;
use crate::sync::park::ParkingLot;
use crate::sync::{cell, seeded};

/// What one thread has counted of deferred objects, by their numbers.
#[derive(Debug)]
pub struct Tally(cell::Cell<Vec<i64>>);

impl Default for Tally {
    fn default() -> Self {
        Self::new()
    }
}

impl Tally {
    /// Nothing was counted.
    #[must_use]
    pub fn new() -> Self {
        Self(cell::Cell::new("tally", Vec::new()))
    }

    /// Counts so many references more.
    #[inline]
    pub fn add(&self, number: Number, change: i64) {
        // SAFETY: the calling thread is the tally's, and no other uses it but in a stop.
        self.0.with_mut(
            |counts| match unsafe { &mut *counts }.get_mut(number.index()) {
                Some(count) => *count += change,
                // SAFETY: as above.
                None => start(unsafe { &mut *counts }, number, change),
            },
        );
    }

    /// Takes everything out.
    fn take(&self) -> Vec<i64> {
        // SAFETY: the caller is the tally's thread, or has stopped the world.
        self.0
            .with_mut(|counts| std::mem::take(unsafe { &mut *counts }))
    }
}

#[cold]
fn start(counts: &mut Vec<i64>, number: Number, change: i64) {
    counts.resize(number.index() + 1, 0);
    counts[number.index()] = change;
}

/// The deferred objects of a runtime, by number.
#[derive(Debug)]
pub struct Deferred(Mutex<Table>);

#[derive(Debug, Default)]
struct Table {
    entries: Vec<Option<NonNull<RefCount>>>,
    free: Vec<usize>,
}

// SAFETY: any thread may use a count.
unsafe impl Send for Table {}

impl Table {
    fn enter(&mut self, count: NonNull<RefCount>) -> Option<Number> {
        let index = self.free.pop().unwrap_or(self.entries.len());
        let number = Number::new(index)?;
        if index == self.entries.len() {
            self.entries.push(None);
        }
        self.entries[index] = Some(count);
        Some(number)
    }

    fn leave(&mut self, number: Number) {
        self.entries[number.index()] = None;
        self.free.push(number.index());
    }

    fn fold(&self, counts: Vec<i64>) {
        let counted = self.entries.iter().zip(counts);
        for (entry, count) in counted.filter(|(_, count)| *count != 0) {
            if let Some(entry) = entry {
                // SAFETY: a deferred object is freed after it has left the table.
                unsafe { entry.as_ref() }.fold(count);
            }
        }
    }
}

impl Default for Deferred {
    fn default() -> Self {
        Self::new()
    }
}

impl Deferred {
    /// No object is deferred.
    #[must_use]
    pub fn new() -> Self {
        Self(Mutex::new("deferred", Table::default()))
    }

    /// Defers the count of an object that `me` owns or nobody does; says whether it is deferred now.
    ///
    /// # Safety
    /// The caller has a reference, or has stopped the world; `me` is its number, or in a stop that of the object's
    /// owner. The object's block is not freed before
    /// [`Self::end`].
    pub unsafe fn defer(&self, lot: &ParkingLot, me: ThreadId, count: NonNull<RefCount>) -> bool {
        // SAFETY: the caller's clause.
        let object = unsafe { count.as_ref() };
        if !object.begin_deferral(me) {
            return object.number().is_some();
        }
        let number = self.0.with(lot, |table| table.enter(count));
        match number {
            Some(number) if object.publish_number(number) => true,
            Some(number) => {
                self.0.with(lot, |table| table.leave(number));
                object.abandon_deferral();
                true
            }
            None => {
                object.abandon_deferral();
                false
            }
        }
    }

    /// The counts of all deferred objects.
    pub fn counts(&self, lot: &ParkingLot) -> Vec<NonNull<RefCount>> {
        self.0.with(lot, |table| {
            table.entries.iter().flatten().copied().collect()
        })
    }

    /// Ends the deferral of an object that is garbage: it is counted like others from here on. The caller has stopped
    /// the world and folded all tallies.
    pub fn end(&self, lot: &ParkingLot, count: &RefCount) {
        if let Some(number) = count.end_deferral() {
            self.0.with(lot, |table| table.leave(number));
        }
    }

    /// Folds what a thread has counted into the counts of the objects. The caller is the thread, or has stopped it.
    pub fn fold(&self, lot: &ParkingLot, tally: &Tally) {
        self.fold_counts(lot, tally.take());
    }

    /// As [`Self::fold`]; who has counted nothing takes no lock.
    fn fold_counts(&self, lot: &ParkingLot, counts: Vec<i64>) {
        if !counts.is_empty() {
            self.0.with(lot, |table| table.fold(counts));
        }
    }
}

/// Folds what all threads have counted. The caller has stopped the world.
pub fn fold_all(runtime: &Runtime) {
    let lot = &runtime.parking.lot;
    // A thread that is outside may be deleted meanwhile, so its tally is looked at under the lock of the registry only.
    let tallies: Vec<Vec<i64>> = runtime.registry.with(lot, |members| {
        members
            .others(None)
            .filter(|ts| ts.stops_world() || !seeded!("sg10-own-tally-only"))
            .map(|ts| ts.tally().take())
            .collect()
    });
    for counts in tallies {
        runtime.deferred.fold_counts(lot, counts);
    }
}

impl ThreadState {
    /// Folds what this thread has counted; it counts nothing from here on.
    pub(super) fn leave_tally(&self) {
        if seeded!("deferred-tally-forgotten") {
            return;
        }
        let runtime = self.runtime();
        runtime.deferred.fold(&runtime.parking.lot, self.tally());
    }
}
