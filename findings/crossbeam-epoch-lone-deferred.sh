#!/usr/bin/env bash
# crossbeam-epoch 0.9.21: what a thread has deferred alone is not run by pinning, however often it pins.
#
# The guess: pinning advances the epoch and collects now and then, so a deferred function runs after some hundred pins. It
# does collect, but only what has left the thread: a bag that is not full stays until the thread flushes, ends, or defers
# some dozen times more. A long-lived thread that replaces one large value and then only reads keeps the old one.
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
crossbeam-epoch = "=0.9.21"
TOML
cat > src/main.rs <<'RUST'
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::Arc;

fn main() {
    let ran = Arc::new(AtomicBool::new(false));
    let flag = ran.clone();
    crossbeam_epoch::pin().defer(move || flag.store(true, SeqCst));
    for _ in 0..1_000_000 {
        drop(crossbeam_epoch::pin());
    }
    println!("after a million pins: {}", if ran.load(SeqCst) { "run" } else { "not run" });
    let mut flushes = 0;
    while !ran.load(SeqCst) && flushes < 100 {
        crossbeam_epoch::pin().flush();
        flushes += 1;
    }
    println!("after a few flushes: {}", if flushes < 100 { "run" } else { "not run" });
}
RUST
cat > expected <<'TEXT'
after a million pins: not run
after a few flushes: run
TEXT
cargo run --quiet 2> errors | tee seen || { cat errors; exit 1; }
diff expected seen && echo "as written"
