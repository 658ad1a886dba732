//! Tests of concurrent code whose every execution is visited.
//!
//! ```
//! # #[cfg(feature = "model")] {
//! use raddle_test as raddle;
//! use raddle::model::sync::Arc;
//! use raddle::model::sync::atomic::{AtomicUsize, Ordering};
//! use raddle::model::thread;
//!
//! #[raddle::test(expect = "exhaustive", crate = raddle)]
//! fn two_add_one_each() {
//!     let count = Arc::new(AtomicUsize::new(0));
//!     let other = Arc::clone(&count);
//!     let thread = thread::spawn(move || other.fetch_add(1, Ordering::Relaxed));
//!     count.fetch_add(1, Ordering::Relaxed);
//!     thread.join().unwrap();
//!     assert_eq!(count.load(Ordering::Relaxed), 2);
//! }
//! # }
//! ```
//!
//! Two modules have the same names: [`model`] is what the checker sees, and [`plain`] is the
//! standard library. Code that is to be tested takes its primitives from one or the other, which
//! [`switch`] makes short. `docs/checking-your-code.md` is the way in.

pub mod plain;

#[cfg(feature = "model")]
pub mod model {
    //! The standard library's modules, as the checker sees them: they work inside of tests.

    pub use loom::{alloc, cell, future, hint, lazy_static, named, sync, thread, thread_local};
}

#[cfg(feature = "model")]
pub mod test;

/// Makes a function a test whose every execution is visited.
///
/// The function takes nothing, gives back nothing or a `Result`, and may be `async`. Options stand
/// in brackets, all of them may be left out:
///
/// | option | meaning |
/// |---|---|
/// | `yields = N` | a thread passes the same yield at most so often; else the bound is raised while that costs little |
/// | `preemptions = N` | at most so many preemptions |
/// | `executions = N`, `seconds = N` | the budget: 60 seconds if nothing is said |
/// | `branches = N` | how long an execution may be: ten events for each |
/// | `jobs = N` | how many threads explore; else a share of the cores |
/// | `spurious_wakes = false` | `block_on` and `Notify` wake only when they are woken |
/// | `weak_failures = true` | weak compare-exchanges also fail for no reason |
/// | `drops_are_accesses = true` | the end of an atomic or a cell is an access |
/// | `expect = ".."` | what must come out, see below |
/// | `crate = path` | where this crate is, if not at `::raddle_test` |
///
/// What must come out is `"holds"` if nothing is said: *exhaustive* or *bounded*. `"exhaustive"`
/// and `"bounded"` ask for one of them. `"inconclusive"` also lets a test pass whose budget has run
/// out. Anything else is part of a failure's message, such as `"data race"`, `"deadlock"`,
/// `"leak"` or a panic's words: the test passes if the model fails so.
#[cfg(feature = "model")]
pub use raddle_test_macros::test;

/// Declares a module with what code takes its primitives from: the checker's if the condition
/// holds, else the standard library's.
///
/// ```
/// raddle_test::switch! {
///     #[cfg(test)]
///     pub(crate) mod primitives;
/// }
/// use primitives::sync::atomic::AtomicUsize;
/// ```
#[macro_export]
macro_rules! switch {
    (#[cfg($($condition:tt)*)] $(#[$attribute:meta])* $vis:vis mod $name:ident;) => {
        $(#[$attribute])*
        #[allow(unused_imports)]
        $vis mod $name {
            #[cfg(not($($condition)*))]
            pub use $crate::plain::*;
            #[cfg($($condition)*)]
            pub use $crate::model::*;
        }
    };
}
