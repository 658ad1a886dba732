//! Which places more than one thread uses, and some thread changes: only there does it matter who comes first.
//!
//! What is known grows from execution to execution. A place that turns out to be one after it was passed over makes
//! what was explored so far incomplete, so that the search begins again.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use crate::place::{self, Access, Effect, Place, WHOLE};

/// Sets of threads that looked at a place, and that changed it.
#[derive(Clone, Copy, Debug, Default)]
struct Users {
    readers: u16,
    writers: u16,
}

impl Users {
    fn note(&mut self, thread: usize, effect: Effect) {
        match effect.is_reading() {
            true => self.readers |= 1 << thread,
            false => self.writers |= 1 << thread,
        }
    }

    fn with(self, other: Users) -> Users {
        Users {
            readers: self.readers | other.readers,
            writers: self.writers | other.writers,
        }
    }

    /// Whether one thread looks at what another one changes.
    fn meet(self) -> bool {
        let both = self.readers | self.writers;
        self.readers != 0 && self.writers != 0 && both.count_ones() > 1
    }

    fn conflict(self) -> bool {
        self.writers != 0 && (self.readers | self.writers).count_ones() > 1
    }
}

/// Who uses an object as a whole, and who in parts.
#[derive(Clone, Copy, Debug, Default)]
struct Object {
    whole: Users,
    parts: Users,
}

/// A multiplicative hash: keys are few and not chosen by anybody.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64((*byte).into()));
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 ^= self.0 >> 29;
    }
}

type Map<K, V> = HashMap<K, V, BuildHasherDefault<Mixer>>;

/// What is known of all places.
#[derive(Debug, Default)]
pub(crate) struct Hot {
    objects: Map<u64, Object>,
    parts: Map<Place, (Users, bool)>,
    /// Of containers, who looks without the lock, and who stores what such a look finds.
    glances: Map<Place, (Users, bool)>,
    /// Containers of which a store is found by such a look.
    open: HashSet<u64, BuildHasherDefault<Mixer>>,
    /// Whether a place became one of these since somebody asked.
    changed: bool,
}

impl Hot {
    /// Notes an access; says whether its order matters.
    pub(crate) fn note(&mut self, thread: usize, access: &Access) -> bool {
        let object = self.objects.entry(access.place.object).or_default();
        let (users, known) = self.parts.entry(access.place).or_default();
        users.note(thread, access.effect);
        let all = match access.place.part {
            WHOLE => {
                object.whole.note(thread, access.effect);
                users.with(object.parts)
            }
            _ => {
                object.parts.note(thread, access.effect);
                users.with(object.whole)
            }
        };
        let is_hot = all.conflict();
        self.changed |= is_hot && !*known;
        *known |= is_hot;
        is_hot
    }

    /// Notes a look at a container without its lock, or a store that such a look can find; says whether different threads
    /// make both.
    pub(crate) fn note_glance(&mut self, thread: usize, place: Place, effect: Effect) -> bool {
        if effect == Effect::Glance && place.part != WHOLE && !place::is_length(place) {
            // Who looks at one item looks at what a store of all of them changes, too.
            let part = WHOLE;
            self.note_at(thread, Place { part, ..place }, effect);
        }
        self.note_at(thread, place, effect)
    }

    fn note_at(&mut self, thread: usize, place: Place, effect: Effect) -> bool {
        let (users, known) = self.glances.entry(place).or_default();
        users.note(thread, effect);
        let is_hot = users.meet();
        self.changed |= is_hot && !*known;
        *known |= is_hot;
        if is_hot {
            self.open.insert(place.object);
        }
        is_hot
    }

    /// Whether somebody looks into the middle of operations of this container.
    pub(crate) fn is_open(&self, object: u64) -> bool {
        !self.open.is_empty() && self.open.contains(&object)
    }

    /// Whether something became known since the last call.
    pub(crate) fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }
}
