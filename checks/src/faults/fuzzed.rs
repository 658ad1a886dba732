//! How the fuzzer fared with each fault. The numbers are written by `cargo run -p fuzz --release --example proof`, never
//! by hand; the reasons for what it did not find are.

use std::sync::LazyLock;

use reports::fuzzed::{Fuzzed, Hunt};

static HUNTS: LazyLock<Fuzzed> = LazyLock::new(|| {
    serde_json::from_str(include_str!("fuzzed.json")).expect("it is what the fuzzer has written")
});

const WEAK: &str = "it needs weak memory, which shuttle does not explore; the graph checker gets programs of three calls and two seconds";
const FIRST: &str = "what is lost looks as if the assignment had come before the replacement, an order that explains it";
const DEFERRED: &str = "a thread takes the object out of its place to defer it, so that two seldom defer or drop one at the same time";
const EVENT: &str = "no target draws the events of the protocols by themselves; `events` draws those of Python programs";
const LIBRARY: &str = "no target draws the library's objects yet";
const THREADS: &str = "no target starts or joins threads in its calls";
const UNKNOWN: &str = "no schedule that shows it was drawn in time; why is not known";

/// Why faults were not found.
const REASONS: &[(&str, &str)] = &[
    ("dq1-push-in-two-sections", LIBRARY),
    ("dq2-room-made-before", LIBRARY),
    ("dq3-looked-before-taken", LIBRARY),
    ("lr1-call-without-a-section", LIBRARY),
    ("lr2-room-looked-for-before", LIBRARY),
    ("sq1-put-wakes-nobody", LIBRARY),
    ("sq2-announced-after-the-look", LIBRARY),
    ("sq3-last-item-first", LIBRARY),
    ("tw1-draw-without-lock", LIBRARY),
    ("m1-attach-without-fence", WEAK),
    ("tc1-read-without-fence", WEAK),
    (
        "li3-shift-relaxed",
        "it shows to a reader that needs no lock, of an item that nothing else has ordered; such a program was not drawn in time",
    ),
    ("di9-dict-not-rechecked", FIRST),
    ("di9-dict-not-locked", FIRST),
    (
        "ab3-old-among-new",
        "it needs an answer that is kept after a later registration was asked for; such a schedule was not drawn in time",
    ),
    (
        "eb2-bit-before-request",
        "a thread that does not notice a stop goes outside at the end of its calls, and is noticed then",
    ),
    (
        "m3-upgrade-outside-the-lock",
        "each weak reference is used by the thread that made it, which has a strong one or drops it itself",
    ),
    (
        "sg7-frozen-dead-forgotten",
        "it needs a freeze between a foreign drop and a collection, all before the owner comes; not drawn in time",
    ),
    ("deferred-number-stored", DEFERRED),
    ("deferred-without-bias", DEFERRED),
    ("ev1-set-after-the-list", EVENT),
    ("lk1-unmarked", EVENT),
    ("sg4-turn-of-its-own-again", UNKNOWN),
    ("sg9-states-freed-at-the-end", UNKNOWN),
    ("cs4-first-lock-kept", UNKNOWN),
    ("lk4-sleeper-before-request", UNKNOWN),
    ("mi5-stopped-after-the-event", THREADS),
    ("mi5-looked-then-started", THREADS),
    ("rc7-looked-at-after-the-end", UNKNOWN),
    (
        "li18-change-told-by-contents",
        "no target sorts by a key that changes the list",
    ),
    ("lk5-meant-for-another", UNKNOWN),
];

/// Why a fault was not found, if it was not.
#[must_use]
pub fn reason(fault: &str) -> Option<&'static str> {
    let known = REASONS.iter().find(|(name, _)| *name == fault);
    known.map(|(_, reason)| *reason)
}

/// The hunt for a fault, if there was one.
#[must_use]
pub fn hunt(fault: &str) -> Option<Hunt> {
    let hunt = HUNTS.hunts.get(fault)?.clone();
    Some(Hunt {
        reason: reason(fault).map(str::to_owned),
        ..hunt
    })
}

/// How it was measured.
#[must_use]
pub fn measured() -> &'static str {
    &HUNTS.measured
}
