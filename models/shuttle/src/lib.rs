//! The runtime's protocols and objects in the shuttle world: interleavings under sequential consistency, found by
//! random, PCT and depth-first search, with data races found by clocks that respect the orders asked for.

pub mod sync;

#[path = "../../../runtime/src/protocols/mod.rs"]
pub mod protocols;

#[path = "../../../runtime/src/objects/mod.rs"]
pub mod objects;
