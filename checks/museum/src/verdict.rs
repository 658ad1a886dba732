//! What comes of a program under a memory model.

use graph_engine::{Config, Engine, FailureKind, Model, Verdict as Ended};

use crate::program::Program;
use crate::run;

/// The models, each with its name here.
pub const MODELS: [(&str, Model); 4] = [
    ("sc", Model::Sc),
    ("ra", Model::ReleaseAcquire),
    ("rc11", Model::Rc11),
    ("c++20", Model::Cpp20),
];

/// What comes of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every execution was explored, and nothing failed.
    Holds,
    /// An execution fails: how, and in the engine's words.
    Fails(&'static str, String),
    /// Not everything was explored.
    Open(String),
}

/// Explores a program.
#[must_use]
pub fn verdict(program: Program, model: Model) -> Verdict {
    let exploration = Engine::explore(Config::new(model), run::body(program));
    if let Some(failure) = exploration.failure {
        return Verdict::Fails(name(failure.kind), failure.message);
    }
    match exploration.verdict {
        Ended::Exhaustive => Verdict::Holds,
        other => Verdict::Open(format!("{other:?}")),
    }
}

/// What a kind of failure is called in `bugs/`.
fn name(kind: FailureKind) -> &'static str {
    match kind {
        FailureKind::DataRace => "data race",
        FailureKind::UseAfterFree => "use after free",
        FailureKind::DoubleFree => "double free",
        FailureKind::Leak => "leak",
        FailureKind::Deadlock | FailureKind::Livelock => "deadlock",
        FailureKind::Panic => "claim",
        FailureKind::Misuse => "misuse",
        FailureKind::Nondeterminism => "nondeterminism",
        FailureKind::Limit => "limit",
    }
}
