//! Switches, waits, switch reasons, and what a failed execution still does: nothing.

mod common;

use std::sync::atomic::Ordering;

use common::{atomic, begin, failure, here, number, on};
use record::event::{Event, Place, Woke};
use record::execution::{self, Setup};
use record::waits::{self, On};
use record::{event, memory, switches};
use reports::failure::{Failure, FailureKind};
use reports::shown::Told;

fn begin_with(fault: Option<&'static str>, weaken: Option<&'static str>) {
    let current = || 0;
    execution::begin(Setup {
        fault,
        weaken,
        current,
    });
}

#[test]
fn only_the_named_fault_is_on() {
    begin_with(Some("rc1"), None);
    assert!(switches::seeded("rc1"));
    assert!(!switches::seeded("rc10"));
    execution::end();
}

#[test]
fn only_the_named_site_is_weakened() {
    begin_with(None, Some("refcount.merge"));
    assert_eq!(
        switches::site("refcount.merge", Ordering::Release),
        Ordering::Relaxed
    );
    assert_eq!(
        switches::site("refcount.last", Ordering::Acquire),
        Ordering::Acquire
    );
    execution::end();
}

#[test]
fn a_broken_invariant_names_itself() {
    let failure =
        failure(|| record::failure::invariant("refcount 3", format_args!("local is {}", 1)));
    let failure = failure.expect("it is broken");
    assert_eq!(failure.kind, FailureKind::Invariant);
    assert_eq!(
        (failure.claim.as_str(), failure.detail.as_str()),
        ("refcount 3", "local is 1")
    );
}

#[test]
fn a_panic_is_one() {
    let failure = failure(|| panic!("a bug of {}", "its own"));
    let failure = failure.expect("it panicked");
    assert_eq!(failure.kind, FailureKind::Panic);
    assert_eq!(failure.detail, "a bug of its own");
    let last = failure.trace.steps.last().expect("the step that broke");
    assert_eq!(last.at.file, "models/record/tests/execution.rs");
}

fn store(place: Place) {
    memory::store(place, number(1), Ordering::Relaxed, here());
}

#[test]
fn a_failed_execution_records_and_checks_nothing_more() {
    struct Late(Place);
    impl Drop for Late {
        fn drop(&mut self) {
            assert!(!execution::running());
            store(self.0);
            assert_eq!(memory::atomic(), memory::atomic(), "there are no new ones");
        }
    }
    let failure = failure(|| {
        let _late = Late(atomic("word", 0x1000));
        record::fail(FailureKind::Claim, "a claim", "a value");
    });
    assert_eq!(failure.expect("it failed").trace.steps.len(), 3);
}

fn switch_reasons(failure: &Failure) -> Vec<&str> {
    let steps = failure.trace.steps.iter();
    steps.filter_map(|step| step.switch.as_deref()).collect()
}

#[test]
fn every_switch_says_why() {
    let failure = failure(|| {
        let word = atomic("word", 0x1000);
        waits::blocked(On::Thread(1), here());
        on(1);
        memory::learn(&Default::default());
        event::push(
            Event::Begin {
                operation: "lock",
                given: Told::of(&2_usize),
            },
            here(),
        );
        event::push(
            Event::Unpark {
                key: word.address,
                woken: 0,
            },
            here(),
        );
        on(2);
        event::push(Event::Park { key: word.address }, here());
        waits::blocked(On::Key(word.address), here());
        on(1);
        event::push(
            Event::Unpark {
                key: word.address,
                woken: 1,
            },
            here(),
        );
        event::push(
            Event::End {
                operation: "lock",
                result: Told::of(&(None::<bool>, true)),
            },
            here(),
        );
        execution::finished();
        on(2);
        event::push(
            Event::Woke {
                key: word.address,
                reason: Woke::Unparked,
            },
            here(),
        );
        event::push(Event::Spun, here());
        on(0);
        record::fail(FailureKind::Claim, "a claim", "a value");
    });
    let failure = failure.expect("it failed");
    assert_eq!(
        switch_reasons(&failure),
        [
            "main is blocked on the end of T1",
            "T1 is preempted",
            "T2 is blocked on a key",
            "T1 is finished",
            "T2 waits in a loop",
        ]
    );
}

#[test]
fn a_wait_names_the_holder() {
    begin();
    let lock = Place {
        address: 0x1000,
        name: "lock",
        serial: memory::atomic(),
    };
    on(1);
    waits::acquired(lock.address, "lock", here());
    on(2);
    waits::blocked(On::Key(lock.address), here());
    assert!(
        waits::describe().ends_with(", held by T1"),
        "{}",
        waits::describe()
    );
    waits::unblocked(2);
    on(1);
    waits::released(lock.address, here());
    assert_eq!(waits::describe(), "");
    execution::end();
}

#[test]
fn threads_of_one_name_are_numbered() {
    let failure = failure(|| {
        execution::spawned("worker", here());
        execution::spawned("worker", here());
        on(3);
        waits::spins(here());
        on(4);
        waits::blocked(On::Thread(3), here());
        record::fail(FailureKind::Livelock, "a loop ends", waits::describe());
    });
    let failure = failure.expect("it failed");
    assert_eq!(
        failure.trace.threads,
        ["main", "T1", "T2", "worker#1", "worker#2"]
    );
    assert_eq!(
        failure.detail,
        "worker#1 waits for a change, in a loop; worker#2 waits for the end of worker#1"
    );
}
