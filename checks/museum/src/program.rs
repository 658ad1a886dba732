//! Programs, and the notation in which they are written.
//!
//! ```text
//! block o              memory that can be freed; what is named `o.…` lies in it
//! word x = 1           a word that threads read and write atomically
//! plain p = 0          memory that threads must not touch at the same time
//! lock l
//! thread T             two or three of them; what is below is indented by two spaces
//!   r := load x        ... store x E · r := add x E · r := sub x E · r := swap x E
//!   r := cas x OLD NEW 1 if it succeeded, else 0
//!   r := read p        ... write p E
//!   r := E             + - == != < <= > >= and or not ( )
//!   r := choose        0 or 1: both happen
//!   lock l             ... unlock l · r := trylock l
//!   fence ORDER
//!   free o
//!   wait x E           until x has this value
//!   if E               ... else
//!   return             the thread ends here
//!   assert E "claim"   what must hold; what follows ` # ` is a comment
//! finally              what the main thread does when all have ended; T.r is what r was in T
//! ```
//!
//! A load acquires, a store releases, and the others do both, unless an order follows: `relaxed`, `acquire`, `release`,
//! `acqrel` or `seqcst`. A line that begins with `-` belongs to the wrong form only, one with `+` to the right form only.

use graph_engine::Mode;

pub use crate::expression::Expression;

/// What is shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shared {
    /// A block.
    Block,
    /// An atomic word and its first value.
    Word(i64),
    /// Plain memory and its first value.
    Plain(i64),
    /// A lock.
    Lock,
}

/// What an access of an atomic word does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reads.
    Load,
    /// Writes.
    Store(Expression),
    /// Adds.
    Add(Expression),
    /// Exchanges.
    Swap(Expression),
    /// Compares with the first, and writes the second.
    CompareExchange(Expression, Expression),
}

/// A statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// An access of an atomic word, whose result goes into the register, if there is one.
    Atomic(Option<String>, String, Access, Mode),
    /// A read of plain memory.
    Read(String, String),
    /// A write of plain memory.
    Write(String, Expression),
    /// A register gets a value.
    Set(String, Expression),
    /// A register gets 0 or 1.
    Choose(String),
    /// Takes a lock.
    Lock(String),
    /// Takes a lock if it is free.
    TryLock(String, String),
    /// Gives a lock back.
    Unlock(String),
    /// A fence.
    Fence(Mode),
    /// Frees a block.
    Free(String),
    /// Waits until a word has a value.
    Wait(String, Expression),
    /// Two ways.
    If(Expression, Vec<Statement>, Vec<Statement>),
    /// The thread ends.
    Return,
    /// A claim.
    Assert(Expression, String),
}

/// A thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// Its name.
    pub name: String,
    /// What it does.
    pub body: Vec<Statement>,
}

/// A program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// What is shared, by name, in the order of declaration.
    pub shared: Vec<(String, Shared)>,
    /// The threads that run at once.
    pub threads: Vec<Thread>,
    /// What the main thread does in the end.
    pub finally: Vec<Statement>,
}

/// One of the two forms of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// With the bug.
    Wrong,
    /// Without it.
    Right,
}

impl Form {
    /// The lines of this form, without marks.
    #[must_use]
    pub fn of(self, text: &str) -> String {
        let other = match self {
            Form::Wrong => '+',
            Form::Right => '-',
        };
        let mine = text.lines().filter(|line| !line.starts_with(other));
        let plain = mine.map(|line| match line.strip_prefix(['-', '+']) {
            Some(rest) => format!(" {rest}"),
            None => line.to_owned(),
        });
        plain.map(|line| line + "\n").collect()
    }
}

impl Program {
    /// Reads one form of a program.
    ///
    /// # Errors
    /// The line that is a mistake, and why.
    pub fn read(text: &str, form: Form) -> Result<Self, String> {
        crate::read::program(&form.of(text))
    }
}
