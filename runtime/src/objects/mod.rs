//! Objects: values, the header, one type per file, allocation and deallocation, the cycle collector.

pub mod bytearray;
pub mod cell;
pub mod compare;
pub mod contended;
pub mod deque;
pub mod dict;
pub mod extras;
pub mod float;
pub mod gc;
pub mod header;
pub mod hooks;
pub mod instance;
pub mod int;
pub mod interned;
pub mod iterator;
pub mod lazy;
mod life;
pub mod list;
pub mod local;
mod lookup;
pub mod lru;
pub mod no_code;
pub mod number_hash;
pub mod position;
pub mod range;
#[cfg(test)]
pub(crate) mod rig;
pub mod set;
mod shared;
pub mod str;
pub mod tuple;
pub mod twister;
pub mod type_cache;
pub mod value;
pub mod weakref;

pub use header::{Extras, Header, Kind, Object, Size, Tag};
pub use hooks::{Error, Hooks};
pub use life::{
    alloc, alloc_in_class, alloc_value, decref, drain_merge_queue, end_thread, incref, new_ref,
    try_new_ref,
};
pub use local::{Classes, Local};
pub use shared::locked_both;
pub use value::{Slot, Unpacked, Value};
