//! `threading.RLock`: a lock that its holder may take again.

use crate::eval::cx::Cx;
use crate::eval::ops::number;
use crate::eval::{Args, Outcome};
use crate::objects::tuple::Tuple;
use crate::protocols::mutex::Mutex;
use crate::refs::{Ref, items};
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::lock::{Lock, accept, refuse};
use crate::types::payload::{self, Boxed, payload};
use crate::types::wait::{Patience, patience};

/// Who holds an `RLock`, and how many times.
#[derive(Clone, Copy, Debug, Default)]
struct Holder {
    thread: u64,
    count: u64,
}

const UNOWNED: &str = "cannot release un-acquired lock";

/// `threading.RLock`
pub(crate) struct RLock {
    lock: Lock,
    holder: Mutex<Holder>,
}

impl RLock {
    pub(crate) fn new() -> Self {
        Self {
            lock: Lock::new(),
            holder: Mutex::new("rlock", Holder::default()),
        }
    }

    fn me(cx: &Cx) -> u64 {
        u64::from(cx.ts.id().get())
    }

    /// How many times it is held.
    pub(crate) fn count(&self, cx: &Cx) -> u64 {
        self.holder.with(cx.lot(), |holder| holder.count)
    }

    pub(crate) fn acquire(&self, cx: &Cx, patience: Patience) -> Outcome<bool> {
        let me = Self::me(cx);
        let again = self.holder.with(cx.lot(), |holder| {
            let mine = holder.thread == me;
            holder.count += u64::from(mine);
            mine
        });
        if again {
            return Ok(true);
        }
        let acquired = self.lock.acquire(cx, patience)?;
        if acquired {
            self.holder.with(cx.lot(), |holder| {
                *holder = Holder {
                    thread: me,
                    count: 1,
                }
            });
        }
        Ok(acquired)
    }

    /// Gives it back once; says whether the thread held it.
    pub(crate) fn release(&self, cx: &Cx) -> bool {
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
    let holder = lock.holder.with(cx.lot(), |holder| *holder);
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
    let count = lock.holder.with(cx.lot(), |holder| {
        let mine = holder.thread == me;
        mine.then(|| std::mem::take(holder).count)
    });
    let Some(count) = count else {
        return Err(cx.error(TypeId::RuntimeError, UNOWNED));
    };
    lock.lock.release(cx);
    Ok(cx.tuple(vec![cx.int(count as i64), cx.int(me as i64)]))
}

/// Takes the lock as it was when [`release_all`] gave it up.
fn acquire_again(cx: &Cx, lock: &RLock, state: Ref<'_>) -> Outcome<()> {
    let state = state.downcast::<Tuple>().map_or(&[][..], items);
    let [count, _] = state else {
        return Err(cx.type_error("the state is that which _release_save() gave"));
    };
    let count = number::index(cx, *count)?;
    lock.lock.acquire_firmly(cx);
    lock.holder.with(cx.lot(), |holder| {
        *holder = Holder {
            thread: RLock::me(cx),
            count: count.max(1).unsigned_abs(),
        }
    });
    Ok(())
}

fn recursion_count(cx: &Cx, lock: &RLock) -> i64 {
    let holder = lock.holder.with(cx.lot(), |holder| *holder);
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
