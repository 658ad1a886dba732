//! What happened: every call with its answer, and when it began and ended.

use std::sync::Arc;

use crate::program::{Program, Step};
use crate::spec::Spec;
use crate::state::{Answer, State};

/// One call.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Call {
    /// The thread that made it.
    pub thread: usize,
    /// The call.
    pub step: Step,
    /// What it answered.
    pub answer: Answer,
    /// When it began, on a clock that all threads share.
    pub begin: u64,
    /// When it ended.
    pub end: u64,
}

impl Call {
    /// Whether it had ended before the other began.
    #[must_use]
    pub fn is_before(&self, other: &Self) -> bool {
        self.end < other.begin
    }
}

/// All calls of one execution, and what was left.
#[derive(Clone, Debug)]
pub struct History {
    /// What ran.
    pub program: Arc<Program>,
    /// The shared objects at the start.
    pub before: State,
    /// The calls, thread by thread and in each in order.
    pub calls: Vec<Call>,
    /// The shared objects at the end.
    pub after: State,
}

impl History {
    /// The operation of a call.
    #[must_use]
    pub fn spec(&self, call: &Call) -> &'static Spec {
        self.program.target.operations[call.step.operation]
    }

    /// The call as text.
    #[must_use]
    pub fn shown(&self, call: &Call) -> String {
        self.spec(call).call(&call.step.args)
    }

    /// How many threads there are.
    #[must_use]
    pub fn threads(&self) -> usize {
        self.program.threads.len()
    }
}
