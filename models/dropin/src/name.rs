//! Names that the user gives to places, for reports.
//!
//! The engine takes one name for a place. It is `given: Type`, or the type alone.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use crate::run;

/// Every name so far: they are few, and the engine wants them for good.
static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

const BETWEEN: &str = ": ";

/// Calls `make`, and gives this name to every atomic, cell and lock that it makes: reports call
/// them so. Several get a number.
///
/// ```
/// loom::model(|| {
///     let head = loom::named("head", || loom::sync::atomic::AtomicUsize::new(0));
///     # drop(head);
/// });
/// ```
pub fn named<T>(name: &'static str, make: impl FnOnce() -> T) -> T {
    if !run::is_live() {
        return make();
    }
    run::names(|names| names.push(name));
    let made = make();
    run::names(Vec::pop);
    made
}

/// The engine's name for a place of this type.
pub(crate) fn of(kind: &'static str) -> &'static str {
    match run::names(|names| names.last().copied()) {
        Some(given) => kept(&format!("{given}{BETWEEN}{kind}")),
        None => kind,
    }
}

fn kept(name: &str) -> &'static str {
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = names.get(name) {
        return known;
    }
    let new: &'static str = Box::leak(name.to_owned().into_boxed_str());
    names.insert(new);
    new
}

/// The given name, if there is one, and the type.
pub(crate) fn split(name: &str) -> (Option<&str>, &str) {
    match name.rsplit_once(BETWEEN) {
        Some((given, kind)) => (Some(given), kind),
        None => (None, name),
    }
}
