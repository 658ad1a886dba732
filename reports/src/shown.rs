//! What a call was given and what it gave back, small enough for a log of millions of events.

/// One value of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// There is none: the `None` of Rust.
    Nothing,
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(i64),
    /// What lies at this address; a report gives it the name of its block.
    Object(usize),
    /// A constant, such as Python's `None`.
    Word(&'static str),
}

/// The values of a call, of which there is room for two; a third is left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told([Option<Item>; 2]);

impl Told {
    /// What a value shows.
    #[must_use]
    pub fn of(shown: &impl Shown) -> Self {
        let mut told = Self::default();
        shown.shown(&mut told);
        told
    }

    /// Adds a value.
    pub fn add(&mut self, item: Item) {
        if let Some(free) = self.0.iter_mut().find(|slot| slot.is_none()) {
            *free = Some(item);
        }
    }

    /// The values.
    pub fn items(&self) -> impl Iterator<Item = Item> {
        self.0.into_iter().flatten()
    }
}

/// What reports can show of a value.
pub trait Shown {
    /// Adds it to what is told of a call.
    fn shown(&self, told: &mut Told);
}

impl Shown for () {
    fn shown(&self, _told: &mut Told) {}
}

impl Shown for bool {
    fn shown(&self, told: &mut Told) {
        told.add(Item::Flag(*self));
    }
}

impl Shown for i64 {
    fn shown(&self, told: &mut Told) {
        told.add(Item::Number(*self));
    }
}

impl Shown for usize {
    fn shown(&self, told: &mut Told) {
        told.add(Item::Number(i64::try_from(*self).unwrap_or(i64::MAX)));
    }
}

impl<T> Shown for std::ptr::NonNull<T> {
    fn shown(&self, told: &mut Told) {
        told.add(Item::Object(self.addr().get()));
    }
}

impl<T: Shown> Shown for Option<T> {
    fn shown(&self, told: &mut Told) {
        match self {
            Some(value) => value.shown(told),
            None => told.add(Item::Nothing),
        }
    }
}

impl<T: Shown, E> Shown for Result<T, E> {
    fn shown(&self, told: &mut Told) {
        match self {
            Ok(value) => value.shown(told),
            Err(_) => told.add(Item::Word("an error")),
        }
    }
}

impl<A: Shown, B: Shown> Shown for (A, B) {
    fn shown(&self, told: &mut Told) {
        self.0.shown(told);
        self.1.shown(told);
    }
}

#[cfg(test)]
mod tests {
    use super::{Item, Told};

    #[test]
    fn values_are_told_in_their_order_and_a_third_is_left_out() {
        let told = |told: Told| told.items().collect::<Vec<_>>();
        assert_eq!(told(Told::of(&())), []);
        assert_eq!(told(Told::of(&None::<bool>)), [Item::Nothing]);
        assert_eq!(told(Told::of(&Err::<(), _>(3))), [Item::Word("an error")]);
        let pair = (7_usize, Some(false));
        let both = [Item::Number(7), Item::Flag(false)];
        assert_eq!(told(Told::of(&pair)), both);
        assert_eq!(told(Told::of(&(pair, -1_i64))), both);
    }
}
