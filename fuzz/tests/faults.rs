//! The fuzzer finds seeded faults by itself, and makes what it found small: some that it finds soonest.

use std::sync::Arc;

use fuzz::campaign::{Campaign, Found, Orders};
use fuzz::explore::Explorer;

/// Draws programs for a target with a fault on until one fails.
fn finds(target: &str, fault: &str, cases: u64) -> Option<Found> {
    let targets = fuzz::targets();
    let target = targets.into_iter().find(|known| known.name == target);
    let orders = Orders {
        target: target.expect("a target"),
        seed: 1,
        fault: fuzz::fault(fault),
        known: Vec::new(),
        racing: None,
        progress: Arc::default(),
    };
    Campaign::new(orders).run_cases(cases)
}

/// With the most calls that the small program may have.
const SOONEST: [(&str, &str, usize); 12] = [
    ("list", "li1-writer-does-not-mark", 2),
    ("list", "li7-repeat-of-a-snapshot", 2),
    ("list", "li17-pop-of-an-old-length", 2),
    ("list", "li14-extend-without-a-section", 2),
    ("dict", "di1-index-before-entry", 2),
    ("bytearray", "ba1-append-in-two-sections", 2),
    ("iterators", "po1-load-then-store", 2),
    ("counts", "wr2-head-without-lock", 2),
    ("attributes", "la1-counted-without-asking", 2),
    ("texts", "in1-looked-then-entered", 2),
    ("locks", "tl3-taken-twice", 2),
    ("lookups", "tc6-heir-known-late", 2),
];

#[test]
fn they_are_found_and_made_small() {
    for (target, fault, most) in SOONEST {
        let found = finds(target, fault, 40);
        let found = found.unwrap_or_else(|| panic!("{fault} was not found"));
        let calls = found.program.calls();
        assert!(calls <= most, "{fault}: {calls} calls\n{}", found.program);
        assert_ne!(
            found.explorer,
            Explorer::Native,
            "there are no faults natively"
        );
    }
}
