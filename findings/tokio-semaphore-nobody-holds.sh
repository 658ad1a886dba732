#!/usr/bin/env bash
# tokio 1.54.1: who waits for five permits of a semaphore keeps the three that there are, and `available_permits` is 0.
#
# The guess: permits that nobody holds are available, so beside a waiter that needs more than there are, `try_acquire` of one
# succeeds, or at least the count says 3. The waiter takes what there is and sits on it: the count is 0 while nobody holds a
# permit, so "all permits back" as the sign that all work is done never comes true. If the waiter gives up, they come back.
# A `write` that waits for an `RwLock` makes `try_read` fail in the same way.
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
tokio = { version = "=1.54.1", features = ["sync"] }
TOML
cat > src/main.rs <<'RUST'
use std::future::Future;
use std::task::{Context, Waker};

use tokio::sync::{RwLock, Semaphore};

/// Polls `wait` once, which must not be ready.
fn begin<F: Future>(wait: F) -> std::pin::Pin<Box<F>> {
    let mut wait = Box::pin(wait);
    assert!(wait.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    wait
}

fn main() {
    let semaphore = Semaphore::new(3);
    println!("at first: {} available, one more {}", semaphore.available_permits(), semaphore.try_acquire().is_ok());
    let waiter = begin(semaphore.acquire_many(5));
    println!("one waits for 5: {} available, one more {}", semaphore.available_permits(), semaphore.try_acquire().is_ok());
    drop(waiter);
    println!("it gave up: {} available, one more {}", semaphore.available_permits(), semaphore.try_acquire().is_ok());

    let lock = RwLock::new(());
    let reader = lock.try_read().unwrap();
    let waiter = begin(lock.write());
    println!("one waits to write: a second reader {}", lock.try_read().is_ok());
    drop(waiter);
    println!("it gave up: a second reader {}", lock.try_read().is_ok());
    drop(reader);
}
RUST
cat > expected <<'TEXT'
at first: 3 available, one more true
one waits for 5: 0 available, one more false
it gave up: 3 available, one more true
one waits to write: a second reader false
it gave up: a second reader true
TEXT
cargo run --quiet 2> errors | tee seen || { cat errors; exit 1; }
diff expected seen && echo "as written"
