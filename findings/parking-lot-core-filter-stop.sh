#!/usr/bin/env bash
# parking_lot_core 0.9.12: a filter that stops at once says that more threads wait, though it has unparked none.
#
# The guess, from the documentation of `UnparkResult::have_more_threads`: it is true only if a thread was unparked. With
# `unpark_one` that holds, since it unparks whoever is there. `unpark_filter` that answers `Stop` for the first thread
# unparks none and says true. A lock that clears its "somebody waits" bit on false loses nothing; one that takes true for
# "one is on its way" does.
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
parking_lot_core = "=0.9.12"
TOML
cat > src/main.rs <<'RUST'
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::thread;
use std::time::Duration;

use parking_lot_core::{park, unpark_filter, unpark_one, FilterOp, ParkToken, UnparkToken};

const KEY: usize = 1 << 20;

fn main() {
    let queued = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let asleep = || {
                queued.store(true, SeqCst);
                true
            };
            // SAFETY: nobody else uses the key, and no callback parks or panics.
            unsafe { park(KEY, asleep, || {}, |_, _| {}, ParkToken(0), None) }
        });
        while !queued.load(SeqCst) {
            thread::sleep(Duration::from_millis(1));
        }
        // SAFETY: as above.
        let stopped = unsafe { unpark_filter(KEY, |_| FilterOp::Stop, |_| UnparkToken(0)) };
        println!("filter stops: unparked {}, more {}", stopped.unparked_threads, stopped.have_more_threads);
        // SAFETY: as above.
        let skipped = unsafe { unpark_filter(KEY, |_| FilterOp::Skip, |_| UnparkToken(0)) };
        println!("filter skips: unparked {}, more {}", skipped.unparked_threads, skipped.have_more_threads);
        // SAFETY: as above.
        let one = unsafe { unpark_one(KEY, |_| UnparkToken(0)) };
        println!("one: unparked {}, more {}", one.unparked_threads, one.have_more_threads);
    });
}
RUST
cat > expected <<'TEXT'
filter stops: unparked 0, more true
filter skips: unparked 0, more true
one: unparked 1, more false
TEXT
cargo run --quiet 2> errors | tee seen || { cat errors; exit 1; }
diff expected seen && echo "as written"
