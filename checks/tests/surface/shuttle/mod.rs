//! The surface of the shuttle world.

pub(crate) use checks_shuttle::rt::sync;

#[path = "../items.rs"]
mod items;
