//! What an abstract class has found out about others: answers that are kept, and forgotten when classes are registered.
//!
//! # Source           CPython Modules/_abc.c `_abc__abc_subclasscheck_impl`, `abc_invalidation_counter` (3.13.5).
//! Differences: the order of the steps lies in two functions here, so that no caller can get it wrong.
//!
//! # State
//!
//! ```text
//!   token       how often a class was registered anywhere
//!   yes         numbers of classes that are subclasses, for ever: what was registered stays so
//!   no, asked   numbers of classes that were none when the token was `asked`
//! ```
//!
//! # Transitions
//!
//! ```text
//!   (x) any attached thread   (l) with the lock of the class that keeps the answers
//!   register  -l-> entered in the registry, then -x-> token + 1
//!   ask       -x-> the token as it is, then -l-> recall, or else search the registry, and -l-> keep
//!   keep no   -l-> forgotten if the token was older than `asked`; if it was younger, `no` begins anew with it
//! ```
//!
//! # Invariants
//! 1. A "no" that is recalled was found by a search that saw every registration up to the token.
//!    version_registration_vs_answer
//! 2. A "no" of an older token is not kept among those of a younger one.          version_old_answer_is_forgotten
//!
//! # Orderings        none: who reads a token that a registration has raised comes after it at the lock of the class
//!
//! # Field access     `Answers`: (l).
//!
//! # Progress         Wait-free, apart from the lock.
//!
//! # Not covered      Classes that are gone.
//!
//! # Checks           The scenarios named above.

use std::collections::BTreeSet;

use crate::sync::atomic::AtomicU64;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::seeded;

/// How often a class was registered.
#[derive(Debug)]
pub struct Token(AtomicU64);

impl Default for Token {
    fn default() -> Self {
        Self::new()
    }
}

impl Token {
    /// No class was registered.
    #[must_use]
    pub fn new() -> Self {
        Self(AtomicU64::new("registrations", 0))
    }

    /// The number.
    #[must_use]
    pub fn now(&self) -> u64 {
        // ORDERING: relaxed: see the header; a number that is too old only costs another search.
        self.0.load(Relaxed)
    }

    /// Registers a class: `enter` puts it into the registry, with the lock of its class.
    ///
    /// # Errors
    /// What `enter` failed with; nothing was registered then.
    pub fn register<E>(&self, enter: impl FnOnce() -> Result<(), E>) -> Result<(), E> {
        if seeded!("ab1-token-before-entry") {
            self.raise();
            return enter();
        }
        enter()?;
        self.raise();
        Ok(())
    }

    fn raise(&self) {
        // ORDERING: relaxed: the entry comes first by the lock of the class.
        let _ = self.0.fetch_add(1, Relaxed);
    }

    /// Finds an answer: as it is recalled, or else by a search that `keep` gets the answer of.
    ///
    /// # Errors
    /// What one of them failed with.
    pub fn ask<E>(
        &self,
        recall: impl FnOnce(u64) -> Result<Option<bool>, E>,
        search: impl FnOnce() -> Result<bool, E>,
        keep: impl FnOnce(u64, bool) -> Result<(), E>,
    ) -> Result<bool, E> {
        let asked = self.now();
        if let Some(answer) = recall(asked)? {
            return Ok(answer);
        }
        let answer = search()?;
        let late = seeded!("ab2-token-after-search");
        keep(if late { self.now() } else { asked }, answer)?;
        Ok(answer)
    }
}

/// The answers that one class keeps; the lock of its object protects them.
#[derive(Debug, Default)]
pub struct Answers {
    yes: BTreeSet<u64>,
    no: BTreeSet<u64>,
    asked: u64,
}

impl Answers {
    /// What is known of a class by its number, as things stand at a token.
    #[must_use]
    pub fn recall(&self, number: u64, token: u64) -> Option<bool> {
        if self.yes.contains(&number) {
            return Some(true);
        }
        (self.asked == token && self.no.contains(&number)).then_some(false)
    }

    /// Keeps what was found out about a class after the token was `asked`.
    pub fn keep(&mut self, number: u64, asked: u64, answer: bool) {
        if answer {
            self.yes.insert(number);
            return;
        }
        if self.asked < asked {
            self.asked = asked;
            self.no.clear();
        }
        if self.asked == asked || seeded!("ab3-old-among-new") {
            self.no.insert(number);
        }
    }

    /// Forgets every answer.
    pub fn clear(&mut self) {
        self.yes.clear();
        self.no.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_no_holds_until_a_class_is_registered_and_a_yes_for_ever() {
        let (token, mut answers) = (Token::new(), Answers::default());
        answers.keep(1, token.now(), true);
        answers.keep(2, token.now(), false);
        assert_eq!(answers.recall(1, token.now()), Some(true));
        assert_eq!(answers.recall(2, token.now()), Some(false));
        assert_eq!(token.register(|| Ok::<_, ()>(())), Ok(()));
        assert_eq!(answers.recall(1, token.now()), Some(true));
        assert_eq!(answers.recall(2, token.now()), None);
    }
}
