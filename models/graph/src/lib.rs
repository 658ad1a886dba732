//! The protocols and objects of the runtime on Raddle's own checker: every execution graph, under weak memory, each once.

#[path = "../../../runtime/src/objects/mod.rs"]
pub mod objects;
#[path = "../../../runtime/src/protocols/mod.rs"]
pub mod protocols;
pub mod sync;
