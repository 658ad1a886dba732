//! What a check is and what it found: scenarios, plans, traces, failures, verdicts, and how they are written down.
//!
//! The shared source exists once per world, so every type that several worlds must agree on lives here.

pub mod failure;
pub mod fuzzed;
pub mod json;
pub mod matrix;
pub mod plan;
pub mod reading;
pub mod report;
pub mod run;
pub mod scenario;
pub mod shown;
pub mod trace;
