//! How one scenario is to be explored, and what the exploration came to.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::failure::Failure;

/// The worlds: which primitives stand behind the shared source.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum World {
    /// Raddle's own checker: every execution graph under weak memory, each once.
    Graph,
    /// loom: weak memory.
    Loom,
    /// shuttle: sequential consistency, with race detection of Raddle's own.
    Shuttle,
    /// Real threads under stress.
    Native,
}

impl World {
    /// Every world, in the order of tables.
    pub const ALL: [World; 4] = [World::Graph, World::Loom, World::Shuttle, World::Native];

    /// What the command line and tables call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            World::Graph => "graph",
            World::Loom => "loom",
            World::Shuttle => "shuttle",
            World::Native => "native",
        }
    }
}

impl fmt::Display for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How a world chooses what to run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "search")]
pub enum Search {
    /// Raddle's own checker: every execution graph that RC11 admits.
    Graph {
        /// Only graphs with at most this many stale reads; none explores without.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stale_reads: Option<usize>,
        /// Only graphs that a schedule with at most this many preemptions leads to; none explores without.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        preemptions: Option<usize>,
        /// `(i, n)`: only the i-th of n parts, counted from 1.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        shard: Option<(u64, u64)>,
    },
    /// Raddle's own checker: the one graph that these choices lead to.
    Path {
        /// What was chosen, choice by choice.
        choices: Vec<u32>,
        /// The bound on stale reads under which it was chosen: it decides which choices there are.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stale_reads: Option<usize>,
    },
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

/// The stack of a thread of a model unless a plan says otherwise, in bytes.
pub const STACK: usize = 256 << 10;

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
    /// Bytes of stack for each thread of a model, where the checker gives it one of its own.
    pub stack: usize,
    /// How many OS threads may share one exploration, where the checker can; nothing but time depends on it.
    pub jobs: usize,
    /// What an exploration that ran out of budget had left, to go on with.
    pub resume: Option<Rest>,
    /// Leaves a failure as it was found, where the checker would look for a simpler form of it.
    pub as_found: bool,
    /// Counts executions while they run, and can stop the exploration.
    pub progress: Arc<Progress>,
}

impl Plan {
    /// A plan of this search within this time, on one thread, with nothing broken.
    #[must_use]
    pub fn new(search: Search, budget: Duration) -> Self {
        Self {
            search,
            budget,
            fault: None,
            weaken: None,
            stack: STACK,
            jobs: 1,
            resume: None,
            as_found: false,
            progress: Arc::default(),
        }
    }
}

/// What an exploration has left to do when its budget ends; its text means something to its world only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Rest(pub String);

/// Shared with whoever watches an exploration.
#[derive(Debug, Default)]
pub struct Progress {
    /// Executions finished so far.
    pub executions: AtomicU64,
    /// Set to stop the exploration before its next execution; it is then inconclusive.
    pub stop: Arc<AtomicBool>,
    /// How many choices lead to the execution that is being run, where the checker knows.
    pub depth: AtomicU64,
    /// The estimated share of the exploration that is done, in millionths; zero where nobody knows.
    pub share: AtomicU64,
    /// Who keeps checkpoints of an exploration that goes on, where the checker makes some.
    pub keeper: OnceLock<Keeper>,
}

/// How often a checker that can gives its [`Keeper`] a checkpoint.
pub const KEEP_EVERY: Duration = Duration::from_secs(60);

/// Keeps what an exploration has left, for the case that its process is killed.
pub struct Keeper(pub Box<dyn Fn(Rest) + Send + Sync>);

impl fmt::Debug for Keeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keeper(..)")
    }
}

impl Progress {
    /// Notes how far a search is: its depth, and the share of it that is estimated to be done.
    pub fn advance(&self, depth: usize, share: f64) {
        // ORDERING: Relaxed: numbers for a watcher, who orders nothing by them.
        self.depth.store(depth as u64, Ordering::Relaxed);
        // ORDERING: Relaxed, as above.
        self.share
            .store((share.clamp(0.0, 1.0) * 1e6) as u64, Ordering::Relaxed);
    }
}

/// What was covered, in exact words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "coverage")]
pub enum Coverage {
    /// The checker ended by itself, without a bound, in a mode shown to be complete.
    Exhaustive,
    /// The checker ended by itself within a bound; `note` says what else limits it, if anything.
    Bounded {
        /// What was bounded; never empty.
        by: Vec<Limit>,
        /// A further limit that was met, such as a location with more stores than loom remembers.
        note: Option<String>,
    },
    /// Schedules were drawn, not enumerated.
    Sampled {
        /// How many.
        executions: u64,
    },
    /// One of several parts was explored to its end, and nothing failed: the verdict is that of all of them.
    Part {
        /// Which one, counted from 1.
        part: u64,
        /// How many there are.
        parts: u64,
        /// What was bounded, if anything.
        by: Vec<Limit>,
    },
    /// The search ended at a failure, wherever its bound was: nothing is said of the rest.
    Failed,
    /// A budget ran out, or a limit of the checker was met: nothing was shown.
    Inconclusive {
        /// Why.
        reason: String,
    },
}

/// A bound that an exploration was given, and within which it was complete.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// Switches away from a thread that could have gone on.
    Preemptions(usize),
    /// Reads that do not take the newest write.
    StaleReads(usize),
    /// Time-outs of one thread.
    TimeOuts(usize),
    /// Wake-ups of one thread that nobody has caused.
    WakeUps(usize),
}

impl Limit {
    /// The number alone.
    #[must_use]
    pub fn count(&self) -> usize {
        match *self {
            Limit::Preemptions(count)
            | Limit::StaleReads(count)
            | Limit::TimeOuts(count)
            | Limit::WakeUps(count) => count,
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self {
            Limit::Preemptions(_) => "preemption",
            Limit::StaleReads(_) => "stale read",
            Limit::TimeOuts(_) => "time-out",
            Limit::WakeUps(_) => "spurious wake-up",
        };
        let count = self.count();
        let plural = if count == 1 { "" } else { "s" };
        write!(f, "{count} {what}{plural}")
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Coverage::Exhaustive => f.write_str("exhaustive"),
            Coverage::Bounded { by, .. } => {
                let limits: Vec<String> = by.iter().map(Limit::to_string).collect();
                write!(f, "bounded({})", limits.join(", "))
            }
            Coverage::Sampled { executions } => write!(f, "sampled({executions})"),
            Coverage::Part { part, parts, .. } => write!(f, "part {part} of {parts}"),
            Coverage::Failed => f.write_str("until it failed"),
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
    /// What else a search of graphs did.
    pub graphs: Option<Graphs>,
    /// What is left, when the budget ended and the checker can go on later.
    pub rest: Option<Rest>,
    /// Where the code would show load buffering, which no checker here explores, if some execution was met in which
    /// the memory model allows it.
    pub buffering: Option<Buffering>,
}

/// A read that could have read a write that comes after it, and so an execution of which a verdict does not speak.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Buffering {
    /// The read, with its thread and place.
    pub read: String,
    /// The write, with its thread and place.
    pub write: String,
}

impl fmt::Display for Buffering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "load buffering possible at {} and {}",
            self.read, self.write
        )
    }
}

/// What a search of graphs did beside the executions that it counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Graphs {
    /// Executions that ended with a thread waiting for what only another execution has.
    pub blocked: u64,
    /// Executions with more preemptions than the bound, which were on the way to others and are not counted.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub beyond: u64,
    /// How many times the body was run.
    pub runs: u64,
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl Exploration {
    /// An exploration that ran nothing, and why.
    #[must_use]
    pub fn refused(reason: impl Into<String>) -> Self {
        Self {
            executions: 0,
            elapsed: Duration::ZERO,
            coverage: Coverage::Inconclusive {
                reason: reason.into(),
            },
            failure: None,
            witnesses: BTreeMap::new(),
            outcomes: BTreeSet::new(),
            graphs: None,
            rest: None,
            buffering: None,
        }
    }
}
