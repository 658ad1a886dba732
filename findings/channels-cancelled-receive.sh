#!/usr/bin/env bash
# kanal 0.1.1: a message that comes while a receive is pending is lost if that receive is then dropped.
#
# The guess: a receive that is given up before it was polled again has received nothing, so the message is still there for
# the next, as in tokio, async-channel, flume and futures. kanal has already put it into the pending receive, which drops it
# with itself. A `select!` with a clock loses what comes at the wrong moment, though `try_send` has said that it was taken.
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
flume = { version = "=0.12.0", default-features = false, features = ["async"] }
futures-channel = "=0.3.34"
futures-util = "=0.3.34"
kanal = "=0.1.1"
tokio = { version = "=1.54.1", features = ["sync"] }
TOML
cat > src/main.rs <<'RUST'
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Waker};

use futures_util::StreamExt;

/// Polls a receive once, sends a message, drops the receive, and looks whether the message is there.
macro_rules! give_up {
    ($name:literal, $channel:expr, $send:expr, $receive:ident) => {{
        let (sender, mut receiver) = $channel;
        {
            let mut receive = pin!(receiver.$receive());
            let mut context = Context::from_waker(Waker::noop());
            assert!(receive.as_mut().poll(&mut context).is_pending());
            $send(&sender).unwrap();
        }
        println!("{}: {:?}", $name, receiver.try_recv());
        drop(sender);
    }};
}

fn main() {
    give_up!("tokio", tokio::sync::mpsc::channel::<u8>(4), |sender: &tokio::sync::mpsc::Sender<u8>| sender.try_send(7), recv);
    give_up!("async-channel", async_channel::bounded::<u8>(4), |sender: &async_channel::Sender<u8>| sender.try_send(7), recv);
    give_up!("flume", flume::bounded::<u8>(4), |sender: &flume::Sender<u8>| sender.try_send(7), recv_async);
    give_up!("futures", futures_channel::mpsc::channel::<u8>(4), |sender: &futures_channel::mpsc::Sender<u8>| sender.clone().try_send(7), next);
    give_up!("kanal", kanal::bounded_async::<u8>(4), |sender: &kanal::AsyncSender<u8>| taken(sender.try_send(7)), recv);
    give_up!("kanal, unbounded", kanal::unbounded_async::<u8>(), |sender: &kanal::AsyncSender<u8>| taken(sender.try_send(7)), recv);
}

/// kanal says with `true` that it took a message.
fn taken(answer: Result<bool, kanal::SendError>) -> Result<(), String> {
    match answer {
        Ok(true) => Ok(()),
        other => Err(format!("{other:?}")),
    }
}
RUST
cat > expected <<'TEXT'
tokio: Ok(7)
async-channel: Ok(7)
flume: Ok(7)
futures: Ok(7)
kanal: Ok(None)
kanal, unbounded: Ok(None)
TEXT
cargo run --quiet 2> errors | tee seen || { cat errors; exit 1; }
diff expected seen && echo "as written"
