//! Waiting in a loop.

use std::panic::Location as Caller;

use record::{execution, waits};

use super::run;

/// Ends a round of a waiting loop: the caller goes on once something that it read in this round can be read otherwise.
#[track_caller]
pub fn spin() {
    if !run::alive() {
        return;
    }
    if graph_engine::is_trying() {
        waits::spins_on();
    } else {
        waits::spins(Caller::caller());
    }
    graph_engine::spin();
    waits::unblocked(execution::current());
}
