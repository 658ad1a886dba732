//! `raddle fuzz`: processes that draw and run programs, since real threads on a broken core may take theirs down; and
//! what they have found, put together.

mod workers;

pub(crate) mod worker;

use std::path::Path;
use std::sync::Arc;

use ::fuzz::outcome::Outcome;
use ::fuzz::spec::TargetSpec;

use crate::cli::{Fuzz, Merge, Plain};
use crate::console;
use crate::files::{self, Files};
use crate::interrupt;
use crate::nearest;
use crate::select;
use crate::stop::{self, Stop};

/// Fuzzes and gives the exit status.
pub(crate) fn fuzz(arguments: &Fuzz) -> Result<u8, Stop> {
    let targets = targets(arguments.target.as_deref())?;
    if arguments.list {
        let entries = targets.iter();
        let entries = entries.map(|target| (target.name, target.question.to_owned()));
        console::print(&console::list(entries))?;
        return Ok(stop::HELD);
    }
    let fault = arguments.fault.as_deref();
    let fault = fault.map(|name| known(name).map(|()| name)).transpose()?;
    let corpus = arguments.corpus.clone();
    let files = Files::open(arguments.out.as_deref())?;
    let corpus = corpus.unwrap_or_else(|| files.path("corpus"));
    for target in &targets {
        // What cannot be read is said before anything runs.
        ::fuzz::corpus::load(&corpus, target.name, &targets)
            .map_err(|(path, why)| Stop::of_file(&path, why))?;
    }
    let stop = interrupt::watch();
    let part = arguments.shard.unwrap_or((1, 1));
    let run = workers::Run {
        targets: targets
            .iter()
            .map(|target| target.name.to_owned())
            .collect(),
        seconds: arguments.seconds,
        seed: arguments.seed,
        fault: fault.map(str::to_owned),
        corpus,
        part,
        jobs: arguments.jobs,
    };
    let outcome = run.all(&files, &stop)?;
    let name = match arguments.shard {
        Some((part, parts)) => format!("fuzz-{part}of{parts}"),
        None => "fuzz".to_owned(),
    };
    tell(&outcome, &files, &name, arguments.format)
}

/// The targets that are meant.
fn targets(name: Option<&str>) -> Result<Vec<Arc<TargetSpec>>, Stop> {
    let all = ::fuzz::targets();
    let Some(name) = name else {
        return Ok(all);
    };
    let names = all.iter().map(|target| target.name);
    let meant = nearest::hint(name, names);
    let found: Vec<_> = all
        .into_iter()
        .filter(|target| target.name == name)
        .collect();
    match found.is_empty() {
        false => Ok(found),
        true => Err(Stop::usage(format_args!(
            "there is no target `{name}`; {meant}`raddle fuzz --list` names them"
        ))),
    }
}

fn known(fault: &str) -> Result<(), Stop> {
    select::fault(fault).map(drop)
}

/// Prints the outcome, writes it, and gives the exit status.
fn tell(outcome: &Outcome, files: &Files, name: &str, format: Plain) -> Result<u8, Stop> {
    let (text, json) = (outcome.text(), outcome.to_json());
    let printed = console::print(match format {
        Plain::Text => &text,
        Plain::Json => &json,
    });
    let written = files.write_all(&[
        (format!("{name}.txt"), text.clone()),
        (format!("{name}.json"), json.clone()),
    ]);
    let status = match (outcome.failed(), outcome.is_empty()) {
        (true, _) => stop::FAILED,
        (false, true) => stop::INCONCLUSIVE,
        (false, false) => stop::HELD,
    };
    match printed.and(written) {
        Err(stop) if status == stop::FAILED => {
            stop.note();
            Ok(status)
        }
        Err(stop) => Err(stop),
        Ok(()) => {
            console::note(&files.place());
            Ok(status)
        }
    }
}

/// Whether a file is the result of a fuzzing run, whatever is wrong with it besides.
pub(crate) fn is_of_fuzzing(path: &Path) -> Result<bool, Stop> {
    let text = files::saved(path)?;
    let any: Result<serde_json::Value, _> = serde_json::from_str(&text);
    Ok(any.is_ok_and(|any| any.get("fuzzed").is_some()))
}

/// Puts the parts of a fuzzing run together and gives the exit status.
pub(crate) fn merge(arguments: &Merge) -> Result<u8, Stop> {
    let mut whole: Option<Outcome> = None;
    for path in &arguments.files {
        let part = Outcome::from_json(&files::saved(path)?);
        let part = part.map_err(|why| Stop::of_file(path, why))?;
        whole = Some(match whole {
            None => part,
            Some(mut before) => {
                before.merge(part).map_err(|why| Stop::of_file(path, why))?;
                before
            }
        });
    }
    let whole = whole.ok_or_else(|| Stop::usage("there is nothing to merge"))?;
    let files = Files::open(arguments.output.out.as_deref())?;
    let format = match arguments.output.format {
        crate::cli::Format::Json => Plain::Json,
        crate::cli::Format::Text => Plain::Text,
        _ => {
            return Err(Stop::usage(
                "the result of a fuzzing run has the forms text and json",
            ));
        }
    };
    tell(&whole, &files, "merge", format)
}
