//! The weakened site and the fault that are on in this execution.

use std::cell::{Cell, RefCell};
use std::panic::Location;
use std::sync::atomic::Ordering;

use crate::At;

thread_local! {
    static FAULT: Cell<Option<&'static str>> = const { Cell::new(None) };
    static WEAKEN: Cell<Option<&'static str>> = const { Cell::new(None) };
    /// Where it took effect in this execution, each line once.
    static EFFECTS: RefCell<Vec<At>> = const { RefCell::new(Vec::new()) };
}

pub(crate) fn set(fault: Option<&'static str>, weaken: Option<&'static str>) {
    FAULT.set(fault);
    WEAKEN.set(weaken);
    EFFECTS.take();
}

/// The order of a named site: `order`, or `Relaxed` when the site is weakened.
#[must_use]
#[track_caller]
pub fn site(name: &'static str, order: Ordering) -> Ordering {
    match WEAKEN.get() {
        Some(weak) if weak == name => {
            note(Location::caller());
            Ordering::Relaxed
        }
        _ => order,
    }
}

/// Whether the named fault is on.
#[must_use]
#[track_caller]
pub fn seeded(name: &'static str) -> bool {
    let on = FAULT.get() == Some(name);
    if on {
        note(Location::caller());
    }
    on
}

/// Where it took effect in this execution.
pub(crate) fn effects() -> Vec<At> {
    EFFECTS.with_borrow(Clone::clone)
}

fn note(at: At) {
    EFFECTS.with_borrow_mut(|effects| {
        if !effects.contains(&at) {
            effects.push(at);
        }
    });
}
