#!/usr/bin/env bash
# arbitrary 1.5.0: when a fuzzer's bytes are used up, `ratio` says yes to everything, and nothing says that they are.
#
# The guess: without data left, what may fail fails, and a chance of one in a hundred is as good as never taken, as numbers
# become 0, a `bool` false and an `Option` `None`. `ratio(1, 100)` is true for ever after: the rare branch is taken each time
# in just the inputs that a fuzzer likes best, the short ones, and a loop that goes on with nine chances of ten never ends.
# A `Vec` of a length that was drawn before is made of zeros.
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
arbitrary = "=1.5.0"
TOML
cat > src/main.rs <<'RUST'
use arbitrary::Unstructured;

fn main() {
    let mut none = Unstructured::new(&[]);
    println!("a number: {:?}", none.arbitrary::<u32>());
    println!("a bool: {:?}", none.arbitrary::<bool>());
    println!("an option: {:?}", none.arbitrary::<Option<u32>>());
    println!("5 to 9: {:?}", none.int_in_range(5..=9));
    println!("one chance of 100: {:?}", none.ratio(1, 100));
    println!("99 chances of 100: {:?}", none.ratio(99, 100));
    println!("turns of a loop with 9 chances of 10, at most 1000: {}", (0..1000).take_while(|_| none.ratio(9, 10) == Ok(true)).count());
    println!("an array without bytes for it: {:?}", none.arbitrary::<[u16; 3]>());
}
RUST
cat > expected <<'TEXT'
a number: Ok(0)
a bool: Ok(false)
an option: Ok(None)
5 to 9: Ok(5)
one chance of 100: Ok(true)
99 chances of 100: Ok(true)
turns of a loop with 9 chances of 10, at most 1000: 1000
an array without bytes for it: Ok([0, 0, 0])
TEXT
cargo run --quiet 2> errors | tee seen || { cat errors; exit 1; }
diff expected seen && echo "as written"
