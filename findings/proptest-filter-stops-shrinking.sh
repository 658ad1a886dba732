#!/usr/bin/env bash
# proptest 1.12.0: a filter ends the shrinking of a number at the first refusal, and floats do not shrink towards a bound.
#
# The guess: values that a filter refuses are passed over while shrinking goes on, so an even number that must exceed 1,000
# ends at 1,002, as it does when evenness comes from `prop_map`. It stays within a factor of a few of what was drawn. A
# float that must exceed 1,000 ends just above it, as an integer does; it stays where it was drawn.
#
# Seen: the text at the end (the values themselves differ between seeds, so only their size is printed).
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
proptest = { version = "=1.12.0", default-features = false, features = ["std"] }
TOML
cat > src/main.rs <<'RUST'
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};

fn least<S: Strategy>(strategy: S, fails: impl Fn(&S::Value) -> bool) -> S::Value
where
    S::Value: std::fmt::Debug,
{
    let config = Config { failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]));
    let judge = |value: S::Value| match fails(&value) {
        true => Err(TestCaseError::fail("on purpose")),
        false => Ok(()),
    };
    match runner.run(&strategy, judge) {
        Err(TestError::Fail(_, value)) => value,
        other => panic!("{other:?}"),
    }
}

fn main() {
    let size = |value: f64| if value < 1100.0 { "below 1100" } else { "above a million" };
    let mapped = least(any::<u32>().prop_map(|n| n & !1), |n| *n > 1000);
    println!("even by prop_map: {mapped}");
    let filtered = least(any::<u32>().prop_filter("even", |n| n % 2 == 0), |n| *n > 1000);
    println!("even by prop_filter: {}", size(f64::from(filtered)));
    println!("integer from a range: {}", size(f64::from(least(0..1_000_000_000, |n| *n > 1000))));
    println!("float from a range: {}", size(least(0.0..1e9, |n| *n > 1000.0)));
}
RUST
cat > expected <<'TEXT'
even by prop_map: 1002
even by prop_filter: above a million
integer from a range: below 1100
float from a range: above a million
TEXT
cargo run --quiet 2> errors | tee seen || { cat errors; exit 1; }
diff expected seen && echo "as written"
