//! The worlds, each with the stage and the targets mounted on its primitives.

pub(crate) mod graph;
pub(crate) mod native;
pub(crate) mod shuttle;
