//! A scenario: one question about one protocol, as a body that a checker runs again and again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::panic;
use std::sync::{Arc, Mutex, PoisonError};

use crate::failure::FailureKind;

/// One question, asked of the code of one pillar.
#[derive(Clone, Copy, Debug)]
pub struct Scenario {
    /// Unique, `pillar_subject_question` in snake case; what the command line and the tables call it.
    pub name: &'static str,
    /// The protocol that is asked.
    pub pillar: Pillar,
    /// The question, one sentence that ends in a question mark.
    pub question: &'static str,
    /// What holds in every execution, one sentence; what [`Claims::always`] checks.
    pub always: &'static str,
    /// What some execution must reach, or the scenario is vacuous: every name that [`Claims::sometimes`] is given.
    pub sometimes: &'static [&'static str],
    /// Which loom mode answers it within a minute.
    pub bound: Bound,
    /// The body: spawns two or three workers, joins them, states its claims.
    pub body: fn(&Claims),
}

/// The protocol families that scenarios are grouped by.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Pillar {
    /// Biased counts, the merge queue, try-incref.
    Refcount,
    /// The dict's lock-free read against locked writers.
    Dict,
    /// The list's lock-free read against locked writers.
    List,
    /// Thread states, stop-the-world, QSBR, object locks, critical sections, the collector.
    Safepoint,
    /// The set's lock-free lookup against locked writers.
    Set,
    /// Weak references against the end of their referents.
    Weakref,
    /// Class versions and the cache of attribute lookups.
    Version,
    /// Who runs a generator frame, and who takes an iterator's items.
    Claim,
    /// The dict of an instance, made late and replaced.
    Instance,
    /// What is done once: lazy fields and interned strings.
    Once,
    /// What changes a bytearray, and what exports it.
    Bytearray,
    /// What the library's native modules share: deques, kept results, queues.
    Library,
}

/// How far loom explores a scenario by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Complete mode without a bound: the verdict can be *exhaustive*.
    Complete,
    /// Complete mode with this many preemptions: the verdict is *bounded(n)*.
    Preemptions(usize),
}

impl fmt::Display for Pillar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Pillar::Refcount => "refcount",
            Pillar::Dict => "dict",
            Pillar::List => "list",
            Pillar::Safepoint => "safepoint",
            Pillar::Set => "set",
            Pillar::Weakref => "weakref",
            Pillar::Version => "version",
            Pillar::Claim => "claim",
            Pillar::Instance => "instance",
            Pillar::Once => "once",
            Pillar::Bytearray => "bytearray",
            Pillar::Library => "library",
        })
    }
}

/// The claims of the scenario that is running; cheap to clone into its threads.
///
/// Every method may be called from every thread. None of them is a scheduling point.
#[derive(Clone, Debug, Default)]
pub struct Claims(Arc<Mutex<Ledger>>);

/// What the claims have collected over all executions so far.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// How many times each witness was reached.
    pub witnesses: BTreeMap<&'static str, u64>,
    /// Every outcome that was recorded.
    pub outcomes: BTreeSet<String>,
}

/// The payload with which a broken claim ends an execution.
#[derive(Clone, Debug)]
pub struct Broken {
    /// What kind of failure it is.
    pub kind: FailureKind,
    /// The claim, invariant or memory rule that does not hold.
    pub claim: String,
    /// What was found instead, with values.
    pub detail: String,
}

impl Claims {
    /// Fails the execution unless `holds`; `detail` gives the values that refute the claim.
    #[track_caller]
    pub fn always<D: fmt::Display>(
        &self,
        claim: &'static str,
        holds: bool,
        detail: impl FnOnce() -> D,
    ) {
        if !holds {
            panic::panic_any(Broken {
                kind: FailureKind::Claim,
                claim: claim.to_owned(),
                detail: detail().to_string(),
            });
        }
    }

    /// Counts a witness: proof that the interesting case was reached.
    pub fn sometimes(&self, witness: &'static str, reached: bool) {
        if reached {
            *self.lock().witnesses.entry(witness).or_default() += 1;
        }
    }

    /// Records what this execution came to, for comparing sets of outcomes between checkers.
    pub fn outcome(&self, outcome: impl fmt::Display) {
        self.lock().outcomes.insert(outcome.to_string());
    }

    /// What was collected so far.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        self.lock().clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Ledger> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
