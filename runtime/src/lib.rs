//! A free-threaded Python core: the subject of Raddle's checks. No checker is named in it.
#![recursion_limit = "1024"]

pub mod compile;
mod current;
mod eval;
pub mod interpreter;
mod interrupter;
mod modules;
pub mod objects;
pub mod protocols;
mod refs;
pub mod sync;
pub mod syntax;
pub mod text;
mod types;
