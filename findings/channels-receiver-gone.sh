#!/usr/bin/env bash
# crossbeam-channel 0.5.17, flume 0.12.0, kanal 0.1.1, async-channel 2.5.0: what lies in a channel outlives its receiver.
#
# The guess: when the last receiver goes, what nobody can receive any more is dropped, as with `std::sync::mpsc`, so a
# client whose request was still queued sees its reply channel closed. Most keep the queue until the last sender has gone as
# well; the client that waits for the answer holds that sender, and waits for ever. crossbeam's two kinds differ.
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
async-channel = "=2.5.0"
crossbeam-channel = "=0.5.17"
flume = { version = "=0.12.0", default-features = false }
kanal = { version = "=0.1.1", default-features = false }
TOML
cat > src/main.rs <<'RUST'
use std::sync::mpsc::{self, Sender, TryRecvError};

/// Sends a request that holds the sender of its answer, drops the receiver of requests, and looks at the answer.
macro_rules! ask {
    ($name:literal, $channel:expr, $send:ident) => {{
        let (requests, server) = $channel;
        let (reply, answer) = mpsc::channel::<()>();
        requests.$send(reply).unwrap();
        drop(server);
        let told = match answer.try_recv() {
            Err(TryRecvError::Disconnected) => "closed",
            _ => "open",
        };
        drop(requests);
        println!("{}: {told}, then {:?}", $name, answer.try_recv().unwrap_err());
    }};
}

type Reply = Sender<()>;

fn main() {
    ask!("std", mpsc::channel::<Reply>(), send);
    ask!("std, bounded", mpsc::sync_channel::<Reply>(2), send);
    ask!("crossbeam", crossbeam_channel::unbounded::<Reply>(), send);
    ask!("crossbeam, bounded", crossbeam_channel::bounded::<Reply>(2), send);
    ask!("flume", flume::unbounded::<Reply>(), send);
    ask!("flume, bounded", flume::bounded::<Reply>(2), send);
    ask!("kanal", kanal::unbounded::<Reply>(), send);
    ask!("kanal, bounded", kanal::bounded::<Reply>(2), send);
    ask!("async-channel", async_channel::unbounded::<Reply>(), send_blocking);
    ask!("async-channel, bounded", async_channel::bounded::<Reply>(2), send_blocking);
}
RUST
cat > expected <<'TEXT'
std: closed, then Disconnected
std, bounded: closed, then Disconnected
crossbeam: closed, then Disconnected
crossbeam, bounded: open, then Disconnected
flume: open, then Disconnected
flume, bounded: open, then Disconnected
kanal: open, then Disconnected
kanal, bounded: open, then Disconnected
async-channel: open, then Disconnected
async-channel, bounded: open, then Disconnected
TEXT
cargo run --quiet 2> errors | tee seen || { cat errors; exit 1; }
diff expected seen && echo "as written"
