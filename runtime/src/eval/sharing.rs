//! Who counts functions, classes and modules: their owner, until a second thread starts; from then on every thread for
//! itself, by [`protocols::deferred`](crate::protocols::deferred).
//!
//! A program of one thread so frees them at once. CPython 3.13 waits for the second thread too, and then makes them
//! immortal. What there is by then is prepared in `types/thread/sharing.rs`.

use crate::eval::cx::Cx;
use crate::objects::gc;
use crate::refs::Ref;
use crate::sync::atomic::Ordering::Relaxed;

/// Notes that a second thread starts; says whether it is the first time.
pub(crate) fn begin(cx: &Cx) -> bool {
    // ORDERING: relaxed: only the main thread runs when it is first set, and it starts the others afterwards.
    cx.shared.threaded.swap(1, Relaxed) == 0
}

/// Prepares a new function, class or module for other threads.
pub(crate) fn share(cx: &Cx, object: Ref<'_>) {
    // ORDERING: relaxed: who misses it makes one more object that is counted by its owner.
    if cx.shared.threaded.load(Relaxed) != 0 {
        let _ = gc::defer_count(cx.ts, object.value());
    }
}
