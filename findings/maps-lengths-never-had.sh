#!/usr/bin/env bash
# dashmap 6.2.1, scc 3.8.8: the length of a map that always holds one entry or two is said to be none, or three.
#
# The guess: `len` may be out of date, but it is a length that the map has had. Both add up the lengths of their parts one
# after another, so an entry that moves from a part still to come to one already counted is in neither, and one that moves
# the other way in both. `len() == 0` or `is_empty` as the sign that all work is done can be wrong while work never ran out.
# papaya and flurry keep one count for the map.
#
# Seen: the text at the end. A watch ends when a length out of bounds was seen, or after two seconds for those that show none.
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
dashmap = "=6.2.1"
flurry = "=0.5.2"
papaya = "=0.2.5"
scc = "=3.8.8"
TOML
cat > src/main.rs <<'RUST'
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::thread;
use std::time::{Duration, Instant};

/// Whether `odd` is ever true of the length while another thread lets each key be followed by the next.
fn watch(name: &str, seconds: u64, put: impl Fn(u64) + Sync, take: impl Fn(u64) + Sync, odd: impl Fn() -> bool) {
    let stop = AtomicBool::new(false);
    let follow = |n| {
        put(n + 1);
        take(n);
    };
    put(0);
    thread::scope(|scope| {
        scope.spawn(|| (0..).take_while(|_| !stop.load(SeqCst)).for_each(follow));
        let start = Instant::now();
        let mut seen = false;
        while !seen && start.elapsed() < Duration::from_secs(seconds) {
            seen = odd();
        }
        stop.store(true, SeqCst);
        println!("{name}: {}", if seen { "seen" } else { "not seen" });
    });
}

fn main() {
    let map = dashmap::DashMap::new();
    watch("dashmap, none", 60, |n| drop(map.insert(n, ())), |n| drop(map.remove(&n)), || map.is_empty());
    let map = dashmap::DashMap::new();
    watch("dashmap, three", 60, |n| drop(map.insert(n, ())), |n| drop(map.remove(&n)), || map.len() == 3);
    let map = scc::HashMap::new();
    watch("scc, none", 60, |n| drop(map.insert_sync(n, ())), |n| drop(map.remove_sync(&n)), || map.len() == 0);
    let map = papaya::HashMap::new();
    let put = |n| _ = map.pin().insert(n, ());
    watch("papaya, not one or two", 2, put, |n| _ = map.pin().remove(&n), || !(1..=2).contains(&map.len()));
    let map = flurry::HashMap::new();
    let put = |n| _ = map.pin().insert(n, ());
    watch("flurry, not one or two", 2, put, |n| _ = map.pin().remove(&n), || !(1..=2).contains(&map.len()));
}
RUST
cat > expected <<'TEXT'
dashmap, none: seen
dashmap, three: seen
scc, none: seen
papaya, not one or two: not seen
flurry, not one or two: not seen
TEXT
cargo run --quiet 2> errors | tee seen || { cat errors; exit 1; }
diff expected seen && echo "as written"
