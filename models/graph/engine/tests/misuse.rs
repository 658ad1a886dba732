//! Wrong use of the interface is an error, and names its place.

mod outcome;

use std::panic::{AssertUnwindSafe, catch_unwind};

use graph_engine::Mode::{self, AcqRel, Acquire, Plain, Relaxed, Release, SeqCst};
use graph_engine::{
    Block, Config, Engine, Exploration, FailureKind, Location, Lock, Verdict, choice, fence, note,
    spawn,
};

use outcome::{explore, ignore, kind, two};

/// Asserts that the exploration has failed by misuse, in words that contain all of `words`, and
/// names the line of this file that has `code`.
fn assert_misuse(exploration: &Exploration, code: &str, words: &[&str]) {
    let found = kind(exploration);
    assert_eq!(found, Some(FailureKind::Misuse), "{exploration}");
    assert_eq!(exploration.verdict, Verdict::Failed);
    let message = &exploration.failure.as_ref().expect("a failure").message;
    let (_, place) = message.split_once("misuse.rs:").expect("a place");
    let digits = place.split(|c: char| !c.is_ascii_digit()).next();
    let line: usize = digits
        .and_then(|digits| digits.parse().ok())
        .expect("a line");
    let line = include_str!("misuse.rs")
        .lines()
        .nth(line - 1)
        .expect("a line");
    assert!(line.contains(code), "{line}: {message}");
    for word in words {
        assert!(message.contains(word), "{word}: {message}");
    }
}

#[test]
fn a_lock_that_is_not_held_is_not_unlocked() {
    let exploration = explore(|| Lock::new("door").unlock());
    assert_misuse(
        &exploration,
        "Lock::new(\"door\").unlock()",
        &["door", "not held"],
    );
    let twice = explore(|| {
        let door = Lock::new("door");
        door.lock();
        door.unlock();
        door.unlock();
    });
    assert_misuse(&twice, "door.unlock();", &["door", "not held"]);
}

#[test]
fn a_lock_is_unlocked_by_the_thread_that_holds_it() {
    let exploration = explore(|| {
        let door = Lock::new("door");
        door.lock();
        spawn(move || door.unlock()).join();
    });
    let words = ["door", "thread 0 holds", "thread 1"];
    assert_misuse(&exploration, "spawn(move || door.unlock())", &words);
    let tried = explore(|| {
        let door = Lock::new("door");
        if door.try_lock() {
            door.unlock();
        }
    });
    assert_eq!(tried.verdict, Verdict::Exhaustive, "{tried}");
}

#[test]
fn another_thread_unlocks_while_the_lock_is_held() {
    let exploration = explore(|| {
        let (door, inside) = (Lock::new("door"), Location::new("inside", 0));
        let enter = move || {
            door.lock();
            inside.write(1);
            door.unlock();
        };
        spawn(move || door.unlock());
        two(enter, enter);
    });
    assert_eq!(
        kind(&exploration),
        Some(FailureKind::Misuse),
        "{exploration}"
    );
}

#[test]
fn orders_that_an_operation_cannot_have_are_refused() {
    let wrong = |act: fn(Location)| explore(move || act(Location::new("x", 0)));
    let refused = |code: &str, act: fn(Location), mode: Mode| {
        assert_misuse(&wrong(act), code, &[&format!("cannot be {mode:?}")]);
    };
    refused("load(Release)", |x| ignore(x.load(Release)), Release);
    refused("load(AcqRel)", |x| ignore(x.load(AcqRel)), AcqRel);
    refused("load(Plain)", |x| ignore(x.load(Plain)), Plain);
    refused("store(1, Acquire)", |x| x.store(1, Acquire), Acquire);
    refused("store(1, AcqRel)", |x| x.store(1, AcqRel), AcqRel);
    refused("store(1, Plain)", |x| x.store(1, Plain), Plain);
    refused("fence(Relaxed)", |_| fence(Relaxed), Relaxed);
    refused("fence(Plain)", |_| fence(Plain), Plain);
    refused("swap(1, Plain)", |x| ignore(x.swap(1, Plain)), Plain);
    let exchange = |x: Location| {
        let _ = x.compare_exchange(0, 1, AcqRel, Release);
    };
    refused("compare_exchange(", exchange, Release);
    let weak = |x: Location| {
        let _ = x.compare_exchange_weak(0, 1, SeqCst, AcqRel);
    };
    refused("compare_exchange_weak(", weak, AcqRel);
}

#[test]
fn a_misuse_is_found_in_its_execution_whole() {
    let exploration = explore(|| {
        let x = Location::new("x", 0);
        two(
            move || x.store(1, Relaxed),
            move || {
                if x.load(Relaxed) == 1 {
                    fence(Relaxed);
                }
            },
        );
    });
    assert_misuse(&exploration, "fence(Relaxed);", &["thread 2"]);
    let trace = &exploration.failure.as_ref().expect("a failure").trace;
    assert!(trace.to_string().contains("store x := 1"), "{trace}");
}

const INSIDE: &[&str] = &["inside of the function of an update"];

#[test]
fn the_function_of_an_update_does_not_operate() {
    let exploration = explore(|| {
        let (x, y) = (Location::new("x", 0), Location::new("y", 0));
        x.update(Relaxed, |value| value + y.load(Relaxed));
    });
    assert_misuse(&exploration, "value + y.load(Relaxed)", INSIDE);
    let noted = explore(|| {
        let x = Location::new("x", 0);
        x.update(Relaxed, |value| {
            note("value", value);
            value
        });
    });
    assert_misuse(&noted, "note(\"value\", value);", INSIDE);
}

#[test]
fn what_is_dropped_while_an_update_unwinds_may_operate() {
    struct Operates(Location);
    impl Drop for Operates {
        fn drop(&mut self) {
            self.0.store(1, Relaxed);
        }
    }
    let exploration = explore(|| {
        let x = Location::new("x", 0);
        x.update(Relaxed, |value| {
            let _inside = Operates(x);
            value
        });
    });
    assert_misuse(&exploration, "self.0.store(1, Relaxed);", INSIDE);
}

#[test]
fn an_offset_beyond_a_block_names_the_caller() {
    let exploration = explore(|| {
        let block = Block::alloc("block", 2, 0);
        ignore(block.at(2).read());
    });
    assert_misuse(&exploration, "block.at(2)", &["offset 2", "block of 2"]);
    let nothing = explore(|| assert_eq!(choice(0), 0));
    assert_misuse(&nothing, "choice(0)", &["choice among nothing"]);
}

/// The message of the panic by which the configuration is refused.
fn refusal(config: Config) -> String {
    let explore = || Engine::explore(config, || ());
    let payload = catch_unwind(AssertUnwindSafe(explore)).expect_err("a refusal");
    let text = payload
        .downcast_ref::<&str>()
        .map(|text| (*text).to_string());
    text.or_else(|| payload.downcast_ref::<String>().cloned())
        .expect("a message")
}

#[test]
fn a_configuration_that_explores_nothing_is_refused() {
    let default = Config::default;
    let shard = |shard| Config { shard, ..default() };
    assert!(refusal(shard((5, 3))).contains("shard 5 of 3"));
    assert!(refusal(shard((3, 3))).contains("shard 3 of 3"));
    assert!(refusal(shard((0, 0))).contains("shard 0 of 0"));
    let jobs = Config {
        jobs: 0,
        ..default()
    };
    assert!(refusal(jobs).contains("jobs"));
    let turns = Config {
        spin_turns: 0,
        ..default()
    };
    assert!(refusal(turns).contains("spin_turns"));
}
