//! The example programs: what is wrong with the wrong ones is found, and the right ones have one outcome.

mod support;

use std::path::PathBuf;

use explorer::{Ending, Program, Verdict, text};
use support::{explored, of_text};

/// An example, how many outcomes its wrong form has, and what is said of it.
const EXAMPLES: [(&str, usize, &str); 31] = [
    (
        "callback_deadlock",
        1,
        "thread 1 waits at callback_deadlock_wrong.py:9 for a lock that thread 1 holds since line 14",
    ),
    ("check_then_insert", 4, "check-then-act, done twice"),
    ("condition", 2, "lost wake-up"),
    ("counter", 2, "lost update"),
    (
        "delete_if_present",
        3,
        "an exception in a thread that nobody saw",
    ),
    ("dict_iterated", 3, "torn iteration"),
    ("dict_update", 2, "dict_update_wrong.py:"),
    (
        "double_checked",
        3,
        "value: double_checked_wrong.py:15 writes",
    ),
    ("event_before_wait", 2, "lost wake-up"),
    ("event_cleared", 2, "lost wake-up"),
    ("grouped", 2, "check-then-act, done twice"),
    ("id_generator", 3, "lost update"),
    ("lazy_cache", 2, "check-then-act, done twice"),
    ("list_reassigned", 2, "lost update"),
    ("lock_not_returned", 1, "a lock that is never given back"),
    ("max_seen", 2, "max_seen_wrong.py:"),
    ("memoised", 2, "check-then-act, done twice"),
    ("pool_results", 6, "check-then-act"),
    (
        "queue_drained",
        3,
        "an exception in a thread that nobody saw",
    ),
    ("read_copy_update", 3, "check-then-act, done twice"),
    (
        "remove_if_present",
        3,
        "an exception in a thread that nobody saw",
    ),
    ("semaphore_lost", 3, "check-then-act, done twice"),
    ("shifted_list", 2, "shifted_list_wrong.py:"),
    ("singleton", 2, "check-then-act, done twice"),
    ("stop_flag", 3, "stop_flag_wrong.py:"),
    ("torn_pair", 2, "torn_pair_wrong.py:"),
    ("transfer", 5, "lost update"),
    ("two_locks", 2, "deadlock"),
    (
        "use_after_close",
        2,
        "an exception in a thread that nobody saw",
    ),
    ("withdrawal", 2, "check-then-act, done twice"),
    ("word_count", 2, "lost update"),
];

/// The folder of the example programs.
fn races() -> PathBuf {
    PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../examples/races"
    ))
}

/// A program of the examples.
fn example(name: &str) -> Program {
    let path = races().join(format!("{name}.py"));
    let text = std::fs::read(&path).expect("the example is there");
    of_text(&format!("{name}.py"), &text)
}

#[test]
fn what_is_wrong_is_found_and_named() {
    for (name, outcomes, said) in EXAMPLES {
        let explored = explored(&example(&format!("{name}_wrong")), true);
        let report = text(&explored);
        assert_eq!(explored.verdict, Verdict::Exhaustive, "{report}");
        assert_eq!(explored.found.len(), outcomes, "{report}");
        assert!(report.contains(said), "{report}");
    }
}

#[test]
fn what_is_right_has_one_outcome() {
    for (name, ..) in EXAMPLES {
        let explored = explored(&example(&format!("{name}_right")), true);
        let report = text(&explored);
        assert_eq!(explored.verdict, Verdict::Exhaustive, "{report}");
        assert_eq!(explored.found.len(), 1, "{report}");
        assert_eq!(
            explored.found[0].outcome.ending,
            Ending::Status(0),
            "{report}"
        );
        assert_eq!(
            explored.found[0].outcome.errors,
            Vec::<String>::new(),
            "{report}"
        );
    }
}

#[test]
fn every_example_is_in_the_table() {
    let files = std::fs::read_dir(races()).expect("the folder is there");
    assert_eq!(files.count(), EXAMPLES.len() * 2);
}

#[test]
fn a_lock_leaves_no_race() {
    assert_eq!(explored(&example("counter_right"), true).races.len(), 0);
    assert!(!explored(&example("counter_wrong"), true).races.is_empty());
}

#[test]
fn a_token_leads_to_its_outcome() {
    let program = example("counter_wrong");
    let explored = explored(&program, true);
    for found in &explored.found {
        let settings = explorer::Settings::default();
        let again = explorer::replay(&program, &settings, &found.token).expect("it fits");
        assert_eq!(again.found.len(), 1);
        assert_eq!(again.found[0].outcome, found.outcome);
    }
    let wrong = explorer::replay(&program, &explorer::Settings::default(), "9x4");
    assert!(wrong.is_err_and(|line| line.contains("choice 1")));
}

#[test]
fn the_same_exploration_says_the_same() {
    let program = example("transfer_wrong");
    assert_eq!(
        text(&explored(&program, true)),
        text(&explored(&program, true))
    );
}
