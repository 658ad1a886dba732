//! Takes every step of the protocols away, one at a time, and sees whether a scenario on the graph checker notices.
//!
//! Mutants are made from the source by a parser, written into a copy of the graph world, each behind a switch, and built
//! once ([`world`], [`compile`]). The scenarios are measured without a mutant: which places each passes, and what it
//! costs ([`baseline`]). Then every mutant is tried on the scenarios that pass its place, the cheapest first, in
//! processes that may die of it ([`worker`]), until one notices. What is equivalent says so in a file beside the source
//! ([`equivalent`]).

pub mod baseline;
pub mod cli;
pub mod compile;
pub mod equivalent;
pub mod error;
pub mod fate;
pub mod mutant;
pub mod operators;
pub mod pool;
pub mod reach;
pub mod refused;
pub mod render;
pub mod report;
pub mod run;
pub mod select;
pub mod source;
pub mod worker;
pub mod world;
