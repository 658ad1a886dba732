//! Whatever a program does, its exploration ends within the budget, with a line that says what and where.

use std::hint::black_box;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use graph_engine::Mode::Relaxed;
use graph_engine::{Config, Engine, Exploration, FailureKind, Location, Verdict, spawn};

/// More than the grace that a program has, on a busy machine.
const SOON: Duration = Duration::from_secs(8);

fn impatient() -> Config {
    Config {
        patience: Duration::from_millis(300),
        ..Config::default()
    }
}

/// Two threads that hold a lock of the host across a step.
fn host_lock(config: Config) -> Exploration {
    Engine::explore(config, || {
        let x = Location::new("x", 0);
        let lock = Arc::new(Mutex::new(()));
        for _ in 0..2 {
            let lock = Arc::clone(&lock);
            spawn(move || {
                x.load(Relaxed);
                let held = lock.lock();
                x.fetch_add(1, Relaxed);
                drop(held);
            });
        }
    })
}

fn assert_given_up(exploration: &Exploration, says: &[&str]) {
    let failure = exploration.failure.as_ref().expect("a limit was met");
    assert_eq!(exploration.verdict, Verdict::Inconclusive, "{failure}");
    assert_eq!(failure.kind, FailureKind::Limit);
    for part in says {
        assert!(failure.message.contains(part), "{}", failure.message);
    }
    assert_eq!(failure.message.lines().count(), 1);
    assert!(exploration.rest.is_none(), "a part of it is lost");
}

#[test]
fn a_lock_of_the_host_held_across_a_step_ends_the_exploration() {
    for jobs in [1, 2] {
        let exploration = host_lock(Config {
            jobs,
            ..impatient()
        });
        assert_given_up(&exploration, &["no step", "ends.rs:", "std Mutex"]);
    }
}

#[test]
fn a_program_that_does_not_come_back_keeps_within_the_budget() {
    let start = Instant::now();
    let exploration = host_lock(Config {
        patience: Duration::from_secs(3_600),
        max_time: Some(Duration::from_millis(200)),
        ..Config::default()
    });
    assert_given_up(&exploration, &["thread 2 has taken no step"]);
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
}

#[test]
fn a_program_that_does_not_come_back_can_be_stopped() {
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    let user = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(200));
        asked.store(true, Ordering::Relaxed);
    });
    let exploration = host_lock(Config {
        patience: Duration::from_secs(3_600),
        stop: Some(stop),
        ..Config::default()
    });
    user.join().expect("it only sleeps");
    assert_given_up(&exploration, &["no step"]);
}

#[test]
fn a_loop_without_an_operation_ends_the_exploration() {
    let forever = Arc::new(AtomicBool::new(true));
    let exploration = Engine::explore(impatient(), move || {
        Location::new("x", 0).store(1, Relaxed);
        while forever.load(Ordering::Relaxed) {
            std::thread::sleep(Duration::from_millis(1));
        }
    });
    assert_given_up(&exploration, &["thread 0", "loops without an operation"]);
}

#[test]
fn a_program_that_takes_its_time_is_waited_for() {
    let exploration = Engine::explore(impatient(), || {
        let x = Location::new("x", 0);
        for _ in 0..4 {
            std::thread::sleep(Duration::from_millis(100));
            x.store(1, Relaxed);
        }
    });
    assert_eq!(exploration.verdict, Verdict::Exhaustive);
}

/// Uses this many frames of about 40 KB.
#[inline(never)]
fn deep(frames: usize) -> usize {
    let room = black_box([frames as u8; 40_000]);
    match frames {
        0 => usize::from(room[0]),
        _ => deep(black_box(frames - 1)) + usize::from(black_box(&room)[1]),
    }
}

fn with_frames(frames: usize, stack_size: usize) -> Exploration {
    let config = Config {
        stack_size,
        ..Config::default()
    };
    Engine::explore(config, move || {
        let x = Location::new("x", 0);
        spawn(move || x.store(1, Relaxed));
        let second = spawn(move || {
            x.load(Relaxed);
            black_box(deep(frames));
        });
        second.join();
    })
}

#[cfg(unix)]
#[test]
fn a_stack_that_is_used_up_ends_the_exploration() {
    let exploration = with_frames(8, 256 << 10);
    let says = [
        "thread 2",
        "stack of 262144 bytes",
        "ends.rs:",
        "stack_size",
    ];
    assert_given_up(&exploration, &says);
}

#[test]
fn a_larger_stack_is_large_enough() {
    assert_eq!(with_frames(8, 1 << 20).verdict, Verdict::Exhaustive);
}

#[test]
fn a_stack_that_the_system_has_no_memory_for_is_told() {
    let exploration = with_frames(0, 1 << 60);
    assert_given_up(&exploration, &["no memory for the stack of thread 0"]);
}

#[test]
fn a_stack_larger_than_any_memory_is_refused() {
    let refused = std::panic::catch_unwind(|| with_frames(0, usize::MAX));
    let message = refused.expect_err("it is refused");
    let message = message.downcast_ref::<String>().cloned().or_else(|| {
        message
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
    });
    let message = message.expect("a panic has a message");
    assert!(message.contains("no memory has so many bytes"), "{message}");
}

/// A value whose end is a panic.
struct Fails(&'static str);

impl Drop for Fails {
    fn drop(&mut self) {
        panic!("{}", self.0);
    }
}

#[test]
fn a_panic_in_a_drop_during_unwinding_keeps_the_first_message() {
    let exploration = Engine::explore(Config::default(), || {
        let x = Location::new("x", 0);
        spawn(move || {
            let _fails = Fails("the second");
            assert_eq!(x.load(Relaxed), 1, "the first");
        });
    });
    let failure = exploration.failure.expect("it panics");
    assert_eq!(exploration.verdict, Verdict::Failed);
    assert_eq!(failure.kind, FailureKind::Panic);
    let first = failure.message.find("the first").expect("the first panic");
    let second = failure.message.find("the second").expect("and the other");
    assert!(first < second, "{}", failure.message);
    assert!(failure.message.contains("ends.rs:"), "{}", failure.message);
    assert!(!failure.trace.events.is_empty(), "the execution is shown");
}

#[test]
fn a_panic_in_a_drop_after_the_end_is_told() {
    let exploration = Engine::explore(Config::default(), || {
        let x = Location::new("x", 0);
        spawn(move || {
            let _fails = Fails("a destructor");
            x.load(Relaxed);
            assert_eq!(x.load(Relaxed), 0);
            graph_engine::Lock::new("lock").lock();
            graph_engine::Parker::new("for ever").park();
        });
    });
    let message = exploration.failure.expect("a failure").message;
    assert!(message.contains("a destructor"), "{message}");
}

/// A thread that uses an address that is not there, if another one has been faster.
#[cfg(unix)]
fn uses_nothing(config: Config) -> Exploration {
    Engine::explore(config, || {
        let x = Location::new("x", 0);
        spawn(move || x.store(1, Relaxed));
        if x.load(Relaxed) == 1 {
            let nothing = black_box(std::ptr::null_mut::<u64>());
            // SAFETY: none, on purpose.
            unsafe { nothing.write_volatile(7) };
        }
    })
}

#[cfg(unix)]
#[test]
fn a_fault_is_a_failure_with_its_execution() {
    let exploration = uses_nothing(Config::default());
    let failure = exploration.failure.as_ref().expect("it faults");
    assert_eq!(exploration.verdict, Verdict::Failed);
    assert_eq!(failure.kind, FailureKind::Panic);
    let says = "thread 0 faulted: SIGSEGV at address 0x0, after its step at ";
    assert!(failure.message.starts_with(says), "{}", failure.message);
    let load = failure.trace.events.last().expect("the steps so far");
    assert_eq!((load.thread, load.value), (0, 1));
    // Its path leads to it again.
    let again = uses_nothing(Config {
        path: Some(failure.path.clone()),
        ..Config::default()
    });
    let again = again.failure.expect("the same execution");
    assert_eq!(again.message, failure.message);
}
