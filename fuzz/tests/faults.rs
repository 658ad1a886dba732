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
const SOONEST: [(&str, &str, usize); 7] = [
    ("list", "li1-writer-does-not-mark", 3),
    ("list", "li4-append-without-lock", 3),
    ("list", "li7-repeat-of-a-snapshot", 3),
    ("list", "li8-sort-without-the-lock", 3),
    ("dict", "di2-reader-does-not-mark", 3),
    ("dict", "qs-keys-freed-at-once", 3),
    ("dict", "di11-update-in-two-sections", 3),
];

#[test]
fn they_are_found_and_made_small() {
    for (target, fault, most) in SOONEST {
        let found = finds(target, fault, 150);
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
