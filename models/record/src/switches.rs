//! The weakened site and the fault that are on in this execution.

use std::cell::Cell;
use std::sync::atomic::Ordering;

thread_local! {
    static FAULT: Cell<Option<&'static str>> = const { Cell::new(None) };
    static WEAKEN: Cell<Option<&'static str>> = const { Cell::new(None) };
}

pub(crate) fn set(fault: Option<&'static str>, weaken: Option<&'static str>) {
    FAULT.set(fault);
    WEAKEN.set(weaken);
}

/// The order of a named site: `order`, or `Relaxed` when the site is weakened.
#[must_use]
pub fn site(name: &'static str, order: Ordering) -> Ordering {
    match WEAKEN.get() {
        Some(weak) if weak == name => Ordering::Relaxed,
        _ => order,
    }
}

/// Whether the named fault is on.
#[must_use]
pub fn seeded(name: &'static str) -> bool {
    FAULT.get() == Some(name)
}
