//! What the pages are made of: the results in a folder, the tables of faults and orders, and the sources.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use checks::{faults, museum, orderings};
use forms::{Book, Exhibit, Mutant, Order};
use reports::matrix::Cell;
use reports::report::Report;
use reports::run::Run;
use reports::trace::Source;

use crate::files;
use crate::legible;
use crate::stop::Stop;

/// The results of checks, the one that says most first.
const RUNS: [&str; 3] = ["check.json", "merge.json", "resumed.json"];

/// Reads all results of a folder.
pub(crate) fn read(folder: &Path) -> Result<Book, Stop> {
    let run = RUNS.iter().map(|name| folder.join(name));
    let run = run.into_iter().find(|path| path.is_file());
    let run = run.map(|path| self::run(&path)).transpose()?;
    let faults = cells(&folder.join("faults.json"))?;
    let orderings = cells(&folder.join("orderings.json"))?;
    let reports = reports(folder);
    let project = files::project();
    let mutants = mutants(project.as_deref(), folder)?;
    if run.is_none()
        && mutants.is_empty()
        && faults.is_empty()
        && orderings.is_empty()
        && reports.is_empty()
    {
        return Err(Stop::of_file(
            folder,
            "no results are here; `raddle check` writes some",
        ));
    }
    let sources = sources(project.as_deref(), &reports);
    Ok(Book {
        run,
        faults,
        orderings,
        reports,
        mutants,
        exhibits: exhibits(project.as_deref()),
        orders: orders(),
        sources,
    })
}

/// What a check found.
pub(crate) fn of_run(run: &Run, reports: Vec<Report>) -> Book {
    Book {
        run: Some(run.clone()),
        ..of_reports(reports)
    }
}

/// What breaking the code on purpose came to: a trial breaks a fault, a site, or nothing.
pub(crate) fn of_matrix(cells: &[Cell], reports: Vec<Report>) -> Book {
    let is_site = |cell: &Cell| orderings::all().any(|site| site.name == cell.subject);
    let (orderings, faults) = cells.iter().cloned().partition(is_site);
    Book {
        faults,
        orderings,
        exhibits: exhibits(files::project().as_deref()),
        orders: orders(),
        ..of_reports(reports)
    }
}

fn of_reports(reports: Vec<Report>) -> Book {
    Book {
        sources: sources(files::project().as_deref(), &reports),
        reports,
        ..Book::default()
    }
}

fn run(path: &Path) -> Result<Run, Stop> {
    Run::from_json(&files::saved(path)?).map_err(|why| Stop::of_file(path, why))
}

/// The trials of a matrix; none when it was not run.
fn cells(path: &Path) -> Result<Vec<Cell>, Stop> {
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let why = |error| Stop::of_file(path, format_args!("not the result of a matrix: {error}"));
    serde_json::from_str(&files::saved(path)?).map_err(why)
}

/// The mutants of the folder, or else those that the mutation tool has left in the project; none when it was not run.
fn mutants(project: Option<&Path>, folder: &Path) -> Result<Vec<Mutant>, Stop> {
    let usual = project.map(|project| project.join("target/mutants/mutants.json"));
    let paths = [Some(folder.join("mutants.json")), usual];
    let Some(path) = paths.into_iter().flatten().find(|path| path.is_file()) else {
        return Ok(Vec::new());
    };
    let why = |error| {
        Stop::of_file(
            &path,
            format_args!("not the result of the mutation tool: {error}"),
        )
    };
    serde_json::from_str(&files::saved(&path)?).map_err(why)
}

/// The saved failures in the folders below, by name. What is something else is left alone.
fn reports(root: &Path) -> Vec<Report> {
    let mut paths: Vec<PathBuf> = entries(root)
        .iter()
        .flat_map(|path| entries(path))
        .collect();
    paths.sort();
    let texts = paths
        .iter()
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .filter_map(|path| files::saved(path).ok());
    texts
        .filter_map(|text| Report::from_json(&text).ok())
        .collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}

/// The text of every file that the failures name, as far as the project has it.
fn sources(project: Option<&Path>, reports: &[Report]) -> BTreeMap<String, String> {
    let steps = reports
        .iter()
        .flat_map(|report| &report.failure.trace.steps);
    let names: BTreeSet<&str> = steps.map(|step| step.at.file.as_str()).collect();
    let text = |name: &str| source(project?, name);
    let texts = names.into_iter();
    texts
        .filter_map(|name| Some((name.to_owned(), text(name)?)))
        .collect()
}

/// The texts of the files that one failure names.
pub(crate) fn sources_of(report: &Report) -> BTreeMap<String, String> {
    sources(files::project().as_deref(), std::slice::from_ref(report))
}

/// A Rust file below the project; a saved failure can name no other.
fn source(project: &Path, name: &str) -> Option<String> {
    let path = Path::new(name);
    let inside = |part: Component<'_>| matches!(part, Component::Normal(_));
    let is_source = path.extension().is_some_and(|end| end == "rs");
    if is_source && path.components().all(inside) {
        let text = fs::read_to_string(project.join(path)).ok()?;
        Some(legible::text(&text))
    } else {
        None
    }
}

fn exhibits(project: Option<&Path>) -> Vec<Exhibit> {
    let guards = project.map(guards).unwrap_or_default();
    let exhibit = |fault: &faults::Fault| Exhibit {
        fault: fault.name.to_owned(),
        origin: fault.origin.to_owned(),
        what: fault.what.to_owned(),
        scenario: fault.scenario.to_owned(),
        versions: museum::card(fault.name).map(|card| card.versions.to_owned()),
        story: story(fault.name),
        guard: guards.get(fault.name).cloned(),
    };
    faults::all().map(exhibit).collect()
}

fn story(fault: &str) -> Vec<String> {
    let card = museum::card(fault);
    let sentences = card.into_iter().flat_map(|card| card.story);
    sentences.map(str::to_owned).collect()
}

/// Where each fault stands in the shared source: the line beside it is the guard.
fn guards(project: &Path) -> BTreeMap<String, Source> {
    let mut guards = BTreeMap::new();
    let mut folders = vec![
        project.join("runtime/src/protocols"),
        project.join("runtime/src/objects"),
    ];
    while let Some(folder) = folders.pop() {
        for path in entries(&folder) {
            match path.is_dir() {
                true => folders.push(path),
                false => guards.extend(guards_in(project, &path)),
            }
        }
    }
    guards
}

fn guards_in(project: &Path, path: &Path) -> Vec<(String, Source)> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let file = path.strip_prefix(project).unwrap_or(path);
    let file = file.to_string_lossy().replace('\\', "/");
    let at = |(line, text): (usize, &str)| {
        let (_, after) = text.split_once("seeded!(\"")?;
        let (name, _) = after.split_once('"')?;
        let line = u32::try_from(line + 1).ok()?;
        Some((
            name.to_owned(),
            Source {
                file: file.clone(),
                line,
            },
        ))
    };
    text.lines().enumerate().filter_map(at).collect()
}

fn orders() -> Vec<Order> {
    let order = |site: &orderings::Site| Order {
        name: site.name.to_owned(),
        order: site.order.to_owned(),
        pairs_with: site.pairs_with.to_owned(),
        carries: site.carries.to_owned(),
        proof: match site.shown {
            orderings::Shown::Unseen(proof) => Some(proof.to_owned()),
            orderings::Shown::By(_) => None,
        },
    };
    orderings::all().map(order).collect()
}
