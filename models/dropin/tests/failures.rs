//! Each kind of failure is found, and its report names the line and how to run it again.

// The threads of a model are coroutines: what they share need not be `Sync`, as under loom.
#![allow(clippy::arc_with_non_send_sync)]

mod common;

use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize as Outside;
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};

use common::failure_of;
use loom::cell::UnsafeCell;
use loom::sync::atomic::AtomicUsize;
use loom::sync::{Mutex, RwLock};
use loom::thread;

/// Message passing whose flag is stored and loaded with the given orders.
fn passing(store: std::sync::atomic::Ordering, load: std::sync::atomic::Ordering) {
    let shared = Arc::new((UnsafeCell::new(0), AtomicUsize::new(0)));
    let other = Arc::clone(&shared);
    thread::spawn(move || {
        // SAFETY: nobody reads before the flag is set, if the orders are strong enough.
        other.0.with_mut(|data| unsafe { *data = 42 });
        other.1.store(1, store);
    });
    if shared.1.load(load) == 1 {
        // SAFETY: the writer has ended, if the orders are strong enough.
        assert_eq!(shared.0.with(|data| unsafe { *data }), 42);
    }
}

#[test]
fn a_race_is_found_with_its_lines() {
    // ORDERING: the model's question is whether these are enough.
    loom::model(|| passing(Release, Acquire));
    // ORDERING: each is too weak, with the other as its partner.
    for (store, load) in [(Relaxed, Acquire), (Release, Relaxed)] {
        let message = failure_of(move || passing(store, load));
        assert!(message.contains("data race"), "{message}");
        assert!(message.contains("tests/failures.rs:25"), "{message}");
        assert!(message.contains("tests/failures.rs:30"), "{message}");
        assert!(message.contains("RADDLE_REPLAY=1:"), "{message}");
    }
}

#[test]
fn locks_in_two_orders_are_a_deadlock() {
    let message = failure_of(|| {
        let locks = Arc::new((Mutex::new(0), RwLock::new(0)));
        let other = Arc::clone(&locks);
        let thread = thread::spawn(move || {
            let _first = other.0.lock().unwrap();
            let _second = other.1.write().unwrap();
        });
        let _second = locks.1.read().unwrap();
        let _first = locks.0.lock().unwrap();
        drop((_first, _second));
        thread.join().unwrap();
    });
    assert!(message.contains("deadlock"), "{message}");
    assert!(
        message.contains("lock Mutex") && message.contains("lock RwLock"),
        "{message}"
    );
}

#[test]
fn a_wait_for_nothing_is_a_livelock() {
    let message = failure_of(|| {
        let flag = AtomicUsize::new(0);
        // ORDERING: nobody stores, so there is no partner.
        while flag.load(Relaxed) == 0 {
            thread::yield_now();
        }
    });
    assert!(message.contains("livelock"), "{message}");
}

#[test]
fn what_is_forgotten_is_a_leak() {
    let message = failure_of(|| std::mem::forget(loom::sync::Arc::new(1)));
    assert!(message.contains("leak"), "{message}");
    let message = failure_of(|| std::mem::forget(loom::alloc::Track::new(1)));
    assert!(message.contains("leak"), "{message}");
}

#[test]
fn a_panic_of_any_thread_fails_with_its_message() {
    let message = failure_of(|| {
        drop(thread::spawn(|| panic!("{} mice", 3)));
    });
    assert!(message.contains("thread 1 panicked: 3 mice"), "{message}");
}

#[test]
fn state_outside_of_the_model_is_noticed() {
    let message = failure_of(|| {
        static RUNS: Outside = Outside::new(0);
        let (a, b) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let other = Arc::clone(&a);
        // ORDERING: a counter that is no part of the model, on purpose.
        let run = RUNS.fetch_add(1, Relaxed);
        thread::spawn(move || other.store(1, Relaxed));
        if run.is_multiple_of(2) {
            b.store(1, Relaxed);
        }
        a.load(Relaxed);
    });
    assert!(message.contains("not deterministic"), "{message}");
    assert!(message.contains("statics"), "{message}");
}

#[test]
fn what_an_earlier_execution_has_made_is_not_used() {
    static KEPT: std::sync::OnceLock<AtomicUsize> = std::sync::OnceLock::new();
    let message = failure_of(|| {
        let flag = Arc::new(AtomicUsize::new(0));
        let other = Arc::clone(&flag);
        // ORDERING: none is asked about.
        thread::spawn(move || other.store(1, Relaxed));
        flag.load(Relaxed);
        KEPT.get_or_init(|| AtomicUsize::new(0)).load(Relaxed);
    });
    assert!(
        message.contains("it was made by another execution"),
        "{message}"
    );
}

#[test]
fn an_execution_that_nobody_ends_is_no_pass() {
    let message = failure_of(loom::skip_branch);
    assert!(message.contains("inconclusive"), "{message}");
}

#[test]
fn the_types_refuse_to_work_outside_of_a_model() {
    let made = std::panic::catch_unwind(|| AtomicUsize::new(1));
    let panic = made.expect_err("there is no model");
    let text = panic.downcast_ref::<&str>().expect("a message");
    assert_eq!(*text, "loom's types work inside of loom::model only");
}

#[test]
fn what_is_used_after_its_end_is_noticed() {
    let message = failure_of(|| {
        let word = Box::into_raw(Box::new(AtomicUsize::new(1)));
        // SAFETY: none, on purpose: the memory is kept until the execution ends, so that the
        // checker sees the second use.
        unsafe {
            drop(Box::from_raw(word));
            (*word).load(Relaxed); // ORDERING: the one thread's.
        }
    });
    assert!(message.contains("use after free"), "{message}");
}

#[test]
fn values_that_no_thread_shares_need_no_lock() {
    loom::model(|| {
        let shared = Rc::new(std::cell::Cell::new(0));
        shared.set(1);
        assert_eq!(shared.get(), 1);
    });
}

struct Node(AtomicUsize);

/// A reader takes a pointer to a node that another thread takes away and frees.
fn reads_what_is_freed(free: unsafe fn(*mut Node), node: *mut Node) {
    let head = loom::sync::Arc::new(loom::sync::atomic::AtomicPtr::new(node));
    let other = loom::sync::Arc::clone(&head);
    let reader = thread::spawn(move || {
        // ORDERING: with the making of the node, which the spawn orders.
        let node = other.load(Acquire);
        if !node.is_null() {
            // SAFETY: none, on purpose.
            unsafe { (*node).0.load(Relaxed) };
        }
    });
    // ORDERING: with the load; that it is not enough is what is to be found.
    let node = head.swap(std::ptr::null_mut(), std::sync::atomic::Ordering::AcqRel);
    // SAFETY: nobody else frees it.
    unsafe { free(node) };
    reader.join().unwrap();
}

/// The main thread reads, and is run first; what it reads is freed by the other.
fn is_freed_after_it_was_read() {
    let node = Box::into_raw(Box::new(Node(AtomicUsize::new(1))));
    let freeing = node.expose_provenance();
    let thread = thread::spawn(move || {
        let node = std::ptr::with_exposed_provenance_mut::<Node>(freeing);
        // SAFETY: it comes from a box, and nobody else frees it.
        drop(unsafe { Box::from_raw(node) });
    });
    // SAFETY: none, on purpose: nothing orders this and the end. ORDERING: none is needed.
    unsafe { (*node).0.load(Relaxed) };
    thread.join().unwrap();
}

#[test]
fn a_use_that_does_not_come_before_the_end_is_found_in_either_order() {
    let mut builder = loom::model::Builder::new();
    let outcome = builder.explore(is_freed_after_it_was_read);
    assert_eq!(outcome.failure(), None, "only if asked for");
    builder.drops_are_accesses = true;
    let outcome = builder.explore(is_freed_after_it_was_read);
    let failure = outcome.failure().expect("a use after free");
    assert!(failure.contains("use after free"), "{failure}");
}

#[test]
fn a_use_of_allocated_memory_after_its_end_is_found_in_either_order() {
    let layout = std::alloc::Layout::new::<Node>();
    let message = failure_of(move || {
        // SAFETY: the layout has a size, and the memory fits a node.
        let node = unsafe {
            let node: *mut Node = loom::alloc::alloc(layout).cast();
            node.write(Node(AtomicUsize::new(1)));
            node
        };
        let free = |node: *mut Node| {
            // SAFETY: it was allocated with this layout.
            unsafe { loom::alloc::dealloc(node.cast(), std::alloc::Layout::new::<Node>()) };
        };
        reads_what_is_freed(free, node);
    });
    assert!(message.contains("use after free"), "{message}");
}

/// A thread reads through a pointer that another one may not have stored yet.
#[cfg(unix)]
fn reads_what_may_be_null(read: unsafe fn(*const u64) -> u64) {
    let at: Arc<loom::sync::atomic::AtomicPtr<u64>> = Arc::default();
    let other = Arc::clone(&at);
    let writer = thread::spawn(move || {
        let value = Box::leak(Box::new(7));
        // ORDERING: with the load below.
        other.store(value, Release);
    });
    // ORDERING: with the store above.
    let value = at.load(Acquire);
    // SAFETY: none, on purpose: nobody has waited for the writer.
    assert_eq!(unsafe { read(std::hint::black_box(value)) }, 7);
    writer.join().unwrap();
}

#[cfg(unix)]
#[test]
fn a_fault_of_the_tested_code_is_reported_with_its_execution() {
    let reads = |read: unsafe fn(*const u64) -> u64| move || reads_what_may_be_null(read);
    // What the processor notices.
    // SAFETY: none, on purpose.
    let message = failure_of(reads(|value| unsafe { value.read_volatile() }));
    assert!(
        message.contains("thread 0 faulted: SIGSEGV at address 0x0"),
        "{message}"
    );
    assert!(message.contains("-> null (Acquire)"), "{message}");
    assert!(message.contains("RADDLE_REPLAY=1:"), "{message}");
    // What the compiler's check notices, where there is one.
    // SAFETY: none, on purpose.
    let message = failure_of(reads(|value| unsafe { *value }));
    let noticed = match cfg!(debug_assertions) {
        true => "thread 0 panicked: null pointer dereference occurred",
        false => "thread 0 faulted: SIGSEGV",
    };
    assert!(message.contains(noticed), "{message}");
    assert!(message.contains("-> null (Acquire)"), "{message}");
}
