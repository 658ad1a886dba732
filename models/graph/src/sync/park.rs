//! The parking lot: one queue a key, first in, first out, whose time-outs are choices.
//!
//! A queue is plain data under a lock of the engine, so that who comes before whom is part of the graph. The lot has some
//! locks from the start, since one that is made when a key is first used would be made by whoever runs first. For the same
//! reason a key gets the lock that the graph records for it, and a new key the first that no recorded step needs.
//! A sleeper waits for a token of its own, into which its waker puts what it has to say.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::panic::Location as Caller;
use std::rc::Rc;

use graph_engine::{Lock, Parker};
use record::At;
use record::event::{self, Event, Woke};
use record::execution;
use record::waits::{self, On};

use super::run;
use super::time::Deadline;

/// How many keys of one lot have a lock for themselves; further ones share the last.
const LOCKS: usize = 16;

/// How many waits of one thread may time out in one execution.
pub(super) const MOST_TIME_OUTS: usize = 2;

/// How many sleeps of one thread may end in one execution though nobody woke it.
pub(super) const MOST_WAKE_UPS: usize = 1;

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

/// One sleep of one thread.
#[derive(Clone, Debug)]
struct Sleeper {
    parker: Parker,
    /// What its waker says to it: written before the parker's token is put, read after it is taken.
    token: Rc<Cell<usize>>,
}

/// The queues of sleeping threads.
#[derive(Debug)]
pub struct ParkingLot {
    /// Empty for a lot that was made while a run was being unwound.
    locks: Vec<Lock>,
    queues: RefCell<BTreeMap<Key, Queue>>,
    /// Whether sleepers may wake up though nobody woke them.
    restless: bool,
}

/// The queue of one key.
#[derive(Debug, Default)]
struct Queue {
    /// The number of its lock.
    lock: usize,
    sleepers: VecDeque<Sleeper>,
}

// SAFETY: model threads run one at a time on one OS thread, and none is switched away while it borrows the queues.
unsafe impl Sync for ParkingLot {}
// SAFETY: as above; the reference counts of sleepers are changed on that one OS thread only.
unsafe impl Send for ParkingLot {}

impl Default for ParkingLot {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

impl ParkingLot {
    /// An empty lot.
    #[must_use]
    #[track_caller]
    pub fn new() -> Self {
        let locks = if run::alive() { LOCKS } else { 0 };
        Self {
            locks: (0..locks).map(|_| Lock::new("parking lot")).collect(),
            queues: RefCell::default(),
            restless: false,
        }
    }

    /// An empty lot whose sleepers may also wake up for no reason, with the token 0: as a choice, so often in one
    /// execution as the verdict says.
    #[must_use]
    #[track_caller]
    pub fn restless() -> Self {
        Self {
            restless: true,
            ..Self::new()
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
        let at = Caller::caller();
        let Some(lock) = self.lock(key) else {
            return Parked::Invalid;
        };
        let sleeper = validate().then(|| self.enqueue(key));
        lock.unlock();
        let Some(sleeper) = sleeper else {
            woke(key, Woke::Invalid, at);
            return Parked::Invalid;
        };
        event::push(Event::Park { key: key.0 }, at);
        match deadline.filter(|_| times_out()) {
            Some(deadline) => self.time_out(key, &sleeper, deadline, at),
            None if self.restless && wakes_up() => self.wake_up(key, &sleeper, at),
            None => sleep(key, &sleeper, deadline.is_some(), at),
        }
    }

    #[track_caller]
    fn enqueue(&self, key: Key) -> Sleeper {
        let sleeper = Sleeper {
            parker: Parker::new("sleeper"),
            token: Rc::default(),
        };
        self.with(key, |queue| queue.push_back(sleeper.clone()));
        sleeper
    }

    /// The deadline passes: the thread takes itself from the queue, unless a waker has been faster.
    #[track_caller]
    fn time_out(&self, key: Key, sleeper: &Sleeper, deadline: Deadline, at: At) -> Parked {
        let asleep = self.leave(key, sleeper);
        run::reach(deadline.0);
        if !asleep {
            return sleep(key, sleeper, false, at);
        }
        woke(key, Woke::TimedOut, at);
        Parked::TimedOut
    }

    /// Nobody wakes the thread, and it goes on: it takes itself from the queue, unless a waker has been faster.
    #[track_caller]
    fn wake_up(&self, key: Key, sleeper: &Sleeper, at: At) -> Parked {
        if !self.leave(key, sleeper) {
            return sleep(key, sleeper, false, at);
        }
        woke(key, Woke::Spurious, at);
        Parked::Unparked(0)
    }

    /// Takes a sleeper from its queue; false when a waker was faster, or the run is being unwound.
    #[track_caller]
    fn leave(&self, key: Key, sleeper: &Sleeper) -> bool {
        let Some(lock) = self.lock(key) else {
            return false;
        };
        let asleep = self.with(key, |queue| {
            let before = queue.len();
            queue.retain(|other| other.parker != sleeper.parker);
            queue.len() < before
        });
        lock.unlock();
        asleep
    }

    /// Wakes the thread that has waited longest; `decide` sees what was found and gives the token.
    #[track_caller]
    pub fn unpark_one(&self, key: Key, decide: impl FnOnce(Found) -> usize) -> Found {
        let at = Caller::caller();
        let Some(lock) = self.lock(key) else {
            return Found {
                woken: false,
                more: false,
            };
        };
        let (sleeper, more) = self.with(key, |queue| (queue.pop_front(), !queue.is_empty()));
        let woken = sleeper.is_some();
        let found = Found { woken, more };
        let token = decide(found);
        lock.unlock();
        wake(key, sleeper.as_slice(), token, at);
        found
    }

    /// Wakes every thread that waits on `key`, with `token`; gives their number.
    #[track_caller]
    pub fn unpark_all(&self, key: Key, token: usize) -> usize {
        let at = Caller::caller();
        let Some(lock) = self.lock(key) else {
            return 0;
        };
        let sleepers = self.with(key, std::mem::take);
        lock.unlock();
        wake(key, sleepers.as_slices().0, token, at);
        sleepers.len()
    }

    /// Takes the lock of a key's queue; none while a run is being unwound.
    #[track_caller]
    fn lock(&self, key: Key) -> Option<Lock> {
        if !run::alive() {
            return None;
        }
        let known = self.queues.borrow().get(&key).map(|queue| queue.lock);
        let number = known.unwrap_or_else(|| self.bind(key));
        let lock = self.locks.get(number)?;
        lock.lock();
        Some(*lock)
    }

    /// Gives a key its lock.
    fn bind(&self, key: Key) -> usize {
        let foreseen = graph_engine::foreseen();
        let recorded = |lock: &Lock| Some(lock.location()) == foreseen;
        let mut queues = self.queues.borrow_mut();
        // Another thread may have come here first while this one looked ahead.
        if let Some(queue) = queues.get(&key) {
            return queue.lock;
        }
        let free = |number: &usize| queues.values().all(|queue| queue.lock != *number);
        let lock = self.locks.iter().position(recorded);
        let lock = lock.or_else(|| (0..LOCKS).find(free)).unwrap_or(LOCKS - 1);
        let sleepers = VecDeque::new();
        queues.insert(key, Queue { lock, sleepers });
        lock
    }

    fn with<R>(&self, key: Key, f: impl FnOnce(&mut VecDeque<Sleeper>) -> R) -> R {
        f(&mut self.queues.borrow_mut().entry(key).or_default().sleepers)
    }
}

/// Chooses whether this wait times out: the exploration goes both ways, as often as it may.
#[track_caller]
fn times_out() -> bool {
    let yes = run::may_time_out(MOST_TIME_OUTS) && graph_engine::choice(2) == 1;
    if yes {
        run::timed_out();
    }
    yes
}

/// Chooses whether this sleep ends though nobody wakes the thread, as [`times_out`] does.
#[track_caller]
fn wakes_up() -> bool {
    let yes = run::may_wake_up(MOST_WAKE_UPS) && graph_engine::choice(2) == 1;
    if yes {
        run::woke_up();
    }
    yes
}

/// Waits for a waker. One that may time out does so in another execution.
#[track_caller]
fn sleep(key: Key, sleeper: &Sleeper, timed: bool, at: At) -> Parked {
    waits::blocked(On::Key(key.0), at);
    if timed {
        sleeper.parker.park_with_deadline();
    } else {
        sleeper.parker.park();
    }
    waits::unblocked(execution::current());
    woke(key, Woke::Unparked, at);
    Parked::Unparked(sleeper.token.get())
}

#[track_caller]
fn wake(key: Key, sleepers: &[Sleeper], token: usize, at: At) {
    let woken = sleepers.len();
    event::push(Event::Unpark { key: key.0, woken }, at);
    for sleeper in sleepers {
        sleeper.token.set(token);
        sleeper.parker.unpark();
    }
}

#[track_caller]
fn woke(key: Key, reason: Woke, at: At) {
    let key = key.0;
    event::push(Event::Woke { key, reason }, at);
}
