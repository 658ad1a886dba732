//! Explores Python programs: every outcome, how many interleavings lead to it, and what decides between them.

mod cause;
mod chance;
mod explore;
mod found;
mod internal;
mod names;
mod replay;
mod report;
mod sample;
mod suggest;
mod token;
mod walk;

pub use explore::{Settings, explore};
pub use found::{Ending, Explored, Found, Line, Outcome, Raced, Verdict};
pub use internal::INTERNAL;
pub use replay::replay;
pub use report::{suggested, text};
pub use runtime_program::arena::Allocator;
pub use runtime_program::engine::{Grain, Stop};
pub use runtime_program::program::{Program, run};
pub use suggest::{Suggestion, suggest};
pub use walk::walk;
