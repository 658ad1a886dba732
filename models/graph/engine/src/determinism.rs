//! Nondeterminism: a program that does something else than before at the same point of the
//! same graph.
//!
//! A graph holds which steps there are. What the program gives for a step besides (the value
//! that it stores, the one that it expects) is written down by the first run that takes it
//! and compared by all others: a run with another value would explore another program.

use std::any::Any;
use std::panic::Location;

use crate::event::{Event, EventId, Op, Role};
use crate::failure::Fault;
use crate::request::Request;
use crate::runner::{End, Runner, Step};

impl Runner {
    /// The running thread asks for something else than the graph records.
    pub(crate) fn nondeterminism(&mut self, request: &Request) -> Step {
        let index = self.tasks[self.current].cursor;
        let event = &self.graph().events[self.cursor_event()];
        let before = format!("{} {:?}", event.op.name(), event.mode);
        let now = format!(
            "{} {:?}{}",
            request.op.name(),
            request.mode,
            place_of(request)
        );
        self.stop_as_changed(index, before, now)
    }

    /// The step was taken with another value before.
    pub(crate) fn compare_given(&mut self, id: EventId, request: &Request, written: u64) {
        let event = &mut self.search.top().graph.events[id];
        let Some(now) = given(event, request, written).filter(|_| !request.opaque) else {
            return;
        };
        let before = *event.given.get_or_insert(now);
        if before == now {
            return;
        }
        let (index, what) = (event.index, name_of_given(event));
        let loc = Some(event.loc).filter(|_| event.role != Role::Other);
        let on = loc.map_or_else(String::new, |loc| {
            format!(" of {}", self.values.location_name(self.graph(), loc))
        });
        let now = format!("{now}{}", place_of(request));
        self.stop_as_changed(
            index,
            format!("{}{on} {what} {before}", request.op.name()),
            now,
        );
    }

    /// The running thread has joined another, which has returned `result`.
    pub(crate) fn compare_result(&mut self, now: u64) {
        if self.is_over() || self.end.is_some() {
            return;
        }
        let thread = self.current;
        let executed = self.tasks[thread].cursor.checked_sub(1);
        let joined = executed.map(|index| self.graph().threads[thread].events[index]);
        let Some(joined) = joined.filter(|_| self.probe.is_none()) else {
            return;
        };
        let event = &mut self.search.top().graph.events[joined];
        let before = *event.given.get_or_insert(now);
        if event.op == Op::Join && before != now {
            let (index, child) = (event.index, event.arg);
            let before = format!("join of thread {child}, which returned {before},");
            self.stop_as_changed(index, before, now.to_string());
        }
    }

    fn stop_as_changed(&mut self, index: usize, before: String, now: String) -> Step {
        let fault = Fault::Nondeterminism {
            thread: self.current,
            index,
            before,
            now,
        };
        self.stop(End::Failed(fault))
    }
}

/// Where the program asks, to stand behind what it asks for.
pub(crate) fn place_of(request: &Request) -> String {
    let place = |caller: &Location<'_>| format!(" at {}:{}", caller.file(), caller.line());
    request.caller.map(place).unwrap_or_default()
}

/// What the program gives for the step, besides what the graph records.
fn given(event: &Event, request: &Request, written: u64) -> Option<u64> {
    match (event.role, event.op) {
        (Role::Write, _) => Some(written),
        (Role::Read, op) if op.compares() => Some(request.value),
        (Role::Other, Op::Create | Op::Alloc) => Some(request.value),
        (Role::Other, Op::Choice) => Some(request.arg as u64),
        _ => None,
    }
}

fn name_of_given(event: &Event) -> &'static str {
    match (event.role, event.op) {
        (Role::Read, _) => "expecting",
        (_, Op::Choice) => "among",
        _ => "with value",
    }
}

/// A number for a result, if it is of a type for which there is one.
pub(crate) fn number_for(result: &dyn Any) -> Option<u64> {
    macro_rules! first_of {
        ($($number:ty),*) => {
            None$(.or_else(|| result.downcast_ref::<$number>().map(|&number| number as u64)))*
        };
    }
    first_of!(
        u64, usize, bool, u32, i64, i32, u8, u16, i16, i8, isize, char
    )
}
