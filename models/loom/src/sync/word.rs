//! What all atomics have in common: how an access is scheduled, announced, recorded.
//!
//! # Announcements
//!
//! loom's partial-order reduction remembers one last access of each atomic, so a thread's own load hides the loads of
//! other threads from its later store, and the interleaving in which the store comes first is never explored. In the
//! complete mode every load therefore also accesses an object that only the loading thread's loads of this location
//! access; and every store and read-modify-write first accesses those objects of all other threads. The store then
//! depends on each thread's last load, as it should. These objects are condition variables on which nobody waits: to
//! loom an access, to memory nothing.
//!
//! An access and its announcements are one step: between them loom is told not to explore, and then attributes
//! dependencies to the step before, which is the first of the unit. So the complete mode adds no interleavings of its
//! own; what it costs is the interleavings that were missing.
//!
//! # When nobody looks
//!
//! While the main thread is alone, its accesses are no scheduling points and make no history.

use std::cell::{RefCell, UnsafeCell};
use std::panic::Location;
use std::rc::Rc;

use loom::sync::Condvar;
use record::event::{self, Event, Place};
use record::{At, memory};

use super::atomic::Ordering;
use super::backing::Backing;
use super::choice::{self, Choice};
use super::swaps::Writes;
use super::{schedule, search, watch};

/// loom remembers this many stores of each location.
const MOST_STORES: usize = 7;

/// What is known of a location beside what loom knows.
#[derive(Debug, Default)]
struct History {
    /// The value last written in the order of execution.
    last: u64,
    /// How many stores loom was told of.
    stores: usize,
    /// The one thread that stored plainly, if one did.
    writer: Option<usize>,
    /// Whether two threads stored plainly, so that which value is last may be undecided.
    contested: bool,
    /// The writes, as far as it matters for stores by `swap`.
    writes: Writes,
    /// For each thread that loaded, what announces its loads.
    readers: Vec<(usize, Rc<Condvar>)>,
}

thread_local! {
    static HISTORIES: RefCell<Vec<History>> = const { RefCell::new(Vec::new()) };
}

/// Forgets the locations of the execution before.
pub(super) fn reset() {
    HISTORIES.with_borrow_mut(Vec::clear);
}

/// An atomic of whatever type.
#[derive(Debug)]
pub(super) struct Word<B> {
    backing: UnsafeCell<B>,
    name: &'static str,
    serial: u32,
}

// SAFETY: loom runs one model thread at a time, and the backing is borrowed mutably only while the main thread is alone.
unsafe impl<B> Sync for Word<B> {}
// SAFETY: a loom atomic is a number; what it holds is held by the execution.
unsafe impl<B> Send for Word<B> {}

/// One access that is about to be made.
#[derive(Clone, Copy)]
struct Access {
    place: Place,
    at: At,
    /// Nobody else can see it.
    quiet: bool,
}

impl<B: Backing> Word<B> {
    pub(super) fn new(name: &'static str, value: B::Value) -> Self {
        schedule::alive();
        let serial = memory::atomic();
        HISTORIES.with_borrow_mut(|histories| {
            histories.push(History {
                last: B::bits(value),
                stores: 1,
                ..History::default()
            });
        });
        Self {
            backing: UnsafeCell::new(B::new(value)),
            name,
            serial,
        }
    }

    #[track_caller]
    pub(super) fn load(&self, order: Ordering) -> B::Value {
        let Some(access) = self.begin(order) else {
            return self.last();
        };
        let value = self.read(access, order);
        let event = Event::Load {
            place: access.place,
            value: word::<B>(value),
            order,
        };
        event::push(event, access.at);
        value
    }

    #[track_caller]
    pub(super) fn store(&self, value: B::Value, order: Ordering) {
        let Some(access) = self.begin(order) else {
            return;
        };
        if access.quiet {
            self.set(value);
        } else if search::stores_by_swap(self.name) {
            self.exclusively(|| self.backing().swap(value, order));
            self.stored_by_swap(order);
        } else {
            self.exclusively(|| self.backing().store(value, order));
            self.history(History::stored_plainly);
        }
        self.wrote(value, access);
        let event = Event::Store {
            place: access.place,
            value: word::<B>(value),
            order,
        };
        event::push(event, access.at);
    }

    /// A read-modify-write that always takes effect: `change` says how, `apply` does it in loom.
    #[track_caller]
    pub(super) fn update(
        &self,
        operation: &'static str,
        order: Ordering,
        change: impl FnOnce(B::Value) -> B::Value,
        apply: impl FnOnce(&B) -> B::Value,
    ) -> B::Value {
        let Some(access) = self.begin(order) else {
            return self.last();
        };
        let (old, new) = if access.quiet {
            let old = self.get();
            let new = change(old);
            self.set(new);
            (old, new)
        } else {
            search::updates(self.name);
            let old = self.exclusively(|| apply(self.backing()));
            self.history(|history| history.writes.updated(order, true));
            (old, change(old))
        };
        self.updated(operation, old, new, order, access);
        old
    }

    #[track_caller]
    pub(super) fn compare_exchange(
        &self,
        current: B::Value,
        new: B::Value,
        success: Ordering,
        failure: Ordering,
    ) -> Result<B::Value, B::Value> {
        let Some(access) = self.begin(stronger(success, failure)) else {
            return Err(self.last());
        };
        let result = if access.quiet {
            self.exchange_quietly(current, new)
        } else {
            search::updates(self.name);
            let exchange = || {
                self.backing()
                    .compare_exchange(current, new, success, failure)
            };
            let result = self.exclusively(exchange);
            self.history(|history| history.writes.updated(success, result.is_ok()));
            result
        };
        match result {
            Ok(old) => self.updated("compare_exchange", old, new, success, access),
            Err(found) => self.failed(current, found, failure, access),
        }
        result
    }

    #[track_caller]
    pub(super) fn compare_exchange_weak(
        &self,
        current: B::Value,
        new: B::Value,
        success: Ordering,
        failure: Ordering,
    ) -> Result<B::Value, B::Value> {
        if !schedule::alive() || !choice::choose(Choice::Spurious) {
            return self.compare_exchange(current, new, success, failure);
        }
        let Some(access) = self.begin(failure) else {
            return Err(self.last());
        };
        let found = self.read(access, failure);
        self.failed(current, found, failure, access);
        Err(found)
    }

    /// Checks the block that the atomic lies in; `None` when a failed execution unwinds.
    #[track_caller]
    fn begin(&self, order: Ordering) -> Option<Access> {
        if !schedule::alive() {
            return None;
        }
        search::check_order(self.name, order);
        let at = Location::caller();
        let address = std::ptr::from_ref(self).addr();
        watch::touch(address, at);
        let (name, serial) = (self.name, self.serial);
        Some(Access {
            place: Place {
                address,
                name,
                serial,
            },
            at,
            quiet: schedule::is_quiet() && !self.history(|history| history.contested),
        })
    }

    fn read(&self, access: Access, order: Ordering) -> B::Value {
        if access.quiet {
            return self.get();
        }
        let value = schedule::step(|| self.backing().load(order));
        if self.history(|history| history.stores > MOST_STORES) {
            let name = self.name;
            search::limit(|| format!("loom forgot old values of `{name}`: it remembers 7 stores"));
        }
        if search::is_complete() {
            let announcement = self.history(History::reader);
            unexplored(|| schedule::step(|| announcement.notify_one()));
        }
        value
    }

    /// Runs a store or a read-modify-write as one step with the announcements to every other thread's loads.
    fn exclusively<R>(&self, write: impl FnOnce() -> R) -> R {
        let others = || self.history(History::other_readers);
        let first = search::is_complete().then(|| others().into_iter().next());
        let Some(first) = first.flatten() else {
            return schedule::step(write);
        };
        schedule::step(|| first.notify_one());
        // Which threads have loaded is asked again, since others may have run.
        unexplored(|| {
            for other in others() {
                schedule::step(|| other.notify_one());
            }
            schedule::step(write)
        })
    }

    /// Notes a store that loom is told of as a swap.
    fn stored_by_swap(&self, order: Ordering) {
        let same = self.history(|history| history.writes.stored(order));
        if !same {
            let name = self.name;
            search::limit(|| format!("a store to `{name}` is made by `swap`, which orders more"));
        }
    }

    fn exchange_quietly(&self, current: B::Value, new: B::Value) -> Result<B::Value, B::Value> {
        let found = self.get();
        if found != current {
            return Err(found);
        }
        self.set(new);
        Ok(found)
    }

    fn updated(
        &self,
        operation: &'static str,
        old: B::Value,
        new: B::Value,
        order: Ordering,
        access: Access,
    ) {
        self.wrote(new, access);
        let event = Event::Update {
            place: access.place,
            operation,
            old: word::<B>(old),
            new: word::<B>(new),
            order,
        };
        event::push(event, access.at);
    }

    fn failed(&self, expected: B::Value, found: B::Value, order: Ordering, access: Access) {
        let event = Event::Failed {
            place: access.place,
            expected: word::<B>(expected),
            found: word::<B>(found),
            order,
        };
        event::push(event, access.at);
    }

    fn wrote(&self, value: B::Value, access: Access) {
        schedule::changed();
        self.history(|history| {
            history.last = B::bits(value);
            history.stores += usize::from(!access.quiet);
        });
    }

    fn last(&self) -> B::Value {
        B::value(self.history(|history| history.last))
    }

    fn history<R>(&self, f: impl FnOnce(&mut History) -> R) -> R {
        HISTORIES.with_borrow_mut(|histories| f(&mut histories[self.serial as usize]))
    }

    fn backing(&self) -> &B {
        // SAFETY: nothing borrows the backing mutably while other threads can reach it, by `get` and `set`.
        unsafe { &*self.backing.get() }
    }

    fn get(&self) -> B::Value {
        // SAFETY: the access is quiet: the main thread is alone, and this borrow ends with the call.
        unsafe { &mut *self.backing.get() }.get()
    }

    fn set(&self, value: B::Value) {
        // SAFETY: as for `get`.
        unsafe { &mut *self.backing.get() }.set(value);
    }
}

impl History {
    fn stored_plainly(&mut self) {
        let me = schedule::current();
        self.contested |= self.writer.is_some_and(|writer| writer != me);
        self.writer = Some(me);
    }

    /// What announces the current thread's loads.
    fn reader(&mut self) -> Rc<Condvar> {
        let me = schedule::current();
        if let Some((_, announcement)) = self.readers.iter().find(|(thread, _)| *thread == me) {
            return Rc::clone(announcement);
        }
        let announcement = Rc::new(Condvar::new());
        self.readers.push((me, Rc::clone(&announcement)));
        announcement
    }

    fn other_readers(&mut self) -> Vec<Rc<Condvar>> {
        let me = schedule::current();
        let others = self.readers.iter().filter(|(thread, _)| *thread != me);
        others
            .map(|(_, announcement)| Rc::clone(announcement))
            .collect()
    }
}

/// The one of the two that is sequentially consistent, if either is.
fn stronger(success: Ordering, failure: Ordering) -> Ordering {
    if failure == Ordering::SeqCst {
        failure
    } else {
        success
    }
}

fn word<B: Backing>(value: B::Value) -> event::Word {
    event::Word {
        bits: B::bits(value),
        form: B::FORM,
    }
}

/// Runs operations that belong to the step before them.
fn unexplored<R>(operations: impl FnOnce() -> R) -> R {
    loom::stop_exploring();
    let result = operations();
    loom::explore();
    result
}
