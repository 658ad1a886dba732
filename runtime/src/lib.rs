//! A free-threaded Python core: the subject of Raddle's checks. No checker is named in it.

mod builtins;
pub mod compile;
mod eval;
pub mod interpreter;
pub mod objects;
pub mod protocols;
pub mod sync;
pub mod syntax;
