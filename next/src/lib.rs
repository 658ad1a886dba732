//! The free-threaded Python core in its new house: types as data, one object for every class, ownership in the types,
//! and the whole language.
//!
//! It mounts the protocols and objects that `runtime` runs on and the models check, and brings its own evaluator. It
//! takes `runtime`'s place when it has every type and module that `runtime` has; until then `raddle run` uses that one.
#![recursion_limit = "1024"]
#![allow(
    dead_code,
    reason = "some of what the layers below offer has no caller here yet"
)]

pub mod compile;
mod current;
mod eval;
pub mod interpreter;
mod interrupter;
mod modules;
#[path = "../../runtime/src/objects/mod.rs"]
pub mod objects;
#[path = "../../runtime/src/protocols/mod.rs"]
pub mod protocols;
mod refs;
#[path = "../../runtime/src/sync/mod.rs"]
pub mod sync;
#[path = "../../runtime/src/syntax/mod.rs"]
pub mod syntax;
pub mod text;
mod types;
