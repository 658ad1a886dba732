//! Who waits for what, and who holds what: what a deadlock is reported with.

use crate::At;
use crate::event::{self, Event};
use crate::execution;
use crate::names::Names;
use crate::state;

/// What a blocked thread waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// A waker of this key.
    Key(usize),
    /// The end of this thread.
    Thread(usize),
    /// A change that some other thread makes, in a loop.
    Change,
}

/// A lock and the thread that holds it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Held {
    pub(crate) lock: usize,
    pub(crate) thread: usize,
}

/// Waiting threads and held locks, as of now.
#[derive(Debug, Default)]
pub(crate) struct Waits {
    pub(crate) waiting: Vec<(usize, On)>,
    pub(crate) held: Vec<Held>,
}

impl Waits {
    pub(crate) fn clear(&mut self) {
        self.waiting.clear();
        self.held.clear();
    }

    /// The lock at `address`, if somebody holds it.
    pub(crate) fn holder(&self, address: usize) -> Option<&Held> {
        self.held.iter().find(|held| held.lock == address)
    }
}

/// The current thread cannot go on before `on`.
pub fn blocked(on: On, at: At) {
    if execution::running() {
        let thread = execution::current();
        state::with(|state| state.waits.waiting.push((thread, on)));
        event::push(Event::Blocked { on }, at);
    }
}

/// The current thread waits in a loop for another thread to change something.
pub fn spins(at: At) {
    spins_on();
    event::push(Event::Spun, at);
}

/// As [`spins`], for a round that is not worth an entry of the log.
pub fn spins_on() {
    if execution::running() {
        let thread = execution::current();
        state::with(|state| state.waits.waiting.push((thread, On::Change)));
    }
}

/// `thread` can go on.
pub fn unblocked(thread: usize) {
    state::with(|state| state.waits.waiting.retain(|(waiter, _)| *waiter != thread));
}

/// The current thread now holds the lock at `lock`.
pub fn acquired(lock: usize, name: &'static str, at: At) {
    if execution::running() {
        let thread = execution::current();
        state::with(|state| state.waits.held.push(Held { lock, thread }));
        event::push(Event::Acquired { lock, name }, at);
    }
}

/// The lock at `lock` is no longer held.
pub fn released(lock: usize, at: At) {
    if execution::running() {
        state::with(|state| state.waits.held.retain(|held| held.lock != lock));
        event::push(Event::Released { lock }, at);
    }
}

/// Every waiting thread, with what it waits for and who holds that, in one line.
#[must_use]
pub fn describe() -> String {
    state::with(|state| {
        let names = Names::new(state);
        let waiting = state.waits.waiting.iter();
        let lines: Vec<String> = waiting
            .map(|(thread, on)| {
                let thread = names.thread(*thread);
                match names.holder(*on) {
                    Some(holder) => {
                        format!("{thread} waits for {}, held by {holder}", names.on(*on))
                    }
                    None => format!("{thread} waits for {}", names.on(*on)),
                }
            })
            .collect();
        lines.join("; ")
    })
}
