//! Runs the execution of a saved failure again.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reports::failure::Replay;
use reports::plan::{Progress, World};
use reports::run::Row;
use reports::scenario::Scenario;

use crate::job::Job;
use crate::searches::Settings;
use crate::{faults, orderings, registry};

/// A replay repeats what has already ended once, so only a mistake runs into this.
const BUDGET: Duration = Duration::from_secs(3600);

/// Why a saved failure cannot be replayed by this build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// The scenario does not exist in this world.
    Scenario(String, World),
    /// The fault does not exist.
    Fault(String),
    /// The ordering site does not exist.
    Site(String),
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unknown::Scenario(name, world) => write!(f, "there is no scenario `{name}` in {world}"),
            Unknown::Fault(name) => write!(f, "there is no fault `{name}`"),
            Unknown::Site(name) => write!(f, "there is no ordering site `{name}`"),
        }
    }
}

impl std::error::Error for Unknown {}

/// Runs the search of a saved failure again, up to the execution that failed.
///
/// # Errors
/// When this build lacks something that the failure names.
pub fn replay(saved: &Replay, progress: &Arc<Progress>) -> Result<Row, Unknown> {
    let scenario = scenario(saved.world, &saved.scenario)?;
    let settings = Settings {
        budget: BUDGET,
        fault: saved.fault.as_deref().map(fault).transpose()?,
        weaken: saved.weaken.as_deref().map(site).transpose()?,
        ..Settings::default()
    };
    let job = Job {
        scenario,
        world: saved.world,
        settings,
    };
    Ok(job.run_searches(vec![saved.search.clone()], progress))
}

pub(crate) fn scenario(world: World, name: &str) -> Result<Scenario, Unknown> {
    registry::named(world, name).ok_or_else(|| Unknown::Scenario(name.to_owned(), world))
}

pub(crate) fn fault(name: &str) -> Result<&'static str, Unknown> {
    let fault = faults::all().find(|fault| fault.name == name);
    fault
        .map(|fault| fault.name)
        .ok_or_else(|| Unknown::Fault(name.to_owned()))
}

pub(crate) fn site(name: &str) -> Result<&'static str, Unknown> {
    let site = orderings::all().find(|site| site.name == name);
    site.map(|site| site.name)
        .ok_or_else(|| Unknown::Site(name.to_owned()))
}
