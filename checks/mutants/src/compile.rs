//! Building: mutants that the compiler refuses are found by what it says, and left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::process::{Command, Stdio};

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::mutant::Mutant;
use crate::refused::Refused;
use crate::render;
use crate::source::Source;
use crate::world::World;

/// More rounds than are ever needed: types are checked before moves, and moves before lints.
const ROUNDS: usize = 20;

#[derive(Deserialize)]
struct Line {
    reason: String,
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Message {
    level: String,
    rendered: Option<String>,
    spans: Vec<Place>,
    #[serde(default)]
    children: Vec<Message>,
}

#[derive(Deserialize)]
struct Place {
    file_name: String,
    byte_start: usize,
    byte_end: usize,
    is_primary: bool,
}

/// Finds the mutants that do not compile, and builds the program without them.
///
/// # Errors
/// When the compiler does not run, or refuses what no mutant explains.
pub fn build(world: &World, sources: &[Source], mutants: &[Mutant]) -> Result<BTreeSet<usize>> {
    let mut dropped = Refused::load(world, sources, mutants);
    for _ in 0..ROUNDS {
        world.write(sources, mutants, &dropped)?;
        let refused = round(world)?;
        if refused.is_empty() {
            return Ok(dropped);
        }
        eprintln!("{} mutants do not compile", dropped.len() + refused.len());
        dropped.extend(refused);
        Refused::save(world, sources, mutants, &dropped)?;
    }
    Err(Error("the mutants never compile".to_owned()))
}

fn command(world: &World, arguments: &[&str]) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args(arguments)
        .current_dir(&world.folder)
        .env("CARGO_TARGET_DIR", world.target())
        .env_remove("RUSTFLAGS");
    command
}

/// The mutants that the compiler refuses in this round.
fn round(world: &World) -> Result<BTreeSet<usize>> {
    let output = command(world, &["build", "--release", "--message-format=json"])
        .stderr(Stdio::piped())
        .output()
        .map_err(|error| Error(format!("cannot run cargo: {error}")))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let errors: Vec<Message> = text.lines().filter_map(error).collect();
    let mut files = Files::default();
    let mut refused: BTreeSet<usize> = errors
        .iter()
        .filter_map(|message| files.mutant(world, message))
        .collect();
    if refused.is_empty() {
        // What follows from a mutant may be said of another place on its line.
        refused.extend(
            errors
                .iter()
                .flat_map(|message| files.nearby(world, message)),
        );
    }
    match errors.iter().find_map(|message| message.rendered.clone()) {
        Some(told) if refused.is_empty() => Err(Error(told)),
        None if !output.status.success() => {
            Err(Error(String::from_utf8_lossy(&output.stderr).into_owned()))
        }
        _ => Ok(refused),
    }
}

/// The error that a line of what cargo prints tells, if any.
fn error(line: &str) -> Option<Message> {
    let line: Line = serde_json::from_str(line).ok()?;
    let message = line.message.filter(|_| line.reason == "compiler-message")?;
    (message.level.starts_with("error") && !message.spans.is_empty()).then_some(message)
}

/// Which mutants stand where in the files that were written.
#[derive(Default)]
struct Files(BTreeMap<String, Vec<(usize, Range<usize>)>>);

impl Files {
    /// The innermost mutant that something which the message points to lies in.
    fn mutant(&mut self, world: &World, message: &Message) -> Option<usize> {
        let mut places: Vec<&Place> = message.spans.iter().collect();
        places.extend(message.children.iter().flat_map(|child| &child.spans));
        places.sort_by_key(|place| !place.is_primary);
        let mut found = places
            .iter()
            .filter_map(|place| self.innermost(world, place))
            .collect::<Vec<_>>();
        found.sort_by_key(|(size, _)| *size);
        found.first().map(|(_, number)| *number)
    }

    /// The mutants on the lines that the message points to.
    fn nearby(&mut self, world: &World, message: &Message) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for place in &message.spans {
            let path = world.folder.join(&place.file_name);
            let text = fs::read_to_string(path).unwrap_or_default();
            let start = text[..place.byte_start].rfind('\n').unwrap_or(0);
            let end = text[place.byte_end..].find('\n');
            let lines = start..end.map_or(text.len(), |at| at + place.byte_end);
            let regions = self.regions(world, &place.file_name).iter();
            let here = regions.filter(|(_, range)| lines.contains(&range.start));
            found.extend(here.map(|(number, _)| *number));
        }
        found
    }

    fn regions(&mut self, world: &World, file: &str) -> &[(usize, Range<usize>)] {
        self.0
            .entry(file.to_owned())
            .or_insert_with(|| read(&world.folder.join(file)))
    }

    fn innermost(&mut self, world: &World, place: &Place) -> Option<(usize, usize)> {
        let regions = self.regions(world, &place.file_name);
        regions
            .iter()
            .filter(|(_, range)| range.start <= place.byte_start && place.byte_end <= range.end)
            .map(|(number, range)| (range.len(), *number))
            .min()
    }
}

fn read(path: &Path) -> Vec<(usize, Range<usize>)> {
    let text = fs::read_to_string(path).unwrap_or_default();
    render::regions(&text)
}
