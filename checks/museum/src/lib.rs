//! The museum without the interpreter: each race that a free-threaded runtime really had as a program of a few lines, in a
//! wrong and in a right form, with what must come of each under four memory models.
//!
//! The programs lie in `bugs/`; [`program`] says how they are written. A test runs every form under every model on the
//! graph engine, so that nothing here is a claim only; `docs/museum.md` and `docs/museum.json` are made from the same text.

pub mod bug;
mod caught;
mod data;
mod expression;
pub mod interleaving;
mod page;
pub mod program;
mod read;
mod run;
pub mod verdict;

pub use bug::{Bug, Here, Shown, all};
pub use data::json;
pub use page::markdown;
