//! The notation of litmus tests, and how to run them.
//!
//! Threads are separated by `||`, instructions by `;`. An instruction is a letter with a
//! mode (`rlx`, `acq`, `rel`, `ar`, `sc`; nothing for plain), and operands:
//!
//! ```text
//! Wrel x 1      store 1 to x                 Racq x a      load x into register a
//! Aar x 1 a     add 1 to x, old value to a   Urlx x 2 a    swap, old value to a
//! Csc x 0 1 a   compare-exchange, a := 1 if it succeeded, 0 otherwise
//! Fsc           fence
//! ```
//!
//! An outcome lists registers, and locations with their final values: `a=1 x=2`.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use graph_engine::{Config, Engine, Execution, Location, Mode, Model, Verdict, fence, note, spawn};

const LOCATIONS: [&str; 4] = ["x", "y", "z", "s"];
const REGISTERS: [&str; 8] = ["a", "b", "c", "d", "p", "q", "r", "t"];

#[derive(Clone, Copy, Debug)]
struct Instruction {
    letter: char,
    mode: Mode,
    loc: usize,
    values: [u64; 2],
    register: Option<&'static str>,
}

/// Whether some execution of the program ends in the outcome.
///
/// # Errors
/// A mistake in the notation, or an exploration that did not end well.
pub(crate) fn allows(model: Model, program: &str, outcome: &str) -> Result<bool, String> {
    let threads: Vec<Vec<Instruction>> = program
        .split("||")
        .map(parse_thread)
        .collect::<Result<_, _>>()?;
    let outcome = parse_outcome(outcome)?;
    let seen = Arc::new(AtomicBool::new(false));
    let found = Arc::clone(&seen);
    let matches = move |execution: &Execution<'_>| {
        outcome
            .iter()
            .all(|wanted| execution.notes().contains(wanted))
    };
    let exploration = Engine::new(Config::new(model))
        .observe(move |execution| {
            // ORDERING: read only after the exploration has ended.
            found.fetch_or(matches(execution), Ordering::Relaxed);
        })
        .run(move || run(&threads));
    match exploration.verdict {
        Verdict::Exhaustive => Ok(seen.load(Ordering::Relaxed)),
        _ => Err(format!("{program}: {exploration}")),
    }
}

fn run(threads: &[Vec<Instruction>]) {
    let locations = LOCATIONS.map(|name| Location::new(name, 0));
    let start = |thread: &Vec<Instruction>| {
        let thread = thread.clone();
        spawn(move || {
            thread
                .iter()
                .for_each(|instruction| execute(&locations, instruction))
        })
    };
    let handles: Vec<_> = threads.iter().map(start).collect();
    for handle in handles {
        handle.join();
    }
    for (name, location) in LOCATIONS.into_iter().zip(locations) {
        note(name, location.load(Mode::Relaxed));
    }
}

fn execute(locations: &[Location], instruction: &Instruction) {
    let Instruction {
        letter,
        mode,
        loc,
        values,
        register,
    } = *instruction;
    let at = locations[loc];
    let value = match letter {
        'W' if mode == Mode::Plain => return at.write(values[0]),
        'W' => return at.store(values[0], mode),
        'F' => return fence(mode),
        'R' if mode == Mode::Plain => at.read(),
        'R' => at.load(mode),
        'A' => at.fetch_add(values[0], mode),
        'U' => at.swap(values[0], mode),
        _ => u64::from(
            at.compare_exchange(values[0], values[1], mode, Mode::Relaxed)
                .is_ok(),
        ),
    };
    note(register.unwrap_or("none"), value);
}

fn parse_thread(text: &str) -> Result<Vec<Instruction>, String> {
    text.split(';').map(parse_instruction).collect()
}

fn parse_instruction(text: &str) -> Result<Instruction, String> {
    let mut words = text.split_whitespace();
    let head = words.next().ok_or("an empty instruction")?;
    let (letter, mode) = head.split_at(1);
    let letter = letter
        .chars()
        .next()
        .filter(|letter| "WRAUCF".contains(*letter))
        .ok_or_else(|| head.to_string())?;
    let mode = parse_mode(mode)?;
    let mut instruction = Instruction {
        letter,
        mode,
        loc: 0,
        values: [0; 2],
        register: None,
    };
    let mut values = 0;
    for word in words {
        if let Ok(value) = word.parse() {
            instruction.values[values] = value;
            values += 1;
        } else if let Some(loc) = LOCATIONS.iter().position(|name| *name == word) {
            instruction.loc = loc;
        } else {
            instruction.register = Some(register(word)?);
        }
    }
    Ok(instruction)
}

fn parse_mode(text: &str) -> Result<Mode, String> {
    match text {
        "" => Ok(Mode::Plain),
        "rlx" => Ok(Mode::Relaxed),
        "acq" => Ok(Mode::Acquire),
        "rel" => Ok(Mode::Release),
        "ar" => Ok(Mode::AcqRel),
        "sc" => Ok(Mode::SeqCst),
        other => Err(format!("no mode {other}")),
    }
}

fn register(word: &str) -> Result<&'static str, String> {
    let known = REGISTERS.iter().chain(&LOCATIONS).copied();
    known
        .into_iter()
        .find(|name| *name == word)
        .ok_or_else(|| format!("no register {word}"))
}

fn parse_outcome(text: &str) -> Result<Vec<(&'static str, u64)>, String> {
    let part = |part: &str| {
        let (name, value) = part.split_once('=').ok_or_else(|| part.to_string())?;
        let value = value.parse().map_err(|_| part.to_string())?;
        Ok((register(name)?, value))
    };
    text.split_whitespace().map(part).collect()
}
