//! `raddle explore`: every outcome of a Python program.

use std::fs;
use std::path::Path;
use std::time::Duration;

use explorer::{Ending, Explored, Found, Program, Settings, Verdict};
use runtime::compile::{Mode, Options, compile_with};
use runtime::syntax::Source;

use crate::cli::{Explore, Replay};
use crate::console;
use crate::legible;
use crate::stop::{self, Stop};
use crate::walk;

/// Explores the program, prints what was found, and gives the exit status.
pub(crate) fn explore(arguments: &Explore) -> Result<u8, Stop> {
    let program = read(arguments)?;
    if let (Some(token), true) = (&arguments.replay, arguments.step) {
        return step(&program, &settings(arguments), token);
    }
    let settings = settings(arguments);
    let explored = match &arguments.replay {
        Some(token) => explorer::replay(&program, &settings, token),
        None => explorer::explore(&program, &settings),
    };
    let explored = explored.map_err(Stop::usage)?;
    console::print(&legible::text(&explorer::text(&explored)))?;
    if arguments.suggest {
        suggest(&program, &settings, &explored)?;
    }
    Ok(status(&explored))
}

/// Runs one order of a program's steps again.
pub(crate) fn again(arguments: &Replay, program: &Path) -> Result<u8, Stop> {
    explore(&Explore {
        observe: None,
        budget: Duration::from_secs(60),
        preemptions: None,
        sample: None,
        depth: None,
        seed: 0,
        replay: Some(arguments.file.to_string_lossy().into_owned()),
        step: arguments.step,
        suggest: false,
        test: false,
        file: program.to_owned(),
        arguments: arguments.arguments.clone(),
    })
}

fn suggest(program: &Program, settings: &Settings, explored: &Explored) -> Result<(), Stop> {
    let is_settled = status(explored) == stop::HELD;
    let suggestion = match is_settled {
        true => None,
        false => explorer::suggest(program, settings, explored).map_err(Stop::usage)?,
    };
    match is_settled {
        true => console::print("\nsuggestion: none is needed\n"),
        false => console::print(&explorer::suggested(suggestion.as_ref())),
    }
}

/// Walks through one order of the program's steps.
fn step(program: &Program, settings: &Settings, token: &str) -> Result<u8, Stop> {
    let explored = explorer::replay(program, settings, token).map_err(Stop::usage)?;
    let source = String::from_utf8_lossy(&program.text);
    let found = explored.found.first();
    let pictures = found.map_or_else(Vec::new, |found| {
        let pictures = explorer::walk(found, &program.name, &source);
        pictures.iter().map(|text| legible::text(text)).collect()
    });
    walk::through(&pictures)?;
    Ok(status(&explored))
}

fn settings(arguments: &Explore) -> Settings {
    Settings {
        seed: arguments.seed,
        sample: arguments.sample,
        depth: arguments.depth,
        preemptions: arguments.preemptions,
        budget: arguments.budget,
        ..Settings::default()
    }
}

fn read(arguments: &Explore) -> Result<Program, Stop> {
    let program = match arguments.test {
        true => test(&arguments.file)?,
        false => whole(&arguments.file)?,
    };
    if let Some(expression) = &arguments.observe {
        check("--observe", expression.trim().as_bytes(), Mode::Eval)?;
    }
    let words = arguments.arguments.iter();
    let words = words.map(|word| word.to_string_lossy().into_owned());
    let name = arguments.file.to_string_lossy().into_owned();
    Ok(Program {
        argv: std::iter::once(name).chain(words).collect(),
        observe: arguments.observe.clone(),
        ..program
    })
}

/// A file as a program.
fn whole(path: &Path) -> Result<Program, Stop> {
    let text = text_of(path)?;
    let full = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    Ok(Program {
        name: full.to_string_lossy().into_owned(),
        text,
        ..Program::default()
    })
}

/// The text of a file that is a program.
fn text_of(path: &Path) -> Result<Vec<u8>, Stop> {
    let text = fs::read(path).map_err(|error| Stop::of_file(path, error))?;
    check(&path.to_string_lossy(), &text, Mode::Exec)?;
    Ok(text)
}

/// A program that calls one test: `FILE::NAME`, or `FILE::CLASS::NAME`.
fn test(named: &Path) -> Result<Program, Stop> {
    let named = named.to_string_lossy();
    let mut parts = named.split("::");
    let path = Path::new(parts.next().unwrap_or_default());
    let names: Vec<&str> = parts.collect();
    if !matches!(names.len(), 1 | 2) || !names.iter().all(|name| is_name(name)) {
        let message = format!("{named}: --test takes FILE::NAME or FILE::CLASS::NAME");
        return Err(Stop::usage(message));
    }
    let text = text_of(path)?;
    let lines = String::from_utf8_lossy(&text);
    let defines = |name: &str| lines.lines().any(|line| is_definition(line.trim(), name));
    if let Some(missing) = names.iter().find(|name| !defines(name)) {
        return Err(Stop::usage(format!(
            "{}: no `{missing}` in it",
            path.display()
        )));
    }
    let full = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let folder = full.parent().unwrap_or(Path::new("/")).to_string_lossy();
    let module = full.file_stem().unwrap_or_default().to_string_lossy();
    if full.extension().is_none_or(|extension| extension != "py") || !is_name(&module) {
        let message = format!("{}: no name of a Python module", path.display());
        return Err(Stop::usage(message));
    }
    let call = names.join("().");
    let text =
        format!("import sys\nsys.path.insert(0, {folder:?})\nimport {module}\n{module}.{call}()\n");
    Ok(Program {
        name: "<test>".to_owned(),
        text: text.into_bytes(),
        ..Program::default()
    })
}

fn is_name(word: &str) -> bool {
    let is_part = |letter: char| letter == '_' || letter.is_alphanumeric();
    word.chars().all(is_part)
        && word
            .chars()
            .next()
            .is_some_and(|letter| !letter.is_numeric())
}

/// Whether a line begins a function or a class of this name.
fn is_definition(line: &str, name: &str) -> bool {
    let rest = ["def ", "class "]
        .iter()
        .find_map(|word| line.strip_prefix(word));
    let rest = rest.and_then(|rest| rest.trim_start().strip_prefix(name));
    rest.is_some_and(|rest| rest.trim_start().starts_with(['(', ':', '[']))
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
