//! The lines that a failure is about, as tools point at them.

use explain::explanation::{self, Explanation};
use reports::failure::Failure;
use reports::trace::{Action, Source, Step};

/// A line, and what happens there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The line.
    pub(crate) at: Source,
    /// The step that stands there, in words.
    pub(crate) what: String,
}

/// The cause in one sentence.
#[must_use]
pub(crate) fn cause(failure: &Failure) -> String {
    Explanation::of(failure).cause
}

/// The line to look at first: the one that the cause is about, else the one that broke.
#[must_use]
pub(crate) fn broken(failure: &Failure) -> Option<Place> {
    let explanation = Explanation::of(failure);
    let at = explanation.at.map(|at| Place {
        at,
        what: explanation.cause,
    });
    at.or_else(|| {
        failure
            .trace
            .steps
            .iter()
            .rfind(|step| is_broken(step))
            .map(|step| place(failure, step))
    })
}

/// The steps that are at odds: both accesses of a race, a touch and a free.
#[must_use]
pub(crate) fn conflict(failure: &Failure) -> Vec<Place> {
    let steps = failure.trace.steps.iter();
    let conflicting =
        steps.filter(|step| failure.trace.conflict.contains(&step.number) && !step.is_bracket());
    conflicting.map(|step| place(failure, step)).collect()
}

/// A step as a place.
#[must_use]
pub(crate) fn place(failure: &Failure, step: &Step) -> Place {
    let thread = failure.trace.thread(step.thread);
    Place {
        at: step.at.clone(),
        what: format!("{thread}: {}", explanation::action(&step.action)),
    }
}

fn is_broken(step: &Step) -> bool {
    matches!(step.action, Action::Broke { .. })
}
