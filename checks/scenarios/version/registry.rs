//! An abstract class, with what was registered with it and what it has found out.

use std::convert::Infallible;

use crate::rt::protocols::critical_section;
use crate::rt::protocols::object_lock::ObjectLock;
use crate::rt::protocols::registrations::{Answers, Token};
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::sync::cell::Cell;

#[derive(Default)]
struct Known {
    registered: Vec<u64>,
    answers: Answers,
}

pub(super) struct Registry {
    lock: ObjectLock,
    token: Token,
    known: Cell<Known>,
}

// SAFETY: `known` is reached under the lock, which is what the scenarios rely on.
unsafe impl Send for Registry {}
// SAFETY: as above.
unsafe impl Sync for Registry {}

impl Registry {
    pub(super) fn new() -> Self {
        Self {
            lock: ObjectLock::new(),
            token: Token::new(),
            known: Cell::new("known", Known::default()),
        }
    }

    fn with<R>(
        &self,
        ts: &ThreadState,
        body: impl FnOnce(&mut Known) -> R,
    ) -> Result<R, Infallible> {
        Ok(critical_section::with(ts, &self.lock, || {
            // SAFETY: the lock is held; the models watch.
            self.known.with_mut(|known| body(unsafe { &mut *known }))
        }))
    }

    /// Registers a class by its number.
    pub(super) fn register(&self, ts: &ThreadState, class: u64) {
        let Ok(()) = self
            .token
            .register(|| self.with(ts, |known| known.registered.push(class)));
    }

    /// Whether a class was registered, as far as is known.
    pub(super) fn ask(&self, ts: &ThreadState, class: u64) -> bool {
        let Ok(answer) = self.token.ask(
            |token| self.with(ts, |known| known.answers.recall(class, token)),
            || self.with(ts, |known| known.registered.contains(&class)),
            |asked, answer| self.with(ts, |known| known.answers.keep(class, asked, answer)),
        );
        answer
    }

    /// As [`Self::ask`], for a class that nobody has asked about.
    pub(super) fn search(&self, ts: &ThreadState, class: u64) -> bool {
        let Ok(answer) = self.token.ask(
            |_| Ok(None),
            || self.with(ts, |known| known.registered.contains(&class)),
            |asked, answer| self.with(ts, |known| known.answers.keep(class, asked, answer)),
        );
        answer
    }

    /// What is recalled of a class now.
    pub(super) fn recall(&self, ts: &ThreadState, class: u64) -> Option<bool> {
        let token = self.token.now();
        let Ok(recalled) = self.with(ts, |known| known.answers.recall(class, token));
        recalled
    }
}
