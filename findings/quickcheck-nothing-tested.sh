#!/usr/bin/env bash
# quickcheck 1.1.0: a property that throws every value away passes, and nothing says that no value was tested.
#
# The guess: a test that finds no value to its taste fails or gives up aloud, as proptest and Hypothesis do. After 10,000
# discarded values `quicktest` answers `Ok(0)` and `quickcheck` returns as from a passed test. A precondition that is never
# met, by a slip or after a change of what it guards, leaves a green test. `min_tests_passed` of 1 makes it fail.
#
# Seen: the text at the end.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "finding"
version = "0.1.0"
edition = "2021"
[dependencies]
quickcheck = { version = "=1.1.0", default-features = false }
TOML
cat > src/main.rs <<'RUST'
use quickcheck::{QuickCheck, TestResult};

/// Fails for each value that it tests, and tests only a queue whose front is beyond its own length.
fn broken(front: u8, queue: Vec<u8>) -> TestResult {
    match queue.len() > 10_000 && usize::from(front) > queue.len() {
        true => TestResult::failed(),
        false => TestResult::discard(),
    }
}

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    let property = broken as fn(u8, Vec<u8>) -> TestResult;
    println!("quicktest: {:?}", QuickCheck::new().quicktest(property).ok());
    let passes = |check: QuickCheck| {
        let mut check = check;
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check.quickcheck(property)));
        if outcome.is_ok() { "passes" } else { "fails" }
    };
    println!("quickcheck: {}", passes(QuickCheck::new()));
    println!("quickcheck, at least one: {}", passes(QuickCheck::new().min_tests_passed(1)));
}
RUST
cat > expected <<'TEXT'
quicktest: Some(0)
quickcheck: passes
quickcheck, at least one: fails
TEXT
cargo run --quiet 2> errors | tee seen || { cat errors; exit 1; }
diff expected seen && echo "as written"
