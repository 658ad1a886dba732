//! Inheritance: what a new class copies from its bases, and what they pass down to the classes that they know.
//!
//! # Source           CPython Objects/typeobject.c `fixup_slot_dispatchers`, `update_slot`, `add_subclass` (3.14), and
//! gh-151377.
//! Differences: no lock is held from the first look at the bases until they know the class. It copies, becomes known,
//! and copies again if anything was passed down meanwhile.
//!
//! # State
//!
//! ```text
//!   word:    how often something was passed down, by any class
//!   heirs:   whom a class knows, in a table of its own behind a lock
//! ```
//!
//! # Transitions
//!
//! ```text
//!   (m) who makes a class     (c) who changes one
//!   m: begin, copy, become known under the lock, ask whether anything was missed, and if so copy again
//!   c: change, word + 1, pass down to the heirs that are there under the lock
//! ```
//!
//! # Invariants
//! 1. A class that is known to its bases has what they have once who changes them is done.   version_heir_vs_change
//!
//! # Orderings
//! | site                  | operation      | order   | pairs with            | carries                  | if weakened |
//! |-----------------------|----------------|---------|-----------------------|--------------------------|-------------|
//! | `inheritance.begin`   | load word      | Acquire | `inheritance.changed` | the change               | stale copy  |
//! | `inheritance.changed` | fetch_add word | Release | `inheritance.begin`   | the change               | stale copy  |
//!
//! # Progress         Wait-free.
//!
//! # Races considered
//! * The change was counted before `begin`: the copy has it.
//! * It is counted after `begin`, and its look at the heirs comes before the new class is one: the lock of the heirs
//!   carries the count, and the class copies again.
//! * Its look comes later: it finds the class. What is copied twice is the same.
//!
//! # Not covered      2^64 changes while one class is made.
//!
//! # Checks           version_heir_vs_change.

use crate::sync::atomic::AtomicU64;
use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::sync::{seeded, site};

/// What was passed down in one interpreter.
#[derive(Debug)]
pub struct Inheritance(AtomicU64);

/// When a new class began to copy.
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct Begun(u64);

impl Default for Inheritance {
    fn default() -> Self {
        Self::new()
    }
}

impl Inheritance {
    /// Nothing was passed down.
    #[must_use]
    pub fn new() -> Self {
        Self(AtomicU64::new("passed down", 0))
    }

    /// A class is about to copy from its bases.
    pub fn begin(&self) -> Begun {
        // ORDERING: Acquire, with `inheritance.changed`: the changes that were counted, for the copy.
        Begun(self.0.load(site("inheritance.begin", Acquire)))
    }

    /// Passes down what was changed before.
    pub fn pass_down<R>(&self, pass: impl FnOnce() -> R) -> R {
        // ORDERING: Release, with `inheritance.begin`: the change.
        self.0.fetch_add(1, site("inheritance.changed", Release));
        pass()
    }

    /// Whether the class, which is known to its bases by now, must copy again.
    #[must_use]
    pub fn missed(&self, begun: Begun) -> bool {
        // ORDERING: Relaxed; what was passed down to the others before this class was known comes with the lock of the
        // heirs.
        self.0.load(Relaxed) != begun.0 && !seeded!("tc6-heir-known-late")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_passed_down_meanwhile_is_missed() {
        let inheritance = Inheritance::new();
        inheritance.pass_down(|| ());
        let begun = inheritance.begin();
        assert!(!inheritance.missed(begun));
        assert_eq!(inheritance.pass_down(|| 7), 7);
        assert!(inheritance.missed(begun));
        assert!(!inheritance.missed(inheritance.begin()));
    }
}
