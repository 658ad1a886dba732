//! What an engine tells of its executions.

use super::live::Status;
use super::{Engine, Step};
use crate::interpreter::Location;

impl Engine {
    /// The steps of the last execution.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        self.trace.as_deref().unwrap_or_default()
    }

    /// Whether an object ended that a finalizer or a weak reference tells of, and no point says who used it last.
    #[must_use]
    pub fn has_unordered_end(&self) -> bool {
        self.shadow.has_unordered_end()
    }

    /// Lines of the interpreter where threads met in the middle of an operation of a container, in no known order.
    pub fn torn(&self) -> impl Iterator<Item = (&'static str, u32)> {
        self.shadow.torn()
    }

    /// What the threads used that no point covers.
    #[must_use]
    pub fn has_left(&self) -> Option<&'static str> {
        self.has_left
    }

    /// Lines and locks of the interpreter that became points because threads met there.
    pub fn added(&self) -> impl Iterator<Item = String> {
        self.shadow.sites()
    }

    /// Whether a thread was ever kept from going on because it had waited often enough.
    #[must_use]
    pub fn is_bounded(&self) -> bool {
        self.is_bounded
    }

    /// What the program wrote: standard output, and standard error.
    #[must_use]
    pub fn outputs(&self) -> &[Vec<u8>; 2] {
        &self.live.outputs
    }

    /// Where an instruction of the last execution is.
    #[must_use]
    pub fn locate(&self, instruction: usize) -> Option<Location> {
        // SAFETY: the interpreter lies in the arena, and its threads are suspended.
        self.locator
            .and_then(|locator| unsafe { locator.locate(instruction) })
    }

    /// What was observed at the end.
    #[must_use]
    pub fn observed(&self) -> Option<&str> {
        self.observed.as_deref()
    }

    /// What the threads that have not ended would do next.
    #[must_use]
    pub fn waiting(&self) -> Vec<Step> {
        let threads = self.live.threads.iter().enumerate();
        let waits = threads.filter(|(_, thread)| thread.status != Status::Done);
        waits
            .map(|(thread, state)| Step {
                thread,
                instruction: state.instruction,
                accesses: state.operation.accesses().copied().collect(),
                timed_out: false,
                is_shared: true,
                operations: 0,
            })
            .collect()
    }

    /// Pages that executions write, of those that there were at the start.
    #[must_use]
    pub fn pages(&self) -> usize {
        self.start
            .as_ref()
            .map_or(0, |(snapshot, _)| snapshot.written())
    }
}
