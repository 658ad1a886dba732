//! The language of the litmus tests.

pub use std::sync::atomic::Ordering as Order;

/// An index into [`Program::places`].
pub type Place = usize;

/// An index below [`Program::registers`]; each register belongs to one thread.
pub type Register = usize;

/// One operation of a thread. Memory and registers hold zeros at first.
#[derive(Clone, Copy, Debug)]
pub enum Op {
    /// Reads a place into a register.
    Load(Register, Place, Order),
    /// Writes a value.
    Store(Place, u32, Order),
    /// Writes a value, and gives the old one.
    Swap(Register, Place, u32, Order),
    /// Adds a value, and gives the old one.
    Add(Register, Place, u32, Order),
    /// Writes the fourth if the third is found; gives what was found. A failure is relaxed.
    Cas(Register, Place, u32, u32, Order),
    /// As `Cas`, but may fail for no reason, once in a run; gives one for success and zero for failure.
    WeakCas(Register, Place, u32, u32, Order),
    /// A fence.
    Fence(Order),
    /// Goes on with these if the register holds the value.
    When(Register, u32, &'static [Op]),
    /// Does these while it holds the program's one lock.
    Locked(&'static [Op]),
}

/// What is said of a bad outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// No run comes to it: the program is right.
    Never,
    /// Only weak memory comes to it.
    Weak,
    /// Some interleaving comes to it.
    Interleaved,
}

/// Whether registers hold a bad outcome.
pub type Bad = fn(&[u32]) -> bool;

/// A program, and what it may come to under C11's rules beyond what interleavings explain.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// Its name in the literature, in snake case.
    pub name: &'static str,
    /// Where the program or the verdict comes from.
    pub source: &'static str,
    /// The places' names.
    pub places: &'static [&'static str],
    /// How many registers there are.
    pub registers: usize,
    /// The threads.
    pub threads: &'static [&'static [Op]],
    /// The outcomes that no interleaving explains and C11, without load buffering, allows; worked out by hand.
    pub weak: &'static [&'static str],
    /// Those outcomes that C11 allows and loom is known not to find.
    pub missed: &'static [&'static str],
    /// Those outcomes that C11 forbids and loom is known to find.
    pub invented: &'static [&'static str],
    /// An outcome that a reader of the program must not see, by its registers, and whether one does.
    pub bad: Option<(Bad, Verdict)>,
}

impl Program {
    /// What a run came to, in the form of [`Program::weak`]: registers, a space, memory.
    #[must_use]
    pub fn outcome(&self, registers: &[u32], memory: &[u32]) -> String {
        let digits = |values: &[u32]| values.iter().map(u32::to_string).collect::<String>();
        format!("{} {}", digits(registers), digits(memory))
    }

    /// The registers of an outcome.
    #[must_use]
    pub fn registers_of(outcome: &str) -> Vec<u32> {
        outcome
            .chars()
            .map_while(|digit| digit.to_digit(10))
            .collect()
    }
}
