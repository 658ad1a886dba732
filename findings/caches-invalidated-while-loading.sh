#!/usr/bin/env bash
# moka 0.12.16: an entry that is invalidated, or set anew, while `get_with` computes it is the old one afterwards.
#
# The guess: who changes the source and then invalidates the key may rely on it: whoever asks later gets the new value, also
# if somebody was just computing the old one, or the invalidation waits for that. It does neither: the computation puts its
# old value in afterwards, over a value that `insert` has set and `get` has already returned, and there it stays. In
# quick_cache a removal also ends the right of the computation to store, and the next one computes anew.
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
moka = { version = "=0.12.16", features = ["sync"] }
quick_cache = "=0.6.24"
TOML
cat > src/main.rs <<'RUST'
use std::sync::mpsc;
use std::thread;

type Moka = moka::sync::Cache<u32, &'static str>;
type Quick = quick_cache::sync::Cache<u32, &'static str>;

/// Runs `meanwhile` after `compute` has begun to compute the value "old" and before it ends.
fn amid(compute: impl FnOnce(&dyn Fn() -> &'static str) + Send, meanwhile: impl FnOnce()) {
    let (begun, begins) = mpsc::channel();
    let (go, goes_on) = mpsc::channel::<()>();
    thread::scope(|scope| {
        let worker = scope.spawn(move || {
            compute(&|| {
                begun.send(()).unwrap();
                goes_on.recv().unwrap();
                "old"
            })
        });
        begins.recv().unwrap();
        meanwhile();
        go.send(()).unwrap();
        worker.join().unwrap();
    });
}

fn moka(name: &str, meanwhile: impl FnOnce(&Moka)) {
    let cache = Moka::new(10);
    amid(|old| drop(cache.get_with(1, old)), || meanwhile(&cache));
    println!("moka, {name}: then {:?}", cache.get(&1));
}

fn quick(name: &str, meanwhile: impl FnOnce(&Quick)) {
    let cache = Quick::new(10);
    amid(|old| drop(cache.get_or_insert_with(&1, || Ok::<_, ()>(old()))), || meanwhile(&cache));
    println!("quick_cache, {name}: then {:?}", cache.get(&1));
}

fn main() {
    moka("invalidated", |cache| cache.invalidate(&1));
    moka("all invalidated", |cache| cache.invalidate_all());
    moka("set anew", |cache| {
        cache.insert(1, "new");
        println!("moka, set anew: first {:?}", cache.get(&1));
    });
    quick("removed", |cache| drop(cache.remove(&1)));
    quick("cleared", |cache| cache.clear());
    quick("set anew", |cache| {
        cache.insert(1, "new");
        println!("quick_cache, set anew: first {:?}", cache.get(&1));
    });
}
RUST
cat > expected <<'TEXT'
moka, invalidated: then Some("old")
moka, all invalidated: then Some("old")
moka, set anew: first Some("new")
moka, set anew: then Some("old")
quick_cache, removed: then None
quick_cache, cleared: then None
quick_cache, set anew: first Some("new")
quick_cache, set anew: then Some("new")
TEXT
cargo run --quiet 2> errors | tee seen || { cat errors; exit 1; }
diff expected seen && echo "as written"
