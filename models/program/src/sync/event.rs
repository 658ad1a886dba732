//! What operations of objects are about to do: where threads change.

use crate::engine;
use crate::place::{self, Access, Effect};
pub use reports::shown::{Item, Shown, Told};

/// Gives a heap block a name for traces.
#[inline(always)]
pub fn label<T>(_block: *const T, _name: &'static str) {}

/// Runs one named protocol operation.
#[inline(always)]
pub fn operation<R>(_name: &'static str, body: impl FnOnce() -> R) -> R {
    body()
}

/// As [`operation`], with what the call is given and what it gives back.
#[inline(always)]
pub fn call<R: Shown>(_name: &'static str, _given: impl Shown, body: impl FnOnce() -> R) -> R {
    body()
}

/// The calling thread now holds the lock at `lock`.
#[inline(always)]
pub fn acquired<T>(_lock: *const T, _name: &'static str) {}

/// The calling thread no longer holds the lock at `lock`.
#[inline(always)]
pub fn released<T>(_lock: *const T) {}

/// The calling thread is about to look at an object, or at a part of it.
#[inline]
pub fn reads<T>(object: *const T, part: Option<u64>) {
    if engine::is_watching() {
        engine::access(Access::new(place::part(object, part), Effect::Read));
    }
}

/// The calling thread is about to change an object, or a part of it.
#[inline]
pub fn writes<T>(object: *const T, part: Option<u64>) {
    if engine::is_watching() {
        engine::access(Access::new(place::part(object, part), Effect::Write));
    }
}

/// Runs what the thread does to a dead object, with which it is alone.
#[inline]
pub fn alone<R>(body: impl FnOnce() -> R) -> R {
    engine::alone(body)
}

/// The length of a container, as a part of it.
pub const LENGTH: Option<u64> = Some(u64::MAX - 4);

/// The calling thread is about to look at a part of a container without its lock.
#[inline]
pub fn glances<T>(container: *const T, part: Option<u64>) {
    if engine::is_watching() {
        // Whatever changes a container may change its length.
        let whole = if part == LENGTH { None } else { part };
        let access = Access::new(place::part(container, whole), Effect::Glance);
        engine::glance(access, place::part(container, part));
    }
}

/// The holder of a container's lock is about to store what others may look at without it; nothing says which part.
#[inline]
pub fn stores<T>(container: *const T, part: Option<u64>) {
    if engine::is_watching() {
        engine::store(Access::new(place::part(container, part), Effect::Store));
    }
}

/// The calling thread is about to take a lock for what lies in a cell.
#[inline]
pub fn enters<T>(cell: *const T, name: &'static str) {
    if engine::is_watching() {
        engine::enters(cell.addr(), name);
    }
}

/// The object is dead, and a finalizer or a weak reference will tell of it.
#[inline]
pub fn ends<T>(object: *const T) {
    engine::ends(object.addr());
}

/// The calling thread is about to use what no point covers.
#[inline]
pub fn leaves(what: &'static str) {
    if engine::is_watching() {
        engine::leaves(what);
    }
}

/// As [`reads`], if something holds.
#[inline]
pub fn reads_if<T>(object: *const T, part: Option<u64>, holds: impl FnOnce() -> bool) {
    if engine::is_watching() && holds() {
        reads(object, part);
    }
}

/// As [`writes`], if something holds.
#[inline]
pub fn writes_if<T>(object: *const T, part: Option<u64>, holds: impl FnOnce() -> bool) {
    if engine::is_watching() && holds() {
        writes(object, part);
    }
}

/// Runs what nobody can notice.
#[inline]
pub fn unobserved<R>(body: impl FnOnce() -> R) -> R {
    engine::unobserved(body)
}

/// The calling thread is about to set a part of an object that keeps its parts in order; `is_new` says whether the part is
/// to be added, which another thread may change until then.
#[inline]
pub fn inserts<T>(object: *const T, part: u64, is_new: impl Fn() -> bool) {
    if engine::is_watching() {
        engine::inserts(object.addr(), part, &is_new);
    }
}

/// The calling thread is about to change an object by what another one has.
#[inline]
pub fn changes<T>(object: *const T, source: *const T) {
    if engine::is_watching() {
        let write = Access::new(place::part(object, None), Effect::Write);
        engine::access_both(write, Access::new(place::part(source, None), Effect::Read));
    }
}

/// The calling thread is about to look at two objects at one moment.
#[inline]
pub fn reads_both<T>(left: *const T, right: *const T) {
    if engine::is_watching() {
        let read = |object| Access::new(place::part(object, None), Effect::Read);
        engine::access_both(read(left), read(right));
    }
}

/// Whether a thread waits before [`takes`] and [`awaits`] return, and so has to let the world stop meanwhile.
pub const WAITS: bool = true;

/// The calling thread is about to take a lock, and to wait while `is_held`; at most for a time, if it is `timed`.
#[inline]
pub fn takes<T>(lock: *const T, timed: bool, is_held: &dyn Fn() -> bool) {
    if engine::is_watching() {
        let access = Access::new(place::part(lock, Some(2)), Effect::Acquire);
        engine::wait(access, timed, is_held);
    }
}

/// The calling thread is about to give a lock back.
#[inline]
pub fn gives<T>(lock: *const T) {
    if engine::is_watching() {
        engine::access(Access::new(place::part(lock, Some(2)), Effect::Release));
    }
}

/// The calling thread is about to look at something, and to wait while `is_closed`.
#[inline]
pub fn awaits<T>(object: *const T, timed: bool, is_closed: &dyn Fn() -> bool) {
    if engine::is_watching() {
        let access = Access::new(place::part(object, Some(2)), Effect::Look);
        engine::wait(access, timed, is_closed);
    }
}

/// The calling thread is about to look at what others signal.
#[inline]
pub fn looks<T>(object: *const T) {
    if engine::is_watching() {
        engine::access(Access::new(place::part(object, Some(2)), Effect::Look));
    }
}

/// The calling thread is about to signal something, or to write what others see at once.
#[inline]
pub fn signals<T>(object: *const T) {
    if engine::is_watching() {
        engine::access(Access::new(place::part(object, Some(2)), Effect::Signal));
    }
}

/// The dispatch loop has fetched the instruction at this address.
#[inline(always)]
pub fn fetched<T>(instruction: *const T) {
    engine::fetched(instruction.addr());
}
