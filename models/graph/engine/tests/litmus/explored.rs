//! Litmus tests on the engine.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use graph_engine::{Config, Engine, Execution, Location, Mode, Model, Verdict, fence, note, spawn};

use crate::notation::{Action, Instruction, LOCATIONS, Outcome, Program, REGISTERS};

/// What an exploration has found.
pub(crate) struct Found {
    /// Whether some execution ends in the outcome.
    pub(crate) outcome: bool,
    /// How many executions there are.
    pub(crate) graphs: u64,
}

/// Explores the program.
///
/// # Errors
/// An exploration that did not end well.
pub(crate) fn explore(model: Model, program: &Program, outcome: &Outcome) -> Result<Found, String> {
    let (threads, outcome) = (program.clone(), outcome.clone());
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
        Verdict::Exhaustive => Ok(Found {
            outcome: seen.load(Ordering::Relaxed),
            graphs: exploration.counts.graphs(),
        }),
        _ => Err(exploration.to_string()),
    }
}

/// Runs the threads, and notes the final values when they have ended.
fn run(threads: &Program) {
    let locations = LOCATIONS.map(|name| Location::new(name, 0));
    let start = |thread: &Vec<Instruction>| {
        let thread = thread.clone();
        spawn(move || {
            let mut registers = [0; REGISTERS.len()];
            for instruction in &thread {
                execute(&locations, &mut registers, instruction);
            }
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

fn execute(locations: &[Location], registers: &mut [u64], instruction: &Instruction) {
    let Instruction {
        action,
        mode,
        loc,
        values: [first, second],
        register,
    } = *instruction;
    let at = locations[loc];
    let value = match action {
        Action::Fence => return fence(mode),
        Action::Store => {
            let value = register.map_or(first, |register| registers[register]);
            return store(at, value, mode);
        }
        Action::Load if mode == Mode::Plain => at.read(),
        Action::Load => at.load(mode),
        Action::Add => at.fetch_add(first, mode),
        Action::Swap => at.swap(first, mode),
        Action::Compare => {
            let exchanged = at.compare_exchange(first, second, mode, Mode::Relaxed);
            u64::from(exchanged.is_ok())
        }
    };
    if let Some(register) = register {
        registers[register] = value;
        note(REGISTERS[register], value);
    }
}

fn store(at: Location, value: u64, mode: Mode) {
    if mode == Mode::Plain {
        at.write(value);
    } else {
        at.store(value, mode);
    }
}
