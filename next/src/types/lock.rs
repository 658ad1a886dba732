//! `_thread.lock`, and how threads wait: with time-outs, and a waiter never blocks a stop of the world.
//!
//! What a lock protects is ordered by a [`Mutex`] around its state; the atomic beside it only says whether to sleep. A
//! lock is not fair, as CPython's is not.

use core::time::Duration;

use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome};
use crate::protocols::mutex::Mutex;
use crate::refs::Ref;
use crate::sync::atomic::AtomicU8;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::park::{Key, Parked, ParkingLot};
use crate::sync::time::Deadline;
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::payload::{self, Boxed, payload};

/// How long a thread is willing to wait.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Patience {
    None,
    For(Duration),
    Forever,
}

impl Patience {
    pub(crate) fn deadline(self) -> Option<Deadline> {
        match self {
            Patience::None => Deadline::after(Duration::ZERO),
            Patience::For(time) => Deadline::after(time),
            Patience::Forever => None,
        }
    }
}

/// Whether threads should sleep, and where they do.
pub(crate) struct Gate(AtomicU8);

impl Gate {
    pub(crate) const OPEN: u8 = 0;
    pub(crate) const CLOSED: u8 = 1;

    pub(crate) fn new(name: &'static str, state: u8) -> Self {
        Self(AtomicU8::new(name, state))
    }

    pub(crate) fn set(&self, state: u8) {
        // ORDERING: relaxed: a sleeper looks while its queue is locked, and whoever opens the gate locks that queue
        // afterwards; what the gate guards is ordered by the mutex.
        self.0.store(state, Relaxed);
    }

    pub(crate) fn is_closed(&self) -> bool {
        // ORDERING: as above.
        self.0.load(Relaxed) == Self::CLOSED
    }

    /// Sleeps while the gate is closed, until woken or too late; says whether it was in time.
    pub(crate) fn sleep(&self, lot: &ParkingLot, deadline: Option<Deadline>) -> bool {
        lot.park(Key::of(&self.0), deadline, || self.is_closed()) != Parked::TimedOut
    }

    pub(crate) fn wake_one(&self, lot: &ParkingLot) {
        lot.unpark_one(Key::of(&self.0), |_| 0);
    }

    pub(crate) fn wake_all(&self, lot: &ParkingLot) {
        lot.unpark_all(Key::of(&self.0), 0);
    }
}

/// `threading.Lock`
pub(crate) struct Lock {
    held: Mutex<bool>,
    /// Closed while the lock is held and somebody waits.
    gate: Gate,
}

impl Lock {
    pub(crate) fn new() -> Self {
        Self {
            held: Mutex::new("lock", false),
            gate: Gate::new("lock waiters", Gate::OPEN),
        }
    }

    pub(crate) fn is_locked(&self, cx: &Cx) -> bool {
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
    pub(crate) fn acquire(&self, cx: &Cx, patience: Patience) -> bool {
        let will_wait = patience != Patience::None;
        self.try_acquire(cx.lot(), false, will_wait) || will_wait && self.acquire_slow(cx, patience)
    }

    #[cold]
    fn acquire_slow(&self, cx: &Cx, patience: Patience) -> bool {
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
    pub(crate) fn release(&self, cx: &Cx) -> bool {
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

payload!(Lock as Lock, "lock", |_this, _visit| {});

class! {
    pub(crate) LOCK: Boxed<Lock> = "lock" (Object) {
        sealed;
        with_weak;
        module "_thread";
        doc "A lock object is a synchronization primitive.";
        slots { new: new, init: accept, repr: repr }
        /// Lock the lock. Return whether the lock was acquired.
        method acquire as acquire_method(self, blocking = true, timeout = -1.0);
        /// Release the lock, allowing another thread that is blocked waiting for it to acquire it.
        method release as release_method(self, /);
        /// Return whether the lock is in the locked state.
        method locked(self, /);
        method acquire_lock as acquire_method(self, blocking = true, timeout = -1.0);
        method release_lock as release_method(self, /);
        method locked_lock as locked(self, /);
        /// Lock the lock.
        method __enter__ as enter(self, /);
        /// Release the lock.
        method __exit__ as exit(self, *exc_info);
    }
}

/// Arguments are looked at by `new`.
pub(crate) fn accept(_cx: &Cx, _this: Ref<'_>, _args: Args<'_>) -> Outcome<()> {
    Ok(())
}

/// A class that takes no arguments.
pub(crate) fn refuse(cx: &Cx, name: &str, args: Args<'_>) -> Outcome<()> {
    match args.is_empty() {
        true => Ok(()),
        false => Err(cx.type_error(format!("{name}() takes no arguments"))),
    }
}

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    refuse(cx, "lock", args)?;
    Ok(payload::new_in(cx, class, Lock::new()))
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let lock = this.payload::<Lock>().expect("a lock");
    let state = if lock.is_locked(cx) {
        "locked"
    } else {
        "unlocked"
    };
    let address = super::object::address(this);
    Ok(cx.str(&format!("<{state} _thread.lock object at {address}>")))
}

/// How long `blocking` and `timeout` allow to wait.
pub(crate) fn patience(cx: &Cx, blocking: bool, timeout: f64) -> Outcome<Patience> {
    match (blocking, timeout) {
        (false, -1.0) => Ok(Patience::None),
        (false, _) => Err(cx.value_error("can't specify a timeout for a non-blocking call")),
        (true, -1.0) => Ok(Patience::Forever),
        (true, timeout) if timeout < 0.0 => {
            Err(cx.value_error("timeout value must be a non-negative number"))
        }
        (true, timeout) => seconds(cx, timeout).map(Patience::For),
    }
}

/// CPython's limit, about 292 years.
pub(crate) const TIMEOUT_MAX: f64 = 9_223_372_036.0;

/// A number of seconds as a duration.
pub(crate) fn seconds(cx: &Cx, seconds: f64) -> Outcome<Duration> {
    if seconds.is_nan() {
        return Err(cx.value_error("Invalid value NaN (not a number)"));
    }
    match Duration::try_from_secs_f64(seconds) {
        Ok(duration) if seconds <= TIMEOUT_MAX => Ok(duration),
        _ => Err(cx.error(TypeId::OverflowError, "timeout value is too large")),
    }
}

/// `timeout=None` of `join` and `wait`; negative times do not wait.
pub(crate) fn optional_timeout(cx: &Cx, timeout: Option<f64>) -> Outcome<Patience> {
    match timeout {
        None => Ok(Patience::Forever),
        Some(timeout) if timeout <= 0.0 => Ok(Patience::None),
        Some(timeout) => seconds(cx, timeout).map(Patience::For),
    }
}

fn acquire_method(cx: &Cx, lock: &Lock, blocking: bool, timeout: f64) -> Outcome<bool> {
    let patience = patience(cx, blocking, timeout)?;
    Ok(lock.acquire(cx, patience))
}

fn release_method(cx: &Cx, lock: &Lock) -> Outcome<()> {
    match lock.release(cx) {
        true => Ok(()),
        false => Err(cx.error(TypeId::RuntimeError, "release unlocked lock")),
    }
}

fn locked(cx: &Cx, lock: &Lock) -> bool {
    lock.is_locked(cx)
}

fn enter(cx: &Cx, lock: &Lock) -> bool {
    lock.acquire(cx, Patience::Forever)
}

fn exit(cx: &Cx, lock: &Lock, _exc_info: Ref<'_>) -> Outcome<()> {
    release_method(cx, lock)
}
