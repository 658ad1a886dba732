//! How one scenario is to be explored, and what the exploration came to.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::failure::Failure;

/// The worlds: which primitives stand behind the shared source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum World {
    /// loom: weak memory.
    Loom,
    /// shuttle: sequential consistency, with race detection of Raddle's own.
    Shuttle,
    /// Real threads under stress.
    Native,
}

impl fmt::Display for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            World::Loom => "loom",
            World::Shuttle => "shuttle",
            World::Native => "native",
        })
    }
}

/// How a world chooses what to run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "search")]
pub enum Search {
    /// loom: its own exploration.
    Loom {
        /// The complete mode of the facade, in which no load hides an interleaving; without it nothing is shown.
        complete: bool,
        /// The preemption bound; none explores without.
        preemptions: Option<usize>,
    },
    /// shuttle: every schedule, depth first, up to `limit` executions.
    Dfs {
        /// Gives up (inconclusive) after this many executions.
        limit: u64,
    },
    /// shuttle: random schedules.
    Random {
        /// The seed of the first execution.
        seed: u64,
        /// How many.
        executions: u64,
    },
    /// shuttle: probabilistic concurrency testing.
    Pct {
        /// The seed of the first execution.
        seed: u64,
        /// How many.
        executions: u64,
        /// The number of priority changes plus one.
        depth: usize,
    },
    /// shuttle: one schedule, as a failure recorded it.
    Replay {
        /// The choices of thread, run by run: `0.1x14.2x3`.
        schedule: String,
    },
    /// Native: run the body on real threads this many times.
    Stress {
        /// How many.
        executions: u64,
    },
}

/// Everything that an exploration is told.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How to choose executions.
    pub search: Search,
    /// When to stop, inconclusive; checked before every execution.
    pub budget: Duration,
    /// The seeded fault that is switched on.
    pub fault: Option<&'static str>,
    /// The ordering site that is weakened to `Relaxed`.
    pub weaken: Option<&'static str>,
    /// Counts executions while they run, and can stop the exploration.
    pub progress: Arc<Progress>,
}

/// Shared with whoever watches an exploration.
#[derive(Debug, Default)]
pub struct Progress {
    /// Executions finished so far.
    pub executions: AtomicU64,
    /// Set to stop the exploration before its next execution; it is then inconclusive.
    pub stop: AtomicBool,
}

/// What was covered, in exact words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "coverage")]
pub enum Coverage {
    /// The checker ended by itself, without a bound, in a mode shown to be complete.
    Exhaustive,
    /// The checker ended by itself within a bound; `note` says what else limits it, if anything.
    Bounded {
        /// The preemption bound.
        preemptions: usize,
        /// A further limit that was met, such as a location with more stores than loom remembers.
        note: Option<String>,
    },
    /// Schedules were drawn, not enumerated.
    Sampled {
        /// How many.
        executions: u64,
    },
    /// A budget ran out, or a limit of the checker was met: nothing was shown.
    Inconclusive {
        /// Why.
        reason: String,
    },
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Coverage::Exhaustive => f.write_str("exhaustive"),
            Coverage::Bounded { preemptions, .. } => write!(f, "bounded({preemptions})"),
            Coverage::Sampled { executions } => write!(f, "sampled({executions})"),
            Coverage::Inconclusive { .. } => f.write_str("inconclusive"),
        }
    }
}

/// What an exploration came to.
#[derive(Clone, Debug)]
pub struct Exploration {
    /// Executions run, the failing one included.
    pub executions: u64,
    /// Wall-clock time.
    pub elapsed: Duration,
    /// What was covered; after a failure, what had been asked for.
    pub coverage: Coverage,
    /// The first failure, if any.
    pub failure: Option<Failure>,
    /// How many times each witness was reached.
    pub witnesses: BTreeMap<&'static str, u64>,
    /// Every outcome that the body recorded.
    pub outcomes: BTreeSet<String>,
}
