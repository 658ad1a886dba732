//! Which checker caught each fault, as `caught.txt` keeps it.
//!
//! `cargo run --release -p checks --example caught -- FILE` writes it from what `raddle faults` leaves. A line is a fault and
//! what the graph checker, loom and shuttle came to: `n/steps`, the execution that failed and the steps of its simplest
//! form, or `-` where the checker cannot see it.

use std::collections::BTreeMap;

use serde::Serialize;

/// What one checker came to: nothing where it cannot see the fault.
pub(crate) type Seen = Option<Failed>;

/// A failure of a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Failed {
    /// In which execution.
    pub(crate) executions: u64,
    /// How many steps its simplest form has.
    pub(crate) steps: usize,
}

/// What the checkers came to with one fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Caught {
    pub(crate) graph: Seen,
    pub(crate) loom: Seen,
    pub(crate) shuttle: Seen,
}

/// By fault.
pub(crate) fn all() -> BTreeMap<&'static str, Caught> {
    let lines = include_str!("../caught.txt").lines();
    let lines = lines.filter(|line| !line.starts_with('#'));
    lines.filter_map(one).collect()
}

fn one(line: &'static str) -> Option<(&'static str, Caught)> {
    let mut words = line.split_whitespace();
    let fault = words.next()?;
    let mut seen = || words.next().and_then(failed);
    let caught = Caught {
        graph: seen(),
        loom: seen(),
        shuttle: seen(),
    };
    Some((fault, caught))
}

fn failed(word: &str) -> Seen {
    let (executions, steps) = word.split_once('/')?;
    Some(Failed {
        executions: executions.parse().ok()?,
        steps: steps.parse().ok()?,
    })
}
