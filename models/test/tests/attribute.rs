//! The attribute: what passes, and what fails with which words.

use std::panic::{AssertUnwindSafe, catch_unwind};

use raddle_test::model::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use raddle_test::model::sync::atomic::{AtomicBool, AtomicUsize};
use raddle_test::model::sync::{Arc, Mutex};
use raddle_test::model::{cell::UnsafeCell, thread};
use raddle_test::test::{self, Options};

/// Two threads add one each.
fn two_add() {
    let count = Arc::new(AtomicUsize::new(0));
    let other = Arc::clone(&count);
    // ORDERING: each with the other.
    let thread = thread::spawn(move || other.fetch_add(1, Relaxed));
    count.fetch_add(1, Relaxed);
    thread.join().unwrap();
    assert_eq!(count.load(Relaxed), 2);
}

/// A loop that writes and yields in each turn: it needs a bound.
fn one_asks_again() {
    let asked = Arc::new((AtomicUsize::new(0), AtomicBool::new(false)));
    let other = Arc::clone(&asked);
    let thread = thread::spawn(move || {
        // ORDERING: with the store below.
        while !other.1.load(Acquire) {
            other.0.fetch_add(1, Relaxed);
            thread::yield_now();
        }
    });
    // ORDERING: with the load above.
    asked.1.store(true, Release);
    thread.join().unwrap();
}

#[raddle_test::test]
fn what_holds_passes() {
    two_add();
}

#[raddle_test::test(expect = "exhaustive", jobs = 2, seconds = 10)]
fn exhaustive_may_be_asked_for() {
    two_add();
}

#[raddle_test::test(expect = "bounded", yields = 2)]
fn bounded_may_be_asked_for() {
    one_asks_again();
}

#[raddle_test::test(expect = "inconclusive", executions = 1)]
fn a_budget_may_run_out() {
    two_add();
}

#[raddle_test::test(expect = "data race")]
#[expect(
    clippy::arc_with_non_send_sync,
    reason = "what should order the accesses is missing, on purpose"
)]
fn a_failure_may_be_asked_for() {
    let cell = std::sync::Arc::new(UnsafeCell::new(0));
    let other = std::sync::Arc::clone(&cell);
    // SAFETY: none, on purpose.
    let thread = thread::spawn(move || other.with_mut(|data| unsafe { *data = 1 }));
    // SAFETY: none, on purpose.
    cell.with(|data| unsafe { *data });
    thread.join().unwrap();
}

#[raddle_test::test(expect = "the test gives back 7")]
fn an_error_is_a_failure() -> Result<(), u8> {
    Err(7)
}

#[raddle_test::test(expect = "exhaustive", spurious_wakes = false)]
async fn a_test_may_wait() {
    let lock = Arc::new(Mutex::new(0));
    let other = Arc::clone(&lock);
    let thread = thread::spawn(move || *other.lock().unwrap() += 1);
    std::future::ready(()).await;
    thread.join().unwrap();
    assert_eq!(*lock.lock().unwrap(), 1);
}

/// What a test says that must not pass.
fn refused(options: &Options, body: fn()) -> String {
    let run = || test::run(options, body);
    let panic = catch_unwind(AssertUnwindSafe(run)).expect_err("it does not pass");
    panic.downcast_ref::<String>().expect("a message").clone()
}

fn options(set: impl FnOnce(&mut Options)) -> Options {
    let mut options = Options::default();
    set(&mut options);
    options
}

#[test]
fn another_outcome_does_not_pass() {
    let out_of_budget = options(|options| options.executions = Some(1));
    let text = refused(&out_of_budget, two_add);
    assert!(
        text.contains("inconclusive") && text.contains("the budget ran out"),
        "{text}"
    );

    let exhaustive = options(|options| options.expect = "exhaustive");
    let text = refused(&exhaustive, one_asks_again);
    assert!(
        text.contains("bounded(") && text.contains("exhaustive was expected"),
        "{text}"
    );

    let bounded = options(|options| options.expect = "bounded");
    let text = refused(&bounded, two_add);
    assert!(text.contains("bounded was expected"), "{text}");

    let deadlock = options(|options| options.expect = "deadlock");
    let text = refused(&deadlock, two_add);
    assert!(
        text.contains("a failure with `deadlock` was expected"),
        "{text}"
    );
    let text = refused(&deadlock, || panic!("four mice"));
    assert!(
        text.contains("another one came") && text.contains("four mice"),
        "{text}"
    );
}
