//! Who counts functions, classes and modules: their owner, until a second thread starts; from then on every thread for
//! itself, by [`protocols::deferred`](crate::protocols::deferred).
//!
//! A program of one thread so frees them at once. CPython 3.13 waits for the second thread too, and then makes them
//! immortal.

use crate::eval::cx::Cx;
use crate::objects::gc;
use crate::refs::Ref;
use crate::sync::atomic::Ordering::Relaxed;
use crate::types::TypeId;

/// What many threads use at once, and what a look-up in a class finds.
const SHARED: [TypeId; 6] = [
    TypeId::Type,
    TypeId::Function,
    TypeId::Module,
    TypeId::StaticMethod,
    TypeId::ClassMethod,
    TypeId::Property,
];

/// Another thread is about to start: what it may share with this one is counted by each of them from now on.
pub(crate) fn begin(cx: &Cx) {
    // ORDERING: relaxed: only the main thread runs when it is first set, and it starts the others afterwards.
    if cx.shared.threaded.swap(1, Relaxed) == 0 {
        gc::defer_counts(cx.ts, &SHARED.map(|id| id.def().kind.tag));
    }
}

/// Prepares a new function, class or module for other threads.
pub(crate) fn share(cx: &Cx, object: Ref<'_>) {
    // ORDERING: relaxed: who misses it makes one more object that is counted by its owner.
    if cx.shared.threaded.load(Relaxed) != 0 {
        gc::defer_count(cx.ts, object.value());
    }
}
