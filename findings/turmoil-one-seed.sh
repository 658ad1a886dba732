#!/usr/bin/env bash
# turmoil 0.7.0 with tokio 1.48.0: two simulations with one seed do not run alike.
#
# The guess: a simulator of a whole network that takes a seed for its random numbers runs the same way for the same seed,
# so that a failure can be had again. The seed is that of the network alone. Which ready branch `tokio::select!` takes comes
# from the runtime's own generator, which is seeded anew each time unless tokio is built with its unstable features, and the
# order of a `HashMap` from the standard library's. The standard clock is the machine's, too: five simulated seconds are
# none of it, and a thread that sleeps moves the simulated clock by nothing.
#
# Seen: the text at the end. That forty choices of `select!` are the same twice by chance is one case in 10^12.
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
tokio = { version = "=1.48.0", features = ["macros", "rt", "time"] }
turmoil = "=0.7.0"
TOML
cat > src/main.rs <<'RUST'
use std::collections::HashMap;
use std::future::{Future, ready};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What a client of a simulation with seed 7 comes to.
fn simulate<T: 'static, F: Future<Output = T> + 'static>(client: F) -> T {
    let mut simulation = turmoil::Builder::new().rng_seed(7).build();
    let result = Arc::new(Mutex::new(None));
    let to = result.clone();
    simulation.client("client", async move {
        *to.lock().unwrap() = Some(client.await);
        Ok(())
    });
    simulation.run().unwrap();
    let ended = result.lock().unwrap().take();
    ended.expect("the client ran to its end")
}

async fn choices() -> String {
    let mut taken = String::new();
    for _ in 0..40 {
        tokio::select! {
            () = ready(()) => taken.push('a'),
            () = ready(()) => taken.push('b'),
        }
    }
    taken
}

async fn keys() -> Vec<u32> {
    let map: HashMap<u32, ()> = (0..30).map(|key| (key, ())).collect();
    map.into_keys().collect()
}

async fn clocks() -> (bool, Duration, Duration) {
    let (simulated, real) = (tokio::time::Instant::now(), Instant::now());
    tokio::time::sleep(Duration::from_secs(5)).await;
    let (slept, really) = (simulated.elapsed(), real.elapsed() >= Duration::from_secs(5));
    let simulated = tokio::time::Instant::now();
    std::thread::sleep(Duration::from_millis(50));
    (really, slept, simulated.elapsed())
}

fn main() {
    println!("the same branches of select!: {}", simulate(choices()) == simulate(choices()));
    println!("the same order of keys: {}", simulate(keys()) == simulate(keys()));
    let (really, slept, blocked) = simulate(clocks());
    println!("five seconds pass: {slept:?} simulated, on the machine's clock {really}");
    println!("a thread sleeps for 50 ms: {blocked:?} simulated");
}
RUST
cat > expected <<'TEXT'
the same branches of select!: false
the same order of keys: false
five seconds pass: 5s simulated, on the machine's clock false
a thread sleeps for 50 ms: 0ns simulated
TEXT
cargo run --quiet 2> errors | tee seen || { cat errors; exit 1; }
diff expected seen && echo "as written"
