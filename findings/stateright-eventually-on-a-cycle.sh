#!/usr/bin/env bash
# stateright 0.31.0: "eventually" holds of what never happens, if the model never ends.
#
# The guess: a liveness property fails on a cycle that stays clear of the goal; that is what it is for. The counterexamples
# that stateright knows are paths that end, so a model that goes round for ever satisfies `eventually` of any state, even one
# that cannot be reached: two threads that yield to each other without end pass. The same goal as `sometimes` is not found,
# and where the model can also stop, the path that stops is reported. (The documentation of `eventually` says "acyclic".)
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
stateright = "=0.31.0"
TOML
cat > src/main.rs <<'RUST'
use stateright::{Checker, Model, Property};

const ENTERED: u8 = 2;
const GIVEN_UP: u8 = 3;

/// Whose turn it is, for two threads that each leave the turn to the other and never enter; one may give up.
struct Polite {
    may_give_up: bool,
}

impl Model for Polite {
    type State = u8;
    type Action = u8;

    fn init_states(&self) -> Vec<u8> {
        vec![0]
    }

    fn actions(&self, turn: &u8, next: &mut Vec<u8>) {
        if *turn < ENTERED {
            next.push(1 - turn);
            next.extend(self.may_give_up.then_some(GIVEN_UP));
        }
    }

    fn next_state(&self, _turn: &u8, next: u8) -> Option<u8> {
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        let entered: fn(&Self, &u8) -> bool = |_, turn| *turn == ENTERED;
        vec![Property::eventually("one enters", entered), Property::sometimes("one can enter", entered)]
    }
}

fn main() {
    for may_give_up in [false, true] {
        let checker = Polite { may_give_up }.checker().spawn_bfs().join();
        let counterexample = checker.discovery("one enters").is_some();
        let example = checker.discovery("one can enter").is_some();
        println!(
            "{}: eventually {}, sometimes {}",
            if may_give_up { "may give up" } else { "goes on for ever" },
            if counterexample { "fails" } else { "holds" },
            if example { "holds" } else { "fails" },
        );
    }
}
RUST
cat > expected <<'TEXT'
goes on for ever: eventually holds, sometimes fails
may give up: eventually fails, sometimes fails
TEXT
cargo run --quiet 2> errors | tee seen || { cat errors; exit 1; }
diff expected seen && echo "as written"
