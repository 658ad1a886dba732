//! Interleavings that are run again by their names, walked through, and mended.

mod support;

use explorer::{Explored, Program, Settings, explore, replay, suggest, walk};
use support::{explored, of_text};

const COUNTER: &str = "import threading
n = 0
def work():
    global n
    n += 1
threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(n)
";

const UPDATE: &str = "import threading
d = {}
more = {1: 1, 2: 2}
seen = None
def add():
    d.update(more)
def look():
    global seen
    seen = (1 in d, 2 in d)
threads = [threading.Thread(target=work) for work in (add, look)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(seen)
";

const TWO_LOCKS: &str = "import threading
one = threading.Lock()
other = threading.Lock()
def work(first, second):
    with first:
        with second:
            pass
threads = [threading.Thread(target=work, args=locks) for locks in ((one, other), (other, one))]
for thread in threads: thread.start()
for thread in threads: thread.join()
";

/// Who comes last decides, whole or not.
const LAST: &str = "import threading
n = 0
def work(value):
    global n
    n = value
threads = [threading.Thread(target=work, args=(value,)) for value in (1, 2)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(n)
";

fn program(text: &str) -> Program {
    of_text("again.py", text.as_bytes())
}

fn each_again(program: &Program, explored: &Explored) {
    for found in &explored.found {
        let again = replay(program, &Settings::default(), &found.token);
        let again = again.unwrap_or_else(|line| panic!("{}: {line}", found.token));
        assert_eq!(again.found[0].outcome, found.outcome, "{}", found.token);
    }
}

#[test]
fn what_chance_found_can_be_run_again() {
    let settings = Settings {
        sample: Some(60),
        ..Settings::default()
    };
    for text in [COUNTER, UPDATE] {
        let program = program(text);
        let sampled = explore(&program, &settings).expect("it can be explored");
        assert_eq!(sampled.interleavings, 60);
        each_again(&program, &sampled);
    }
}

#[test]
fn the_middle_of_an_operation_can_be_run_again() {
    let program = program(UPDATE);
    let explored = explored(&program, true);
    assert_eq!(explored.found.len(), 4);
    each_again(&program, &explored);
}

#[test]
fn what_is_no_whole_interleaving_is_refused_in_one_line() {
    let program = program(COUNTER);
    let token = explored(&program, true).found[0].token.clone();
    let (short, _) = token.rsplit_once('.').expect("threads change");
    let long = format!("{token}.0x3");
    let other = format!("{token}~1f");
    let cases = [
        (short, "the program goes on after choice"),
        (&long, "cannot be made"),
        (&other, "threads met in other places"),
        ("7x1", "choice 1 cannot be made"),
    ];
    for (token, reason) in cases {
        let line = replay(&program, &Settings::default(), token).expect_err(token);
        assert!(
            line.starts_with("the token does not fit the program: "),
            "{line}"
        );
        assert!(line.contains(reason), "{token}: {line}");
    }
}

#[test]
fn a_lock_around_the_lines_that_race_is_tried() {
    let settings = Settings::default();
    let tried = |text| {
        let program = program(text);
        suggest(&program, &settings, &explored(&program, true)).expect("it can be explored")
    };
    let counter = tried(COUNTER).expect("lines race");
    assert_eq!(counter.regions, [(5, 5)]);
    assert!(counter.is_enough());
    let update = tried(UPDATE).expect("lines race");
    assert_eq!(update.regions, [(6, 6), (9, 9)]);
    assert_eq!(
        update.explored.found.len(),
        2,
        "one after the other, in both orders"
    );
    let last = tried(LAST).expect("lines race");
    assert!(!last.is_enough());
    assert!(tried(TWO_LOCKS).is_none());
}

#[test]
fn each_step_shows_the_source_and_the_threads() {
    let program = program(COUNTER);
    let explored = explored(&program, true);
    let lost = explored
        .found
        .iter()
        .find(|found| found.outcome.output == "1\n");
    let pictures = walk(lost.expect("an update is lost"), &program.name, COUNTER);
    let (end, steps) = pictures.split_last().expect("there is an end");
    assert_eq!(end, "end: exit status 0\n  output: 1\n");
    assert!(steps[0].starts_with("step 1 of "), "{}", steps[0]);
    let reads = steps
        .iter()
        .filter(|step| step.contains(": thread 1") && step.contains("reads n"));
    let reads: Vec<&String> = reads.collect();
    assert_eq!(reads.len(), 1);
    assert!(reads[0].contains(">    5      n += 1"), "{}", reads[0]);
    assert!(
        reads[0].contains("> thread 1") && reads[0].contains("next  again.py:5 writes n"),
        "{}",
        reads[0]
    );
}
