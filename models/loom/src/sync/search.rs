//! One search: its mode, what it learns about locations, and which of loom's limits it met.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use super::atomic::Ordering;
use super::schedule::{self, Stop};

thread_local! {
    static COMPLETE: Cell<bool> = const { Cell::new(false) };
    static NAMES: RefCell<Names> = RefCell::default();
    static LIMITS: RefCell<BTreeSet<String>> = RefCell::default();
    static OUT_OF_WAKE_UPS: Cell<bool> = const { Cell::new(false) };
    static REFUSAL: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// How the locations of each name are written.
///
/// loom lets a plain store pass between the two halves of a read-modify-write, so a location that gets
/// read-modify-writes is stored to by `swap`. Which locations do is learnt by running: the name is noted, and if one of
/// its locations was stored to plainly before, the search starts again knowing better.
#[derive(Debug, Default)]
struct Names {
    updated: BTreeSet<&'static str>,
    stored: BTreeSet<&'static str>,
}

/// Starts a new search, which knows nothing.
pub(super) fn begin(complete: bool) {
    COMPLETE.set(complete);
    NAMES.take();
    LIMITS.take();
    OUT_OF_WAKE_UPS.set(false);
    REFUSAL.take();
}

/// Starts the search again, knowing which names are updated.
pub(super) fn again() {
    NAMES.with_borrow_mut(|names| names.stored.clear());
    LIMITS.take();
    OUT_OF_WAKE_UPS.set(false);
}

/// Whether accesses are announced to each other.
pub(super) fn is_complete() -> bool {
    COMPLETE.get()
}

/// Notes a read-modify-write of a location of this name.
pub(super) fn updates(name: &'static str) {
    let late =
        NAMES.with_borrow_mut(|names| names.updated.insert(name) && names.stored.contains(name));
    if late {
        schedule::stop(Stop::Again);
    }
}

/// Whether a store to a location of this name must be a read-modify-write.
pub(super) fn stores_by_swap(name: &'static str) -> bool {
    NAMES.with_borrow_mut(|names| {
        let swap = names.updated.contains(name);
        if !swap {
            names.stored.insert(name);
        }
        swap
    })
}

/// Ends the search if the order is one that loom takes for a weaker one: what it then shows is of another program.
pub(super) fn check_order(name: &'static str, order: Ordering) {
    if order == Ordering::SeqCst {
        let why = format!(
            "loom takes sequentially consistent accesses, such as of `{name}`, for weaker ones"
        );
        REFUSAL.set(Some(why));
        schedule::stop(Stop::Refused);
    }
}

/// Why the search was ended, if it was refused.
pub(super) fn refusal() -> Option<String> {
    REFUSAL.take()
}

/// Notes that a limit of loom was met, so that not everything was seen.
pub(super) fn limit(met: impl FnOnce() -> String) {
    LIMITS.with_borrow_mut(|limits| limits.insert(met()));
}

/// Notes that an execution would have had one more spurious wake-up than it may.
pub(super) fn spend_wake_ups() {
    OUT_OF_WAKE_UPS.set(true);
}

/// Whether one would have.
pub(super) fn is_out_of_wake_ups() -> bool {
    OUT_OF_WAKE_UPS.get()
}

/// Every limit that was met.
pub(super) fn limits() -> Vec<String> {
    LIMITS.with_borrow(|limits| limits.iter().cloned().collect())
}
