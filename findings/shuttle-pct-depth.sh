#!/usr/bin/env bash
# shuttle 0.9.9: PCT of a greater depth sees less of a small program than PCT of depth 1, and refuses a barrier.
#
# The guess: a greater depth adds points of change, so 2,000 schedules of depth 3 see at least what 2,000 of depth 1 see.
# Of two threads with one `fetch_add` each, depth 1 draws both orders about equally often. At depth 2 and 3 one order is
# drawn at most ten times of 2,000. And two threads that meet at a barrier are refused: the closure "did not exercise any
# concurrency".
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
shuttle = "=0.9.9"
TOML
cat > src/main.rs <<'RUST'
use std::sync::atomic::AtomicUsize as Count;
use std::sync::atomic::Ordering::Relaxed;

use shuttle::sync::atomic::AtomicUsize;
use shuttle::sync::{Arc, Barrier};
use shuttle::thread;

static MAIN_FIRST: Count = Count::new(0);

fn race() {
    let counter = Arc::new(AtomicUsize::new(0));
    let theirs = counter.clone();
    let other = thread::spawn(move || theirs.fetch_add(1, Relaxed));
    if counter.fetch_add(1, Relaxed) == 0 {
        MAIN_FIRST.fetch_add(1, Relaxed);
    }
    other.join().unwrap();
}

fn meet() {
    let barrier = Arc::new(Barrier::new(2));
    let theirs = barrier.clone();
    let other = thread::spawn(move || {
        theirs.wait();
    });
    barrier.wait();
    other.join().unwrap();
}

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    for depth in 1..=3 {
        MAIN_FIRST.store(0, Relaxed);
        shuttle::check_pct(race, 2000, depth);
        let first = MAIN_FIRST.load(Relaxed);
        let rarer = first.min(2000 - first);
        println!("depth {depth}, the rarer order: {}", if rarer <= 10 { "at most 10 of 2000" } else if rarer > 700 { "more than 700 of 2000" } else { "between" });
    }
    let refused = std::panic::catch_unwind(|| shuttle::check_pct(meet, 100, 1)).unwrap_err();
    let told = refused.downcast_ref::<&str>().map(|text| text.to_string());
    println!("a barrier: {}", told.or(refused.downcast_ref::<String>().cloned()).unwrap());
}
RUST
cat > expected <<'TEXT'
depth 1, the rarer order: more than 700 of 2000
depth 2, the rarer order: at most 10 of 2000
depth 3, the rarer order: at most 10 of 2000
a barrier: test closure did not exercise any concurrency
TEXT
cargo run --quiet 2> errors | tee seen || { cat errors; exit 1; }
diff expected seen && echo "as written"
