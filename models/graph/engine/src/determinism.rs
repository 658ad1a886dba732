//! Nondeterminism: a program that does something else than before at the same point of the
//! same graph.

use crate::failure::Fault;
use crate::request::Request;
use crate::runner::{End, Runner, Step};

impl Runner {
    /// The running thread asks for something else than the graph records.
    pub(crate) fn nondeterminism(&mut self, request: &Request) -> Step {
        let index = self.tasks[self.current].cursor;
        let event = &self.graph().events[self.cursor_event()];
        let before = format!("{} {:?}", event.op.name(), event.mode);
        let place = request
            .caller
            .map(|caller| format!(" at {}:{}", caller.file(), caller.line()));
        let now = format!(
            "{} {:?}{}",
            request.op.name(),
            request.mode,
            place.unwrap_or_default()
        );
        let fault = Fault::Nondeterminism {
            thread: self.current,
            index,
            before,
            now,
        };
        self.stop(End::Failed(fault))
    }
}
