//! Which places more than one thread uses, and some thread changes: only there does it matter who comes first.
//!
//! What is known grows from execution to execution. A place that turns out to be one after it was passed over makes
//! what was explored so far incomplete, so that the search begins again.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::place::{Access, Effect, Place, WHOLE};

/// Sets of threads that looked at a place, and that changed it.
#[derive(Clone, Copy, Debug, Default)]
struct Users {
    readers: u16,
    writers: u16,
}

impl Users {
    fn note(&mut self, thread: usize, effect: Effect) {
        match effect {
            Effect::Read | Effect::Look => self.readers |= 1 << thread,
            _ => self.writers |= 1 << thread,
        }
    }

    fn with(self, other: Users) -> Users {
        Users {
            readers: self.readers | other.readers,
            writers: self.writers | other.writers,
        }
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

    /// Whether something became known since the last call.
    pub(crate) fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }
}
