//! Atomics.

mod ints;
mod pointer;
mod truth;
mod value;

use crate::word::mode;

pub use self::ints::{
    AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicU8, AtomicU16, AtomicU32,
    AtomicU64, AtomicUsize,
};
pub use self::pointer::AtomicPtr;
pub use self::truth::AtomicBool;

#[doc(no_inline)]
pub use std::sync::atomic::{Ordering, compiler_fence};

/// A fence.
#[track_caller]
pub fn fence(order: Ordering) {
    crate::run::require();
    if crate::run::is_live() {
        graph_engine::fence(mode(order));
    }
}

/// The old name of [`hint::spin_loop`](crate::hint::spin_loop).
#[track_caller]
pub fn spin_loop_hint() {
    crate::thread::yield_now();
}
