//! The surface of the graph world.

pub(crate) use checks_graph::rt::sync;

#[path = "../items.rs"]
mod items;
