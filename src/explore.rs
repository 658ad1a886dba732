//! `raddle explore`: every outcome of a Python program.

use std::fs;

use explorer::{Ending, Explored, Found, Program, Settings, Verdict};
use runtime::compile::{Mode, Options, compile_with};
use runtime::syntax::Source;

use crate::cli::Explore;
use crate::console;
use crate::stop::{self, Stop};

/// Explores the program, prints what was found, and gives the exit status.
pub(crate) fn explore(arguments: &Explore) -> Result<u8, Stop> {
    let program = read(arguments)?;
    let settings = Settings {
        seed: arguments.seed,
        sample: arguments.sample,
        preemptions: arguments.preemptions,
        budget: arguments.budget,
        ..Settings::default()
    };
    let explored = match &arguments.replay {
        Some(token) => explorer::replay(&program, &settings, token),
        None => explorer::explore(&program, &settings),
    };
    let explored = explored.map_err(Stop::usage)?;
    console::print(&explorer::text(&explored))?;
    Ok(status(&explored))
}

fn read(arguments: &Explore) -> Result<Program, Stop> {
    let path = &arguments.file;
    let text = fs::read(path).map_err(|error| Stop::of_file(path, error))?;
    let name = path.to_string_lossy().into_owned();
    check(&name, &text, Mode::Exec)?;
    if let Some(expression) = &arguments.observe {
        check("--observe", expression.trim().as_bytes(), Mode::Eval)?;
    }
    let full = std::path::absolute(path).unwrap_or_else(|_| path.clone());
    let words = arguments.arguments.iter();
    let words = words.map(|word| word.to_string_lossy().into_owned());
    Ok(Program {
        name: full.to_string_lossy().into_owned(),
        text,
        argv: std::iter::once(name).chain(words).collect(),
        observe: arguments.observe.clone(),
    })
}

/// What is no program has no outcomes.
fn check(name: &str, text: &[u8], mode: Mode) -> Result<(), Stop> {
    let refused = |message: &str| Stop::usage(format_args!("{name}: {message}"));
    let source = Source::new(name, text).map_err(|error| refused(error.message()))?;
    let options = Options {
        mode,
        ..Options::default()
    };
    compile_with(&source, &options).map_err(|error| {
        let line = error.span().map(|span| source.line_of(span.start));
        let line = line.map_or(String::new(), |line| format!("line {line}: "));
        refused(&format!("{line}{}", error.message()))
    })?;
    Ok(())
}

fn status(explored: &Explored) -> u8 {
    let is_good = |found: &Found| {
        let outcome = &found.outcome;
        outcome.ending == Ending::Status(0) && outcome.errors.is_empty()
    };
    let is_one = explored.found.len() == 1 && explored.found.iter().all(is_good);
    match (is_one, &explored.verdict) {
        (false, Verdict::Inconclusive(_))
            if explored.found.iter().all(is_good) && explored.found.len() < 2 =>
        {
            stop::INCONCLUSIVE
        }
        (false, _) => stop::FAILED,
        (true, Verdict::Inconclusive(_)) => stop::INCONCLUSIVE,
        (true, _) => stop::HELD,
    }
}
