//! The one door: what the shared source must not name.

use crate::source::Source;
use crate::{everywhere, has_word};

/// Primitives and sources of nondeterminism.
const PRIMITIVES: [&str; 9] = [
    "std::sync",
    "std::thread",
    "std::time",
    "core::sync",
    "UnsafeCell",
    "Instant",
    "SystemTime",
    "RandomState",
    "thread_local",
];

/// Names of checkers.
const CHECKERS: [&str; 4] = ["loom", "shuttle", "reports", "record"];

fn shared(source: &Source) -> Vec<String> {
    if source.layer().is_none() {
        return Vec::new();
    }
    let mut complaints = Vec::new();
    for (at, line) in source.lines.iter().enumerate() {
        let mut complain = |what: String| complaints.push(source.complain(at, what));
        for name in PRIMITIVES.iter().chain(&CHECKERS) {
            // A `Duration` is a number; clocks are what is kept behind the facade.
            let code = line.code.replace("std::time::Duration", "Duration");
            if has_word(&code, name) {
                complain(format!("`{name}` in the shared source"));
            }
        }
        if line.code.contains("cfg(") && !line.code.contains("cfg(test)") {
            complain("a `cfg` in the shared source".to_owned());
        }
        if line.code.trim_start().starts_with("static ") || line.code.contains(" static ") {
            complain("a static in the shared source".to_owned());
        }
    }
    complaints
}

#[test]
fn the_shared_source_knows_only_the_facade() {
    everywhere(shared);
}

#[test]
fn every_other_door_is_noticed() {
    let sample = |code: &str| shared(&Source::new("runtime/src/protocols/sample.rs", code)).len();
    assert_eq!(sample("use std::sync::Arc;\n"), 1);
    assert_eq!(sample("#[cfg(loom)]\nmod x;\n"), 2);
    assert_eq!(sample("#[cfg(feature = \"x\")]\nmod x;\n"), 1);
    assert_eq!(sample("static COUNT: u8 = 0;\n"), 1);
    assert_eq!(sample("let now = Instant::now();\n"), 1);
    assert_eq!(
        sample("// loom, std::sync and Instant may be talked about\nfn f(x: &'static str) {}\n"),
        0
    );
}
