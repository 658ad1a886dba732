//! A failure as data: what broke, the execution that broke it, and how to run that execution again.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::plan::{Limit, Search, World};
use crate::trace::Trace;

/// What kind of rule was broken. A fault names the kind that it must cause; another kind is a mistake in the model.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum FailureKind {
    /// An *always* clause of the scenario does not hold.
    Claim,
    /// A numbered invariant of a protocol does not hold.
    Invariant,
    /// Two unordered accesses of plain data, one of them a write.
    DataRace,
    /// A freed block was touched.
    UseAfterFree,
    /// A freed block was freed again.
    DoubleFree,
    /// A block was still live at the end.
    Leak,
    /// Threads wait for each other, or for nobody.
    Deadlock,
    /// Threads run and nothing can change any more.
    Livelock,
    /// The code panicked for a reason of its own.
    Panic,
    /// The code did something else than before at the same point of the same execution, so nothing can be said of it.
    Nondeterminism,
    /// A witness was never reached: the scenario is vacuous.
    Vacuous,
}

impl fmt::Display for FailureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FailureKind::Claim => "claim broken",
            FailureKind::Invariant => "invariant broken",
            FailureKind::DataRace => "data race",
            FailureKind::UseAfterFree => "use after free",
            FailureKind::DoubleFree => "double free",
            FailureKind::Leak => "leak",
            FailureKind::Deadlock => "deadlock",
            FailureKind::Livelock => "livelock",
            FailureKind::Panic => "panic",
            FailureKind::Nondeterminism => "not deterministic",
            FailureKind::Vacuous => "vacuous",
        })
    }
}

/// A failed execution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Failure {
    /// The rule's kind.
    pub kind: FailureKind,
    /// The claim, invariant or memory rule that does not hold.
    pub claim: String,
    /// What was found instead, with values and names.
    pub detail: String,
    /// The execution, step by step; empty natively.
    pub trace: Trace,
    /// How to run exactly this execution again.
    pub replay: Replay,
    /// The smaller searches that did not show this failure, each within its bound.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub minimal: Vec<Tried>,
}

/// A search within a bound that did not show the failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tried {
    /// The bound.
    pub within: Limit,
    /// How many executions it ran.
    pub executions: u64,
    /// Whether it came to its end, so that there is no such failure within the bound.
    pub complete: bool,
}

/// How to run a failing execution again; what a saved failure holds beside its report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Replay {
    /// The scenario's name.
    pub scenario: String,
    /// The world.
    pub world: World,
    /// The search that reaches it first.
    pub search: Search,
    /// Which execution of that search failed, counted from 1.
    pub execution: u64,
    /// The fault that was on.
    pub fault: Option<String>,
    /// The site that was weakened.
    pub weaken: Option<String>,
}
