//! The state machines of free threading, one per file. They never name an object's type.

pub mod event;
pub mod merge_queue;
pub mod mutex;
pub mod refcount;
