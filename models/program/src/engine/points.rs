//! Which operations are points: where a thread says what it is about to do, and lets the director choose.

use interleavings::{Access, Effect};

use super::{Engine, FETCHED, Grain, live};
use crate::place;

impl Engine {
    /// The running operation does this, too.
    pub(super) fn also(&mut self, access: Access) {
        if self.start.is_some() {
            self.director.also(access);
            if self.is_watched {
                self.shadow.also(self.live.current, access);
            }
        }
    }

    pub(super) fn access(&mut self, access: Access) {
        let me = self.live.current;
        let is_hot = self.hot.note(me, &access);
        if self.stops(is_hot, &[access]) {
            self.repeat(me, &access);
            self.announce(&[access]);
            self.point(None, false);
        }
    }

    /// A store in the middle of an operation of a container. The point of the operation is also that of its first store.
    pub(super) fn store(&mut self, access: Access) {
        let me = self.live.current;
        let object = access.place.object;
        let fresh = &mut self.live.threads[me].fresh;
        let is_first = fresh.take_if(|fresh| *fresh == object).is_some();
        if is_first || self.start.is_none() || self.grain == Grain::Atomic {
            return;
        }
        let is_hot = self.hot.note_glance(me, access.place, access.effect);
        if self.stops(is_hot, &[access]) {
            self.announce(&[access]);
            self.live.threads[me].inside = Some(object);
            self.point(None, false);
            self.live.threads[me].inside = None;
        }
        self.live.threads[me].fresh = None;
    }

    /// Whether an operation is a point.
    pub(super) fn stops(&mut self, is_hot: bool, accesses: &[Access]) -> bool {
        let first = accesses.first().map(|access| access.place.object);
        self.live.threads[self.live.current].fresh = first;
        // The first operation beside a second thread is where every execution begins.
        let begins = self.start.is_none();
        let stops = is_hot || begins || self.everywhere || self.grain == Grain::Atomic;
        if stops {
            self.live.threads[self.live.current].is_shared = is_hot;
        } else if let Some(step) = self.trace.as_mut().and_then(|trace| trace.last_mut()) {
            step.operations += 1;
        }
        if self.is_watched && !stops {
            let me = self.live.current;
            let places = accesses.iter().map(|access| access.place);
            places.for_each(|place| self.shadow.uses(me, place));
        }
        stops
    }

    /// Notes that a thread looks at a place, perhaps once more.
    pub(super) fn repeat(&mut self, me: usize, access: &Access) {
        let changes = self.live.changes;
        let repeats = &mut self.live.threads[me].repeats;
        let instruction = FETCHED.get();
        let same = access.effect.is_reading()
            && repeats.place == access.place
            && repeats.instruction == instruction
            && repeats.changes == changes;
        *repeats = live::Repeats {
            place: access.place,
            instruction,
            times: if same { repeats.times + 1 } else { 0 },
            changes,
        };
    }

    pub(super) fn announce(&mut self, accesses: &[Access]) {
        let operation = &mut self.live.threads[self.live.current].operation;
        operation.clear();
        for access in accesses {
            let mut access = *access;
            // Where somebody looks into the middle, those who take the lock exclude each other, whatever they use.
            if matches!(access.effect, Effect::Read | Effect::Write)
                && self.hot.is_open(access.place.object)
            {
                access.place.part = place::WHOLE;
            }
            operation.add(access);
        }
    }
}
