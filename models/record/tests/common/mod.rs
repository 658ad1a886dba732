//! A world without a checker: the test says which thread does what.
#![allow(dead_code, reason = "each test uses its part")]

use std::alloc::Layout;
use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe, Location};

use record::At;
use record::event::{Form, Place, Word};
use record::execution::{self, Setup};
use record::heap::Request;
use record::knowledge::Knowledge;
use record::memory;
use reports::failure::{Failure, Replay};
use reports::plan::{Search, World};

thread_local! {
    static CURRENT: Cell<usize> = const { Cell::new(0) };
}

/// Begins an execution with two threads besides the main one.
#[track_caller]
pub(crate) fn begin() {
    record::failure::install();
    execution::begin(Setup {
        fault: None,
        weaken: None,
        current: || CURRENT.get(),
    });
    CURRENT.set(0);
    execution::spawned("T1", here());
    execution::spawned("T2", here());
}

/// From here on this thread is the one that runs.
pub(crate) fn on(thread: usize) {
    CURRENT.set(thread);
}

#[track_caller]
pub(crate) fn here() -> At {
    Location::caller()
}

/// Runs the body in an execution, and gives the failure that ended it.
pub(crate) fn failure(body: impl FnOnce()) -> Option<Failure> {
    failure_with(&Knowledge::default(), body)
}

/// As [`failure`], of a checker that knows this of the events.
pub(crate) fn failure_with(knowledge: &Knowledge, body: impl FnOnce()) -> Option<Failure> {
    failure_by(body, |payload| {
        record::failure::caught_with(payload, |_| None, replay(), knowledge)
    })
}

/// As [`failure`], of a checker that tells nothing: what can be worked out from the log is known.
pub(crate) fn failure_inferred(body: impl FnOnce()) -> Option<Failure> {
    failure_by(body, |payload| {
        record::failure::caught(payload, |_| None, replay())
    })
}

fn failure_by(
    body: impl FnOnce(),
    told: impl FnOnce(&(dyn Any + Send)) -> Failure,
) -> Option<Failure> {
    begin();
    let caught = panic::catch_unwind(AssertUnwindSafe(body)).err();
    let failure = caught.map(|payload| told(&*payload));
    execution::end();
    failure
}

fn replay() -> Replay {
    Replay {
        scenario: "test".to_owned(),
        world: World::Shuttle,
        search: Search::Stress { executions: 1 },
        execution: 1,
        fault: None,
        weaken: None,
    }
}

/// A number as atomics hold it.
pub(crate) fn number(value: u64) -> Word {
    Word {
        bits: value,
        form: Form::Unsigned,
    }
}

/// A new atomic outside blocks, made by the current thread.
pub(crate) fn atomic(name: &'static str, address: usize) -> Place {
    Place {
        address,
        name,
        serial: memory::atomic(),
    }
}

/// A new cell outside blocks, made by the current thread.
pub(crate) fn cell(name: &'static str, address: usize) -> Place {
    Place {
        address,
        name,
        serial: memory::cell(),
    }
}

pub(crate) fn request(name: &'static str, size: usize) -> Request {
    Request {
        layout: Layout::from_size_align(size, 8).expect("a small layout"),
        name,
        object: true,
        heap: 1,
    }
}
