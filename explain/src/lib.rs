//! What a failure means, and how results read as text.
//!
//! No world depends on it, so that a word of a report can be changed without compiling one anew.

pub mod explanation;
pub mod text;
