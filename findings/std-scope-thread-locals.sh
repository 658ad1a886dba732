#!/usr/bin/env bash
# Rust 1.95: when `thread::scope` returns, the thread-locals of its threads may not have been dropped yet.
#
# The guess: all threads of a scope have ended when it returns, so what their thread-locals collect for their `Drop`, counts
# or a log or a pooled buffer, is there. The scope waits for the closures; a thread drops its locals after that. An explicit
# `join` in the same scope waits for the end of the thread, as does `crossbeam`'s scope, which joins by itself.
#
# Needs rustc 1.95 or one that does the same.
# Seen: the text at the end. The `Drop` takes half a second, so that the difference shows.
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
crossbeam-utils = "=0.8.23"
TOML
cat > src/main.rs <<'RUST'
use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;
use std::time::Duration;

static COUNTED: AtomicUsize = AtomicUsize::new(0);

/// Counts in its own thread, and adds that to the whole when the thread ends.
struct Counter(Cell<usize>);

impl Drop for Counter {
    fn drop(&mut self) {
        thread::sleep(Duration::from_millis(500));
        COUNTED.fetch_add(self.0.get(), SeqCst);
    }
}

thread_local!(static COUNTER: Counter = const { Counter(Cell::new(0)) });

fn work() {
    COUNTER.with(|counter| counter.0.set(counter.0.get() + 1));
}

fn counted(name: &str, run: fn()) {
    COUNTED.store(0, SeqCst);
    run();
    println!("{name}: {} counted", COUNTED.load(SeqCst));
    thread::sleep(Duration::from_secs(1));
}

fn main() {
    counted("scope", || {
        thread::scope(|scope| {
            scope.spawn(work);
        });
    });
    counted("scope with join", || thread::scope(|scope| scope.spawn(work).join().unwrap()));
    counted("crossbeam's scope", || {
        crossbeam_utils::thread::scope(|scope| {
            scope.spawn(|_| work());
        })
        .unwrap();
    });
    counted("spawn and join", || thread::spawn(work).join().unwrap());
}
RUST
cat > expected <<'TEXT'
scope: 0 counted
scope with join: 1 counted
crossbeam's scope: 1 counted
spawn and join: 1 counted
TEXT
cargo run --quiet 2> errors | tee seen || { cat errors; exit 1; }
diff expected seen && echo "as written"
