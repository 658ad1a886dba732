//! The exploration that runs on this OS thread, the model thread that runs in it, and the alarm.

use std::cell::{Cell, RefCell};

use reports::failure::FailureKind;

use super::control::{Control, Effect};
use super::strategy::{Place, Strategy};

/// Why an execution must not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alarm {
    None,
    /// It is over; threads that are left unwind.
    Over,
    /// No thread can go on.
    Stuck(FailureKind),
    /// It had this many scheduling points.
    TooLong(usize),
}

thread_local! {
    static CONTROL: RefCell<Option<Control>> = const { RefCell::new(None) };
    static CURRENT: Cell<usize> = const { Cell::new(0) };
    static ALARM: Cell<Alarm> = const { Cell::new(Alarm::None) };
    static PLANNED: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Lends the state of the exploration that runs on this OS thread.
///
/// # Panics
/// When none does: primitives of this world work only inside one.
pub(super) fn with<R>(f: impl FnOnce(&mut Control) -> R) -> R {
    CONTROL.with_borrow_mut(|control| {
        f(control
            .as_mut()
            .expect("the shuttle world exists only inside an exploration"))
    })
}

/// Begins an exploration on this OS thread.
pub(super) fn install(strategy: Box<dyn Strategy>) {
    CONTROL.set(Some(Control::new(strategy)));
}

/// Ends the exploration.
pub(super) fn uninstall() -> Option<Control> {
    CONTROL.take()
}

/// The thread that runs.
pub(super) fn thread() -> usize {
    CURRENT.get()
}

pub(super) fn alarm() -> Alarm {
    ALARM.get()
}

pub(super) fn sound(alarm: Alarm) {
    ALARM.set(alarm);
}

/// Chooses who goes on after the current thread, and plans the same for shuttle.
pub(super) fn choose() -> usize {
    let next = choose_for_shuttle();
    PLANNED.set(Some(next));
    next
}

/// Chooses who goes on after the current thread, when it is shuttle that asks.
pub(super) fn choose_for_shuttle() -> usize {
    let next = with(Control::choose);
    CURRENT.set(next);
    next
}

/// What [`choose`] planned for shuttle.
pub(super) fn planned() -> Option<usize> {
    PLANNED.take()
}

/// Back to the main thread of a new execution.
pub(super) fn reset() {
    CURRENT.set(0);
    PLANNED.set(None);
    ALARM.set(Alarm::None);
}

/// Names the thread that shuttle runs next when the execution is over and threads unwind.
pub(super) fn set_thread(thread: usize) {
    CURRENT.set(thread);
}

/// Notes what the current thread did to a place.
pub(in crate::sync) fn did(place: Place, effect: Effect) {
    if record::execution::running() {
        with(|control| control.did(place, effect));
    }
}
