//! The notation of litmus tests.
//!
//! Threads are separated by `||`, instructions by `;`. An instruction is a letter with a
//! mode (`rlx`, `acq`, `rel`, `ar`, `sc`; nothing for plain), and operands:
//!
//! ```text
//! Wrel x 1      store 1 to x                 Racq x a      load x into register a
//! Wrel x a      store register a to x        Aar x 1 a     add 1 to x, old value to a
//! Urlx x 2 a    swap, old value to a         Csc x 0 1 a   compare-exchange, a := 1 if it
//! Fsc           fence                                      succeeded, 0 otherwise
//! ```
//!
//! An outcome lists registers, and locations with their final values: `a=1 x=2`.

use graph_engine::Mode;

pub(crate) const LOCATIONS: [&str; 4] = ["x", "y", "z", "s"];
pub(crate) const REGISTERS: [&str; 8] = ["a", "b", "c", "d", "p", "q", "r", "t"];

/// What an instruction does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    Store,
    Load,
    Add,
    Swap,
    Compare,
    Fence,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Instruction {
    pub(crate) action: Action,
    pub(crate) mode: Mode,
    /// An index into [`LOCATIONS`].
    pub(crate) loc: usize,
    /// What is stored, added or swapped in; or the expected and the new value.
    pub(crate) values: [u64; 2],
    /// An index into [`REGISTERS`].
    pub(crate) register: Option<usize>,
}

/// A program: for each thread its instructions.
pub(crate) type Program = Vec<Vec<Instruction>>;

/// Names of registers and locations, with values.
pub(crate) type Outcome = Vec<(&'static str, u64)>;

/// Reads a program.
///
/// # Errors
/// The word that is a mistake.
pub(crate) fn program(text: &str) -> Result<Program, String> {
    let thread = |text: &str| text.split(';').map(instruction).collect();
    text.split("||").map(thread).collect()
}

/// Reads an outcome.
///
/// # Errors
/// The part that is a mistake.
pub(crate) fn outcome(text: &str) -> Result<Outcome, String> {
    let part = |part: &str| {
        let (name, value) = part.split_once('=').ok_or_else(|| part.to_string())?;
        let value = value.parse().map_err(|_| part.to_string())?;
        let mut known = REGISTERS.iter().chain(&LOCATIONS);
        let name = known
            .find(|known| **known == name)
            .ok_or_else(|| part.to_string())?;
        Ok((*name, value))
    };
    text.split_whitespace().map(part).collect()
}

fn instruction(text: &str) -> Result<Instruction, String> {
    let mut words = text.split_whitespace();
    let head = words.next().ok_or("an empty instruction")?;
    let (letter, mode) = head.split_at(1);
    let mut instruction = Instruction {
        action: action(letter)?,
        mode: self::mode(mode)?,
        loc: 0,
        values: [0; 2],
        register: None,
    };
    let mut values = instruction.values.iter_mut();
    for word in words {
        if let Ok(value) = word.parse() {
            *values.next().ok_or_else(|| word.to_string())? = value;
        } else if let Some(loc) = LOCATIONS.iter().position(|name| *name == word) {
            instruction.loc = loc;
        } else {
            let register = REGISTERS.iter().position(|name| *name == word);
            instruction.register = Some(register.ok_or_else(|| word.to_string())?);
        }
    }
    Ok(instruction)
}

fn action(letter: &str) -> Result<Action, String> {
    Ok(match letter {
        "W" => Action::Store,
        "R" => Action::Load,
        "A" => Action::Add,
        "U" => Action::Swap,
        "C" => Action::Compare,
        "F" => Action::Fence,
        other => return Err(other.to_string()),
    })
}

fn mode(text: &str) -> Result<Mode, String> {
    Ok(match text {
        "" => Mode::Plain,
        "rlx" => Mode::Relaxed,
        "acq" => Mode::Acquire,
        "rel" => Mode::Release,
        "ar" => Mode::AcqRel,
        "sc" => Mode::SeqCst,
        other => return Err(other.to_string()),
    })
}
