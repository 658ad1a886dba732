//! What happened: every call with its answer, and when it began and ended.

use crate::program::{Answer, Container, Op};

/// One call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The thread that made it.
    pub thread: usize,
    /// The operation.
    pub op: Op,
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

    fn overlaps(&self, other: &Self) -> bool {
        !self.is_before(other) && !other.is_before(self)
    }
}

/// All calls of one execution, and what was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// The container at the start.
    pub before: Container,
    /// The calls.
    pub calls: Vec<Call>,
    /// The container at the end.
    pub after: Container,
}

impl History {
    /// Whether the call read a place without the lock while another call moved items: what it saw need not fit any
    /// order, only be an item that was there.
    #[must_use]
    pub fn is_weak(&self, at: usize) -> bool {
        let call = &self.calls[at];
        let shifted = |other: &Call| other.op.shifts() && other.overlaps(call);
        call.op.reads_place() && self.calls.iter().any(shifted)
    }

    /// Whether the call answered with a number that nobody ever put into the container.
    #[must_use]
    pub fn is_invented(&self, call: &Call) -> bool {
        let Answer::Value(Some(value)) = call.answer else {
            return false;
        };
        let mut put = self.calls.iter().filter_map(|call| call.op.puts());
        !self.before.values().contains(&value) && put.all(|put| put != value)
    }
}
