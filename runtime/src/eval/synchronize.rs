//! Locks and events as Python sees them: with time-outs, and a waiter never blocks a stop of the world.
//!
//! What they protect is ordered by a [`Mutex`] around their state; the atomics beside it only say whether to sleep. A
//! lock is not fair, as CPython's `threading.Lock` is not.

use core::time::Duration;

use crate::eval::Outcome;
use crate::eval::context::Context;
use crate::eval::other::Other;
use crate::eval::types::TypeId;
use crate::objects::value::Value;
use crate::protocols::mutex::Mutex;
use crate::sync::atomic::AtomicU8;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::park::{Key, Parked, ParkingLot};
use crate::sync::time::Deadline;

/// How long a thread is willing to wait.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Patience {
    None,
    For(Duration),
    Forever,
}

impl Patience {
    pub(in crate::eval) fn deadline(self) -> Option<Deadline> {
        match self {
            Patience::None => Deadline::after(Duration::ZERO),
            Patience::For(time) => Deadline::after(time),
            Patience::Forever => None,
        }
    }
}

/// Whether threads should sleep, and where they do.
struct Gate(AtomicU8);

impl Gate {
    const OPEN: u8 = 0;
    const CLOSED: u8 = 1;

    fn new(name: &'static str, state: u8) -> Self {
        Self(AtomicU8::new(name, state))
    }

    fn set(&self, state: u8) {
        // ORDERING: relaxed: a sleeper looks while its queue is locked, and whoever opens the gate locks that queue
        // afterwards; what the gate guards is ordered by the mutex.
        self.0.store(state, Relaxed);
    }

    fn is_closed(&self) -> bool {
        // ORDERING: as above.
        self.0.load(Relaxed) == Self::CLOSED
    }

    /// Sleeps while the gate is closed, until woken or too late; says whether it was in time.
    fn sleep(&self, lot: &ParkingLot, deadline: Option<Deadline>) -> bool {
        lot.park(Key::of(&self.0), deadline, || self.is_closed()) != Parked::TimedOut
    }

    fn wake_one(&self, lot: &ParkingLot) {
        lot.unpark_one(Key::of(&self.0), |_| 0);
    }

    fn wake_all(&self, lot: &ParkingLot) {
        lot.unpark_all(Key::of(&self.0), 0);
    }
}

/// `threading.Lock`
pub(crate) struct LockObject {
    held: Mutex<bool>,
    /// Closed while the lock is held and somebody waits.
    gate: Gate,
}

impl LockObject {
    pub(crate) fn new() -> Self {
        Self {
            held: Mutex::new("lock", false),
            gate: Gate::new("lock waiters", Gate::OPEN),
        }
    }

    pub(crate) fn is_locked(&self, cx: &Context<'_>) -> bool {
        self.held.with(cx.lot(), |held| *held)
    }

    /// Takes the lock if it is free; else, or if others may still wait, closes the gate.
    fn try_acquire(&self, lot: &ParkingLot, waited: bool, will_wait: bool) -> bool {
        self.held.with(lot, |held| {
            let acquired = !std::mem::replace(held, true);
            if waited || will_wait && !acquired {
                self.gate.set(Gate::CLOSED);
            }
            acquired
        })
    }

    /// Takes the lock; says whether it was got in time.
    pub(crate) fn acquire(&self, cx: &Context<'_>, patience: Patience) -> bool {
        let will_wait = patience != Patience::None;
        self.try_acquire(cx.lot(), false, will_wait) || will_wait && self.acquire_slow(cx, patience)
    }

    #[cold]
    fn acquire_slow(&self, cx: &Context<'_>, patience: Patience) -> bool {
        let (deadline, lot) = (patience.deadline(), cx.lot());
        cx.blocking(|| {
            while self.gate.sleep(lot, deadline) {
                if self.try_acquire(lot, true, true) {
                    return true;
                }
            }
            false
        })
    }

    /// Frees the lock; says whether it was held.
    pub(crate) fn release(&self, cx: &Context<'_>) -> bool {
        let (was_held, others_wait) = self.held.with(cx.lot(), |held| {
            let others_wait = self.gate.is_closed();
            self.gate.set(Gate::OPEN);
            (std::mem::replace(held, false), others_wait)
        });
        if others_wait {
            self.gate.wake_one(cx.lot());
        }
        was_held
    }
}

/// Who holds an `RLock`, and how many times.
#[derive(Clone, Copy, Debug, Default)]
struct Holder {
    thread: u64,
    count: u64,
}

/// `threading.RLock`
pub(crate) struct RLockObject {
    lock: LockObject,
    holder: Mutex<Holder>,
}

impl RLockObject {
    pub(crate) fn new() -> Self {
        Self {
            lock: LockObject::new(),
            holder: Mutex::new("rlock", Holder::default()),
        }
    }

    fn me(cx: &Context<'_>) -> u64 {
        u64::from(cx.ts.id().get())
    }

    /// How many times it is held.
    pub(crate) fn count(&self, cx: &Context<'_>) -> u64 {
        self.holder.with(cx.lot(), |holder| holder.count)
    }

    pub(crate) fn acquire(&self, cx: &Context<'_>, patience: Patience) -> bool {
        let me = Self::me(cx);
        let again = self.holder.with(cx.lot(), |holder| {
            let mine = holder.thread == me;
            holder.count += u64::from(mine);
            mine
        });
        if again {
            return true;
        }
        let acquired = self.lock.acquire(cx, patience);
        if acquired {
            self.holder.with(cx.lot(), |holder| {
                *holder = Holder {
                    thread: me,
                    count: 1,
                }
            });
        }
        acquired
    }

    /// Gives it back once; says whether the thread held it.
    pub(crate) fn release(&self, cx: &Context<'_>) -> bool {
        let me = Self::me(cx);
        let left = self.holder.with(cx.lot(), |holder| {
            if holder.thread != me {
                return None;
            }
            holder.count -= 1;
            if holder.count == 0 {
                *holder = Holder::default();
            }
            Some(holder.count)
        });
        match left {
            Some(0) => self.lock.release(cx),
            other => other.is_some(),
        }
    }
}

/// `threading.Event`
pub(crate) struct EventObject {
    set: Mutex<bool>,
    /// Closed while the event is not set.
    gate: Gate,
}

impl EventObject {
    pub(crate) fn new() -> Self {
        Self {
            set: Mutex::new("event", false),
            gate: Gate::new("event waiters", Gate::CLOSED),
        }
    }

    pub(crate) fn is_set(&self, cx: &Context<'_>) -> bool {
        self.set.with(cx.lot(), |set| *set)
    }

    pub(crate) fn set(&self, cx: &Context<'_>) {
        self.set.with(cx.lot(), |set| {
            *set = true;
            self.gate.set(Gate::OPEN);
        });
        self.gate.wake_all(cx.lot());
    }

    pub(crate) fn clear(&self, cx: &Context<'_>) {
        self.set.with(cx.lot(), |set| {
            *set = false;
            self.gate.set(Gate::CLOSED);
        });
    }

    /// Waits until it is set; says whether it was in time. A `clear` right after the `set` does not keep a waiter.
    pub(crate) fn wait(&self, cx: &Context<'_>, patience: Patience) -> bool {
        let lot = cx.lot();
        if self.is_set(cx) || patience == Patience::None {
            return self.is_set(cx);
        }
        let in_time = cx.blocking(|| self.gate.sleep(lot, patience.deadline()));
        in_time || self.is_set(cx)
    }
}

/// `__enter__` of a lock, without looking the method up; nothing for other values.
#[inline]
pub(in crate::eval) fn enter(cx: &mut Context<'_>, manager: &Value) -> Option<Outcome> {
    match Other::of(manager)? {
        Other::Lock(lock) => lock.acquire(cx, Patience::Forever),
        Other::RLock(lock) => lock.acquire(cx, Patience::Forever),
        _ => return None,
    };
    Some(Ok(Value::TRUE))
}

/// `__exit__` of a lock; nothing for other values.
#[inline]
pub(in crate::eval) fn exit(cx: &mut Context<'_>, manager: &Value) -> Option<Outcome<()>> {
    let released = match Other::of(manager)? {
        Other::Lock(lock) => lock.release(cx),
        Other::RLock(lock) => lock.release(cx),
        _ => return None,
    };
    Some(match released {
        true => Ok(()),
        false => Err(cx.error(TypeId::RuntimeError, "release unlocked lock")),
    })
}
