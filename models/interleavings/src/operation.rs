//! What a thread does next.

use crate::access::Access;

/// Accesses that are kept without an allocation.
const FEW: usize = 3;

/// Everything that a thread does between two choices.
#[derive(Clone, Debug, Default)]
pub struct Operation {
    few: [Access; FEW],
    count: u8,
    more: Vec<Access>,
    /// Whether it cannot be done now: a lock is held, an event not set.
    pub waits: bool,
    /// Where the program says it, for whoever is told of it.
    pub label: usize,
}

impl Operation {
    /// An operation that does one thing.
    #[must_use]
    pub fn of(access: Access) -> Self {
        let mut operation = Self::default();
        operation.add(access);
        operation
    }

    /// The same, or one that has to wait.
    #[must_use]
    pub fn waiting(mut self, waits: bool) -> Self {
        self.waits = waits;
        self
    }

    /// Adds something that it does, too.
    pub fn add(&mut self, access: Access) {
        if self.accesses().any(|known| *known == access) {
            return;
        }
        match self.few.get_mut(usize::from(self.count)) {
            Some(place) => {
                *place = access;
                self.count += 1;
            }
            None => self.more.push(access),
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.count = 0;
        self.more.clear();
        self.waits = false;
    }

    /// Everything that it does.
    pub fn accesses(&self) -> impl Iterator<Item = &Access> {
        self.few[..usize::from(self.count)].iter().chain(&self.more)
    }

    /// Whether the order of the two matters.
    #[must_use]
    pub fn conflicts(&self, other: &Operation) -> bool {
        self.accesses()
            .any(|mine| other.accesses().any(|theirs| mine.conflicts(theirs)))
    }

    /// Whether the two conflict only because the earlier one made this one possible.
    pub(crate) fn needs(&self, earlier: &Operation) -> bool {
        let conflict =
            |mine: &Access, theirs: &Access| mine.conflicts(theirs) && !mine.needs(theirs);
        self.conflicts(earlier)
            && !self
                .accesses()
                .any(|mine| earlier.accesses().any(|theirs| conflict(mine, theirs)))
    }
}
