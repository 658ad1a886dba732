//! The cycle collector: finds the objects that only cycles keep alive, and ends them.
//!
//! # Source           CPython Python/gc_free_threading.c (3.13.5); PEP 703 "Garbage Collection (Cycle Collection)".
//! Differences: no generations and no list of objects, every collection walks the heap; scratch data is the collector's
//! own table, so that another stop of the world cannot disturb it (gh-125859); an object whose counts are zero is dead
//! and on its way, or waits for readers, and is passed over.
//!
//! # State            of an object, during one collection
//!
//! ```text
//!   candidate  shows references, and is alive     external = its references that no candidate owns
//!   reachable  external > 0, or shown by a reachable candidate
//!   garbage    neither; the collector holds one reference to it until it is cleared
//! ```
//!
//! # Transitions      (c) the thread that collects
//!
//! ```text
//!   stop -c: merge queues, fold tallies, end deferred leaves, free retired blocks, walk, clear weak references to garbage, hold it-> restart
//!        -c: callbacks of weak references that are not garbage, finalize-> [stop, spare, restart]
//!        -c: clear, let go-> done
//! ```
//!
//! # Invariants
//! 1. The references that candidates show are at most those that are counted.        invariant in `graph`
//! 2. Garbage is held before the world restarts, so nobody ends it meanwhile.        safepoint_gc_collects_a_cycle
//! 3. What other threads own alone is touched only while they are stopped.           safepoint_gc_frees_for_others
//! 4. No code runs while the world is stopped: the dead of the merge queues and of the leaves are ended after it.
//!
//! # Orderings        none of its own: the stop orders everything
//!
//! # Progress         Blocking: stops the world once, and once more if a finalizer ran.
//!
//! # Not covered      What the stacks of threads borrow without counting.
//!
//! # Checks           The scenarios named above, and `safepoint_one_thread_collects`.

mod defer;
mod graph;
mod look;

pub use defer::{defer_count, defer_counts, defer_for_owner, share_contended};
pub use look::{Left, blocks, freeze, frozen, left, objects, referents, referrers};

use std::collections::BTreeSet;
use std::ptr::NonNull;

use self::graph::Graph;
use super::header::{Header, Kind};
use super::life::{dealloc, decref, incref};
use super::local;
use super::value::Value;
use super::weakref::{self, Callback};
use crate::protocols::thread_state::ThreadState;
use crate::protocols::{deferred, qsbr};
use crate::sync::{event, seeded};

/// What becomes of garbage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is emptied, so that its cycles end.
    Cleared,
    /// It stays as it is: whoever was asked has taken a reference.
    Kept,
}

/// The turn of the one thread that collects.
#[derive(Debug)]
pub struct Turn<'a>(&'a ThreadState);

/// Runs `body` as the thread that collects; `None` when another one does, or when this one is at it already.
pub fn in_turn<R>(ts: &ThreadState, body: impl FnOnce(&Turn<'_>) -> R) -> Option<R> {
    let collection = &ts.runtime().collection;
    collection.begin().then(|| {
        let result = body(&Turn(ts));
        collection.end();
        result
    })
}

/// Ends every object that only cycles keep alive; gives their number, or `None` when another thread is collecting.
///
/// Runs finalizers; the caller is at a safepoint.
pub fn collect(ts: &ThreadState) -> Option<usize> {
    in_turn(ts, |turn| turn.collect(&mut |_| Fate::Cleared))
}

impl Turn<'_> {
    /// Ends every object that only cycles keep alive, unless `judge`, which is asked after the finalizers, spares it;
    /// gives the number of those that it was asked about.
    ///
    /// Runs finalizers; the caller is at a safepoint.
    pub fn collect(&self, judge: &mut dyn FnMut(Value) -> Fate) -> usize {
        event::operation("collect", || collect_alone(self.0, judge))
    }
}

fn collect_alone(ts: &ThreadState, judge: &mut dyn FnMut(Value) -> Fate) -> usize {
    let (mut garbage, callbacks) = hold_garbage(ts);
    if !callbacks.is_empty() {
        local::hooks(ts).weakref_callbacks(ts, callbacks);
    }
    if finalize_all(ts, &garbage) {
        garbage = spare_revived(ts, garbage);
    }
    let found = garbage.len();
    let mut ended = 0;
    for &object in &garbage {
        if judge(Value::object(object)) == Fate::Cleared {
            // SAFETY: the collector's reference keeps the object alive.
            unsafe { clear(ts, object) };
            ended += 1;
        }
    }
    let_go(ts, garbage);
    // They were made before the count began anew.
    let _ = ts.runtime().allocations.add(ended);
    found
}

/// Stops the world, takes a reference to every object that nobody outside the garbage can reach, and clears the weak
/// references to them; gives the callbacks of those that are not garbage themselves.
fn hold_garbage(ts: &ThreadState) -> (Vec<NonNull<Header>>, Vec<Callback>) {
    let world = ts.runtime().world();
    world.stop(Some(ts));
    let mut dead = merge_queues(ts);
    deferred::fold_all(ts.runtime());
    dead.extend(defer::end_leaves(ts));
    let late = seeded!("sg2-private-lists-after-restart");
    if !late {
        qsbr::process_all(ts);
    }
    let (garbage, reached) = Graph::of(walk(ts), 0).divide();
    let reset = !seeded!("ac3-reset-after-restart");
    let begin_anew = || {
        let _ = ts.carry();
        ts.runtime().allocations.reset(reached.len());
    };
    if reset {
        begin_anew();
    }
    let callbacks = clear_weak_references(ts, &garbage);
    hold(ts, &garbage);
    world.restart(Some(ts));
    if !reset {
        begin_anew();
    }
    if late {
        qsbr::process_all(ts);
    }
    for object in dead {
        // SAFETY: the merge found no reference left.
        unsafe { dealloc(ts, object) };
    }
    (garbage, callbacks)
}

/// Clears the weak references to garbage, so that no finalizer finds what another one has taken apart.
fn clear_weak_references(ts: &ThreadState, garbage: &[NonNull<Header>]) -> Vec<Callback> {
    let hooks = local::hooks(ts);
    let members: BTreeSet<_> = garbage.iter().copied().collect();
    let mut callbacks = Vec::new();
    for &object in garbage {
        if let Some(slot) = hooks.weak_slot(&Value::object(object)) {
            callbacks.extend(weakref::clear(ts, slot, |one| !members.contains(&one)));
        }
    }
    callbacks
}

fn hold(ts: &ThreadState, garbage: &[NonNull<Header>]) {
    let runtime = ts.runtime();
    for &object in garbage {
        // SAFETY: garbage is alive until it is let go.
        let count = unsafe { &object.as_ref().count };
        runtime.deferred.end(&runtime.parking.lot, count);
        incref(ts, Value::object(object));
    }
}

/// Merges all queues and gives the objects that this left without a reference.
fn merge_queues(ts: &ThreadState) -> Vec<NonNull<Header>> {
    let runtime = ts.runtime();
    let mut dead = Vec::new();
    let bury = &mut |count: NonNull<_>| dead.push(count.cast());
    runtime.merge_queues.drain_all(&runtime.parking.lot, bury);
    if seeded!("sg7-frozen-dead-forgotten") {
        // SAFETY: the blocks are there until the objects are ended.
        dead.retain(|object: &NonNull<Header>| !unsafe { object.as_ref() }.is_frozen());
    }
    dead
}

/// Every object block of the heap.
fn walk(ts: &ThreadState) -> Vec<NonNull<Header>> {
    let mut objects = Vec::new();
    // SAFETY: the world is stopped.
    unsafe {
        let runtime = ts.runtime();
        runtime.visit_objects(|block| objects.push(block.cast()));
    }
    objects
}

/// The kind of an object that the collector holds. By the count, which is looked at first, a model sees one that is gone.
fn kind_of(header: &Header) -> &Kind {
    let _ = header.count.number();
    header.kind()
}

/// Runs the finalizers that have not run yet, and says whether there was one.
fn finalize_all(ts: &ThreadState, garbage: &[NonNull<Header>]) -> bool {
    let mut any = false;
    for &object in garbage {
        // SAFETY: the collector's reference keeps the object alive.
        let header = unsafe { object.as_ref() };
        if kind_of(header).finalized && header.finalize_once() {
            local::hooks(ts).finalize(ts, Value::object(object));
            any = true;
        }
    }
    any
}

/// Lets go of what the finalizers made reachable again, and gives the rest.
fn spare_revived(ts: &ThreadState, garbage: Vec<NonNull<Header>>) -> Vec<NonNull<Header>> {
    let world = ts.runtime().world();
    world.stop(Some(ts));
    let dead = merge_queues(ts);
    let (garbage, revived) = Graph::of(garbage, 1).divide();
    world.restart(Some(ts));
    for object in dead {
        // SAFETY: the merge found no reference left.
        unsafe { dealloc(ts, object) };
    }
    let_go(ts, revived);
    garbage
}

/// # Safety
/// The object is alive.
unsafe fn clear(ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: the caller's clause.
    unsafe {
        if let Some(clear) = kind_of(object.as_ref()).clear {
            clear(ts, object);
        }
    }
}

/// Gives the collector's references back.
fn let_go(ts: &ThreadState, objects: Vec<NonNull<Header>>) {
    for object in objects {
        // SAFETY: the collector owns one reference to each.
        unsafe { decref(ts, Value::object(object)) };
    }
}

#[cfg(test)]
mod tests;
