//! The surface of the native world.

pub(crate) use checks_native::rt::sync;

#[path = "../items.rs"]
mod items;
