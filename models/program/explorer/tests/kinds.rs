//! What threads can share: where one update can get lost, both outcomes are found, whatever keeps the value.

mod support;

use std::collections::BTreeSet;

use explorer::{Ending, Verdict, text};
use support::{explored, of_text};

/// What is made, one update, and what is left: `one` if an update was lost, `two` otherwise.
const UPDATES: [[&str; 3]; 18] = [
    ["n = [0]", "n[0] += 1", "n[0]"],
    ["n = {0: 0}", "n[0] += 1", "n[0]"],
    ["n = bytearray(1)", "n[0] += 1", "n[0]"],
    [
        "n = bytearray()",
        "n.extend(b'x' * (1 + len(n)))",
        "len(n) - 1",
    ],
    ["n = bytearray(1); m = memoryview(n)", "m[0] += 1", "n[0]"],
    ["class C: v = 0", "C.v += 1", "C.v"],
    ["class C: pass\nc = C(); c.v = 0", "c.v += 1", "c.v"],
    [
        "class C: __slots__ = ('v',)\nc = C(); c.v = 0",
        "c.v += 1",
        "c.v",
    ],
    [
        "class C: pass\nc = C(); c.v = 0",
        "c.__dict__['v'] += 1",
        "c.v",
    ],
    [
        "from types import SimpleNamespace\nc = SimpleNamespace(v=0)",
        "c.v += 1",
        "c.v",
    ],
    ["def f(): pass\nf.v = 0", "f.v += 1", "f.v"],
    [
        "def f(a=0): pass",
        "f.__defaults__ = (f.__defaults__[0] + 1,)",
        "f.__defaults__[0]",
    ],
    [
        "def f(): pass\nf.__doc__ = 0",
        "f.__doc__ += 1",
        "f.__doc__",
    ],
    [
        "e = ValueError(0)",
        "e.args = (e.args[0] + 1,)",
        "e.args[0]",
    ],
    ["n = 0", "globals()['n'] += 1", "n"],
    ["import sys\nsys.v = 0", "sys.v += 1", "sys.v"],
    [
        "import io\ns = io.StringIO()",
        "s.write(str(len(s.getvalue())))",
        "1 + int(s.getvalue())",
    ],
    [
        "def make():\n    n = 0\n    def add():\n        nonlocal n\n        n += 1\n    return add\nadd = make()",
        "add()",
        "add.__closure__[0].cell_contents",
    ],
];

/// What is made, and what two threads each do to it: the order decides what they see.
const ORDERS: [[&str; 2]; 13] = [
    ["e = iter(range(9))", "next(e)"],
    ["e = iter(range(1 << 70, 1 << 71))", "next(e)"],
    ["e = iter(b'abcd')", "next(e)"],
    ["e = iter(memoryview(b'abcd'))", "next(e)"],
    ["e = iter({1: 2, 3: 4, 5: 6})", "step(e)"],
    ["e = iter({1, 2, 3})", "next(e)"],
    ["e = iter(['a', 'b', 'c'])", "next(e)"],
    ["e = enumerate('abcd')", "next(e)[0]"],
    ["e = map(int, '1234')", "next(e)"],
    ["e = reversed([1, 2, 3, 4])", "next(e)"],
    ["def g(): yield from (1, 2, 3, 4)\ne = g()", "step(e)"],
    ["e = {3}", "e.add(4) or len(e) + (e.discard(3) or 0)"],
    ["import threading\ne = threading.Lock()", "e.acquire(False)"],
];

/// What is made, what one thread does, what the other one sees, and what that can be.
const SEEN: [(&str, [&str; 2], &[&str]); 8] = [
    (
        "class C: pass\nc = C()",
        ["c.v = 1", "hasattr(c, 'v')"],
        &["False", "True"],
    ),
    (
        "class C: pass\nc = C()",
        ["c.v = 1", "len(vars(c))"],
        &["0", "1"],
    ),
    (
        "class C: pass\nc = C()",
        ["vars(c)['v'] = 1", "getattr(c, 'v', 0)"],
        &["0", "1"],
    ),
    (
        "def f(): return 1\ndef g(): return 2",
        ["f.__code__ = g.__code__", "f()"],
        &["1", "2"],
    ),
    (
        "def f(a=1): return a",
        ["f.__defaults__ = (2,)", "f()"],
        &["1", "2"],
    ),
    (
        "def f(*, a=1): return a",
        ["f.__kwdefaults__ = {'a': 2}", "f()"],
        &["1", "2"],
    ),
    (
        "items = [2, 1]",
        [
            "items.sort(key=lambda item: item)",
            "(len(items), len(items))",
        ],
        &["(0, 0)", "(0, 2)", "(2, 0)", "(2, 2)"],
    ),
    (
        "import gc",
        ["gc.disable()", "gc.isenabled()"],
        &["False", "True"],
    ),
];

/// Two threads, of which one sees what the other one does.
fn seen_by_one(made: &str, [does, sees]: [&str; 2]) -> String {
    format!(
        "import threading\n{made}\nseen = None\ndef does():\n    {does}\n\
         def sees():\n    global seen\n    seen = {sees}\n\
         threads = [threading.Thread(target=one) for one in (does, sees)]\n\
         for thread in threads: thread.start()\nfor thread in threads: thread.join()\n\
         print(seen)\n"
    )
}

/// Programs of two threads that stop the world, or wait while another does: none of them comes to a deadlock.
const STOPS: [[&str; 3]; 4] = [
    ["import gc", "gc.collect()", "0"],
    [
        "class A: v = 1\nclass B: v = 2\no = A()",
        "o.__class__ = B",
        "o.v",
    ],
    [
        "class A: v = 1\nclass B(A): pass\nclass C: v = 2",
        "B.__bases__ = (A,)",
        "B.v",
    ],
    [
        "import gc, threading\nlock = threading.Lock()",
        "with lock: gc.collect()",
        "0",
    ],
];

fn program(made: &str, body: &str, shown: &str) -> String {
    format!(
        "import threading\n{made}\nseen = []\n\
         def step(e):\n    try: return next(e)\n    except ValueError: return 'busy'\n\
         def work():\n    {body}\n\
         threads = [threading.Thread(target=work, name=str(number)) for number in range(2)]\n\
         for thread in threads: thread.start()\nfor thread in threads: thread.join()\n\
         print({shown})\n"
    )
}

/// What the program prints in its outcomes, all of which end well.
fn printed(text_of: &str) -> BTreeSet<String> {
    let explored = explored(&of_text("shared.py", text_of.as_bytes()), true);
    let report = text(&explored);
    assert_eq!(explored.verdict, Verdict::Exhaustive, "{text_of}{report}");
    let outcomes = explored.found.iter().map(|found| &found.outcome);
    let good = |ending: &Ending| *ending == Ending::Status(0);
    assert!(
        outcomes
            .clone()
            .all(|one| good(&one.ending) && one.errors.is_empty()),
        "{text_of}{report}"
    );
    outcomes
        .map(|one| one.output.trim_end().to_owned())
        .collect()
}

#[test]
fn updates_of_everything_that_is_shared_can_get_lost() {
    for [made, update, left] in UPDATES {
        let text = program(made, &format!("global n; {update}"), left);
        let printed = printed(&text);
        assert_eq!(
            printed,
            BTreeSet::from(["1".to_owned(), "2".to_owned()]),
            "{text}"
        );
    }
}

#[test]
fn who_comes_first_decides_what_is_seen() {
    for [made, seen] in ORDERS {
        let body = format!("seen.append((threading.current_thread().name, {seen}))");
        let text = program(made, &body, "sorted(seen)");
        assert!(printed(&text).len() >= 2, "{text}");
    }
}

#[test]
fn the_world_stops_while_threads_wait() {
    for [made, body, shown] in STOPS {
        let text = program(made, body, shown);
        assert_eq!(printed(&text).len(), 1, "{text}");
    }
}

#[test]
fn one_thread_sees_what_the_other_one_does_before_and_after() {
    for (made, both, expected) in SEEN {
        let text = seen_by_one(made, both);
        let expected: BTreeSet<String> = expected.iter().map(ToString::to_string).collect();
        assert_eq!(printed(&text), expected, "{text}");
    }
}

#[test]
fn what_is_not_watched_is_there() {
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../runtime/src");
    for (begin, reason) in explorer::INTERNAL.files {
        let path = std::path::Path::new(source).join(begin);
        assert!(path.exists(), "{begin}: {reason}");
    }
}

/// What is made, what one thread does, what the other one asks, and what no point covers of it.
const UNCOVERED: [(&str, [&str; 2], &str); 5] = [
    (
        "import weakref\nclass C: pass\nheld = [C()]\nw = weakref.ref(held[0])",
        ["held.clear()", "w() is None"],
        "weak references",
    ),
    (
        "import weakref\nclass C: pass\nheld = [C()]\nlog = []\n\
         w = weakref.ref(held[0], log.append)",
        ["held.clear()", "len(log)"],
        "callbacks of weak references",
    ),
    (
        "class C:\n    def __del__(self): log.append(1)\nlog = []\nheld = [C()]",
        ["held.clear()", "len(log)"],
        "finalizers",
    ),
    (
        "import sys",
        ["sys.setrecursionlimit(900)", "sys.getrecursionlimit()"],
        "the recursion limit",
    ),
    (
        "import sys\no = object()\nheld = [o]",
        ["held.clear()", "sys.getrefcount(o)"],
        "counts of references",
    ),
];

#[test]
fn what_no_point_covers_is_not_called_exhaustive() {
    for (made, bodies, what) in UNCOVERED {
        let program = seen_by_one(made, bodies);
        let verdict = explored(&of_text("uncovered.py", program.as_bytes()), true).verdict;
        let Verdict::Inconclusive(reason) = verdict else {
            panic!("{program}{verdict:?}");
        };
        assert!(reason.contains(what), "{program}{reason}");
    }
}

#[test]
fn one_thread_alone_may_use_what_no_point_covers() {
    let made =
        "import sys, weakref\nclass C:\n    def __del__(self): log.append(1)\nlog = []\nn = 0";
    let alone = "c = C(); w = weakref.ref(c); del c; print(w(), len(log), sys.getrefcount(w) > 0)";
    let text = format!("{made}\n{alone}\n{}", program("", "global n; n += 1", "n"));
    let lost = |n| format!("None 1 True\n{n}");
    assert_eq!(printed(&text), BTreeSet::from([lost(1), lost(2)]), "{text}");
}
