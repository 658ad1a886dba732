//! Operations of containers that take several steps: who looks without the lock sees every one of them.

mod support;

use std::collections::BTreeSet;

use explorer::{Verdict, text};
use support::{explored, of_text};

/// What is made, what one thread does, what the other one looks at from left to right, and all that this can be. The
/// last of these is seen by nobody who takes the operation for one step.
const MIDDLES: [(&str, &str, &str, &[&str]); 12] = [
    (
        "d = {}; more = {1: 1, 2: 2}",
        "d.update(more)",
        "(1 in d, 2 in d)",
        &[
            "(False, False)",
            "(False, True)",
            "(True, True)",
            "(True, False)",
        ],
    ),
    (
        "d = {}; more = {1: 1, 2: 2}",
        "d |= more",
        "len(d)",
        &["0", "2", "1"],
    ),
    (
        "d = {}; more = {1: 1, 2: 2}",
        "d.update(more)",
        "(d.get(1), d.get(2))",
        &["(None, None)", "(None, 2)", "(1, 2)", "(1, None)"],
    ),
    (
        "d = {}",
        "d[1] = 1",
        "(1 in d, len(d))",
        &["(False, 0)", "(False, 1)", "(True, 1)", "(True, 0)"],
    ),
    (
        "d = {1: 1}",
        "del d[1]",
        "(1 in d, len(d))",
        &["(True, 1)", "(True, 0)", "(False, 0)", "(False, 1)"],
    ),
    (
        "d = {1: 1, 2: 2}",
        "d.clear()",
        "(1 in d, len(d))",
        &["(True, 2)", "(True, 0)", "(False, 0)", "(False, 2)"],
    ),
    (
        "a = [1, 2]",
        "a.insert(0, 0)",
        "(a[1], a[0])",
        &["(2, 1)", "(2, 0)", "(1, 0)", "(1, 1)"],
    ),
    (
        "a = [1, 2, 3]",
        "a.pop(0)",
        "(a[0], a[1])",
        &["(1, 2)", "(1, 3)", "(2, 3)", "(2, 2)"],
    ),
    // It grows at once for `len`.
    ("a = [1]", "a *= 3", "len(a)", &["1", "3"]),
    (
        "a = [1]",
        "a[:] = [2, 3]",
        "(a[0], len(a))",
        &["(1, 1)", "(1, 2)", "(2, 2)", "(2, 1)"],
    ),
    (
        "s = {0}; more = {1, 2}",
        "s |= more",
        "(1 in s, 2 in s)",
        &[
            "(False, False)",
            "(False, True)",
            "(True, True)",
            "(True, False)",
        ],
    ),
    (
        "s = set(); more = {1, 2}",
        "s.update(more)",
        "(len(s), 1 in s)",
        &["(0, False)", "(0, True)", "(2, True)", "(2, False)"],
    ),
];

/// What is made, what both threads do, and all that is left: whoever takes the lock finds the operation whole.
const WHOLE: [(&str, [&str; 2], &str, &[&str]); 4] = [
    (
        "d = {}; more = {1: 1, 2: 2}",
        ["d.update(more)", "seen = (list(d), len(d))"],
        "seen[0]",
        &["[]", "[1, 2]"],
    ),
    (
        "a = [1, 2, 3]",
        ["a.pop(0)", "seen = (sum(a[:]), len(a), a[0])"],
        "seen[0]",
        &["5", "6"],
    ),
    (
        "a = [1, 2]",
        ["a.insert(0, 0)", "a[0]; len(a); a.append(3)"],
        "a",
        &["[0, 1, 2, 3]"],
    ),
    (
        "s = {0}; more = {1, 2}",
        ["s |= more", "seen = len(s), sorted(s), 1 in s"],
        "seen[1]",
        &["[0]", "[0, 1, 2]"],
    ),
];

fn program(made: &str, [one, other]: [&str; 2], shown: &str) -> String {
    format!(
        "import threading\n{made}\nseen = None\n\
         def first():\n    global a, d, s, seen\n    {one}\n\
         def second():\n    global a, d, s, seen\n    {other}\n\
         threads = [threading.Thread(target=work) for work in (first, second)]\n\
         for thread in threads: thread.start()\nfor thread in threads: thread.join()\n\
         print({shown})\n"
    )
}

/// What the program prints in its outcomes, of which there are no others.
fn printed(text_of: &str, reduction: bool) -> BTreeSet<String> {
    let explored = explored(&of_text("middle.py", text_of.as_bytes()), reduction);
    let report = text(&explored);
    assert_eq!(explored.verdict, Verdict::Exhaustive, "{text_of}{report}");
    let outcomes = explored.found.iter().map(|found| &found.outcome);
    outcomes
        .map(|one| {
            assert_eq!(one.errors, Vec::<String>::new(), "{text_of}{report}");
            one.output.trim_end().to_owned()
        })
        .collect()
}

fn set(expected: &[&str]) -> BTreeSet<String> {
    expected.iter().map(ToString::to_string).collect()
}

#[test]
fn who_looks_without_the_lock_sees_the_middle() {
    for (made, does, sees, expected) in MIDDLES {
        let looks = format!("seen = {sees}");
        let text = program(made, [does, &looks], "seen");
        assert_eq!(printed(&text, true), set(expected), "{text}");
    }
}

#[test]
fn who_takes_the_lock_sees_none_of_it() {
    for (made, both, shown, expected) in WHOLE {
        let text = program(made, both, shown);
        assert_eq!(printed(&text, true), set(expected), "{text}");
    }
}

#[test]
fn one_interleaving_of_each_class_shows_all_of_the_middle() {
    for (made, does, sees, expected) in MIDDLES {
        let looks = format!("seen = {sees}");
        let text = program(made, [does, &looks], "seen");
        assert_eq!(printed(&text, false), set(expected), "{text}");
    }
}

/// Two threads that take the lock for different keys, and one that looks at both and at the length.
const THREE: &str = "import threading
d = {2: 2}
seen = None
def add():
    d[1] = 1
def drop():
    del d[2]
def look():
    global seen
    seen = (1 in d, 2 in d, len(d))
threads = [threading.Thread(target=work) for work in (add, drop, look)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(seen, d)
";

/// What such threads have come to.
#[derive(Clone, Copy, Default)]
struct Now {
    /// How many stores of `add` and of `drop`, and how many looks, were made.
    done: [usize; 3],
    seen: [usize; 3],
}

/// All that the looks can see, when each store and each look is a step, and one of the two holds the lock at a time.
fn simulated(now: Now, all: &mut BTreeSet<[usize; 3]>) {
    let [added, dropped, looks] = now.done;
    if looks == 3 {
        all.insert(now.seen);
    }
    let is_free = [dropped != 1, added != 1, true];
    let length = 1 + usize::from(added == 2) - usize::from(dropped == 2);
    let finds = [usize::from(added > 0), usize::from(dropped == 0), length];
    for thread in 0..3 {
        let most = [2, 2, 3][thread];
        if now.done[thread] < most && is_free[thread] {
            let mut next = now;
            next.done[thread] += 1;
            if thread == 2 {
                next.seen[looks] = finds[looks];
            }
            simulated(next, all);
        }
    }
}

#[test]
fn holders_of_the_lock_come_in_both_orders_for_a_third_thread() {
    let mut all = BTreeSet::new();
    simulated(Now::default(), &mut all);
    let word = |seen: usize| if seen == 1 { "True" } else { "False" };
    let told = |seen: &[usize; 3]| {
        let [one, two, length] = seen;
        format!("({}, {}, {length}) {{1: 1}}", word(*one), word(*two))
    };
    let all: BTreeSet<String> = all.iter().map(told).collect();
    assert_eq!(printed(THREE, true), all);
}
