//! The recorder that the model worlds share: what the running execution did, and what it must not do.
//!
//! All state belongs to the checker's OS thread, on which every model thread runs, so recording is never a scheduling
//! point, and several OS threads may each explore something else. One execution lies between [`execution::begin`] and
//! [`execution::end`]; what it did is rendered only when it fails.
//!
//! | module        | holds                                                                                      |
//! |---------------|--------------------------------------------------------------------------------------------|
//! | [`execution`] | the life of an execution, its threads                                                      |
//! | [`event`]     | the raw log: one small record an event                                                     |
//! | [`heap`]      | the model heap: use after free, double free, leak                                          |
//! | [`clock`]     | vector clocks                                                                              |
//! | [`memory`]    | happens-before by C11's rules for worlds that read the newest value; races on cells, blocks |
//! | [`unordered`] | the same races, found by a checker that has clocks of its own                               |
//! | [`waits`]     | who waits for what, who holds what                                                         |
//! | [`switches`]  | the weakened site and the fault that are on                                                |
//! | [`failure`]   | ending an execution, and turning what was caught into a report                             |
//! | `inferred`    | the same knowledge, worked out from the log for a checker that tells nothing               |
//! | [`knowledge`] | what a checker that explores execution graphs can tell of the events, for the report       |

pub mod clock;
pub mod event;
pub mod execution;
pub mod failure;
pub mod heap;
mod inferred;
pub mod knowledge;
pub mod memory;
mod names;
mod render;
mod state;
pub mod switches;
pub mod unordered;
pub mod waits;

pub use failure::fail;

/// Where in the source an event happened.
pub type At = &'static std::panic::Location<'static>;
