//! What the sequential models compute with: the content of the objects that threads share, and answers of operations.

use std::fmt;

/// The content of the shared objects, each a row of small numbers whose meaning is the target's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct State {
    /// One row for each object.
    pub rows: Vec<Vec<i8>>,
    /// The first row as it was before the operation that is moving its items.
    pub moving: Option<Moving>,
    /// What the model keeps besides, and nobody can look up at the end.
    pub hidden: Vec<Vec<i8>>,
}

/// A row whose items are being moved.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Moving {
    /// What it was.
    pub before: Vec<i8>,
    /// Whether it may look empty meanwhile.
    pub empty: bool,
}

impl State {
    /// A state at rest.
    #[must_use]
    pub fn new(rows: Vec<Vec<i8>>) -> Self {
        Self {
            rows,
            ..Self::default()
        }
    }

    /// Whether this is what another state says can be looked up, with nothing going on.
    #[must_use]
    pub fn ends_as(&self, other: &Self) -> bool {
        self.rows == other.rows && self.moving.is_none()
    }
}

/// What an operation answered.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// Nothing to say.
    Done,
    /// `None`, or that there is no such thing.
    Nothing,
    /// A truth value.
    Bool(bool),
    /// A number.
    Number(i8),
    /// Several numbers.
    Numbers(Vec<i8>),
    /// An exception of this class.
    Raised(&'static str),
    /// Not yet: the operation waits for another thread. No operation that has ended answers so.
    Waits,
}

impl Answer {
    /// A number, if there is one.
    #[must_use]
    pub fn of(number: Option<i8>) -> Self {
        number.map_or(Answer::Nothing, Answer::Number)
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answer::Done => f.write_str("done"),
            Answer::Nothing => f.write_str("None"),
            Answer::Bool(true) => f.write_str("True"),
            Answer::Bool(false) => f.write_str("False"),
            Answer::Number(number) => number.fmt(f),
            Answer::Numbers(numbers) => write!(f, "{numbers:?}"),
            Answer::Raised(class) => f.write_str(class),
            Answer::Waits => f.write_str("still waiting"),
        }
    }
}
