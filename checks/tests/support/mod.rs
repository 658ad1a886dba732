//! What the tests that run jobs share.

#![allow(dead_code, reason = "each test program uses some of it")]

#[path = "../../../explain/tests/explained/agree.rs"]
mod agree;

use std::sync::Arc;
use std::time::Duration;

use checks::job::Job;
use checks::searches::Settings;
use checks::worlds;
use explain::explanation::Explanation;
use explain::text::story;
use reports::matrix::Cell;
use reports::plan::{Coverage, Progress, World};
use reports::report::Report;
use reports::run::{Row, Verdict};
use reports::scenario::{Pillar, Scenario};

/// Runs one job.
pub(crate) fn run(job: &Job) -> Row {
    job.run(&Arc::new(Progress::default()))
}

/// The row, once it is seen that its failure is explained by what its own execution shows.
#[track_caller]
pub(crate) fn explained(row: Row) -> Row {
    if let Some(failure) = &row.failure {
        // The last one printed is the one that a panic is about.
        println!("{} in {}: {:?}", row.scenario, row.world, failure.claim);
        agree::agrees(failure, &Explanation::of(failure));
    }
    row
}

/// What takes the graph checker so long that only the command runs it there.
pub(crate) const LONG: [&str; 1] = ["list_mark_seen_by_others"];

/// Far more than any needs: what a test says must not depend on what else the machine does.
const BUDGET: Duration = Duration::from_secs(15 * 60);

/// The settings of a test.
pub(crate) fn settings() -> Settings {
    Settings {
        budget: BUDGET,
        ..Settings::default()
    }
}

/// The jobs of one pillar in one world.
pub(crate) fn jobs(pillar: Pillar, world: World) -> Vec<Job> {
    let mut scenarios = worlds::scenarios(world);
    let long = |name| world == World::Graph && LONG.contains(&name);
    scenarios.retain(|scenario| scenario.pillar == pillar && !long(scenario.name));
    scenarios
        .into_iter()
        .map(|scenario| job(scenario, world))
        .collect()
}

/// The job of one scenario.
pub(crate) fn job(scenario: Scenario, world: World) -> Job {
    Job {
        scenario,
        world,
        settings: settings(),
    }
}

/// How the names of scenarios end whose sleeps may end for nothing, which no checker can exhaust.
pub(crate) const RESTLESS: &str = "_woken_for_nothing";

/// Why a row is not held: its report, or its note.
pub(crate) fn complaint(job: &Job, row: &Row) -> Option<String> {
    if row.verdict == Verdict::Held {
        return None;
    }
    let command = format!(
        "cargo run --release -- check {} --world {}",
        row.scenario, row.world
    );
    let report = Report::of(row, job.scenario.always, command);
    Some(match report {
        Some(report) => story::render(&report),
        None => format!(
            "{} in {}: {}",
            row.scenario,
            row.world,
            row.note().unwrap_or_default()
        ),
    })
}

/// What bounds a row of the graph checker, where nothing should.
fn limit(row: &Row) -> Option<String> {
    let may = row.world != World::Graph || row.scenario.ends_with(RESTLESS);
    let is_bounded = !may && row.coverage != Coverage::Exhaustive;
    is_bounded.then(|| format!("{} is {}", row.scenario, row.coverage))
}

/// What is wrong with a cell of a matrix, if anything is.
pub(crate) fn unexpected(cell: &Cell) -> Option<String> {
    let reason = cell.outcome.reason()?;
    Some(format!(
        "{} with {} in {}: {}: {reason}",
        cell.row.scenario,
        cell.title(),
        cell.row.world,
        cell.outcome.word()
    ))
}

/// Runs all scenarios of a pillar in a world, and then tells of every one that does not hold, and on graphs also of every one
/// that is bounded.
pub(crate) fn hold(pillar: Pillar, world: World) {
    let jobs = jobs(pillar, world);
    let told: Vec<String> = jobs
        .iter()
        .filter_map(|job| {
            let row = run(job);
            complaint(job, &row).or_else(|| limit(&row))
        })
        .collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}
