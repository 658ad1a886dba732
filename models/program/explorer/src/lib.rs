//! Explores Python programs: every outcome, how many interleavings lead to it, and what decides between them.

mod cause;
mod chance;
mod explore;
mod found;
mod internal;
mod names;
mod report;
mod token;

pub use explore::{Settings, explore, replay};
pub use found::{Ending, Explored, Found, Line, Outcome, Raced, Verdict};
pub use internal::INTERNAL;
pub use report::text;
pub use runtime_program::arena::Allocator;
pub use runtime_program::engine::{Grain, Stop};
pub use runtime_program::program::{Program, run};
