//! Mutants: one small change of the source each.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// What kind of change it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Operator {
    /// A statement that has an effect is left out.
    Drop,
    /// A condition is turned round.
    Negate,
    /// A condition always holds; what it does is done.
    Always,
    /// A condition never holds; what it does is done.
    Never,
    /// A boundary is moved by one.
    Boundary,
    /// Two neighbouring effects change places.
    Swap,
    /// A read-modify-write becomes a load and a store.
    Split,
    /// A compare-exchange does not compare; a loop does not go round again; an item is passed over.
    Retry,
    /// A function ends early.
    Return,
    /// An order is `Relaxed` at one place.
    Order,
    /// A constant is another one.
    Constant,
    /// A critical section is left and entered again half-way.
    Section,
    /// Two arguments change places.
    Argument,
}

impl Operator {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Drop,
        Self::Negate,
        Self::Always,
        Self::Never,
        Self::Boundary,
        Self::Swap,
        Self::Split,
        Self::Retry,
        Self::Return,
        Self::Order,
        Self::Constant,
        Self::Section,
        Self::Argument,
    ];

    /// What the command line and the reports call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Drop => "drop",
            Self::Negate => "negate",
            Self::Always => "always",
            Self::Never => "never",
            Self::Boundary => "boundary",
            Self::Swap => "swap",
            Self::Split => "split",
            Self::Retry => "retry",
            Self::Return => "return",
            Self::Order => "order",
            Self::Constant => "constant",
            Self::Section => "section",
            Self::Argument => "argument",
        }
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What becomes of a piece of text, behind the switch of its mutant.
#[derive(Clone, Debug)]
pub enum Form {
    /// An expression is another one.
    Expression(String),
    /// A statement, or several, are others.
    Statement(String),
    /// A condition holds, too, when the switch is on.
    Or,
    /// A condition does not hold when the switch is on.
    AndNot,
    /// A condition is turned round when the switch is on.
    Xor,
    /// A condition with a pattern does not hold when the switch is on.
    LetNever,
    /// A statement comes before this place.
    Before(String),
    /// A statement ends a block whose last one may lack its semicolon.
    AtEnd(String),
    /// An iterator leaves its first item out.
    SkipFirst,
}

/// One piece of text that changes.
#[derive(Clone, Debug)]
pub struct Edit {
    /// Which, in bytes.
    pub at: Range<usize>,
    /// How.
    pub form: Form,
}

/// One change of the source.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// The file, below `runtime/src`.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The function.
    pub function: String,
    /// The kind of change.
    pub operator: Operator,
    /// What changes, in bytes.
    pub range: Range<usize>,
    /// What stands there then.
    pub text: String,
    /// How the change is made.
    pub edits: Vec<Edit>,
}

impl fmt::Display for Mutant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} {}", self.file, self.line, self.operator)
    }
}

impl Mutant {
    /// The lines that change, before and after.
    #[must_use]
    pub fn lines(&self, text: &str) -> (String, String) {
        let Range { start, end } = self.range;
        let first = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let last = text[end..].find('\n').map_or(text.len(), |at| end + at);
        let after = format!("{}{}{}", &text[first..start], self.text, &text[end..last]);
        (text[first..last].to_owned(), after)
    }
}
