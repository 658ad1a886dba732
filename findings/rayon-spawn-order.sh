#!/usr/bin/env bash
# rayon 1.12.0: in a pool of one thread, tasks run backwards if a thread of the pool has spawned them, else in order.
#
# The guess: one thread takes its tasks from a queue, so what was spawned first runs first. `scope` runs its closure on the
# pool's thread, which pushes to its own stack: the last task runs first. `in_place_scope` differs by one word and runs the
# closure on the caller, whose tasks go through a queue: the first runs first. A test in the one form says nothing of the
# other. `spawn_fifo` keeps the order in both.
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
rayon = "=1.12.0"
TOML
cat > src/main.rs <<'RUST'
use std::sync::{mpsc, Mutex};

/// The order in which four tasks run that `run` starts with the function that it is given.
fn order(name: &str, run: impl FnOnce(&Mutex<Vec<u8>>)) {
    let log = Mutex::new(Vec::new());
    run(&log);
    println!("{name}: {:?}", log.into_inner().unwrap());
}

fn main() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    order("scope", |log| pool.scope(|scope| (0..4).for_each(|n| scope.spawn(move |_| log.lock().unwrap().push(n)))));
    order("in_place_scope", |log| {
        pool.in_place_scope(|scope| (0..4).for_each(|n| scope.spawn(move |_| log.lock().unwrap().push(n))))
    });
    order("scope_fifo", |log| {
        pool.scope_fifo(|scope| (0..4).for_each(|n| scope.spawn_fifo(move |_| log.lock().unwrap().push(n))))
    });
    let (sender, done) = mpsc::channel();
    let spawn = |n: u8| {
        let sender = sender.clone();
        pool.spawn(move || sender.send(n).unwrap());
    };
    order("spawn from outside", |log| {
        (0..4).for_each(spawn);
        log.lock().unwrap().extend(done.iter().take(4));
    });
    order("spawn from inside", |log| {
        pool.install(|| {
            (0..4).for_each(|n| {
                let sender = sender.clone();
                rayon::spawn(move || sender.send(n).unwrap());
            })
        });
        log.lock().unwrap().extend(done.iter().take(4));
    });
}
RUST
cat > expected <<'TEXT'
scope: [3, 2, 1, 0]
in_place_scope: [0, 1, 2, 3]
scope_fifo: [0, 1, 2, 3]
spawn from outside: [0, 1, 2, 3]
spawn from inside: [3, 2, 1, 0]
TEXT
cargo run --quiet 2> errors | tee seen || { cat errors; exit 1; }
diff expected seen && echo "as written"
