//! The faults and weakened orders that loom misses, or whose scenario it does not finish without a bound.

use std::collections::BTreeMap;
use std::sync::Arc;

use checks::matrix::{self, Trial};
use checks::searches::Settings;
use checks::{faults, orderings};
use reports::matrix::Outcome;
use reports::plan::{Coverage, World};
use reports::run::{Row, Verdict};

use crate::Options;
use crate::cell::{PLAIN, count, verdict};
use crate::markdown::Table;
use crate::scenarios::Compared;

/// What broke the code, and what the checkers said.
#[derive(Default)]
struct Broken {
    scenario: String,
    graph: String,
    loom: String,
    plain: String,
    /// loom finds it, in its complete mode and in its plain one.
    seen: [bool; 2],
}

/// The trials of all faults and all sites, where loom does worse than Raddle's own checker.
pub(crate) fn table(options: Options, rows: &[Compared]) -> Table {
    let head = [
        "fault or site",
        "scenario",
        "graph, unbroken",
        "graph, broken",
        "loom, unbroken",
        "loom, broken",
        "plain loom, bound 3, broken",
    ];
    let mut table = Table::new(&head);
    let unbroken: BTreeMap<&str, [&Row; 2]> = rows.iter().filter_map(pair).collect();
    let all = broken(options, &unbroken);
    for (name, broken) in &all {
        let [graph, loom] = unbroken[broken.scenario.as_str()];
        if broken.seen == [true; 2] && loom.coverage == Coverage::Exhaustive {
            continue;
        }
        table.push(vec![
            format!("`{name}`"),
            broken.scenario.clone(),
            verdict(graph),
            broken.graph.clone(),
            verdict(loom),
            broken.loom.clone(),
            broken.plain.clone(),
        ]);
    }
    table.entitle(title(&all, table.len()));
    table
}

fn title(all: &BTreeMap<&str, Broken>, shown: usize) -> String {
    let missed = |mode: usize| all.values().filter(|broken| !broken.seen[mode]).count();
    format!(
        "{} faults and weakened orders, of which loom misses {}, and {} in its plain mode with a bound of 3. Here are \
         these, and those whose scenario loom does not finish without a bound: {shown}.",
        all.len(),
        missed(0),
        missed(1),
    )
}

fn pair(row: &Compared) -> Option<(&str, [&Row; 2])> {
    let [loom, _] = row.others.as_ref()?;
    Some((row.graph.scenario.as_str(), [&row.graph, loom]))
}

/// Breaks the code in every way that the tables of faults and orderings know.
fn broken(
    options: Options,
    unbroken: &BTreeMap<&str, [&Row; 2]>,
) -> BTreeMap<&'static str, Broken> {
    let mut all = BTreeMap::new();
    for trial in trials(options) {
        if unbroken.contains_key(trial.job.scenario.name) {
            let broken: &mut Broken = all.entry(trial.subject.name()).or_default();
            broken.add(&trial);
        }
    }
    all
}

fn trials(options: Options) -> Vec<Trial> {
    let settings = Settings {
        budget: options.budget,
        ..Settings::default()
    };
    let faults = matrix::of_faults(&faults::all().collect::<Vec<_>>(), &settings);
    let sites = matrix::of_sites(&orderings::all().collect::<Vec<_>>(), &settings);
    let trials =
        [faults, sites].map(|trials| trials.expect("the tables name scenarios that exist"));
    trials.concat()
}

impl Broken {
    fn add(&mut self, trial: &Trial) {
        self.scenario = trial.job.scenario.name.to_owned();
        match trial.job.world {
            World::Graph => self.graph = run(trial).0,
            World::Loom => {
                (self.loom, self.seen[0]) = run(trial);
                let row = trial.job.run_searches(vec![PLAIN], &Arc::default());
                (self.plain, self.seen[1]) = judge(trial, row);
            }
            World::Shuttle | World::Native => {}
        }
    }
}

fn run(trial: &Trial) -> (String, bool) {
    judge(trial, trial.job.run(&Arc::default()))
}

/// What a trial came to, and whether it was seen.
fn judge(trial: &Trial, row: Row) -> (String, bool) {
    let at = count(row.executions);
    if row.verdict == Verdict::Vacuous {
        return (format!("missed in {at}"), false);
    }
    match matrix::judge(trial, row).outcome {
        Outcome::Caught | Outcome::Needed => (format!("caught at {at}"), true),
        Outcome::Missed { .. } => (format!("missed in {at}"), false),
        other => (format!("{}, {at}", other.word()), false),
    }
}
