#!/usr/bin/env bash
# event-listener 5.4.1: `notify(1)`, twice, wakes one of three listeners.
#
# The guess: as with a condition variable's `notify_one`, each call lets one more go on, so two things that happened are
# two wake-ups. A call only sees to it that so many listeners are notified: while one has been and has not looked yet,
# another `notify(1)` does nothing, and who counts on one wake-up for each item loses some. `notify_additional(1)` does what
# was guessed. In both, a notified listener that is dropped hands its notification on.
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
event-listener = "=5.4.1"
TOML
cat > src/main.rs <<'RUST'
use event_listener::{Event, Listener};
use std::time::Duration;

/// How many of three listeners are let go.
fn woken(event: &Event, notify: impl Fn(&Event)) -> usize {
    let listeners: Vec<_> = (0..3).map(|_| event.listen()).collect();
    notify(event);
    let let_go = |listener: event_listener::EventListener| listener.wait_timeout(Duration::from_millis(20)).is_some();
    listeners.into_iter().map(let_go).filter(|&one| one).count()
}

fn main() {
    let event = Event::new();
    let twice = |event: &Event| {
        event.notify(1);
        event.notify(1);
    };
    let additional = |event: &Event| {
        event.notify_additional(1);
        event.notify_additional(1);
    };
    println!("notify(1) twice: {} of 3", woken(&event, twice));
    println!("notify(2): {} of 3", woken(&event, |event| {
        event.notify(2);
    }));
    println!("notify_additional(1) twice: {} of 3", woken(&event, additional));
    let (first, second) = (event.listen(), event.listen());
    event.notify(1);
    drop(first);
    println!("handed on by one that is dropped: {}", second.wait_timeout(Duration::from_millis(20)).is_some());
}
RUST
cat > expected <<'TEXT'
notify(1) twice: 1 of 3
notify(2): 2 of 3
notify_additional(1) twice: 2 of 3
handed on by one that is dropped: true
TEXT
cargo run --quiet 2> errors | tee seen || { cat errors; exit 1; }
diff expected seen && echo "as written"
