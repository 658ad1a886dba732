//! Critical sections: the object locks that a thread holds, in a stack that opens when the thread detaches.
//!
//! # Source           CPython Python/critical_section.c, Include/internal/pycore_critical_section.h (3.13.5, and 3.14
//! for the recursion on the same lock); PEP 703 "Python Critical Sections".
//! Differences: the stack is a vector of the thread state, not a list through the native stack; while the world is
//! stopped a section takes no lock at all, because a suspended thread may hold it (gh-144513).
//!
//! # State
//!
//! ```text
//!   of a section:  closed     its locks are held
//!                  suspended  its locks were given up when the thread detached
//!   bottom of the stack: suspended ... suspended closed ... closed :top
//! ```
//!
//! # Transitions
//!
//! ```text
//!   (o) the thread, the only one that sees its stack
//!   absent -o: enter-> closed -o: detach-> suspended -o: attach or leave above, when on top-> closed -o: leave-> absent
//! ```
//!
//! # Invariants
//! 1. While the thread is attached, and not about to lock, the top section is closed.  safepoint_section_resumes
//! 2. A thread that sleeps for a lock holds no lock of a section, but for the first lock of the pair whose second it
//!    waits for; pairs are locked in one order, so sections cannot deadlock.            safepoint_pairs_do_not_deadlock
//! 3. A section that begins while its thread has stopped the world takes no lock.      safepoint_section_in_a_stop
//! 4. A section inside another one of the same lock leaves that one closed.             safepoint_section_within_itself
//! 5. What a brief section runs neither waits nor detaches: whoever waits for its lock waits for a thread that runs.
//!    When it must wait itself, it is a section like any other.                         safepoint_brief_sections,
//!    safepoint_brief_pair
//!
//! # Orderings        none of its own: the object locks order what they protect
//!
//! # Progress         Blocking; entering and leaving may detach, and so pass a safepoint. A body must expect that
//! every call which may detach has let other threads in.
//!
//! # Not covered      A body that panics leaves its section closed.
//!
//! # Checks           The scenarios named above.

use std::cmp::Ordering;
use std::mem;
use std::ptr;

use super::object_lock::ObjectLock;
use super::thread_state::ThreadState;
use crate::sync::{cell, order, seeded};

/// One section's locks; null is none.
#[derive(Clone, Copy, Debug)]
struct Locks {
    first: *const ObjectLock,
    second: *const ObjectLock,
}

/// One section.
#[derive(Clone, Copy, Debug)]
struct Section {
    locks: Locks,
    suspended: bool,
}

/// The stack of one thread; only its owner touches it.
#[derive(Debug)]
pub struct Sections(cell::Cell<Stack>);

#[derive(Debug, Default)]
struct Stack {
    sections: Vec<Section>,
    /// How often a section was suspended.
    openings: u64,
}

// SAFETY: the locks are shared data, and the stack is its owner's.
unsafe impl Send for Section {}

/// What [`enter`] did, for [`leave`].
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct Entered(bool);

impl Locks {
    const NONE: Self = Self {
        first: ptr::null(),
        second: ptr::null(),
    };

    fn one(lock: &ObjectLock) -> Self {
        Self {
            first: lock,
            second: ptr::null(),
        }
    }

    /// Two locks in the order of all pairs; the same lock twice counts once.
    fn two(a: &ObjectLock, b: &ObjectLock) -> Self {
        let (first, second): (*const ObjectLock, *const ObjectLock) = match order(a, b) {
            Ordering::Less => (a, b),
            Ordering::Equal => return Self::one(a),
            Ordering::Greater => (b, a),
        };
        if seeded!("cs-pair-unordered") {
            return Self {
                first: a,
                second: b,
            };
        }
        Self { first, second }
    }

    fn each(self) -> impl DoubleEndedIterator<Item = *const ObjectLock> {
        [self.first, self.second]
            .into_iter()
            .filter(|lock| !lock.is_null())
    }

    fn covers(self, other: Self) -> bool {
        other
            .each()
            .all(|lock| self.each().any(|held| ptr::eq(held, lock)))
    }

    /// What a thread that goes outside gives up: every lock, since who has one of a pair may want the other.
    fn given_up(self) -> Self {
        if seeded!("cs4-first-lock-kept") && !self.second.is_null() {
            return Self {
                first: self.second,
                second: ptr::null(),
            };
        }
        self
    }

    fn lock(self, ts: &ThreadState) {
        // SAFETY: the section's entrant keeps its objects, and so their locks, alive until it leaves.
        self.each().for_each(|lock| unsafe { &*lock }.lock(ts));
    }

    fn unlock(self, ts: &ThreadState) {
        let parking = &ts.runtime().parking;
        // SAFETY: as for `lock`.
        self.each()
            .rev()
            .for_each(|lock| unsafe { &*lock }.unlock(parking));
    }
}

impl Sections {
    pub(super) fn new() -> Self {
        Self(cell::Cell::new("critical sections", Stack::default()))
    }

    fn with<R>(&self, body: impl FnOnce(&mut Vec<Section>) -> R) -> R {
        self.with_stack(|stack| body(&mut stack.sections))
    }

    fn with_stack<R>(&self, body: impl FnOnce(&mut Stack) -> R) -> R {
        // SAFETY: only the owner of the stack calls, and no call is inside another.
        self.0.with_mut(|stack| body(unsafe { &mut *stack }))
    }

    fn push(&self, locks: Locks) {
        self.with(|stack| {
            stack.push(Section {
                locks,
                suspended: false,
            });
        });
    }

    /// Whether the top section holds all of `locks`.
    fn top_covers(&self, locks: Locks) -> bool {
        self.with(|stack| {
            stack
                .last()
                .is_some_and(|top| !top.suspended && top.locks.covers(locks))
        })
    }

    /// Sets the locks of the top section and closes it.
    fn close_top(&self, locks: Locks) {
        self.with(|stack| {
            if let Some(top) = stack.last_mut() {
                *top = Section {
                    locks,
                    suspended: false,
                };
            }
        });
    }

    /// Takes the locks out of the top section if it is suspended; until `close_top` it stands for none.
    fn take_suspended_top(&self) -> Option<Locks> {
        self.with(|stack| {
            let top = stack.last_mut().filter(|top| top.suspended)?;
            Some(mem::replace(&mut top.locks, Locks::NONE))
        })
    }

    /// Marks the closed section that is nearest to the bottom as suspended and gives its locks.
    fn suspend_next(&self) -> Option<Locks> {
        self.with_stack(|stack| {
            let mut closed = stack.sections.iter_mut();
            let next = closed.find(|section| !section.suspended)?;
            next.suspended = true;
            stack.openings += 1;
            Some(next.locks)
        })
    }
}

/// Runs `body` in a critical section of `lock`.
#[inline]
pub fn with<R>(ts: &ThreadState, lock: &ObjectLock, body: impl FnOnce() -> R) -> R {
    let entered = enter(ts, lock);
    let result = body();
    leave(ts, entered);
    result
}

/// Runs `body` with the lock held, and while the lock is free without a section that others could open.
///
/// `body` neither waits nor detaches, runs no Python code, and enters no section (Invariant 5).
#[inline]
pub fn brief<R>(ts: &ThreadState, lock: &ObjectLock, body: impl FnOnce() -> R) -> R {
    if seeded!("cs7-brief-without-lock") {
        return body();
    }
    if !lock.try_lock() {
        return with(ts, lock, body);
    }
    let result = body();
    lock.unlock(&ts.runtime().parking);
    result
}

/// As [`brief`], if the lock is free: nothing when it is not. The caller may have no reference to the lock's object, if
/// the block stays until its next quiescent state.
#[inline]
pub fn brief_if_free<R>(
    ts: &ThreadState,
    lock: &ObjectLock,
    body: impl FnOnce() -> R,
) -> Option<R> {
    if !lock.try_lock() {
        return None;
    }
    let result = body();
    lock.unlock(&ts.runtime().parking);
    Some(result)
}

/// As [`brief`], with two locks, which may be the same.
///
/// Neither is waited for while the other is held, so the order in which they are tried does not matter.
#[inline]
pub fn brief_two<R>(
    ts: &ThreadState,
    a: &ObjectLock,
    b: &ObjectLock,
    body: impl FnOnce() -> R,
) -> R {
    if ptr::eq(a, b) || seeded!("cs8-brief-pair-with-one-lock") {
        return brief(ts, a, body);
    }
    let parking = &ts.runtime().parking;
    if !a.try_lock() {
        return with_two(ts, a, b, body);
    }
    if !b.try_lock() {
        a.unlock(parking);
        return with_two(ts, a, b, body);
    }
    let result = body();
    b.unlock(parking);
    a.unlock(parking);
    result
}

/// Runs `body` in a critical section of two locks, which may be the same.
#[inline]
pub fn with_two<R>(
    ts: &ThreadState,
    a: &ObjectLock,
    b: &ObjectLock,
    body: impl FnOnce() -> R,
) -> R {
    let entered = enter_two(ts, a, b);
    let result = body();
    leave(ts, entered);
    result
}

/// Whether `body` made the thread give up the locks of its sections for a while.
#[inline]
pub fn opens<R>(ts: &ThreadState, body: impl FnOnce() -> R) -> (R, bool) {
    let before = ts.sections.with_stack(|stack| stack.openings);
    let result = body();
    let after = ts.sections.with_stack(|stack| stack.openings);
    (result, before != after)
}

/// Enters a critical section of `lock`, which must live until [`leave`].
#[inline]
pub fn enter(ts: &ThreadState, lock: &ObjectLock) -> Entered {
    enter_all(ts, Locks::one(lock))
}

/// Enters a critical section of two locks, which must live until [`leave`].
#[inline]
pub fn enter_two(ts: &ThreadState, a: &ObjectLock, b: &ObjectLock) -> Entered {
    enter_all(ts, Locks::two(a, b))
}

/// Leaves the section that was entered last, and closes the one below again if it was suspended.
#[inline]
pub fn leave(ts: &ThreadState, entered: Entered) {
    if entered.0 {
        let top = ts.sections.with(Vec::pop);
        if let Some(section) = top {
            section.locks.unlock(ts);
        }
        resume(ts);
    }
}

fn enter_all(ts: &ThreadState, locks: Locks) -> Entered {
    let recursive = !seeded!("cs6-lock-again") && ts.sections.top_covers(locks);
    let alone = !seeded!("cs2-locks-in-a-stop") && ts.stops_world();
    if recursive || alone {
        return Entered(false);
    }
    // A section without locks comes first, so that attaching again after a sleep does not close the one below.
    ts.sections.push(Locks::NONE);
    locks.lock(ts);
    ts.sections.close_top(locks);
    Entered(true)
}

/// Gives up the locks of every closed section; the thread is about to detach.
pub(super) fn suspend_all(ts: &ThreadState) {
    while let Some(locks) = ts.sections.suspend_next() {
        locks.given_up().unlock(ts);
    }
}

/// Closes the top section if it is suspended; the thread is attached.
pub(super) fn resume(ts: &ThreadState) {
    if let Some(locks) = ts.sections.take_suspended_top() {
        if !seeded!("cs-resume-forgets") {
            locks.given_up().lock(ts);
        }
        ts.sections.close_top(locks);
    }
}
