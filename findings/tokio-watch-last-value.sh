#!/usr/bin/env bash
# tokio 1.48.0: `watch::Receiver::has_changed` says that the channel is closed, and the last value is still to be seen.
#
# The guess: `has_changed` tells whether `changed` would return at once with something new. Once the sender is gone it is
# an error, whether or not there is a value that this receiver has not seen; `changed` still gives that value first, and
# the error only after it. So a loop `while rx.has_changed()? { .. }` misses what the sender said last: often just the result.
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
tokio = { version = "=1.48.0", features = ["sync", "rt"] }
TOML
cat > src/main.rs <<'RUST'
use tokio::sync::watch;

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let (sender, mut receiver) = watch::channel("begun");
    sender.send("done").unwrap();
    println!("while there is a sender: {:?}", receiver.has_changed());
    drop(sender);
    println!("when it is gone: {:?}", receiver.has_changed().map_err(|_| "closed"));
    let first = runtime.block_on(receiver.changed()).map_err(|_| "closed");
    println!("changed: {first:?}, the value is {:?}", *receiver.borrow());
    let second = runtime.block_on(receiver.changed()).map_err(|_| "closed");
    println!("changed again: {second:?}");
}
RUST
cat > expected <<'TEXT'
while there is a sender: Ok(true)
when it is gone: Err("closed")
changed: Ok(()), the value is "done"
changed again: Err("closed")
TEXT
cargo run --quiet 2> errors | tee seen || { cat errors; exit 1; }
diff expected seen && echo "as written"
