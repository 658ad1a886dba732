//! Places that threads share, and what operations do to them.

/// A part of something that threads share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// What it is a part of, by a number.
    pub object: u64,
    /// Which part; zero is all of them.
    pub part: u64,
}

impl Place {
    /// Whether one of the two is, or has, a part of the other.
    #[must_use]
    pub fn meets(self, other: Place) -> bool {
        self.object == other.object
            && (self.part == other.part || self.part == 0 || other.part == 0)
    }
}

/// What an operation does to a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Looks at it.
    #[default]
    Read,
    /// Changes it.
    Write,
    /// Looks at it without the lock that keeps others out.
    Glance,
    /// Changes it in the middle of what the thread does with that lock: only a glance can come before.
    Store,
    /// Takes it, as a lock: not before it was given back.
    Acquire,
    /// Gives it back.
    Release,
    /// Looks at what others signal, as they are meant to: no race.
    Look,
    /// Signals it.
    Signal,
}

impl Effect {
    /// Whether it leaves the place as it is.
    #[must_use]
    pub fn is_reading(self) -> bool {
        matches!(self, Effect::Read | Effect::Look | Effect::Glance)
    }

    /// Whether it is what a race is made of: neither a lock's nor a signal's.
    #[must_use]
    pub fn is_plain(self) -> bool {
        matches!(
            self,
            Effect::Read | Effect::Write | Effect::Glance | Effect::Store
        )
    }
}

/// One thing that an operation does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Access {
    /// Where.
    pub place: Place,
    /// What.
    pub effect: Effect,
}

impl Access {
    /// An access.
    #[must_use]
    pub fn new(place: Place, effect: Effect) -> Self {
        Self { place, effect }
    }

    /// Whether the order of the two matters.
    #[must_use]
    pub fn conflicts(&self, other: &Access) -> bool {
        self.place.meets(other.place) && !(self.effect.is_reading() && other.effect.is_reading())
    }

    /// Whether this one cannot come before `earlier`, which is what made it possible.
    #[must_use]
    pub(crate) fn needs(&self, earlier: &Access) -> bool {
        match earlier.effect {
            Effect::Release => self.effect == Effect::Acquire,
            Effect::Store => self.effect != Effect::Glance,
            _ => false,
        }
    }
}
