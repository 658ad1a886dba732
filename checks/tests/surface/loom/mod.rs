//! The surface of the loom world.

pub(crate) use checks_loom::rt::sync;

#[path = "../items.rs"]
mod items;
