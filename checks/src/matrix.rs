//! The two matrices of what must go red: faults switched on, and ordering sites weakened.
//!
//! Every cell is a job like any other; what it must come to is what the tables in [`faults`](crate::faults) and
//! [`orderings`](crate::orderings) say.

use std::collections::BTreeSet;

use reports::failure::FailureKind;
use reports::matrix::{Cell, Outcome};
use reports::plan::World;
use reports::run::{Row, Verdict};

use crate::faults::{Fault, fuzzed};
use crate::job::Job;
use crate::orderings::Site;
use crate::registry;
use crate::searches::Settings;
use crate::worlds::{MODELS, WEAK_MEMORY};

/// A job, and what its row must come to.
#[derive(Clone, Debug)]
pub struct Trial {
    /// What is broken: a fault or a site.
    pub subject: Subject,
    /// The scenario that must notice.
    pub job: Job,
}

/// What is broken in a trial.
#[derive(Clone, Copy, Debug)]
pub enum Subject {
    /// A fault is on.
    Fault(&'static Fault),
    /// A site is weakened.
    Site(&'static Site),
    /// Nothing: the scenario must hold.
    Nothing,
}

impl Subject {
    /// The name of the fault or site.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Subject::Fault(fault) => fault.name,
            Subject::Site(site) => site.name,
            Subject::Nothing => "",
        }
    }
}

/// A scenario that a table names and nobody has written.
#[derive(Clone, Debug)]
pub struct NoScenario {
    /// The fault or site.
    pub subject: &'static str,
    /// The scenario's name.
    pub scenario: &'static str,
}

impl std::fmt::Display for NoScenario {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "`{}` names the scenario `{}`, which does not exist",
            self.subject, self.scenario
        )
    }
}

/// The trials of these faults, each on, in each model world.
///
/// # Errors
/// When a fault names a scenario that does not exist.
pub fn of_faults(faults: &[&'static Fault], settings: &Settings) -> Result<Vec<Trial>, NoScenario> {
    let mut trials = Vec::new();
    for fault in faults {
        for world in MODELS {
            let settings = Settings {
                fault: Some(fault.name),
                ..settings.clone()
            };
            trials.push(trial(
                Subject::Fault(fault),
                fault.scenario,
                world,
                settings,
            )?);
        }
    }
    Ok(trials)
}

/// The scenarios of these faults, with all faults off, in each model world.
///
/// # Errors
/// When a fault names a scenario that does not exist.
pub fn controls(faults: &[&'static Fault], settings: &Settings) -> Result<Vec<Trial>, NoScenario> {
    let scenarios: BTreeSet<&'static str> = faults.iter().map(|fault| fault.scenario).collect();
    let mut trials = Vec::new();
    for scenario in scenarios {
        for world in MODELS {
            trials.push(trial(Subject::Nothing, scenario, world, settings.clone())?);
        }
    }
    Ok(trials)
}

/// The trials of these sites: the graph checker and loom weaken each that is said to be seen.
///
/// # Errors
/// When a site names a scenario that does not exist.
pub fn of_sites(sites: &[&'static Site], settings: &Settings) -> Result<Vec<Trial>, NoScenario> {
    let mut trials = Vec::new();
    for site in sites {
        let Some(scenario) = site.shown.by() else {
            continue;
        };
        for world in WEAK_MEMORY {
            let settings = Settings {
                weaken: Some(site.name),
                ..settings.clone()
            };
            trials.push(trial(Subject::Site(site), scenario, world, settings)?);
        }
    }
    Ok(trials)
}

fn trial(
    subject: Subject,
    scenario: &'static str,
    world: World,
    settings: Settings,
) -> Result<Trial, NoScenario> {
    let missing = NoScenario {
        subject: subject.name(),
        scenario,
    };
    let scenario = registry::named(world, scenario).ok_or(missing)?;
    Ok(Trial {
        subject,
        job: Job {
            scenario,
            world,
            settings,
        },
    })
}

/// Judges the row that a trial came to.
#[must_use]
pub fn judge(trial: &Trial, row: Row) -> Cell {
    let outcome = match trial.subject {
        Subject::Fault(fault) => fault_outcome(fault, &row),
        Subject::Site(_) => site_outcome(&row),
        Subject::Nothing => control_outcome(&row),
    };
    Cell {
        subject: trial.subject.name().to_owned(),
        outcome,
        row,
        fuzzed: fuzzed::hunt(trial.subject.name()),
    }
}

fn fault_outcome(fault: &Fault, row: &Row) -> Outcome {
    let Some(failure) = &row.failure else {
        return match row.world {
            World::Shuttle if fault.weak_memory => Outcome::NotSeen,
            _ => missed(row),
        };
    };
    let told = failure.claim.contains(fault.property) || failure.detail.contains(fault.property);
    if failure.kind == fault.kind && told {
        Outcome::Caught
    } else {
        Outcome::Mistaken {
            reason: format!(
                "expected {} of `{}`, found {}: {}; {}",
                fault.kind, fault.property, failure.kind, failure.claim, failure.detail
            ),
        }
    }
}

fn site_outcome(row: &Row) -> Outcome {
    match &row.failure {
        Some(failure) if failure.kind != FailureKind::Vacuous => Outcome::Needed,
        _ => missed(row),
    }
}

fn control_outcome(row: &Row) -> Outcome {
    if row.verdict == Verdict::Held {
        Outcome::Held
    } else {
        Outcome::Mistaken {
            reason: format!(
                "does not hold by itself: {}",
                row.note().unwrap_or_default()
            ),
        }
    }
}

fn missed(row: &Row) -> Outcome {
    Outcome::Missed {
        reason: row.note().unwrap_or_else(|| row.bound()),
    }
}
