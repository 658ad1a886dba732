//! The locks of modules: one thread runs the code of a module, others wait until it has, and threads whose imports go
//! round in a circle do not wait for each other.
//!
//! # Source           CPython Lib/importlib/_bootstrap.py `_ModuleLock`, `_find_and_load`, `_lock_unlock_module` (3.13.5); bpo-9260,
//! gh-143650.
//! Differences: one table for all locks and all waits, so that a look for a circle sees one moment; a waiter that would
//! close a circle is told so instead of getting an exception.
//!
//! # State
//!
//! ```text
//!   held     module -> the thread that has its lock, and how often
//!   waits    thread -> the module whose lock it waits for
//!   changes  how often a lock became free; waiters sleep on it
//! ```
//!
//! # Transitions      of the lock of a module, all under the table's mutex
//!
//! ```text
//!   (x) any attached thread   (h) the thread that has the lock
//!   free -x: enter-> held once      held -h: enter-> held once more      held more than once -h: leave-> held once less
//!   held -x: enter-> waiting, unless the holder waits, through whatever others, for a module that the caller has
//!   held once -h: leave-> free, and who waits tries again
//! ```
//!
//! # Invariants
//! 1. One thread at a time has the lock of a module.                       once_module_runs_once
//! 2. No waits go round in a circle.                                       once_circular_imports_end
//! 3. A waiter is awake, or its lock is held by a thread that will leave.  once_module_runs_once
//! 4. A module that was found before the lock was got is looked for again. once_failed_import_is_tried_again
//!
//! # Orderings        none of its own: the table changes under its mutex, and so does `changes`
//!
//! # Field access     `changes`: written under the mutex; read there, and by waiters in their queue.
//!
//! # Progress         Blocking. A waiter is outside, so that the world can stop meanwhile.
//!
//! # Not covered      Which waiter is next.
//!
//! # Checks           The scenarios named above, and `safepoint_module_waiter_lets_the_world_stop`.

use std::collections::BTreeMap;

use super::mutex::Mutex;
use super::refcount::ThreadId;
use super::thread_state::ThreadState;
use crate::sync::atomic::AtomicU32;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::park::{Key, ParkingLot};
use crate::sync::{event, invariant, seeded};

/// How an attempt to get a module's lock ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
enum Entered {
    /// The caller has the lock, once more than before.
    Held,
    /// Its holder waits for the caller, who does not get it: the module stays half done until both have gone on.
    Circle,
    /// The sleep was broken off.
    GivenUp,
}

/// Whether a waiter goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Slept {
    /// It tries again.
    Woken,
    /// It gives up.
    BrokenOff,
}

/// How an import ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Imported<T> {
    /// With the module.
    Module(T),
    /// Another thread is importing it and waits for the caller, and there is nothing yet that the caller could have.
    Circle,
    /// The sleep was broken off.
    GivenUp,
}

/// What one look at the table came to.
enum Look {
    Entered(Entered),
    /// Another thread has the lock; `changes` was this.
    Taken(u32),
}

#[derive(Clone, Copy, Debug)]
struct Holder {
    thread: ThreadId,
    times: usize,
}

#[derive(Debug)]
struct Table<K> {
    held: BTreeMap<K, Holder>,
    waits: BTreeMap<ThreadId, K>,
}

/// The locks of the modules that are being imported, by what names them.
#[derive(Debug)]
pub struct ModuleLocks<K> {
    table: Mutex<Table<K>>,
    changes: AtomicU32,
}

impl<K: Ord + Clone> Default for ModuleLocks<K> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Ord + Clone> ModuleLocks<K> {
    /// Nobody imports anything.
    #[must_use]
    pub fn new() -> Self {
        let table = Table {
            held: BTreeMap::new(),
            waits: BTreeMap::new(),
        };
        Self {
            table: Mutex::new("module locks", table),
            changes: AtomicU32::new("locks that became free", 0),
        }
    }

    /// Imports a module: `run` runs it unless `find` finds it, both with the lock held; `half_done` is what the caller
    /// found while somebody was running it. In a circle `find` is called without the lock.
    ///
    /// # Errors
    /// What `find` or `run` failed with; the lock is free then.
    pub fn import<T, E>(
        &self,
        ts: &ThreadState,
        module: &K,
        half_done: Option<T>,
        sleep: impl FnMut(Key, &dyn Fn() -> bool) -> Slept,
        find: impl FnOnce() -> Result<Option<T>, E>,
        run: impl FnOnce() -> Result<T, E>,
    ) -> Result<Imported<T>, E> {
        match self.enter(ts, module, sleep) {
            Entered::Held => {}
            Entered::Circle => return Ok(find()?.map_or(Imported::Circle, Imported::Module)),
            Entered::GivenUp => return Ok(Imported::GivenUp),
        }
        let imported = match half_done {
            Some(stale) if seeded!("ml5-not-looked-for-again") => Ok(stale),
            _ => find().and_then(|found| found.map_or_else(run, Ok)),
        };
        self.leave(ts, module);
        imported.map(Imported::Module)
    }

    /// Gets the lock of a module, which the caller gives back by [`Self::leave`] if it was got. The caller is attached.
    ///
    /// `sleep` parks on the key while the condition holds; it is called outside, and may break off.
    fn enter(
        &self,
        ts: &ThreadState,
        module: &K,
        mut sleep: impl FnMut(Key, &dyn Fn() -> bool) -> Slept,
    ) -> Entered {
        event::operation("module_locks.enter", || {
            loop {
                let seen = match self.look(ts, module) {
                    Look::Entered(entered) => return entered,
                    Look::Taken(seen) => seen,
                };
                // ORDERING: relaxed: a thread that frees a lock changes the number before it looks at the queue.
                let stays = || self.changes.load(Relaxed) == seen;
                if self.sleep(ts, || sleep(Key::of(&self.changes), &stays)) == Slept::BrokenOff {
                    self.give_up(ts);
                    return Entered::GivenUp;
                }
            }
        })
    }

    fn sleep(&self, ts: &ThreadState, sleep: impl FnOnce() -> Slept) -> Slept {
        if seeded!("ml4-wait-attached") {
            return sleep();
        }
        ts.detached(sleep)
    }

    /// Takes the lock if it is free, or notes that the caller waits for it.
    fn look(&self, ts: &ThreadState, module: &K) -> Look {
        let lot = &ts.runtime().parking.lot;
        if seeded!("ml3-found-free-then-taken") {
            let free = self
                .table
                .with(lot, |table| !table.held.contains_key(module));
            if free {
                self.table.with(lot, |table| table.take(ts.id(), module));
                return Look::Entered(Entered::Held);
            }
        }
        let look = (self.table).with(lot, |table| match table.enter(ts.id(), module) {
            Some(entered) => Look::Entered(entered),
            // ORDERING: relaxed: it changes under the mutex.
            None => Look::Taken(self.changes.load(Relaxed)),
        });
        match look {
            // ORDERING: relaxed, as the fault wants it.
            Look::Taken(_) if seeded!("ml1-looked-late") => Look::Taken(self.changes.load(Relaxed)),
            look => look,
        }
    }

    fn give_up(&self, ts: &ThreadState) {
        let lot = &ts.runtime().parking.lot;
        self.table.with(lot, |table| table.waits.remove(&ts.id()));
    }

    /// Gives the lock back.
    fn leave(&self, ts: &ThreadState, module: &K) {
        event::operation("module_locks.leave", || {
            let lot = &ts.runtime().parking.lot;
            let awaited = self.table.with(lot, |table| {
                let awaited = table.leave(ts.id(), module) && !table.waits.is_empty();
                if awaited {
                    // ORDERING: relaxed: it changes under the mutex, and waiters look at it in their queue.
                    let changes = self.changes.load(Relaxed).wrapping_add(1);
                    // ORDERING: as above.
                    self.changes.store(changes, Relaxed);
                }
                awaited
            });
            if awaited {
                self.wake(lot);
            }
        });
    }

    fn wake(&self, lot: &ParkingLot) {
        let _ = lot.unpark_all(Key::of(&self.changes), 0);
    }
}

impl<K: Ord + Clone> Table<K> {
    /// Takes the lock, or says why not; nothing when the caller has to wait, which is then noted.
    fn enter(&mut self, thread: ThreadId, module: &K) -> Option<Entered> {
        self.waits.remove(&thread);
        match self.held.get_mut(module) {
            None => self.take(thread, module),
            Some(holder) if holder.thread == thread => holder.times += 1,
            Some(holder) => {
                let holder = holder.thread;
                if self.waits_for(holder, thread) && !seeded!("ml2-circle-not-looked-for") {
                    return Some(Entered::Circle);
                }
                self.waits.insert(thread, module.clone());
                return None;
            }
        }
        Some(Entered::Held)
    }

    fn take(&mut self, thread: ThreadId, module: &K) {
        let holder = Holder { thread, times: 1 };
        let before = self.held.insert(module.clone(), holder);
        invariant!(
            before.is_none(),
            "module locks 1",
            "a lock is taken that {before:?} has"
        );
    }

    /// Whether a thread waits, through whatever others, for a module that `wanted` has.
    fn waits_for(&self, mut thread: ThreadId, wanted: ThreadId) -> bool {
        // There are no circles yet (Invariant 2), so this ends.
        while let Some(holder) = self.waits.get(&thread).and_then(|on| self.held.get(on)) {
            thread = holder.thread;
            if thread == wanted {
                return true;
            }
        }
        false
    }

    /// Gives the lock back once; says whether it is free then.
    fn leave(&mut self, thread: ThreadId, module: &K) -> bool {
        let held = self.held.get_mut(module);
        let Some(holder) = held.filter(|holder| holder.thread == thread) else {
            invariant!(
                false,
                "module locks 1",
                "a lock is given back that the thread does not have"
            );
            return false;
        };
        holder.times -= 1;
        let free = holder.times == 0;
        if free {
            self.held.remove(module);
        }
        free
    }
}
