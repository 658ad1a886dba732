//! The state machines of free threading, one per file. They never name an object's type.

pub mod allocations;
pub mod claim;
pub mod collection;
pub mod critical_section;
pub mod deferred;
pub mod eval_breaker;
pub mod event;
pub mod gate;
pub mod merge_queue;
pub mod module_locks;
pub mod mutex;
pub mod object_lock;
pub mod once;
pub mod qsbr;
pub mod recursive_lock;
pub mod refcount;
pub mod registrations;
pub mod reset_event;
pub mod runtime;
pub mod stop_the_world;
pub mod thread_lock;
pub mod thread_state;
pub mod version;
pub mod weakref;
pub mod whereabouts;
