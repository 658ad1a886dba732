//! Programs with threads: every outcome, one interleaving again, one run by chance.

use std::fs;
use std::path::PathBuf;

use crate::{FAILED, HELD, Ran, command, folder, run};

/// Two threads that add to a counter, with or without a lock.
fn counter(test: &str, guard: &str) -> PathBuf {
    let path = folder(&format!("{test}_source")).join("counter.py");
    let text = format!(
        "import threading\nlock = threading.Lock()\ncount = 0\n\
         def work():\n    global count\n    {guard}count += 1\n\
         threads = [threading.Thread(target=work) for _ in range(2)]\n\
         for thread in threads: thread.start()\nfor thread in threads: thread.join()\nprint(count)\n"
    );
    fs::write(&path, text).expect("the file can be written");
    path
}

#[test]
fn a_race_has_two_outcomes_and_a_lock_leaves_one() {
    let wrong = counter("explore_wrong", "");
    let ran = run(
        "explore_wrong",
        &["explore", "--observe", "count", &wrong.to_string_lossy()],
    );
    assert_eq!(ran.status, Some(FAILED), "{ran:?}");
    for words in [
        "observed: 1",
        "observed: 2",
        "lost update",
        "exhaustive: 2 outcomes",
    ] {
        assert!(ran.out.contains(words), "{ran:?}");
    }
    let right = counter("explore_right", "with lock: ");
    let ran = run("explore_right", &["explore", &right.to_string_lossy()]);
    assert_eq!(ran.status, Some(HELD), "{ran:?}");
    assert!(ran.out.contains("exhaustive: 1 outcome"), "{ran:?}");
}

#[test]
fn one_thread_at_a_time_the_same_seed_is_the_same_run() {
    let path = counter("explore_seed", "");
    let path = path.to_string_lossy();
    let runs = |seed: &str| {
        run(
            "explore_seed",
            &["run", "--world", "program", "--seed", seed, &path],
        )
    };
    for seed in ["1", "2", "3"] {
        let (first, second) = (runs(seed), runs(seed));
        assert_eq!(first.status, Some(HELD), "{first:?}");
        assert_eq!((first.out, first.err), (second.out, second.err));
    }
}

#[test]
fn what_cannot_be_explored_is_refused() {
    let path = folder("explore_refused_source").join("broken.py");
    fs::write(&path, "if\n").expect("the file can be written");
    let path = path.to_string_lossy();
    run("explore_refused", &["explore", &path]).is_refused("line 1");
    run("explore_refused", &["explore", "missing.py"]).is_refused("missing.py");
    run("explore_refused", &["explore", "--seed", "x", &path]).is_refused("--seed");
    let fine = counter("explore_refused", "");
    let fine = fine.to_string_lossy();
    run("explore_refused", &["explore", "--replay", "1y2", &fine]).is_refused("`1y2`");
    run("explore_refused", &["explore", "--replay", "7x2", &fine]).is_refused("choice 1");
    let unclosed = ["explore", "--observe", "count +", &fine];
    run("explore_refused", &unclosed).is_refused("--observe: line 1");
    run("explore_refused", &["run", "--seed", "3", &fine]).is_refused("--world program");
}

#[test]
fn one_test_of_a_file_is_explored() {
    let path = folder("explore_test_source").join("tests_of_bank.py");
    let text = "import threading\n\nclass TestBank:\n    def test_paid(self):\n        both(1)\n\n\
                def both(wanted):\n    paid = []\n    def pay():\n        if not paid:\n            \
                paid.append(1)\n    \
                threads = [threading.Thread(target=pay) for _ in range(2)]\n    \
                for thread in threads: thread.start()\n    for thread in threads: thread.join()\n    \
                assert len(paid) == wanted\n\ndef test_sum():\n    assert 1 + 1 == 2\n\nraise_at_main = __name__ == '__main__' and exit(9)\n";
    fs::write(&path, text).expect("the file can be written");
    let path = path.to_string_lossy();
    let explore = |name: &str| {
        run(
            "explore_test",
            &["explore", "--test", &format!("{path}::{name}")],
        )
    };
    let ran = explore("TestBank::test_paid");
    assert_eq!(ran.status, Some(FAILED), "{ran:?}");
    assert!(ran.out.contains("AssertionError"), "{ran:?}");
    assert!(ran.out.contains("tests_of_bank.py:10"), "{ran:?}");
    let ran = explore("test_sum");
    assert_eq!(ran.status, Some(HELD), "{ran:?}");
    explore("test_none").is_refused("no `test_none`");
    explore("a::b::c").is_refused("FILE::CLASS::NAME");
    run("explore_test", &["explore", "--test", &path]).is_refused("FILE::NAME");
}

#[test]
fn a_sample_by_priorities_finds_a_race() {
    let path = counter("explore_depth", "");
    let path = path.to_string_lossy();
    let sample = ["explore", "--sample", "50", "--depth", "2", &path];
    let ran = run("explore_depth", &sample);
    assert_eq!(ran.status, Some(FAILED), "{ran:?}");
    assert!(ran.out.contains("sampled(50): 2 outcomes"), "{ran:?}");
    let none = ["explore", "--depth", "2", &path];
    run("explore_depth", &none).is_refused("--sample");
    let zero = ["explore", "--sample", "9", "--depth", "0", &path];
    run("explore_depth", &zero).is_refused("--depth");
}

/// Examples that end on real threads, whatever happens.
const ENDING: [&str; 6] = [
    "check_then_insert_wrong",
    "counter_wrong",
    "double_checked_wrong",
    "lazy_cache_wrong",
    "queue_drained_wrong",
    "transfer_wrong",
];

#[test]
fn what_real_threads_do_was_explored() {
    for name in ENDING {
        let path = format!("{}/examples/races/{name}.py", env!("CARGO_MANIFEST_DIR"));
        let explored = run("explore_native", &["explore", &path]);
        for _ in 0..20 {
            let ran = run("explore_native", &["run", &path]);
            let told: String = ran
                .out
                .lines()
                .map(|line| format!("  output: {line}\n"))
                .collect();
            assert!(
                explored.out.contains(&told),
                "{name}: {ran:?} is not in {explored:?}"
            );
        }
    }
}

/// What the threads do inside of the interpreter's own modules is one row, and no row is there twice.
#[test]
fn an_interleaving_is_told_in_rows_that_each_say_something() {
    let program = "import threading\nready = threading.Condition()\nitems = []\n\
        def take():\n    with ready:\n        while not items:\n            ready.wait()\n        items.pop()\n    print(1)\n\
        def give():\n    with ready:\n        items.append(1)\n        ready.notify()\n    print(2)\n\
        threads = [threading.Thread(target=work) for work in (take, give)]\n\
        for thread in threads: thread.start()\n\
        for thread in threads: thread.join()\n";
    let path = folder("explore_rows_source").join("rows.py");
    fs::write(&path, program).expect("the file can be written");
    let ran = run("explore_rows", &["explore", &path.to_string_lossy()]);
    assert_eq!(ran.status, Some(FAILED), "{ran:?}");
    assert!(ran.out.contains("(threading)"), "{ran:?}");
    assert!(!ran.out.contains("goes on"), "{ran:?}");
    let lines: Vec<&str> = ran
        .out
        .lines()
        .map(|line| line.trim_start_matches([' ', '>']))
        .collect();
    let twice = lines
        .windows(2)
        .find(|pair| pair[0] == pair[1] && !pair[0].is_empty());
    assert_eq!(twice, None, "{ran:?}");
}

/// What the command does with this on its standard input.
fn run_with_input(test: &str, arguments: &[&str], input: &str) -> Ran {
    let file = folder(&format!("{test}_input")).join("input");
    fs::write(&file, input).expect("the file can be written");
    let input = fs::File::open(&file).expect("the file is there");
    let mut command = command(test, arguments);
    let output = command.stdin(input).output();
    Ran::of(output.expect("the command starts"))
}

#[test]
fn one_order_is_walked_through() {
    let path = counter("explore_step", "");
    let path = path.to_string_lossy();
    let explored = run("explore_step", &["explore", &path]);
    let mark = "one shortest interleaving, ";
    let token = explored
        .out
        .lines()
        .find_map(|line| line.trim().strip_prefix(mark));
    let token = token.expect("a token is named").trim_end_matches(':');
    let whole = run("explore_step", &["replay", token, &path]);
    assert_eq!(whole.status, Some(HELD), "{whole:?}");
    assert!(whole.out.contains("sampled(1): 1 outcome"), "{whole:?}");
    let walk = ["replay", "--step", token, &path];
    let walked = run_with_input("explore_step", &walk, "\n\nb\n99999\n\n");
    assert_eq!(walked.status, Some(HELD), "{walked:?}");
    let heads = walked
        .out
        .lines()
        .filter(|line| line.starts_with("step ") || line.starts_with("end: "));
    let words = |head: &str| {
        head.split_whitespace()
            .take(2)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let heads: Vec<String> = heads.map(words).collect();
    assert_eq!(
        heads,
        ["step 1", "step 2", "step 3", "step 2", "end: exit"],
        "{walked:?}"
    );
    let lost = run_with_input("explore_step", &walk, "q\n");
    assert_eq!(lost.out.matches("step ").count(), 1, "{lost:?}");
    run("explore_step", &["replay", "0x1", &path]).is_refused("the program goes on after choice 1");
    run("explore_step", &["replay", "--step", token]).is_refused("PROGRAM");
}

#[test]
fn a_lock_is_suggested_that_was_tried() {
    let path = counter("explore_suggest", "");
    let path = path.to_string_lossy();
    let ran = run("explore_suggest", &["explore", "--suggest", &path]);
    assert_eq!(ran.status, Some(FAILED), "{ran:?}");
    let told = "suggestion: one lock around line 6; explored again with it: one outcome is left";
    assert!(ran.out.contains(told), "{ran:?}");
}
