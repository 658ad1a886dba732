//! What a search of psc has reached: one number for each thread and each location.

use std::ops::Range;

use crate::clock::MAX_THREADS;
use crate::event::{LocId, ThreadId};

/// Something that was reached and from which the search has not gone on.
pub(crate) enum Front {
    /// SC events of a thread.
    Ordered(ThreadId, Range<usize>),
    /// Events of a thread that happen after an SC fence.
    AfterFence(ThreadId, Range<usize>),
    /// Accesses of a location whose rank is above the first number, up to the second.
    Above(Step, LocId, usize, usize),
}

/// How accesses above a rank were reached.
#[derive(Clone, Copy)]
pub(crate) enum Step {
    /// From an SC access by co ∪ fr, which end in a write.
    FromAccess,
    /// From what happens after an SC fence: a way by eco to another fence counts as well.
    FromFence,
}

/// What a search has reached, as the least place or rank.
#[derive(Default)]
pub(crate) struct Reached {
    pub(crate) ordered: [usize; MAX_THREADS],
    after_fence: [usize; MAX_THREADS],
    above: [Vec<usize>; 2],
    touched: Vec<LocId>,
    pub(crate) fronts: Vec<Front>,
}

impl Reached {
    pub(crate) fn begin(&mut self, locations: usize) {
        self.ordered = [usize::MAX; MAX_THREADS];
        self.after_fence = [usize::MAX; MAX_THREADS];
        self.above
            .iter_mut()
            .for_each(|above| above.resize(locations, usize::MAX));
        self.fronts.clear();
    }

    /// Only what was touched is put back, so that the many locations of a program cost nothing.
    pub(crate) fn end(&mut self) {
        for loc in self.touched.drain(..) {
            self.above
                .iter_mut()
                .for_each(|above| above[loc] = usize::MAX);
        }
    }

    pub(crate) fn reach_ordered(&mut self, thread: ThreadId, from: usize) {
        let end = self.ordered[thread];
        if from < end {
            self.ordered[thread] = from;
            self.fronts.push(Front::Ordered(thread, from..end));
        }
    }

    pub(crate) fn reach_after_fence(&mut self, thread: ThreadId, range: Range<usize>) {
        let end = self.after_fence[thread].min(range.end);
        if range.start < end {
            self.after_fence[thread] = range.start;
            let front = Front::AfterFence(thread, range.start..end);
            self.fronts.push(front);
        }
    }

    pub(crate) fn reach_above(&mut self, step: Step, loc: LocId, rank: usize) {
        let end = self.above[step as usize][loc];
        if rank < end {
            self.above[step as usize][loc] = rank;
            self.touched.push(loc);
            self.fronts.push(Front::Above(step, loc, rank, end));
        }
    }
}
