//! The facade of the graph world: every way in which an execution fails, waits or ends, and what the verdict says then.

mod common;
mod ends;
mod memory;
mod sharing;
mod waiting;
