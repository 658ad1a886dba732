//! What threads share: handles, locks, lazy statics, thread-locals, scopes, wakers.

mod common;

use std::collections::BTreeSet;
use std::sync::Mutex as Outside;
// ORDERING: the models' orders are what they ask about.
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};

use common::failure_of;
use loom::cell::UnsafeCell;
use loom::model::Builder;
use loom::sync::atomic::{AtomicBool, AtomicUsize};
use loom::sync::{Arc, Barrier, Mutex, OnceLock, RwLock};
use loom::thread;

/// A value whose end reads what a thread wrote.
struct Reads(UnsafeCell<usize>);

impl Drop for Reads {
    fn drop(&mut self) {
        // SAFETY: the last handle has all that the others' threads have done behind it.
        self.0.with(|data| assert_eq!(unsafe { *data }, 1));
    }
}

#[test]
fn the_last_handle_has_all_others_behind_it() {
    loom::model(|| {
        let first = Arc::new(Reads(UnsafeCell::new(0)));
        let second = Arc::clone(&first);
        thread::spawn(move || {
            // SAFETY: nobody else uses it before both handles have ended.
            second.0.with_mut(|data| unsafe { *data = 1 });
        });
        drop(first);
    });
}

#[test]
fn clones_cost_no_executions_until_somebody_counts_them() {
    let body = |counts: bool| {
        move || {
            let first = Arc::new(0);
            let second = Arc::clone(&first);
            thread::spawn(move || drop((Arc::clone(&second), second)));
            drop(Arc::clone(&first));
            if counts {
                assert!((1..=4).contains(&Arc::strong_count(&first)));
            }
        }
    };
    let silent = Builder::new().explore(body(false));
    let counted = Builder::new().explore(body(true));
    assert_eq!(
        (silent.verdict(), counted.verdict()),
        ("exhaustive".into(), "exhaustive".into())
    );
    // Four handles end, two in each thread, in any of six orders.
    assert_eq!(silent.executions(), 6);
    assert!(counted.executions() > 6);
}

#[test]
fn a_handle_comes_back_from_its_pointer() {
    loom::model(|| {
        let pointer = Arc::into_raw(Arc::new(7));
        // SAFETY: the pointer keeps a handle, to which one is added and from which one is taken.
        let handle = unsafe {
            Arc::increment_strong_count(pointer);
            Arc::decrement_strong_count(pointer);
            Arc::from_raw(pointer)
        };
        assert_eq!(Arc::try_unwrap(handle).unwrap(), 7);
    });
    let message = failure_of(|| {
        let pointer = Arc::as_ptr(&Arc::new(7));
        // SAFETY: none, on purpose: the value is gone, which is noticed before it is used.
        drop(unsafe { Arc::from_raw(pointer) });
    });
    assert!(message.contains("use after free"), "{message}");
}

#[test]
fn locks_hand_their_data_over() {
    loom::model(|| {
        let data = Arc::new((Mutex::new(()), UnsafeCell::new(0)));
        let other = Arc::clone(&data);
        let add = |data: &(Mutex<()>, UnsafeCell<i32>)| {
            let _guard = data.0.lock().unwrap();
            // SAFETY: the lock is held.
            data.1.with_mut(|value| unsafe { *value += 1 });
        };
        let thread = thread::spawn(move || add(&other));
        add(&data);
        thread.join().unwrap();
        // SAFETY: the other thread has ended.
        assert_eq!(data.1.with(|value| unsafe { *value }), 2);
    });
}

#[test]
fn readers_share_a_lock_and_writers_do_not() {
    let together = std::sync::Arc::new(Outside::new(BTreeSet::new()));
    let seen = std::sync::Arc::clone(&together);
    loom::model(move || {
        let lock = Arc::new(RwLock::new(0));
        let inside = Arc::new(AtomicUsize::new(0));
        let (other, count) = (Arc::clone(&lock), Arc::clone(&inside));
        thread::spawn(move || {
            let _guard = other.read().unwrap();
            count.fetch_add(1, Relaxed); // ORDERING: a count that is only looked at.
        });
        let writer = Arc::clone(&lock);
        thread::spawn(move || *writer.write().unwrap() += 1);
        let guard = lock.read().unwrap();
        // ORDERING: a count that is only looked at.
        seen.lock().unwrap().insert((*guard, inside.load(Relaxed)));
    });
    let seen = together.lock().unwrap();
    assert_eq!(*seen, BTreeSet::from([(0, 0), (0, 1), (1, 0), (1, 1)]));
}

#[test]
fn one_thread_sets_what_is_set_once() {
    loom::model(|| {
        let (once, made) = (Arc::new(OnceLock::new()), Arc::new(AtomicUsize::new(0)));
        let ask = |once: &OnceLock<usize>, made: &AtomicUsize| {
            // ORDERING: a counter.
            assert_eq!(*once.get_or_init(|| made.fetch_add(1, Relaxed)), 0);
        };
        let (other, counter) = (Arc::clone(&once), Arc::clone(&made));
        let thread = thread::spawn(move || ask(&other, &counter));
        ask(&once, &made);
        thread.join().unwrap();
        assert_eq!(made.load(Relaxed), 1);
    });
}

#[test]
fn a_scope_ends_after_its_threads() {
    loom::model(|| {
        let mut values = [0, 0];
        let (left, right) = values.split_at_mut(1);
        let sum = thread::scope(|scope| {
            let first = scope.spawn(|| left[0] = 1);
            scope.spawn(|| right[0] = 2);
            first.join().unwrap();
            3
        });
        assert_eq!(values[0] + values[1], sum);
    });
}

#[test]
fn a_barrier_lets_all_go_when_the_last_comes() {
    loom::model(|| {
        let shared = Arc::new((Barrier::new(2), UnsafeCell::new(0)));
        let other = Arc::clone(&shared);
        let thread = thread::spawn(move || {
            // SAFETY: the other thread reads behind the barrier only.
            other.1.with_mut(|data| unsafe { *data = 1 });
            other.0.wait().is_leader()
        });
        let leads = shared.0.wait().is_leader();
        // SAFETY: the writer has come to the barrier.
        assert_eq!(shared.1.with(|data| unsafe { *data }), 1);
        assert_ne!(thread.join().unwrap(), leads);
    });
}

loom::lazy_static! {
    static ref TABLE: AtomicUsize = AtomicUsize::new(5);
}

loom::thread_local! {
    static OWN: std::cell::Cell<usize> = std::cell::Cell::new(0);
}

#[test]
fn statics_are_made_anew_in_each_execution() {
    loom::model(|| {
        let thread = thread::spawn(|| {
            OWN.with(|own| own.set(1));
            TABLE.fetch_add(1, Relaxed) // ORDERING: the values alone are compared.
        });
        let mine = TABLE.fetch_add(1, Relaxed);
        assert_eq!(mine + thread.join().unwrap(), 11);
        OWN.with(|own| assert_eq!(own.replace(2), 0));
    });
}

#[test]
fn a_static_that_is_used_after_the_main_thread_is_a_use_after_free() {
    let message = failure_of(|| {
        TABLE.load(Relaxed); // ORDERING: none is needed: the thread is not waited for.
        drop(thread::spawn(|| TABLE.load(Relaxed)));
    });
    assert!(message.contains("use after free"), "{message}");
}

#[test]
fn a_task_is_polled_again_when_it_is_woken_and_once_for_no_reason() {
    let polls = std::sync::Arc::new(Outside::new(BTreeSet::new()));
    let seen = std::sync::Arc::clone(&polls);
    loom::model(move || {
        let ready = Arc::new(AtomicBool::new(false));
        let mut polls = 0;
        loom::future::block_on(std::future::poll_fn(|context| {
            polls += 1;
            if polls == 1 {
                let (ready, waker) = (Arc::clone(&ready), context.waker().clone());
                thread::spawn(move || {
                    ready.store(true, Release); // ORDERING: with the load below.
                    waker.wake();
                });
            }
            match ready.load(Acquire) {
                true => std::task::Poll::Ready(()),
                false => std::task::Poll::Pending,
            }
        }));
        seen.lock().unwrap().insert(polls);
    });
    assert_eq!(*polls.lock().unwrap(), BTreeSet::from([1, 2, 3]));
}

#[test]
fn a_poisoned_lock_says_so() {
    loom::model(|| {
        let lock = Mutex::new(1);
        let panics = std::panic::AssertUnwindSafe(|| {
            let _guard = lock.lock().unwrap();
            std::panic::resume_unwind(Box::new(()));
        });
        std::panic::catch_unwind(panics).unwrap_err();
        assert_eq!(*lock.lock().unwrap_err().into_inner(), 1);
    });
}

#[test]
fn whoever_is_alone_has_seen_what_the_others_did() {
    loom::model(|| {
        let mut shared = loom::sync::Arc::new(UnsafeCell::new(0));
        let other = loom::sync::Arc::clone(&shared);
        let thread = thread::spawn(move || {
            // SAFETY: the other thread looks only once this handle has ended.
            other.with_mut(|data| unsafe { *data = 1 });
        });
        if let Some(cell) = loom::sync::Arc::get_mut(&mut shared) {
            // SAFETY: there is no other handle.
            assert_eq!(cell.with(|data| unsafe { *data }), 1);
        }
        thread.join().unwrap();
    });
}

#[test]
fn a_thread_local_that_is_gone_is_not_used() {
    static ENDS: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    struct Late;
    impl Drop for Late {
        fn drop(&mut self) {
            // ORDERING: the threads of a run are one thread of the system.
            ENDS.fetch_add(1, Relaxed);
            assert!(
                EARLY.try_with(|_| ()).is_err(),
                "it was made, and ends, first"
            );
        }
    }
    loom::thread_local! {
        static EARLY: u8 = 1;
        static LATE: Late = Late;
    }
    loom::model(|| {
        let thread = thread::spawn(|| {
            EARLY.with(|early| assert_eq!(*early, 1));
            LATE.with(|_| ());
        });
        thread.join().unwrap();
    });
    // ORDERING: the exploration has ended.
    assert_eq!(ENDS.load(Relaxed), 1);
}

#[cfg(feature = "quarantine")]
#[test]
fn memory_that_an_execution_frees_is_not_handed_out_in_it_again() {
    loom::model(|| {
        let address = || (&raw const *Box::new(7_u64)).addr();
        let all: std::collections::BTreeSet<usize> = (0..64).map(|_| address()).collect();
        assert_eq!(all.len(), 64);
    });
}

#[test]
#[expect(
    clippy::arc_with_non_send_sync,
    reason = "the token orders the accesses"
)]
fn a_thread_that_was_parked_has_seen_what_the_other_did() {
    loom::model(|| {
        let shared = std::sync::Arc::new(UnsafeCell::new(0));
        let other = std::sync::Arc::clone(&shared);
        let parked = thread::current();
        let thread = thread::spawn(move || {
            // SAFETY: the other thread waits for the token.
            other.with_mut(|data| unsafe { *data = 1 });
            parked.unpark();
        });
        thread::park();
        // SAFETY: the token was put after the write.
        assert_eq!(shared.with(|data| unsafe { *data }), 1);
        thread.join().unwrap();
    });
}

#[test]
fn a_thread_that_parks_for_a_time_goes_on_without_a_token() {
    let outcome = Builder::new().explore(|| thread::park_timeout(std::time::Duration::ZERO));
    assert_eq!(outcome.executions(), 1, "{outcome}");
}
