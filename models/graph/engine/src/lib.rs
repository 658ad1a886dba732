//! graph-engine: a complete stateless model checker for concurrent Rust programs.

mod api;
mod checkpoint;
mod clock;
mod config;
mod consistency;
mod driver;
mod estimate;
mod event;
mod explore;
mod failure;
mod fiber;
mod graph;
mod happens_before;
mod job;
mod offer;
mod panics;
mod pool;
mod psc;
mod race;
mod random;
mod request;
mod restrict;
mod revisit;
mod runner;
mod search;
mod spin;
mod trace;
mod values;
mod workers;

pub use api::{
    Block, JoinHandle, Location, Lock, Parker, choice, fence, is_over, note, spawn, spin,
};
pub use checkpoint::Checkpoint;
pub use clock::MAX_THREADS;
pub use config::Config;
pub use config::Model;
#[doc(hidden)]
pub use config::Mutation;
pub use estimate::Estimate;
pub use event::{Mode, Op, Outcome, Role};
pub use explore::{Counts, Engine, Execution, Exploration, Observer, Progress, Verdict};
pub use failure::{Failure, FailureKind, Wait};
pub use trace::{Trace, TraceEvent};
