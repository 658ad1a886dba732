//! The protocols and objects of the runtime on loom: every interleaving, under weak memory, within loom's limits.

#[path = "../../../runtime/src/objects/mod.rs"]
pub mod objects;
#[path = "../../../runtime/src/protocols/mod.rs"]
pub mod protocols;
pub mod sync;
