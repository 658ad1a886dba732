//! The one door: what the shared source must not name.

use crate::source::Source;
use crate::{everywhere, has_word, words};

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
        if declares_static(&line.code) {
            complain("a static in the shared source".to_owned());
        }
    }
    complaints
}

/// `static NAME: ..`; the tables of types say `static name(..)` for functions without a receiver.
fn declares_static(code: &str) -> bool {
    words(code, "static").any(|at| {
        let rest = code[at + "static".len()..].trim_start();
        let rest = rest.strip_prefix("mut ").unwrap_or(rest);
        let name = rest.find(|c: char| !(c.is_alphanumeric() || c == '_'));
        let is_lifetime = code[..at].ends_with('\'');
        !is_lifetime && name.is_some_and(|end| end > 0 && rest[end..].trim_start().starts_with(':'))
    })
}

/// Where one of loom's tries is a thread's first step, loom explores one of its two answers only.
const TRIES: [&str; 4] = ["try_lock", "try_read", "try_write", "try_recv"];

fn tries(source: &Source) -> Vec<String> {
    if !source.path.starts_with("models/loom/") {
        return Vec::new();
    }
    let lines = source.lines.iter().enumerate();
    let tried = lines.flat_map(|(at, line)| {
        let used = TRIES.iter().filter(|name| has_word(&line.code, name));
        used.map(move |name| source.complain(at, format!("loom's `{name}` shows one answer only")))
    });
    tried.collect()
}

#[test]
fn the_loom_facade_never_tries() {
    let wrong = Source::new(
        "models/loom/src/sync/lock.rs",
        "fn f(m: &M) { m.try_lock(); }\n",
    );
    assert_eq!(tries(&wrong).len(), 1);
    everywhere(tries);
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
    assert_eq!(sample("pub static mut COUNT: u8 = 0;\n"), 1);
    assert_eq!(
        sample("static fromkeys(iterable, value = Ref::NONE, /);\n"),
        0
    );
    assert_eq!(sample("let now = Instant::now();\n"), 1);
    assert_eq!(
        sample("// loom, std::sync and Instant may be talked about\nfn f(x: &'static str) {}\n"),
        0
    );
}
