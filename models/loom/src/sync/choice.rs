//! Explicit choices: whether a time-out fires, whether a sleep ends by itself, whether a weak compare-exchange fails for no reason.
//!
//! loom branches on which store a relaxed load reads. A choice is such a load, of a location that was created with `no`
//! and to which loom's own thread then stored `yes`, unordered with every thread of the model. Both happen before loom
//! is told to explore, so the choice is a dependency of nothing.

use std::cell::RefCell;
use std::rc::Rc;

use loom::sync::atomic::AtomicBool;
use loom::sync::atomic::Ordering::Relaxed;

use super::schedule;

/// What is chosen. Each is answered with yes at most once in an execution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// A sleep with a deadline ends by itself.
    TimeOut,
    /// A sleep ends though nobody wakes the thread.
    WakeUp,
    /// A weak compare-exchange fails though it finds what it expects.
    Spurious,
}

const ALL: [Choice; 3] = [Choice::TimeOut, Choice::WakeUp, Choice::Spurious];

thread_local! {
    /// The choices that were not yet answered with yes.
    static OPEN: RefCell<Vec<(Choice, Rc<AtomicBool>)>> = const { RefCell::new(Vec::new()) };
}

/// Creates the choices of an execution; before any thread of the model exists.
pub(super) fn create() {
    let open = ALL.map(|choice| (choice, Rc::new(AtomicBool::new(false))));
    OPEN.set(open.into());
}

/// Makes both answers possible; after the first thread was started, so that it is not ordered after this.
pub(super) fn offer() {
    for (_, answer) in OPEN.with_borrow(Clone::clone) {
        answer.store(true, Relaxed);
    }
}

/// Whether the choice was answered with yes in this execution, and cannot be again.
pub(super) fn is_spent(choice: Choice) -> bool {
    OPEN.with_borrow(|open| open.iter().all(|(known, _)| *known != choice))
}

/// Chooses: the exploration goes both ways, as often as it may.
pub(super) fn choose(choice: Choice) -> bool {
    let open = |open: &Vec<(Choice, Rc<AtomicBool>)>| {
        let found = open.iter().find(|(known, _)| *known == choice);
        found.map(|(_, answer)| Rc::clone(answer))
    };
    let Some(answer) = OPEN.with_borrow(open) else {
        return false;
    };
    let yes = !schedule::is_quiet() && schedule::step(|| answer.load(Relaxed));
    if yes {
        OPEN.with_borrow_mut(|open| open.retain(|(known, _)| *known != choice));
    }
    yes
}
