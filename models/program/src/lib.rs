//! The program world: the whole interpreter on coroutines, one OS thread, every choice a scheduler's.
//!
//! Memory is sequentially consistent here, and threads change only at *points*. At the program grain these are the
//! operations of objects that another Python thread can observe; at the atomic grain, every primitive. All memory of an
//! execution lies in an [`arena`], so an execution begins from a snapshot taken when the second thread is about to run,
//! and ends by putting back the pages that it wrote.
#![recursion_limit = "1024"]
#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    clippy::disallowed_methods,
    unfulfilled_lint_expectations,
    reason = "the shared source is linted natively, where all of it is used"
)]

pub mod arena;
pub mod engine;
pub mod place;
pub mod program;
pub mod sync;

#[path = "../../../runtime/src/compile/mod.rs"]
pub mod compile;
#[path = "../../../runtime/src/current.rs"]
mod current;
#[path = "../../../runtime/src/eval/mod.rs"]
mod eval;
#[path = "../../../runtime/src/interpreter.rs"]
pub mod interpreter;
#[path = "../../../runtime/src/interrupter.rs"]
mod interrupter;
#[path = "../../../runtime/src/modules/mod.rs"]
mod modules;
#[path = "../../../runtime/src/objects/mod.rs"]
pub mod objects;
#[path = "../../../runtime/src/protocols/mod.rs"]
pub mod protocols;
#[path = "../../../runtime/src/refs.rs"]
mod refs;
#[path = "../../../runtime/src/syntax/mod.rs"]
pub mod syntax;
#[path = "../../../runtime/src/text/mod.rs"]
pub mod text;
#[path = "../../../runtime/src/types/mod.rs"]
mod types;
