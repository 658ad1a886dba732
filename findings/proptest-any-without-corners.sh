#!/usr/bin/env bash
# proptest 1.12.0: `any` draws no 0, no maximum, no NaN, no line end in a text and no two equal numbers, however often.
#
# The guess: `any::<u32>()` prefers corners, as quickcheck and Hypothesis do, so a property that is wrong for 0, for the
# maximum or for equal numbers fails within some hundred values. Integers are drawn evenly from all: a hundred thousand have
# neither a corner nor even one below 1,000. A float is never NaN or infinite, and an `any::<String>()` never holds a control
# character, though a tenth of what `any::<char>()` draws are some. quickcheck draws all of them.
#
# Seen: the text at the end. The seed is fixed.
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
quickcheck = { version = "=1.1.0", default-features = false }
TOML
cat > src/main.rs <<'RUST'
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

const NUMBERS: usize = 100_000;
const TEXTS: usize = 10_000;

/// Whether some of `count` values drawn by both libraries have a property.
fn some<T>(name: &str, count: usize, corner: impl Fn(&T) -> bool)
where
    T: proptest::arbitrary::Arbitrary + quickcheck::Arbitrary,
{
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]));
    let strategy = any::<T>();
    let by_proptest = (0..count).any(|_| corner(&strategy.new_tree(&mut runner).unwrap().current()));
    let mut gen = quickcheck::Gen::from_size_and_seed(100, 7);
    let by_quickcheck = (0..count).any(|_| corner(&quickcheck::Arbitrary::arbitrary(&mut gen)));
    let told = |seen| if seen { "drawn" } else { "never" };
    println!("{name}: proptest {}, quickcheck {}", told(by_proptest), told(by_quickcheck));
}

fn main() {
    some("u32, 0", NUMBERS, |n: &u32| *n == 0);
    some("u32, the maximum", NUMBERS, |n: &u32| *n == u32::MAX);
    some("u32, below 1000", NUMBERS, |n: &u32| *n < 1000);
    some("u32, two equal ones", NUMBERS, |(a, b): &(u32, u32)| a == b);
    some("f64, NaN", NUMBERS, |x: &f64| x.is_nan());
    some("f64, infinite", NUMBERS, |x: &f64| x.is_infinite());
    some("char, control", NUMBERS, |c: &char| c.is_control());
    some("String, control", TEXTS, |text: &String| text.contains(|c: char| c.is_control()));
    some("String, line end", TEXTS, |text: &String| text.contains('\n'));
}
RUST
cat > expected <<'TEXT'
u32, 0: proptest never, quickcheck drawn
u32, the maximum: proptest never, quickcheck drawn
u32, below 1000: proptest never, quickcheck drawn
u32, two equal ones: proptest never, quickcheck drawn
f64, NaN: proptest never, quickcheck drawn
f64, infinite: proptest never, quickcheck drawn
char, control: proptest drawn, quickcheck drawn
String, control: proptest never, quickcheck drawn
String, line end: proptest never, quickcheck drawn
TEXT
cargo run --quiet 2> errors | tee seen || { cat errors; exit 1; }
diff expected seen && echo "as written"
