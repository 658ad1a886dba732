//! Where a store is made by `swap`: whether that says more than the store would.
//!
//! A swap comes last in modification order, and continues the release sequences that it finds. A store may come before
//! a write that its thread knows nothing of, and it ends release sequences. The two are the same when the store's thread
//! has seen the newest write or is ordered after it, and when every release in the sequence is ordered before the
//! store's own, if it is one. Where they are not the same, the exploration has a limit.

use std::cell::RefCell;
use std::rc::Rc;

use loom::cell::UnsafeCell;

use super::atomic::Ordering;
use super::{schedule, watch};

/// A moment of a thread: a cell that it made, which others may read if they are ordered after.
type Moment = Rc<UnsafeCell<()>>;

/// The writes of one location that gets read-modify-writes.
#[derive(Debug, Default)]
pub(super) struct Writes {
    count: usize,
    newest: Option<Moment>,
    releases: Vec<Moment>,
    /// For each thread that updated the location, how many writes there were.
    seen: Vec<(usize, usize)>,
}

thread_local! {
    /// The threads whose relaxed writes are releases, because of a fence.
    static FENCED: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

/// Forgets the fences of the execution before.
pub(super) fn reset() {
    FENCED.take();
}

/// Notes a fence of the current thread.
pub(super) fn fenced(order: Ordering) {
    if releases(order) {
        FENCED.with_borrow_mut(|fenced| fenced.push(schedule::current()));
    }
}

fn releases(order: Ordering) -> bool {
    !matches!(order, Ordering::Relaxed | Ordering::Acquire)
}

fn is_before(moment: &Moment) -> bool {
    watch::race(|| moment.with(|_| ())).is_none()
}

impl Writes {
    /// Notes a read-modify-write by the current thread, which saw the newest write and maybe `wrote` one.
    pub(super) fn updated(&mut self, order: Ordering, wrote: bool) {
        if wrote {
            self.write(order);
        }
        let me = schedule::current();
        self.seen.retain(|(thread, _)| *thread != me);
        self.seen.push((me, self.count));
    }

    /// Notes a store that the current thread made by `swap`; gives whether that is the same.
    pub(super) fn stored(&mut self, order: Ordering) -> bool {
        let me = schedule::current();
        let follows =
            self.seen.contains(&(me, self.count)) || self.newest.as_ref().is_none_or(is_before);
        let carries = if releases(order) {
            self.releases.iter().all(is_before)
        } else {
            self.releases.is_empty()
        };
        self.updated(order, true);
        follows && carries
    }

    fn write(&mut self, order: Ordering) {
        let moment = Rc::new(UnsafeCell::new(()));
        let fenced = FENCED.with_borrow(|fenced| fenced.contains(&schedule::current()));
        if fenced || releases(order) {
            self.releases.push(Rc::clone(&moment));
        }
        self.newest = Some(moment);
        self.count += 1;
    }
}
