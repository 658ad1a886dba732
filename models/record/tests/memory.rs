//! Happens-before, rule by rule: the same two accesses of a cell, ordered by this and not by that.

mod common;

use std::sync::atomic::Ordering;

use common::{atomic, cell, failure, here, number, on};
use record::event::Place;
use record::memory::{self, Update};
use reports::failure::FailureKind;

use Ordering::{AcqRel, Acquire, Relaxed, Release, SeqCst};

/// Whether T2's read of a cell is a race with T1's write, when this lies between them.
fn races(between: impl FnOnce(Place)) -> bool {
    let failure = failure(|| {
        let (data, flag) = (cell("data", 0x1000), atomic("flag", 0x2000));
        // What the main thread made is T1's and T2's only if it was made before they started.
        on(1);
        memory::learn(&main_clock());
        memory::write(data, here());
        between(flag);
        on(2);
        memory::learn(&main_clock());
        memory::read(data, here());
    });
    match failure {
        Some(failure) => {
            assert_eq!(failure.kind, FailureKind::DataRace, "{failure:#?}");
            true
        }
        None => false,
    }
}

/// What the main thread knows.
fn main_clock() -> record::clock::VectorClock {
    let thread = record::execution::current();
    on(0);
    let clock = memory::teach();
    on(thread);
    clock
}

fn store(flag: Place, order: Ordering) {
    memory::store(flag, number(1), order, here());
}

/// T2 reads the flag.
fn load(flag: Place, order: Ordering) {
    on(2);
    memory::learn(&main_clock());
    memory::load(flag, number(1), order, here());
}

fn add(flag: Place, order: Ordering) {
    let update = Update {
        operation: "fetch_add",
        old: number(1),
        new: number(2),
        order,
    };
    memory::update(flag, update, here());
}

fn fence(order: Ordering) {
    memory::fence(order, here());
}

#[test]
fn nothing_orders_nothing() {
    assert!(races(|_| {}));
}

#[test]
fn release_and_acquire_order() {
    assert!(!races(|flag| {
        store(flag, Release);
        load(flag, Acquire);
    }));
}

#[test]
fn either_alone_does_not() {
    assert!(races(|flag| {
        store(flag, Release);
        load(flag, Relaxed);
    }));
    assert!(races(|flag| {
        store(flag, Relaxed);
        load(flag, Acquire);
    }));
}

#[test]
fn fences_order_around_relaxed_accesses() {
    for order in [AcqRel, SeqCst] {
        assert!(!races(|flag| {
            fence(order);
            store(flag, Relaxed);
            load(flag, Relaxed);
            fence(order);
        }));
    }
}

#[test]
fn a_release_fence_after_the_store_is_too_late() {
    assert!(races(|flag| {
        store(flag, Relaxed);
        fence(SeqCst);
        load(flag, Acquire);
    }));
}

#[test]
fn an_acquire_fence_before_the_load_is_too_early() {
    assert!(races(|flag| {
        store(flag, Release);
        on(2);
        fence(SeqCst);
        load(flag, Relaxed);
    }));
}

#[test]
fn sequentially_consistent_fences_alone_order_no_data() {
    assert!(races(|_| {
        fence(SeqCst);
        on(2);
        fence(SeqCst);
    }));
}

#[test]
fn a_release_sequence_goes_through_a_relaxed_update() {
    assert!(!races(|flag| {
        store(flag, Release);
        on(0);
        add(flag, Relaxed);
        load(flag, Acquire);
    }));
}

#[test]
fn a_release_sequence_ends_at_a_store_even_of_the_same_thread() {
    assert!(races(|flag| {
        store(flag, Release);
        store(flag, Relaxed);
        load(flag, Acquire);
    }));
}

#[test]
fn a_failed_exchange_acquires_by_its_failure_order() {
    let exchange = |flag, order| {
        on(2);
        memory::learn(&main_clock());
        memory::failed(flag, number(0), number(1), order, here());
    };
    assert!(!races(|flag| {
        store(flag, Release);
        exchange(flag, Acquire);
    }));
    assert!(races(|flag| {
        store(flag, Release);
        exchange(flag, Relaxed);
    }));
}

#[test]
fn a_join_orders() {
    let failure = failure(|| {
        let data = cell("data", 0x1000);
        on(1);
        memory::learn(&main_clock());
        memory::write(data, here());
        on(0);
        record::execution::joined(1, here());
        memory::write(data, here());
    });
    assert!(failure.is_none(), "{failure:#?}");
}

#[test]
fn a_write_that_is_not_after_a_read_is_a_race() {
    let failure = failure(|| {
        let data = cell("data", 0x1000);
        on(1);
        memory::learn(&main_clock());
        memory::read(data, here());
        on(2);
        memory::learn(&main_clock());
        memory::write(data, here());
    });
    let detail = failure.expect("they race").detail;
    assert!(
        detail.contains("not ordered after the read by T1"),
        "{detail}"
    );
}

#[test]
fn two_reads_are_no_race() {
    let failure = failure(|| {
        let data = cell("data", 0x1000);
        for thread in [1, 2] {
            on(thread);
            memory::learn(&main_clock());
            memory::read(data, here());
        }
    });
    assert!(failure.is_none(), "{failure:#?}");
}

#[test]
fn an_atomic_may_not_be_used_before_its_construction_is_seen() {
    let failure = failure(|| {
        on(1);
        let flag = atomic("flag", 0x2000);
        on(2);
        memory::load(flag, number(0), Acquire, here());
    });
    let failure = failure.expect("it is not seen");
    assert_eq!(failure.kind, FailureKind::DataRace);
    assert!(
        failure.detail.contains("construction by T1"),
        "{failure:#?}"
    );
}
