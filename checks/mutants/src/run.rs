//! From the command line to the report.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Instant;

use crate::baseline::Baseline;
use crate::cli::{Arguments, Format};
use crate::equivalent::{self, Entry};
use crate::error::{Error, Result};
use crate::fate::{self, Trial};
use crate::mutant::Mutant;
use crate::source::Source;
use crate::world::World;
use crate::{compile, operators, pool, report, select, source};

/// The modules that mutants are made of.
const ROOTS: [&str; 2] = ["protocols", "objects"];

/// Everything that a run knows of the source.
struct Made {
    world: World,
    sources: Vec<Source>,
    mutants: Vec<Mutant>,
    entries: Vec<Entry>,
}

/// Does what the command line asks for, and says whether all is well.
///
/// # Errors
/// When it cannot be done.
pub fn run(arguments: &Arguments) -> Result<bool> {
    let made = make()?;
    let mut trials = if arguments.merge.is_empty() {
        let dropped = compile::build(&made.world, &made.sources, &made.mutants)?;
        let chosen = choose(arguments, &made, &dropped)?;
        if arguments.list {
            return list(&made, &chosen).map(|()| true);
        }
        attempt(arguments, &made, &chosen)?
    } else {
        merge(&arguments.merge)?
    };
    let mut objections = equivalent::apply(&made.entries, &mut trials);
    objections.extend(equivalent::stale(&made.entries, &names(&made)));
    let silent = trials.iter().filter(|trial| !trial.fired);
    objections.extend(silent.map(|trial| format!("{}: its switch never fires", trial.name)));
    publish(arguments, &made, &trials, &objections)?;
    let enough = match arguments.least {
        Some(least) => report::total(&trials).percent() >= least,
        None => trials
            .iter()
            .all(|trial| trial.fate.is_dead() || trial.equivalent.is_some()),
    };
    Ok(enough && objections.is_empty())
}

fn make() -> Result<Made> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let root = root
        .canonicalize()
        .map_err(|error| Error::file("find", &root, &error))?;
    let folder = root.join("runtime").join("src");
    let sources = source::files(&folder, &ROOTS)?;
    Ok(Made {
        mutants: operators::mutants(&sources),
        entries: equivalent::entries(&folder, &sources)?,
        world: World::new(&root),
        sources,
    })
}

impl Made {
    fn text(&self, file: &str) -> &str {
        let source = self.sources.iter().find(|source| source.path == file);
        source.map_or("", |source| &source.text)
    }

    fn trial(&self, number: usize, answers: &[crate::worker::Answer]) -> Trial {
        let mutant = &self.mutants[number];
        fate::trial(number, mutant, self.text(&mutant.file), answers)
    }
}

/// Every mutant, tried on nothing.
fn names(made: &Made) -> Vec<Trial> {
    (0..made.mutants.len())
        .map(|number| made.trial(number, &[]))
        .collect()
}

fn choose(arguments: &Arguments, made: &Made, dropped: &BTreeSet<usize>) -> Result<Vec<usize>> {
    let all: Vec<usize> = (0..made.mutants.len())
        .filter(|number| !dropped.contains(number))
        .collect();
    let chosen = select::select(arguments, &made.mutants, &all);
    if chosen.is_empty() {
        return Err(Error(
            "no mutant is asked for; --list names them".to_owned(),
        ));
    }
    Ok(chosen)
}

fn list(made: &Made, chosen: &[usize]) -> Result<()> {
    let mut out = String::new();
    for &number in chosen {
        let (_, after) = made.mutants[number].lines(made.text(&made.mutants[number].file));
        let first = after.lines().next().unwrap_or_default().trim().to_owned();
        out += &format!("{number:>5} {}  {first}\n", made.mutants[number]);
    }
    print(&out)
}

/// Tries these mutants.
fn attempt(arguments: &Arguments, made: &Made, chosen: &[usize]) -> Result<Vec<Trial>> {
    let baseline = Baseline::measure(&made.world, arguments.jobs)?;
    let milliseconds = arguments.budget * 1000;
    let requests: Vec<_> = chosen
        .iter()
        .map(|&number| fate::request(number, &baseline, milliseconds))
        .collect();
    let start = Instant::now();
    let (done, alive) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let watch = |at: usize, answers: &[crate::worker::Answer]| {
        let trial = made.trial(chosen[at], answers);
        // ORDERING: Relaxed: counts for whoever watches.
        let done = done.fetch_add(1, Relaxed) + 1;
        let alive = alive.fetch_add(usize::from(!trial.fate.is_dead()), Relaxed);
        if !trial.fate.is_dead() {
            eprintln!("{} survives", trial.name);
        }
        if done.is_multiple_of(50) {
            let seconds = start.elapsed().as_secs();
            eprintln!(
                "{done} of {} tried, {alive} alive, {seconds} s",
                chosen.len()
            );
        }
    };
    let answers = pool::run(&made.world.program(), arguments.jobs, &requests, &watch)?;
    let trials = chosen.iter().zip(answers);
    Ok(trials
        .map(|(&number, answers)| made.trial(number, &answers))
        .collect())
}

/// The results of parts, put together.
fn merge(parts: &[PathBuf]) -> Result<Vec<Trial>> {
    let mut trials: Vec<Trial> = Vec::new();
    for path in parts {
        let text = fs::read_to_string(path).map_err(|error| Error::file("read", path, &error))?;
        let part: Vec<Trial> = serde_json::from_str(&text)
            .map_err(|error| Error(format!("{}: {error}", path.display())))?;
        trials.extend(part);
    }
    trials.sort_by_key(|trial| trial.number);
    let twice = trials
        .windows(2)
        .find(|pair| pair[0].number == pair[1].number);
    match twice {
        Some(pair) => Err(Error(format!("{} is in two of the parts", pair[0].name))),
        None => Ok(trials),
    }
}

fn publish(
    arguments: &Arguments,
    made: &Made,
    trials: &[Trial],
    objections: &[String],
) -> Result<()> {
    let json = serde_json::to_string_pretty(trials).map_err(|error| Error(error.to_string()))?;
    let folder = arguments.out.as_ref().unwrap_or(&made.world.folder);
    fs::create_dir_all(folder).map_err(|error| Error::file("make", folder, &error))?;
    let path = folder.join("mutants.json");
    fs::write(&path, &json).map_err(|error| Error::file("write", &path, &error))?;
    match arguments.format {
        Format::Json => print(&format!("{json}\n"))?,
        Format::Text => print(&report::text(trials, objections))?,
    }
    eprintln!("the results are in {}", path.display());
    Ok(())
}

/// Prints, and takes a reader that has gone away as the end.
fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error(format!("cannot print: {error}")))
        }
        _ => Ok(()),
    }
}
