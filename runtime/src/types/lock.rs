//! `_thread.lock`
//!
//! What a lock protects is ordered by a [`Mutex`] around its state; the gate beside it only says whether to sleep. A lock
//! is not fair, as CPython's is not.

use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome};
use crate::protocols::mutex::Mutex;
use crate::refs::Ref;
use crate::sync::park::ParkingLot;
use crate::sync::time::Deadline;
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::gate::Gate;
use crate::types::payload::{self, Boxed, payload};
use crate::types::wait::{Interrupts, Patience, Slept, patience};

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
            gate: Gate::new("lock waiters", false),
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
                self.gate.set(true);
            }
            acquired
        })
    }

    /// Takes the lock; says whether it was got in time.
    #[inline]
    pub(crate) fn acquire(&self, cx: &Cx, patience: Patience) -> Outcome<bool> {
        let will_wait = patience != Patience::None;
        if self.try_acquire(cx.lot(), false, will_wait) {
            return Ok(true);
        }
        match will_wait {
            true => self.acquire_slow(cx, patience),
            false => Ok(false),
        }
    }

    #[cold]
    fn acquire_slow(&self, cx: &Cx, patience: Patience) -> Outcome<bool> {
        let deadline = patience.deadline();
        loop {
            match self.wait(cx, deadline, Interrupts::Heeded) {
                Slept::InTime => return Ok(true),
                Slept::TooLate => return Ok(false),
                Slept::Interrupted => cx.check_interrupt()?,
            }
        }
    }

    /// Takes the lock, whatever happens meanwhile.
    pub(crate) fn acquire_firmly(&self, cx: &Cx) {
        if !self.try_acquire(cx.lot(), false, true) {
            let _ = self.wait(cx, None, Interrupts::Ignored);
        }
    }

    /// Waits for the lock and takes it.
    fn wait(&self, cx: &Cx, deadline: Option<Deadline>, interrupts: Interrupts) -> Slept {
        let lot = cx.lot();
        cx.blocking(|| {
            loop {
                let slept = self.gate.sleep(cx, self.gate.look(), deadline, interrupts);
                if slept != Slept::InTime || self.try_acquire(lot, true, true) {
                    return slept;
                }
            }
        })
    }

    /// Frees the lock; says whether it was held.
    pub(crate) fn release(&self, cx: &Cx) -> bool {
        let (was_held, others_wait) = self.held.with(cx.lot(), |held| {
            let others_wait = self.gate.is_closed();
            self.gate.set(false);
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
        doc "A lock: one thread at a time holds it.";
        slots { new: new, init: accept, repr: repr }
        /// Takes the lock, and waits for it if so wanted; says whether it was got.
        method acquire as acquire_method(self, blocking = true, timeout = -1.0);
        /// Give the lock back; one that waits for it may take it.
        method release as release_method(self, /);
        /// Whether somebody holds it.
        method locked(self, /);
        method acquire_lock as acquire_method(self, blocking = true, timeout = -1.0);
        method release_lock as release_method(self, /);
        method locked_lock as locked(self, /);
        /// Takes the lock.
        method __enter__ as enter(self, /);
        /// Give the lock back.
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

fn acquire_method(cx: &Cx, lock: &Lock, blocking: bool, timeout: f64) -> Outcome<bool> {
    let patience = patience(cx, blocking, timeout)?;
    lock.acquire(cx, patience)
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

fn enter(cx: &Cx, lock: &Lock) -> Outcome<bool> {
    lock.acquire(cx, Patience::Forever)
}

fn exit(cx: &Cx, lock: &Lock, _exc_info: Ref<'_>) -> Outcome<()> {
    release_method(cx, lock)
}
