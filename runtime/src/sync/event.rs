//! What traces show beside single accesses: names, operations, locks. Natively nothing.

pub use reports::shown::{Item, Shown, Told};

/// Gives the heap block at `block` a name for traces, as in `config` for a dict.
#[inline(always)]
pub fn label<T>(_block: *const T, _name: &'static str) {}

/// Runs one named protocol operation; a trace can fold its steps.
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
#[inline(always)]
pub fn reads<T>(_object: *const T, _part: Option<u64>) {}

/// The calling thread is about to change an object, or a part of it.
#[inline(always)]
pub fn writes<T>(_object: *const T, _part: Option<u64>) {}

/// The calling thread is about to set a part of an object that keeps its parts in order; `is_new` says whether the part
/// is to be added.
#[inline(always)]
pub fn inserts<T>(_object: *const T, _part: u64, _is_new: impl FnOnce() -> bool) {}

/// Whether a thread waits before [`takes`] and [`awaits`] return, and so has to let the world stop meanwhile.
pub const WAITS: bool = false;

/// The calling thread is about to take a lock, and to wait while `is_held`; at most for a time, if it is `timed`.
#[inline(always)]
pub fn takes<T>(_lock: *const T, _timed: bool, _is_held: &dyn Fn() -> bool) {}

/// The calling thread is about to give a lock back.
#[inline(always)]
pub fn gives<T>(_lock: *const T) {}

/// The calling thread is about to look at something, and to wait while `is_closed`; at most for a time, if it is `timed`.
#[inline(always)]
pub fn awaits<T>(_object: *const T, _timed: bool, _is_closed: &dyn Fn() -> bool) {}

/// The dispatch loop has fetched the instruction at this address.
#[inline(always)]
pub fn fetched<T>(_instruction: *const T) {}

/// Runs what the thread does to a dead object, with which it is alone.
#[inline(always)]
pub fn alone<R>(body: impl FnOnce() -> R) -> R {
    body()
}

/// The length of a container, as a part of it.
pub const LENGTH: Option<u64> = Some(u64::MAX - 4);

/// The calling thread is about to look at a part of a container without its lock.
#[inline(always)]
pub fn glances<T>(_container: *const T, _part: Option<u64>) {}

/// The holder of a container's lock is about to store what others may look at without it; nothing says which part.
#[inline(always)]
pub fn stores<T>(_container: *const T, _part: Option<u64>) {}

/// As [`reads`], if something holds.
#[inline(always)]
pub fn reads_if<T>(_object: *const T, _part: Option<u64>, _holds: impl FnOnce() -> bool) {}

/// As [`writes`], if something holds.
#[inline(always)]
pub fn writes_if<T>(_object: *const T, _part: Option<u64>, _holds: impl FnOnce() -> bool) {}

/// Runs what nobody can notice.
#[inline(always)]
pub fn unobserved<R>(body: impl FnOnce() -> R) -> R {
    body()
}

/// The calling thread is about to look at what others signal.
#[inline(always)]
pub fn looks<T>(_object: *const T) {}

/// The calling thread is about to signal something, or to write what others see at once.
#[inline(always)]
pub fn signals<T>(_object: *const T) {}

/// The calling thread is about to change an object by what another one has.
#[inline(always)]
pub fn changes<T>(_object: *const T, _source: *const T) {}

/// The calling thread is about to look at two objects at one moment.
#[inline(always)]
pub fn reads_both<T>(_left: *const T, _right: *const T) {}

/// The object is dead, and a finalizer or a weak reference will tell of it.
#[inline(always)]
pub fn ends<T>(_object: *const T) {}

/// The calling thread is about to use what no point covers.
#[inline(always)]
pub fn leaves(_what: &'static str) {}

/// The calling thread is about to take a lock for what lies in a cell.
#[inline(always)]
pub fn enters<T>(_cell: *const T, _name: &'static str) {}
