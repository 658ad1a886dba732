//! The seeded faults: real bugs that can be switched on, and the scenario that must catch each of them.

mod bytearray;
mod claim;
mod dict;
pub mod fuzzed;
mod instance;
mod library;
mod list;
mod once;
mod refcount;
mod safepoint;
mod set;
mod threads;
mod version;
mod weakref;

use reports::failure::FailureKind;

/// One fault: a `seeded!` branch in the shared source.
#[derive(Clone, Copy, Debug)]
pub struct Fault {
    /// The name in `seeded!`, as in `rc1-merge-then-disown`.
    pub name: &'static str,
    /// Where it comes from: a CPython issue (`gh-119999`), or `derived` and the reason.
    pub origin: &'static str,
    /// What the code does wrong while it is on, one sentence.
    pub what: &'static str,
    /// The scenario that must catch it.
    pub scenario: &'static str,
    /// The kind of failure that must result; another kind is a mistake in the model.
    pub kind: FailureKind,
    /// What the failure's claim or detail must contain.
    pub property: &'static str,
    /// Whether the fault needs weak memory, so that shuttle cannot see it.
    pub weak_memory: bool,
}

/// Every fault, by pillar.
pub fn all() -> impl Iterator<Item = &'static Fault> {
    [
        refcount::ALL,
        dict::ALL,
        list::ALL,
        safepoint::ALL,
        threads::ALL,
        set::ALL,
        weakref::ALL,
        version::ALL,
        claim::ALL,
        instance::ALL,
        once::ALL,
        bytearray::ALL,
        library::ALL,
    ]
    .into_iter()
    .flatten()
}
