//! An independent oracle: brute force over all candidate graphs of a straight-line program.
//!
//! It shares no code with the engine, and is written for clarity: relations are sets of
//! pairs, and every axiom is its formula.

#![allow(dead_code, reason = "each test uses a part of it")]

pub(crate) mod axioms;
pub(crate) mod brute;
pub(crate) mod engine;
pub(crate) mod program;
pub(crate) mod relation;
pub(crate) mod skeleton;
pub(crate) mod symmetry;

use std::collections::BTreeSet;

/// What names an event in both worlds: its thread, counted from 1, and its place in it.
pub(crate) type Label = (usize, usize);

/// What a graph says of one event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fact {
    /// A read, the write that it reads from (`None`: the initial value), and whether it
    /// is a weak compare-exchange that failed spuriously.
    Reads(Option<Label>, bool),
    /// A write and its place in coherence order, from 1.
    Writes(usize),
    /// A choice and the number taken.
    Picks(usize),
}

/// How a program can fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Failure {
    /// Some execution has a data race.
    Race,
    /// Some execution unlocks a lock that the thread does not hold.
    Misuse,
    /// Some execution ends with threads that wait for what nobody will do.
    Stuck,
}

/// A complete graph, without what every graph of the program has in common.
pub(crate) type Signature = BTreeSet<(Label, Fact)>;

/// What a checker says about a program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Answer {
    /// How executions fail.
    pub(crate) failures: BTreeSet<Failure>,
    /// The complete graphs.
    pub(crate) graphs: BTreeSet<Signature>,
}

impl Answer {
    /// Whether the engine's answer is right, if this is the oracle's. Where there is a
    /// race, plain reads are not explored, and an execution ends with its first race or
    /// misuse, so the rest says nothing.
    pub(crate) fn admits(&self, engine: &Answer) -> bool {
        let ending = [Failure::Race, Failure::Misuse];
        let mut expected = ending
            .iter()
            .filter(|kind| self.failures.contains(kind))
            .peekable();
        if expected.peek().is_some() {
            return expected.any(|kind| engine.failures.contains(kind));
        }
        self == engine
    }
}
