//! Where something is that its thread keeps to itself while it lives, and leaves in an object that all can reach after
//! that: a frame, which lies on its thread's stack until it ends.
//!
//! # Source           CPython Python/frame.c `take_ownership`, Objects/frameobject.c `frame_getlineno` (3.13.5).
//! Differences: who looks at another thread's frame stops the world, and asks again where the frame is.
//!
//! # State
//!
//! ```text
//!   live   with its thread, at a place that the object names
//!   kept   in the object, under the object's lock
//! ```
//!
//! # Transitions
//!
//! ```text
//!   (o) the thread that it lives with, attached
//!   live -o: with the object's lock-> kept      kept -o: goes on-> live
//! ```
//!
//! # Invariants
//! 1. What is live is touched by its thread, or by a thread that has stopped the world.   safepoint_look_vs_run
//! 2. A place that was read before the stop says nothing: it is read again in the stop.   safepoint_look_vs_leave
//!
//! # Orderings        none of its own: the lock orders what is kept, and the stop what is live
//!
//! # Progress         Blocking: a look at another thread's stops the world, and begins anew when it was on its way.
//!
//! # Not covered      What the thread does with it.
//!
//! # Checks           The scenarios named above.

use super::thread_state::ThreadState;
use crate::sync::{event, seeded};

/// Where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found<R, L> {
    /// In the object, with what came of the look at it.
    Kept(R),
    /// At a place of the calling thread.
    Own(L),
    /// At a place of another thread.
    Elsewhere(L),
}

/// Looks at it, wherever it is.
///
/// `find` asks the object under its lock, and looks if it is there; `again` asks while the world is stopped; `look` looks at
/// a place, of the calling thread or while the world is stopped, and gives nothing if it is on its way.
pub fn look<R, L: Copy>(
    ts: &ThreadState,
    mut find: impl FnMut() -> Found<R, L>,
    again: impl Fn() -> Option<L>,
    mut look: impl FnMut(L) -> Option<R>,
) -> R {
    event::operation("whereabouts.look", || {
        loop {
            let seen = match find() {
                Found::Kept(result) => Some(result),
                Found::Own(place) => look(place),
                Found::Elsewhere(place) => look_elsewhere(ts, place, &again, &mut look),
            };
            if let Some(seen) = seen {
                return seen;
            }
        }
    })
}

#[cold]
fn look_elsewhere<R, L: Copy>(
    ts: &ThreadState,
    place: L,
    again: impl Fn() -> Option<L>,
    mut look: impl FnMut(L) -> Option<R>,
) -> Option<R> {
    if seeded!("fr1-world-not-stopped") {
        return look(place);
    }
    let world = ts.runtime().world();
    world.stop(Some(ts));
    let place = match seeded!("fr2-place-of-before") {
        true => Some(place),
        false => again(),
    };
    let seen = place.and_then(look);
    world.restart(Some(ts));
    seen
}
