//! Makes the museum's list of what caught each fault from the result of `raddle faults`:
//! `raddle faults --format json > FILE`, then `cargo run --release -p checks --example caught -- FILE`.

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs, process};

use reports::matrix::{Cell, Outcome};
use reports::plan::World;

const HEAD: &str = "# fault, then by the graph checker, loom and shuttle: execution that failed/steps of its simplest form\n";

fn main() {
    let Some(file) = env::args().nth(1) else {
        eprintln!("usage: caught FILE, the JSON of `raddle faults`");
        process::exit(2);
    };
    if let Err(why) = write(&file) {
        eprintln!("{file}: {why}");
        process::exit(1);
    }
}

fn write(file: &str) -> Result<(), String> {
    let text = fs::read_to_string(file).map_err(|why| why.to_string())?;
    let cells: Vec<Cell> = serde_json::from_str(&text).map_err(|why| why.to_string())?;
    let mut faults: BTreeMap<String, BTreeMap<World, String>> = BTreeMap::new();
    for cell in cells.iter().filter(|cell| !cell.subject.is_empty()) {
        let seen = faults.entry(cell.subject.clone()).or_default();
        seen.insert(cell.row.world, shown(cell));
    }
    let of =
        |seen: &BTreeMap<World, String>, world| seen.get(&world).cloned().unwrap_or("-".to_owned());
    let line = |(fault, seen): (&String, &BTreeMap<World, String>)| {
        let [graph, loom, shuttle] =
            [World::Graph, World::Loom, World::Shuttle].map(|world| of(seen, world));
        format!("{fault} {graph} {loom} {shuttle}\n")
    };
    let lines: String = faults.iter().map(line).collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("museum/caught.txt");
    fs::write(&path, HEAD.to_owned() + &lines).map_err(|why| why.to_string())
}

/// In which execution the fault failed, and how many steps the failure has.
fn shown(cell: &Cell) -> String {
    match (&cell.outcome, &cell.row.failure) {
        (Outcome::Caught, Some(failure)) => {
            let steps = failure.trace.steps.iter().filter(|step| !step.is_bracket());
            format!("{}/{}", cell.row.executions, steps.count())
        }
        _ => "-".to_owned(),
    }
}
