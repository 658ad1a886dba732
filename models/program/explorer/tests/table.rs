//! The page of the example programs, `docs/races.md`: what is found in each. With `RADDLE_WRITE_RACES=1` it is written
//! anew; only its times may differ.

mod support;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use explorer::{Explored, Verdict, text};
use support::{explored, of_text};

const HEAD: &str = "# Races in Python programs\n\nWhat `raddle explore` finds in the programs of `examples/races`, each in a \
    wrong and in a right form. Written by `RADDLE_WRITE_RACES=1 cargo test -p explorer --test table`, which without the \
    variable fails when anything but a time is different. Every verdict is *exhaustive*. Times are of the development \
    build, in milliseconds, without the start of the interpreter.\n\nOutcomes are the different ends: what was printed, \
    errors, deadlocks. *A race* is two accesses to one thing, at least one of them a write, that nothing orders; where there is \
    one outcome, it changes nothing that can be seen.\n\n\
    | program | outcomes | interleavings | ms | what is said |\n|---|---|---|---|---|\n";

/// The column of the times.
const TIME: usize = 4;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

/// What went wrong, by the names that the field has for it; races where nothing did.
fn said(explored: &Explored) -> String {
    let report = text(explored);
    let after = |mark: &str| {
        let lines = report.lines().filter_map(|line| line.split_once(mark));
        let kinds = lines.map(|(_, told)| told.split(':').next().unwrap_or(told).to_owned());
        kinds.collect::<BTreeSet<String>>()
    };
    let mut kinds = after("what went wrong: ");
    if kinds.is_empty() && !explored.races.is_empty() {
        kinds.insert("a race".to_owned());
    }
    if kinds.is_empty() {
        kinds.insert("nothing".to_owned());
    }
    kinds.into_iter().collect::<Vec<_>>().join("; ")
}

fn row(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let program = std::fs::read(path).expect("the example is there");
    let explored = explored(&of_text(&name, &program), true);
    assert_eq!(explored.verdict, Verdict::Exhaustive, "{name}");
    format!(
        "| `{name}` | {} | {} | {} | {} |",
        explored.found.len(),
        explored.interleavings,
        explored.elapsed.as_millis(),
        said(&explored)
    )
}

fn page() -> String {
    let folder = std::fs::read_dir(root().join("examples/races")).expect("the folder is there");
    let mut paths: Vec<PathBuf> = folder.flatten().map(|file| file.path()).collect();
    // The wrong form first.
    paths.sort_by_key(|path| {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let (name, form) = stem.rsplit_once('_').unwrap_or((&stem, ""));
        (name.to_owned(), std::cmp::Reverse(form.to_owned()))
    });
    paths.iter().fold(HEAD.to_owned(), |mut page, path| {
        writeln!(page, "{}", row(path)).expect("a string takes it");
        page
    })
}

fn without_times(page: &str) -> Vec<String> {
    let cells = |line: &str| {
        let cells = line.split('|').enumerate();
        let kept = cells.filter(|(column, _)| *column != TIME);
        kept.map(|(_, cell)| cell.trim())
            .collect::<Vec<_>>()
            .join("|")
    };
    page.lines().map(cells).collect()
}

#[test]
fn the_page_says_what_is_found() {
    let (path, page) = (root().join("docs/races.md"), page());
    if std::env::var_os("RADDLE_WRITE_RACES").is_some() {
        std::fs::write(&path, &page).expect("the page can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(without_times(&kept), without_times(&page));
}
