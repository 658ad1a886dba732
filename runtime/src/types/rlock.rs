//! `threading.RLock`: a lock that its holder may take again.

use crate::eval::cx::Cx;
use crate::eval::ops::number;
use crate::eval::{Args, Outcome};
use crate::objects::tuple::Tuple;
use crate::protocols::gate::Gate;
use crate::protocols::recursive_lock::{Holder, RecursiveLock};
use crate::refs::{Ref, items};
use crate::sync::event;
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::lock::{accept, acquire_slow, refuse};
use crate::types::payload::{self, Boxed, payload};
use crate::types::wait::{Interrupts, Patience, patience};

const UNOWNED: &str = "cannot release un-acquired lock";

/// `threading.RLock`
pub(crate) struct RLock(RecursiveLock);

impl RLock {
    pub(crate) fn new() -> Self {
        Self(RecursiveLock::new())
    }

    fn me(cx: &Cx) -> u64 {
        u64::from(cx.ts.id().get())
    }

    /// How many times it is held.
    pub(crate) fn count(&self, cx: &Cx) -> u64 {
        self.0.holder(cx.lot()).count
    }

    pub(crate) fn acquire(&self, cx: &Cx, patience: Patience) -> Outcome<bool> {
        let me = Self::me(cx);
        self.announce(cx, patience);
        if patience == Patience::None {
            return Ok(self.0.try_take(cx.lot(), me));
        }
        match self.0.take_or_announce(cx.lot(), me) {
            true => Ok(true),
            false => acquire_slow(cx, patience, |sleep| self.0.wait(cx.lot(), me, sleep)),
        }
    }

    /// Takes the lock, which the thread does not have, so many times, whatever happens meanwhile.
    fn acquire_firmly(&self, cx: &Cx, count: u64) {
        let me = Self::me(cx);
        self.announce(cx, Patience::Forever);
        if !self.0.take_or_announce(cx.lot(), me) {
            let sleep = |gate: &Gate, seen| gate.sleep(cx, seen, None, Interrupts::Ignored);
            let _ = cx.blocking(|| self.0.wait(cx.lot(), me, sleep));
        }
        self.0.hold(cx.lot(), me, count);
    }

    /// Gives it back once; says whether the thread held it.
    pub(crate) fn release(&self, cx: &Cx) -> bool {
        event::gives(self);
        self.0.release(cx.lot(), Self::me(cx))
    }

    /// Says that the lock is about to be taken.
    #[inline]
    fn announce(&self, cx: &Cx, patience: Patience) {
        if patience == Patience::None {
            return event::signals(self);
        }
        let is_held = || {
            let holder = self.0.holder(cx.lot());
            holder.count > 0 && holder.thread != Self::me(cx)
        };
        let timed = patience != Patience::Forever;
        cx.announce(|| event::takes(self, timed, &is_held));
    }
}

payload!(RLock as RLock, "RLock", |_this, _visit| {});

class! {
    pub(crate) RLOCK: Boxed<RLock> = "RLock" (Object) {
        with_weak;
        module "_thread";
        slots { new: new, init: accept, repr: repr }
        /// Takes the lock, and waits for it if so wanted; says whether it was got.
        method acquire as acquire_method(self, blocking = true, timeout = -1.0);
        /// Give the lock back; one that waits for it may take it.
        method release as release_method(self, /);
        /// Whether somebody holds the lock.
        method locked(self, /);
        /// For conditions only.
        method _is_owned as is_owned(self, /);
        /// For conditions only.
        method _release_save as release_all(self, /);
        /// For conditions only.
        method _acquire_restore as acquire_again(self, state, /);
        /// How often the calling thread holds it.
        method _recursion_count as recursion_count(self, /);
        /// Takes the lock.
        method __enter__ as enter(self, /);
        /// Give the lock back.
        method __exit__ as exit(self, *exc_info);
    }
}

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    if class.is(TypeId::RLock) {
        refuse(cx, "RLock", args)?;
    }
    Ok(payload::new_in(cx, class, RLock::new()))
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let lock = this.payload::<RLock>().expect("an RLock");
    let holder = lock.0.holder(cx.lot());
    let state = if holder.count > 0 {
        "locked"
    } else {
        "unlocked"
    };
    let kind = cx.class_of(this).name(cx);
    let address = super::object::address(this);
    let Holder { thread, count } = holder;
    Ok(cx.str(&format!(
        "<{state} _thread.{kind} object owner={thread} count={count} at {address}>"
    )))
}

fn acquire_method(cx: &Cx, lock: &RLock, blocking: bool, timeout: f64) -> Outcome<bool> {
    let patience = patience(cx, blocking, timeout)?;
    lock.acquire(cx, patience)
}

fn release_method(cx: &Cx, lock: &RLock) -> Outcome<()> {
    match lock.release(cx) {
        true => Ok(()),
        false => Err(cx.error(TypeId::RuntimeError, UNOWNED)),
    }
}

fn locked(cx: &Cx, lock: &RLock) -> bool {
    lock.count(cx) > 0
}

fn is_owned(cx: &Cx, lock: &RLock) -> bool {
    recursion_count(cx, lock) > 0
}

/// Gives the lock up, however often it is held; says how often that was, and by whom.
fn release_all(cx: &Cx, lock: &RLock) -> Outcome {
    let me = RLock::me(cx);
    event::gives(lock);
    match lock.0.release_all(cx.lot(), me) {
        Some(count) => Ok(cx.tuple(vec![cx.int(count as i64), cx.int(me as i64)])),
        None => Err(cx.error(TypeId::RuntimeError, UNOWNED)),
    }
}

/// Takes the lock as it was when [`release_all`] gave it up.
fn acquire_again(cx: &Cx, lock: &RLock, state: Ref<'_>) -> Outcome<()> {
    let state = state.downcast::<Tuple>().map_or(&[][..], items);
    let [count, _] = state else {
        return Err(cx.type_error("the state is that which _release_save() gave"));
    };
    let count = number::index(cx, *count)?;
    lock.acquire_firmly(cx, count.max(1).unsigned_abs());
    Ok(())
}

fn recursion_count(cx: &Cx, lock: &RLock) -> i64 {
    let holder = lock.0.holder(cx.lot());
    if holder.thread == RLock::me(cx) {
        holder.count as i64
    } else {
        0
    }
}

fn enter(cx: &Cx, lock: &RLock) -> Outcome<bool> {
    lock.acquire(cx, Patience::Forever)
}

fn exit(cx: &Cx, lock: &RLock, _exc_info: Ref<'_>) -> Outcome<()> {
    release_method(cx, lock)
}
