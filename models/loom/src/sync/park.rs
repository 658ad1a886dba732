//! The parking lot: threads that sleep on a key until another thread wakes them, or until a deadline.
//!
//! Whether a deadline passes before a waker comes is explored once in an execution; besides, one passes whenever nothing
//! else can happen. In a lot that is restless one sleep an execution ends for no reason.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::panic::Location;
use std::rc::Rc;

use loom::sync::{Mutex, MutexGuard};
use record::At;
use record::event::{self, Event, Woke};
use record::waits::On;

use super::choice::{self, Choice};
use super::schedule::{self, Woken};
use super::search;
use super::time::{self, Deadline};

/// What threads sleep on: the address of an atomic that they watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

/// The threads that sleep on one key.
#[derive(Debug)]
struct Queue {
    lock: Mutex<()>,
    sleepers: RefCell<VecDeque<usize>>,
    /// What wakers left for the threads that they took from the queue.
    tokens: RefCell<BTreeMap<usize, usize>>,
}

thread_local! {
    static QUEUES: RefCell<BTreeMap<usize, Rc<Queue>>> = const { RefCell::new(BTreeMap::new()) };
}

pub(super) fn reset() {
    QUEUES.take();
}

impl Queue {
    fn of(key: Key) -> Rc<Self> {
        let new = || {
            Rc::new(Self {
                lock: Mutex::new(()),
                sleepers: RefCell::default(),
                tokens: RefCell::default(),
            })
        };
        QUEUES.with_borrow_mut(|queues| Rc::clone(queues.entry(key.0).or_insert_with(new)))
    }

    fn lock(&self) -> Option<MutexGuard<'_, ()>> {
        let alone = schedule::is_quiet();
        (!alone)
            .then(|| schedule::step(|| self.lock.lock().expect("loom's locks are never poisoned")))
    }

    /// Takes out the thread that has waited longest.
    fn pop(&self) -> (Option<usize>, Found) {
        let mut sleepers = self.sleepers.borrow_mut();
        let sleeper = sleepers.pop_front();
        let found = Found {
            woken: sleeper.is_some(),
            more: !sleepers.is_empty(),
        };
        (sleeper, found)
    }

    fn leave_token(&self, sleeper: usize, token: usize) {
        self.tokens.borrow_mut().insert(sleeper, token);
    }

    /// How the sleep of thread `me` ended; takes it from the queue if nobody did.
    fn end(&self, me: usize) -> Parked {
        match self.tokens.borrow_mut().remove(&me) {
            Some(token) => Parked::Unparked(token),
            None => {
                self.sleepers.borrow_mut().retain(|sleeper| *sleeper != me);
                Parked::TimedOut
            }
        }
    }
}

/// The queues of sleeping threads.
#[derive(Debug, Default)]
pub struct ParkingLot {
    /// Whether sleepers may wake up though nobody woke them.
    restless: bool,
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
        Self { restless: true }
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
        let at = Location::caller();
        if !schedule::alive() {
            return Parked::Invalid;
        }
        let queue = Queue::of(key);
        let guard = queue.lock();
        let parked = if validate() {
            queue.sleepers.borrow_mut().push_back(schedule::current());
            event::push(Event::Park { key: key.0 }, at);
            drop(guard);
            self.sleep(&queue, key, deadline, at)
        } else {
            Parked::Invalid
        };
        let (reason, parked) = match parked {
            Parked::Unparked(_) => (Woke::Unparked, parked),
            Parked::Invalid => (Woke::Invalid, parked),
            Parked::TimedOut if deadline.is_none() => (Woke::Spurious, Parked::Unparked(0)),
            Parked::TimedOut => (Woke::TimedOut, parked),
        };
        event::push(Event::Woke { key: key.0, reason }, at);
        parked
    }

    /// Sleeps in `queue`. When the sleep is to end by itself, the thread does not sleep at all but takes the lock once
    /// more: whether a waker comes before that is explored like any other race.
    #[track_caller]
    fn sleep(&self, queue: &Queue, key: Key, deadline: Option<Deadline>, at: At) -> Parked {
        let me = schedule::current();
        match deadline {
            Some(deadline) if choice::choose(Choice::TimeOut) => time::reach(deadline),
            None if self.restless && wakes_up() => {}
            _ => {
                if schedule::sleep(On::Key(key.0), deadline, at) == Woken::Called {
                    return queue.end(me);
                }
            }
        }
        let _guard = queue.lock();
        queue.end(me)
    }

    /// Wakes the thread that has waited longest; `decide` sees what was found and gives the token.
    #[track_caller]
    pub fn unpark_one(&self, key: Key, decide: impl FnOnce(Found) -> usize) -> Found {
        let at = Location::caller();
        if !schedule::alive() {
            return Found {
                woken: false,
                more: false,
            };
        }
        let queue = Queue::of(key);
        let guard = queue.lock();
        let (sleeper, found) = queue.pop();
        let token = decide(found);
        if let Some(sleeper) = sleeper {
            queue.leave_token(sleeper, token);
        }
        drop(guard);
        call(key, sleeper.as_slice(), at);
        found
    }

    /// Wakes every thread that waits on `key`, with `token`; gives their number.
    #[track_caller]
    pub fn unpark_all(&self, key: Key, token: usize) -> usize {
        let at = Location::caller();
        if !schedule::alive() {
            return 0;
        }
        let queue = Queue::of(key);
        let guard = queue.lock();
        let sleepers = Vec::from(queue.sleepers.take());
        for sleeper in &sleepers {
            queue.leave_token(*sleeper, token);
        }
        drop(guard);
        call(key, &sleepers, at);
        sleepers.len()
    }
}

/// Chooses whether this sleep ends though nobody wakes the thread.
fn wakes_up() -> bool {
    if choice::is_spent(Choice::WakeUp) {
        search::spend_wake_ups();
    }
    choice::choose(Choice::WakeUp)
}

/// Wakes threads that were taken from a queue.
fn call(key: Key, sleepers: &[usize], at: At) {
    let woken = sleepers.len();
    event::push(Event::Unpark { key: key.0, woken }, at);
    sleepers.iter().for_each(|sleeper| schedule::wake(*sleeper));
}
