#!/usr/bin/env bash
# loom 0.7.3: some questions of a program have two answers, and every execution of the model gets the same one.
#
# The guess: each of these questions races with the other thread, so the model shows both answers. It shows one: the count
# of an `Arc` is never read after the other thread has dropped its own, a try as the first step never finds the lock held or
# a message sent, and of two waiters `notify_one` never wakes the one that came last.
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
loom = "=0.7.3"
TOML
cat > src/main.rs <<'RUST'
use std::collections::BTreeSet;

use loom::sync::{mpsc, Arc, Condvar, Mutex};
use loom::thread;

fn answers<T: Ord + std::fmt::Debug + Send + 'static>(question: &str, ask: impl Fn() -> T + Send + Sync + 'static) {
    let seen = std::sync::Arc::new(std::sync::Mutex::new(BTreeSet::new()));
    let record = seen.clone();
    loom::model(move || {
        let answer = ask();
        record.lock().unwrap().insert(answer);
    });
    println!("{question}: {:?}", seen.lock().unwrap());
}

/// Which of two waiters, the first or the second to come, gets the one signal.
fn woken() -> &'static str {
    let shared = Arc::new((Mutex::new((0, None, false)), Condvar::new()));
    let waiters: Vec<_> = (0..2)
        .map(|_| {
            let shared = shared.clone();
            thread::spawn(move || {
                let mut state = shared.0.lock().unwrap();
                let place = state.0;
                state.0 += 1;
                state = shared.1.wait(state).unwrap();
                state.1.get_or_insert(["the first", "the second"][place]);
            })
        })
        .collect();
    loop {
        let mut state = shared.0.lock().unwrap();
        if state.0 == 2 && !state.2 {
            state.2 = true;
            shared.1.notify_one();
        }
        if state.1.is_some() {
            shared.1.notify_one();
            break;
        }
        drop(state);
        thread::yield_now();
    }
    for waiter in waiters {
        waiter.join().unwrap();
    }
    let state = shared.0.lock().unwrap();
    state.1.unwrap()
}

fn main() {
    answers("Arc::strong_count while the other thread drops its own", || {
        let mine = Arc::new(());
        let theirs = mine.clone();
        let other = thread::spawn(move || drop(theirs));
        let count = Arc::strong_count(&mine);
        other.join().unwrap();
        count
    });
    answers("is the lock free while the other thread takes it", || {
        let lock = Arc::new(Mutex::new(()));
        let theirs = lock.clone();
        let other = thread::spawn(move || drop(theirs.lock().unwrap()));
        let free = lock.try_lock().is_ok();
        other.join().unwrap();
        free
    });
    answers("is there a message while the other thread sends one", || {
        let (sender, receiver) = mpsc::channel();
        let other = thread::spawn(move || sender.send(()).unwrap());
        let there = receiver.try_recv().is_ok();
        other.join().unwrap();
        there
    });
    answers("which of two waiters does notify_one wake", woken);
}
RUST
cat > expected <<'TEXT'
Arc::strong_count while the other thread drops its own: {2}
is the lock free while the other thread takes it: {true}
is there a message while the other thread sends one: {false}
which of two waiters does notify_one wake: {"the first"}
TEXT
cargo run --quiet 2> errors | tee seen || { cat errors; exit 1; }
diff expected seen && echo "as written"
