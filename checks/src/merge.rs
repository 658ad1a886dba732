//! Puts the parts of a run together, so that what several machines have explored reads as if one had done it.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use reports::failure::Failure;
use reports::plan::{Coverage, Graphs, Limit, Search, World};
use reports::run::{Origin, Row, Run, VERSION};

use crate::digest;
use crate::findings::Findings;
use crate::job::Job;
use crate::replay::{self, Unknown};
use crate::searches::Settings;

/// The result of one part, and where it comes from.
#[derive(Clone, Debug)]
pub struct Part {
    /// What its user calls it.
    pub file: String,
    /// Its rows.
    pub run: Run,
}

/// Why results cannot be put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The file was saved by another version of Raddle.
    Version(String, String),
    /// The file was saved by a build of other sources.
    Build(String),
    /// Something else was broken on purpose than in the first file.
    Origin(String),
    /// The file has a row that is no part of anything.
    Whole(String, String),
    /// The file divides a scenario into another number of parts, or bounds it differently.
    Division(String, String),
    /// A part of a scenario is there twice.
    Twice(String, u64, String),
    /// A part of a scenario is not there.
    Missing(u64, u64, String),
    /// This build lacks something that the files name.
    Unknown(Unknown),
    /// There are no rows.
    Nothing,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::Version(file, version) => write!(
                f,
                "{file}: saved by version {version}, and this is version {VERSION}"
            ),
            Refused::Build(file) => write!(
                f,
                "{file}: saved by another build: a checker or a scenario has changed since"
            ),
            Refused::Origin(file) => {
                write!(
                    f,
                    "{file}: its fault or weakened site is not that of the first file"
                )
            }
            Refused::Whole(file, scenario) => {
                write!(
                    f,
                    "{file}: `{scenario}` is no part; run `raddle check --shard`"
                )
            }
            Refused::Division(file, scenario) => write!(
                f,
                "{file}: `{scenario}` has another number of parts or another bound than before"
            ),
            Refused::Twice(file, part, scenario) => {
                write!(f, "{file}: part {part} of `{scenario}` was there already")
            }
            Refused::Missing(part, parts, scenario) => {
                write!(f, "part {part} of {parts} of `{scenario}` is missing")
            }
            Refused::Unknown(what) => what.fmt(f),
            Refused::Nothing => f.write_str("there is nothing to merge"),
        }
    }
}

impl std::error::Error for Refused {}

/// The run that the parts are parts of, and the jobs of its rows.
///
/// A part that did not come to its end may be there besides the one that went on with it.
///
/// # Errors
/// When they are not all the parts of one run of this version.
pub fn merge(parts: Vec<Part>) -> Result<(Vec<Job>, Run), Refused> {
    let origin = origin(&parts)?;
    let elapsed = sum(parts.iter().map(|part| part.run.elapsed));
    let mut divided = BTreeMap::new();
    for part in parts {
        for row in part.run.rows {
            add(&mut divided, &part.file, row)?;
        }
    }
    let mut whole = Vec::new();
    for divided in divided.into_values() {
        whole.push(divided.merge(&origin)?);
    }
    if whole.is_empty() {
        return Err(Refused::Nothing);
    }
    whole.sort_by_key(|(job, _)| (job.scenario.pillar, job.scenario.name));
    let (jobs, rows) = whole.into_iter().unzip();
    let run = Run {
        origin,
        rows,
        elapsed,
    };
    Ok((jobs, run))
}

/// What all the files have in common.
fn origin(parts: &[Part]) -> Result<Origin, Refused> {
    let first = parts.first().ok_or(Refused::Nothing)?;
    for Part { file, run } in parts {
        if run.origin.version != VERSION {
            return Err(Refused::Version(file.clone(), run.origin.version.clone()));
        }
        if run.origin.build != digest::build() {
            return Err(Refused::Build(file.clone()));
        }
        if run.origin != first.run.origin {
            return Err(Refused::Origin(file.clone()));
        }
    }
    Ok(first.run.origin.clone())
}

/// What bounds an exploration of the graph checker.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Bounds {
    stale_reads: Option<usize>,
    preemptions: Option<usize>,
}

/// The parts of one scenario.
struct Divided {
    bounds: Bounds,
    parts: u64,
    rows: BTreeMap<u64, Row>,
}

fn add(divided: &mut BTreeMap<String, Divided>, file: &str, row: Row) -> Result<(), Refused> {
    let scenario = row.scenario.clone();
    let Some((bounds, part, parts)) = division(&row) else {
        return Err(Refused::Whole(file.to_owned(), scenario));
    };
    let all = divided.entry(scenario.clone()).or_insert(Divided {
        bounds,
        parts,
        rows: BTreeMap::new(),
    });
    if (all.bounds, all.parts) != (bounds, parts) {
        return Err(Refused::Division(file.to_owned(), scenario));
    }
    let kept = match all.rows.remove(&part) {
        Some(other) if other.is_finished() && row.is_finished() => {
            return Err(Refused::Twice(file.to_owned(), part, scenario));
        }
        // A checkpoint counts what was explored before it, so the row that goes on includes the other.
        Some(other) if other.is_finished() || other.executions > row.executions => other,
        _ => row,
    };
    all.rows.insert(part, kept);
    Ok(())
}

/// The bounds, which part, and of how many.
fn division(row: &Row) -> Option<(Bounds, u64, u64)> {
    match row.searches.as_slice() {
        [
            Search::Graph {
                stale_reads,
                preemptions,
                shard: Some((part, parts)),
            },
        ] if (1..=*parts).contains(part) => {
            let bounds = Bounds {
                stale_reads: *stale_reads,
                preemptions: *preemptions,
            };
            Some((bounds, *part, *parts))
        }
        _ => None,
    }
}

impl Divided {
    fn merge(self, origin: &Origin) -> Result<(Job, Row), Refused> {
        let (bounds, parts) = (self.bounds, self.parts);
        let mut rows = Vec::new();
        let mut name = String::new();
        for (at, (part, row)) in (1..).zip(self.rows) {
            name.clone_from(&row.scenario);
            if at != part {
                return Err(Refused::Missing(at, parts, name));
            }
            rows.push(row);
        }
        if rows.len() as u64 != parts {
            return Err(Refused::Missing(rows.len() as u64 + 1, parts, name));
        }
        let job = job(&name, bounds, origin).map_err(Refused::Unknown)?;
        let (found, elapsed) = together(bounds, rows);
        let row = job.row_of(found, elapsed);
        Ok((job, row))
    }
}

/// The job that would have explored all parts.
fn job(scenario: &str, bounds: Bounds, origin: &Origin) -> Result<Job, Unknown> {
    let settings = Settings {
        stale_reads: bounds.stale_reads,
        preemptions: bounds.preemptions,
        fault: origin.fault.as_deref().map(replay::fault).transpose()?,
        weaken: origin.weaken.as_deref().map(replay::site).transpose()?,
        ..Settings::default()
    };
    Ok(Job {
        scenario: replay::scenario(World::Graph, scenario)?,
        world: World::Graph,
        settings,
    })
}

/// A sum that no file can make overflow.
fn sum(times: impl Iterator<Item = Duration>) -> Duration {
    times.fold(Duration::ZERO, Duration::saturating_add)
}

/// What the parts have found together, and the time that they took.
fn together(bounds: Bounds, rows: Vec<Row>) -> (Findings, Duration) {
    let mut found = Findings {
        searches: vec![Search::Graph {
            stale_reads: bounds.stale_reads,
            preemptions: bounds.preemptions,
            shard: None,
        }],
        coverage: Some(coverage(&rows)),
        ..Findings::default()
    };
    let elapsed = sum(rows.iter().map(|row| row.elapsed));
    let mut graphs = Graphs::default();
    for row in rows {
        found.executions = found.executions.saturating_add(row.executions);
        for (witness, count) in row.witnesses {
            let sum = found.witnesses.entry(witness).or_default();
            *sum = sum.saturating_add(count);
        }
        found.outcomes.extend(row.outcomes);
        let part = row.graphs.unwrap_or_default();
        graphs.blocked = graphs.blocked.saturating_add(part.blocked);
        graphs.beyond = graphs.beyond.saturating_add(part.beyond);
        graphs.runs = graphs.runs.saturating_add(part.runs);
        found.buffering = found.buffering.or(row.buffering);
        found.failure = earlier(found.failure, row.failure);
    }
    found.graphs = Some(graphs);
    if found.failure.is_some() {
        // As in one run, which ends at its first failure.
        found.witnesses.clear();
        found.outcomes.clear();
    }
    (found, elapsed)
}

/// The failure that one run would meet first: the checker takes choices in their order.
fn earlier(one: Option<Failure>, other: Option<Failure>) -> Option<Failure> {
    let failures = one.into_iter().chain(other);
    failures.min_by(|a, b| choices(a).cmp(choices(b)))
}

fn choices(failure: &Failure) -> &[u32] {
    match &failure.replay.search {
        Search::Path { choices, .. } => choices,
        _ => &[],
    }
}

/// What the parts cover; a failure in one of them has its own, which says what was asked for.
fn coverage(rows: &[Row]) -> Coverage {
    if let Some(failed) = rows.iter().find(|row| row.failure.is_some()) {
        return failed.coverage.clone();
    }
    let mut bounds: Vec<Limit> = Vec::new();
    for (part, row) in (1..).zip(rows) {
        match &row.coverage {
            Coverage::Part { by, .. } => bounds.extend(by),
            // The only part is the whole.
            Coverage::Exhaustive if rows.len() == 1 => {}
            Coverage::Bounded { by, .. } if rows.len() == 1 => bounds.extend(by),
            other => return unfinished(part, rows.len(), other),
        }
    }
    bounds.sort_unstable();
    bounds.dedup();
    match bounds.is_empty() {
        true => Coverage::Exhaustive,
        false => Coverage::Bounded {
            by: bounds,
            note: None,
        },
    }
}

fn unfinished(part: usize, parts: usize, coverage: &Coverage) -> Coverage {
    let reason = match coverage {
        Coverage::Inconclusive { reason } => reason.clone(),
        other => other.to_string(),
    };
    Coverage::Inconclusive {
        reason: format!("part {part} of {parts}: {reason}"),
    }
}
