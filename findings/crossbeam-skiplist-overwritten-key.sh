#!/usr/bin/env bash
# crossbeam-skiplist 0.1.3: while a key's value is replaced, a reader finds no such key, and a map of length 0.
#
# The guess: `insert` for a key that is there replaces the value in one step, as in the other concurrent maps, so a key that
# is never removed is always found. `insert` takes the old entry out and then puts the new one in; between the two there is
# none. A cache that takes a miss for "not yet computed" computes anew.
#
# Seen: the text at the end. Each watch ends when both answers were seen, or after two seconds for the map that never misses.
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
crossbeam-skiplist = "=0.1.3"
papaya = "=0.2.5"
TOML
cat > src/main.rs <<'RUST'
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::thread;
use std::time::{Duration, Instant};

/// The answers to `look` while another thread goes on with `replace`.
fn watch<T: Ord + std::fmt::Debug>(name: &str, seconds: u64, replace: impl Fn(u64) + Sync, look: impl Fn() -> T) {
    let stop = AtomicBool::new(false);
    let mut seen = BTreeSet::new();
    thread::scope(|scope| {
        scope.spawn(|| (0..).take_while(|_| !stop.load(SeqCst)).for_each(&replace));
        let start = Instant::now();
        while seen.len() < 2 && start.elapsed() < Duration::from_secs(seconds) {
            seen.insert(look());
        }
        stop.store(true, SeqCst);
    });
    println!("{name}: {seen:?}");
}

fn main() {
    let list = crossbeam_skiplist::SkipMap::from_iter([("key", 0)]);
    watch("crossbeam-skiplist, found", 60, |n| drop(list.insert("key", n)), || list.get("key").is_some());
    watch("crossbeam-skiplist, length", 60, |n| drop(list.insert("key", n)), || list.len());
    let hash = papaya::HashMap::new();
    hash.pin().insert("key", 0);
    let replace = |n| {
        hash.pin().insert("key", n);
    };
    watch("papaya, found", 2, replace, || hash.pin().get("key").is_some());
    watch("papaya, length", 2, replace, || hash.len());
}
RUST
cat > expected <<'TEXT'
crossbeam-skiplist, found: {false, true}
crossbeam-skiplist, length: {0, 1}
papaya, found: {true}
papaya, length: {1}
TEXT
cargo run --quiet 2> errors | tee seen || { cat errors; exit 1; }
diff expected seen && echo "as written"
