//! A drop-in for loom: its interface, on the checker of execution graphs.
//!
//! A crate whose concurrent code is tested with loom 0.7 is tested on Raddle's complete checker
//! when its manifest says
//!
//! ```toml
//! [patch.crates-io]
//! loom = { path = ".../models/dropin" }
//! ```
//!
//! and nothing else changes. [`model`] visits every execution of the test that C++20 without load
//! buffering allows, each once, and prints which verdict that is. `docs/checking-your-code.md` is
//! the way in; it also says what differs from loom.

pub mod alloc;
pub mod cell;
mod cores;
pub mod future;
pub mod hint;
pub mod lazy_static;
pub mod model;
mod name;
mod quarantine;
mod report;
mod run;
mod search;
mod shared;
pub mod sync;
pub mod thread;
mod word;

/// The most threads that a model may have, the main thread included.
pub use graph_engine::MAX_THREADS;

pub use crate::model::model;
pub use crate::name::named;

/// Marks where exploring begins. Everything is explored, so it changes nothing.
pub fn explore() {}

/// Marks where exploring ends. Everything is explored, so it changes nothing.
pub fn stop_exploring() {}

/// Gives the current execution up: the running thread goes no further in it. The verdict is
/// *bounded*, since what comes later is not seen.
#[track_caller]
pub fn skip_branch() {
    if run::is_live() {
        run::cut();
    }
}

/// Declares thread-locals of the model's threads.
#[macro_export]
macro_rules! thread_local {
    () => {};
    ($(#[$attribute:meta])* $vis:vis static $name:ident: $type:ty = const { $init:expr }; $($rest:tt)*) => {
        $crate::thread_local!($(#[$attribute])* $vis static $name: $type = $init);
        $crate::thread_local!($($rest)*);
    };
    ($(#[$attribute:meta])* $vis:vis static $name:ident: $type:ty = $init:expr; $($rest:tt)*) => {
        $crate::thread_local!($(#[$attribute])* $vis static $name: $type = $init);
        $crate::thread_local!($($rest)*);
    };
    ($(#[$attribute:meta])* $vis:vis static $name:ident: $type:ty = $init:expr) => {
        $(#[$attribute])*
        $vis static $name: $crate::thread::LocalKey<$type> = $crate::thread::LocalKey {
            init: (|| $init) as fn() -> $type,
            _p: ::core::marker::PhantomData,
        };
    };
}

/// Declares statics that each execution makes anew, when they are first used.
#[macro_export]
macro_rules! lazy_static {
    () => {};
    ($(#[$attribute:meta])* $vis:vis static ref $name:ident : $type:ty = $init:expr; $($rest:tt)*) => {
        #[allow(non_camel_case_types, missing_copy_implementations, dead_code)]
        $(#[$attribute])*
        $vis struct $name { _private: () }
        #[doc(hidden)]
        $vis static $name: $name = $name { _private: () };
        impl ::core::ops::Deref for $name {
            type Target = $type;
            fn deref(&self) -> &$type {
                static LAZY: $crate::lazy_static::Lazy<$type> = $crate::lazy_static::Lazy {
                    init: || $init,
                    _p: ::core::marker::PhantomData,
                };
                LAZY.get()
            }
        }
        $crate::lazy_static!($($rest)*);
    };
}
