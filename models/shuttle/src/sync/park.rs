//! The parking lot: one queue a key, first in, first out, whose time-outs are choices of the strategy.
//!
//! A key's queue has a lock, as natively: `validate` and the callback of [`ParkingLot::unpark_one`] run while it is
//! held, and may be preempted there. What its holders do happens before what the next holder does, and what a waker
//! does before it wakes a thread happens before what that thread does next.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::panic::Location;

use record::At;
use record::clock::VectorClock;
use record::event::{self, Event, Woke};
use record::execution;
use record::memory;
use record::waits::On;

use super::engine::{self, Effect, Place};
use super::time::Deadline;

/// What threads sleep on: the address of an atomic that they watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(usize);

impl Key {
    /// The key of one atomic or other object in shared memory.
    #[must_use]
    pub fn of<T>(object: &T) -> Self {
        Self(std::ptr::from_ref(object).addr())
    }
}

/// How a park ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Parked {
    /// A waker took this thread from the queue and left it a token.
    Unparked(usize),
    /// `validate` said no; the thread did not sleep.
    Invalid,
    /// The deadline passed and the thread took itself from the queue.
    TimedOut,
}

/// What a waker found in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// A thread was taken from the queue.
    pub woken: bool,
    /// Others still wait.
    pub more: bool,
}

/// The queues of sleeping threads.
#[derive(Debug, Default)]
pub struct ParkingLot {
    queues: RefCell<Queues>,
    /// Whether sleepers may wake up though nobody woke them.
    restless: bool,
}

// SAFETY: model threads run one at a time on one OS thread, and none is switched away while it borrows the queues.
unsafe impl Sync for ParkingLot {}

#[derive(Debug, Default)]
struct Queues {
    queues: BTreeMap<Key, Queue>,
    /// What a waker left for a thread that it took from a queue.
    letters: BTreeMap<usize, Letter>,
}

#[derive(Debug, Default)]
struct Queue {
    sleepers: VecDeque<usize>,
    locked: bool,
    /// Threads that wait for the lock.
    contenders: Vec<usize>,
    /// What the next holder of the lock learns.
    clock: VectorClock,
}

#[derive(Debug)]
struct Letter {
    token: usize,
    clock: VectorClock,
}

impl ParkingLot {
    /// An empty lot.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty lot whose sleepers may also wake up for no reason, with the token 0: as a choice, so often in one
    /// execution as the verdict says.
    #[must_use]
    pub fn restless() -> Self {
        Self {
            restless: true,
            ..Self::default()
        }
    }

    /// Sleeps on `key` if `validate` holds, until woken or until `deadline`.
    ///
    /// A waker that changes what `validate` reads before it unparks is never missed.
    #[track_caller]
    pub fn park(
        &self,
        key: Key,
        deadline: Option<Deadline>,
        validate: impl FnOnce() -> bool,
    ) -> Parked {
        if !execution::running() {
            return Parked::Invalid;
        }
        let at = Location::caller();
        engine::point();
        self.lock(key, at);
        let valid = validate();
        if valid {
            self.with(key, |queue| queue.sleepers.push_back(execution::current()));
        }
        self.unlock(key);
        if !valid {
            woke(key, Woke::Invalid, at);
            return Parked::Invalid;
        }
        event::push(Event::Park { key: key.0 }, at);
        let wakes = self.restless && deadline.is_none() && engine::may_wake_up();
        engine::block(On::Key(key.0), deadline.is_some() || wakes, at);
        self.awake(key, deadline, at)
    }

    /// What happens when a sleeper is resumed: it was woken, or it timed out, or both at once.
    #[track_caller]
    fn awake(&self, key: Key, deadline: Option<Deadline>, at: At) -> Parked {
        let me = execution::current();
        if self.letter(me).is_none() && self.leave(key, deadline, at) {
            let (reason, parked) = match deadline {
                Some(_) => (Woke::TimedOut, Parked::TimedOut),
                None => (Woke::Spurious, Parked::Unparked(0)),
            };
            woke(key, reason, at);
            return parked;
        }
        let letter = self.queues.borrow_mut().letters.remove(&me);
        let letter = letter.unwrap_or_else(|| engine::abandon());
        memory::learn(&letter.clock);
        woke(key, Woke::Unparked, at);
        Parked::Unparked(letter.token)
    }

    /// Takes a sleeper whom nobody has woken from its queue; false when a waker was faster.
    #[track_caller]
    fn leave(&self, key: Key, deadline: Option<Deadline>, at: At) -> bool {
        self.lock(key, at);
        let asleep = self.with(key, |queue| queue.leave(execution::current()));
        self.unlock(key);
        deadline.inspect(|deadline| engine::reach(deadline.0));
        asleep
    }

    fn letter(&self, thread: usize) -> Option<usize> {
        self.queues
            .borrow()
            .letters
            .get(&thread)
            .map(|letter| letter.token)
    }

    /// Wakes the thread that has waited longest; `decide` sees what was found and gives the token.
    #[track_caller]
    pub fn unpark_one(&self, key: Key, decide: impl FnOnce(Found) -> usize) -> Found {
        let at = Location::caller();
        engine::point();
        self.lock(key, at);
        let sleeper = self.with(key, |queue| queue.sleepers.pop_front());
        let found = Found {
            woken: sleeper.is_some(),
            more: self.with(key, |queue| !queue.sleepers.is_empty()),
        };
        let token = decide(found);
        self.unlock(key);
        sleeper
            .into_iter()
            .for_each(|thread| self.wake(thread, token));
        let woken = usize::from(found.woken);
        event::push(Event::Unpark { key: key.0, woken }, at);
        found
    }

    /// Wakes every thread that waits on `key`, with `token`; gives their number.
    #[track_caller]
    pub fn unpark_all(&self, key: Key, token: usize) -> usize {
        let at = Location::caller();
        engine::point();
        self.lock(key, at);
        let sleepers = self.with(key, |queue| std::mem::take(&mut queue.sleepers));
        self.unlock(key);
        let woken = sleepers.len();
        sleepers
            .into_iter()
            .for_each(|thread| self.wake(thread, token));
        event::push(Event::Unpark { key: key.0, woken }, at);
        woken
    }

    fn wake(&self, thread: usize, token: usize) {
        let clock = memory::teach();
        self.queues
            .borrow_mut()
            .letters
            .insert(thread, Letter { token, clock });
        engine::wake(thread);
    }

    #[track_caller]
    fn lock(&self, key: Key, at: At) {
        while execution::running() && !self.with(key, Queue::try_lock) {
            self.with(key, |queue| queue.contenders.push(execution::current()));
            engine::block(On::Key(key.0), false, at);
        }
        let clock = self.with(key, |queue| queue.clock);
        memory::learn(&clock);
        engine::did(Place::PARKING, Effect::Change);
    }

    fn unlock(&self, key: Key) {
        let clock = memory::teach();
        let contenders = self.with(key, |queue| queue.unlock(clock));
        contenders.into_iter().for_each(engine::wake);
        engine::did(Place::PARKING, Effect::Change);
    }

    fn with<R>(&self, key: Key, f: impl FnOnce(&mut Queue) -> R) -> R {
        f(self.queues.borrow_mut().queues.entry(key).or_default())
    }
}

impl Queue {
    fn try_lock(&mut self) -> bool {
        !std::mem::replace(&mut self.locked, true)
    }

    /// Gives the lock up, and gives the threads that wait for it.
    fn unlock(&mut self, clock: VectorClock) -> Vec<usize> {
        self.locked = false;
        self.clock = clock;
        std::mem::take(&mut self.contenders)
    }

    /// Takes a sleeper from the queue; false when a waker was faster.
    fn leave(&mut self, thread: usize) -> bool {
        let before = self.sleepers.len();
        self.sleepers.retain(|sleeper| *sleeper != thread);
        self.sleepers.len() < before
    }
}

#[track_caller]
fn woke(key: Key, reason: Woke, at: At) {
    let key = key.0;
    event::push(Event::Woke { key, reason }, at);
}
