//! What the tests of failures have in common.

use graph_engine::{Config, Engine, Exploration, FailureKind, spawn};

/// Explores with the defaults.
pub(crate) fn explore(body: impl Fn() + Send + Sync + 'static) -> Exploration {
    Engine::explore(Config::default(), body)
}

/// What failed first.
pub(crate) fn kind(exploration: &Exploration) -> Option<FailureKind> {
    exploration.failure.as_ref().map(|failure| failure.kind)
}

/// Only that the access happens counts here.
pub(crate) fn ignore(_value: u64) {}

/// Two threads, joined by the main thread.
pub(crate) fn two(first: impl FnOnce() + 'static, second: impl FnOnce() + 'static) {
    let (first, second) = (spawn(first), spawn(second));
    first.join();
    second.join();
}
