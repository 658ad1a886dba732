//! The museum: the bugs of CPython's free-threaded builds that the faults repeat, each told in three sentences.

mod containers;
mod counts;
mod threads;

/// A bug that was found in CPython.
#[derive(Clone, Copy, Debug)]
pub struct Card {
    /// The faults that repeat it.
    pub faults: &'static [&'static str],
    /// Which versions had it, and where it was fixed.
    pub versions: &'static str,
    /// What went wrong: the setting, the step too far, and what came of it.
    pub story: [&'static str; 3],
}

/// Every card, by what went wrong.
pub fn all() -> impl Iterator<Item = &'static Card> {
    [counts::ALL, containers::ALL, threads::ALL]
        .into_iter()
        .flatten()
}

/// The card of a fault.
#[must_use]
pub fn card(fault: &str) -> Option<&'static Card> {
    all().find(|card| card.faults.contains(&fault))
}
