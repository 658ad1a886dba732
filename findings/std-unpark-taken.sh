#!/usr/bin/env bash
# Rust 1.95, crossbeam-channel 0.5.17, flume 0.12.0: waiting for a message or a scope takes an earlier `unpark`.
#
# The guess: an `unpark` that comes first is kept until the thread parks, whatever the thread waits for meanwhile. Channels
# and `thread::scope` park the thread themselves to wait, and take the one permit that it has: the later `park` sleeps for
# ever. A wait for a mutex, a condition variable, a barrier or a `join` keeps it, and so does a receive that finds its
# message there, so whether the permit survives is a matter of timing.
#
# Needs rustc 1.95 or one that does the same.
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
crossbeam-channel = "=0.5.17"
flume = { version = "=0.12.0", default-features = false }
TOML
cat > src/main.rs <<'RUST'
use std::sync::{mpsc, Arc, Barrier, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

const SOON: Duration = Duration::from_millis(200);

/// Whether a permit that was given before `wait` is there after it.
fn after(name: &str, wait: impl FnOnce()) {
    thread::current().unpark();
    wait();
    let start = Instant::now();
    thread::park_timeout(10 * SOON);
    println!("{name}: {}", if start.elapsed() < 5 * SOON { "kept" } else { "taken" });
}

fn soon(act: impl FnOnce() + Send + 'static) {
    thread::spawn(move || {
        thread::sleep(SOON);
        act();
    });
}

fn main() {
    after("a message that is there", || {
        let (sender, receiver) = mpsc::channel();
        sender.send(()).unwrap();
        receiver.recv().unwrap();
    });
    after("a message that comes", || {
        let (sender, receiver) = mpsc::channel();
        soon(move || sender.send(()).unwrap());
        receiver.recv().unwrap();
    });
    after("a message of crossbeam's", || {
        let (sender, receiver) = crossbeam_channel::unbounded();
        soon(move || sender.send(()).unwrap());
        receiver.recv().unwrap();
    });
    after("a message of flume's", || {
        let (sender, receiver) = flume::unbounded();
        soon(move || sender.send(()).unwrap());
        receiver.recv().unwrap();
    });
    after("a scope", || {
        thread::scope(|scope| {
            scope.spawn(|| thread::sleep(SOON));
        })
    });
    after("a join", || thread::spawn(|| thread::sleep(SOON)).join().unwrap());
    after("a mutex", || {
        let lock = Arc::new(Mutex::new(()));
        let held = Arc::new(Barrier::new(2));
        let theirs = (lock.clone(), held.clone());
        thread::spawn(move || {
            let _guard = theirs.0.lock().unwrap();
            theirs.1.wait();
            thread::sleep(SOON);
        });
        held.wait();
        drop(lock.lock().unwrap());
    });
    after("a condition", || {
        let shared = Arc::new((Mutex::new(false), Condvar::new()));
        let theirs = shared.clone();
        soon(move || {
            *theirs.0.lock().unwrap() = true;
            theirs.1.notify_one();
        });
        drop(shared.1.wait_while(shared.0.lock().unwrap(), |ready| !*ready).unwrap());
    });
    after("a barrier", || {
        let barrier = Arc::new(Barrier::new(2));
        let theirs = barrier.clone();
        soon(move || {
            theirs.wait();
        });
        barrier.wait();
    });
}
RUST
cat > expected <<'TEXT'
a message that is there: kept
a message that comes: taken
a message of crossbeam's: taken
a message of flume's: taken
a scope: taken
a join: kept
a mutex: kept
a condition: kept
a barrier: kept
TEXT
cargo run --quiet 2> errors | tee seen || { cat errors; exit 1; }
diff expected seen && echo "as written"
