//! `_thread.lock`: what Python sees of a [`ThreadLock`].

use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome};
use crate::protocols::gate::{Gate, Seen, Slept};
use crate::protocols::thread_lock::ThreadLock;
use crate::refs::Ref;
use crate::sync::event;
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::payload::{self, Boxed, payload};
use crate::types::wait::{Interrupts, Patience, patience};

/// `threading.Lock`
pub(crate) struct Lock(ThreadLock);

impl Lock {
    pub(crate) fn new() -> Self {
        Self(ThreadLock::new())
    }

    pub(crate) fn is_locked(&self, cx: &Cx) -> bool {
        event::looks(self);
        self.0.is_held(cx.lot())
    }

    /// Takes the lock; says whether it was got in time.
    #[inline]
    pub(crate) fn acquire(&self, cx: &Cx, patience: Patience) -> Outcome<bool> {
        if patience == Patience::None {
            event::signals(self);
            return Ok(self.0.try_take(cx.lot()));
        }
        let timed = patience != Patience::Forever;
        cx.announce(|| event::takes(self, timed, &|| self.0.is_held(cx.lot())));
        match self.0.take_or_announce(cx.lot()) {
            true => Ok(true),
            false => acquire_slow(cx, patience, |sleep| self.0.wait(cx.lot(), sleep)),
        }
    }

    /// Frees the lock; says whether it was held.
    pub(crate) fn release(&self, cx: &Cx) -> bool {
        event::gives(self);
        self.0.release(cx.lot())
    }
}

/// How a lock lets a thread sleep.
pub(super) type Sleep<'a> = &'a mut dyn FnMut(&Gate, Seen) -> Slept;

/// Waits for a lock as long as the thread is willing to; says whether it was got in time.
#[cold]
pub(super) fn acquire_slow(
    cx: &Cx,
    patience: Patience,
    wait: impl Fn(Sleep<'_>) -> Slept,
) -> Outcome<bool> {
    let deadline = patience.deadline();
    let mut sleep = |gate: &Gate, seen| gate.sleep(cx, seen, deadline, Interrupts::Heeded);
    loop {
        match cx.blocking(|| wait(&mut sleep)) {
            Slept::InTime => return Ok(true),
            Slept::TooLate => return Ok(false),
            Slept::Interrupted => cx.check_interrupt()?,
        }
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
