//! Checkpoints: what a check of one scenario had left when it was ended early, as a file from which it goes on.
//!
//! # Form
//! A JSON object. `format`, `version`, `build` and `source` (digests of the checker and of the scenario's source) say
//! who can read it; `scenario`, `fault`, `weaken`, `stale_reads` and `shard`
//! say what was checked; `rest` is the graph checker's own and means something to it only; `digest` is the FNV-1a hash of
//! all the others, so that a file that was cut off or changed is refused and not explored.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reports::json::{self, Kind, Unreadable};
use reports::plan::{Rest, World};
use reports::run::VERSION;
use serde::{Deserialize, Serialize};

use crate::digest;
use crate::job::Job;
use crate::replay::{self, Unknown};
use crate::searches::{self, Settings};
use crate::worlds;

/// The version of the form; another one is refused.
const FORMAT: u32 = 1;

const KIND: Kind = Kind {
    what: "a checkpoint",
    mark: "rest",
    format: FORMAT,
};

/// A check that was ended early.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Checkpoint {
    #[serde(flatten)]
    content: Content,
    digest: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Content {
    format: u32,
    version: String,
    #[serde(default)]
    build: String,
    scenario: String,
    /// Of the scenario's source.
    #[serde(default)]
    source: String,
    fault: Option<String>,
    weaken: Option<String>,
    stale_reads: Option<usize>,
    #[serde(default)]
    preemptions: Option<usize>,
    shard: Option<(u64, u64)>,
    rest: Rest,
}

/// Why a check cannot go on from a file.
#[derive(Debug)]
pub enum Refused {
    /// The file is no checkpoint that this version can read.
    Unreadable(Unreadable),
    /// It was saved by another version of Raddle.
    Version(String),
    /// It was saved by a build of other sources.
    Build,
    /// The scenario was another one then.
    Scenario(String),
    /// It is not what was saved.
    Damaged,
    /// This build lacks something that it names.
    Unknown(Unknown),
    /// The checker cannot go on with it.
    Rest(String),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::Unreadable(why) => why.fmt(f),
            Refused::Version(found) => {
                write!(f, "saved by version {found}, and this is version {VERSION}")
            }
            Refused::Build => f.write_str(
                "saved by another build: the checker or what it checks has changed since",
            ),
            Refused::Scenario(name) => write!(f, "the scenario `{name}` has changed since"),
            Refused::Damaged => f.write_str("the checkpoint is damaged"),
            Refused::Unknown(what) => what.fmt(f),
            Refused::Rest(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for Refused {}

impl Content {
    /// FNV-1a of the JSON form.
    fn digest(&self) -> String {
        let text = json::pretty(self);
        format!("{:016x}", digest::fnv(digest::BASIS, text.bytes()))
    }
}

impl Checkpoint {
    /// The checkpoint of a job that has this left.
    #[must_use]
    pub fn of(job: &Job, rest: Rest) -> Self {
        let [build, source] = digest::of_scenario(&job.scenario);
        let content = Content {
            format: FORMAT,
            version: VERSION.to_owned(),
            build,
            source,
            scenario: job.scenario.name.to_owned(),
            fault: job.settings.fault.map(str::to_owned),
            weaken: job.settings.weaken.map(str::to_owned),
            stale_reads: job.settings.stale_reads,
            preemptions: job.settings.preemptions,
            shard: job.settings.shard,
            rest,
        };
        let digest = content.digest();
        Self { content, digest }
    }

    /// The saved form.
    #[must_use]
    pub fn to_json(&self) -> String {
        json::pretty(self)
    }

    /// Reads the saved form.
    ///
    /// # Errors
    /// When the text is not what [`Checkpoint::to_json`] gave in this version.
    pub fn from_json(text: &str) -> Result<Self, Refused> {
        let saved: Self = json::versioned(text, KIND).map_err(Refused::Unreadable)?;
        if saved.content.version != VERSION {
            return Err(Refused::Version(saved.content.version));
        }
        if saved.content.digest() != saved.digest {
            return Err(Refused::Damaged);
        }
        Ok(saved)
    }

    /// The job that goes on, with this time.
    ///
    /// # Errors
    /// When this build lacks something that the checkpoint names, or its checker cannot go on with it.
    pub fn into_job(self, budget: Duration) -> Result<Job, Refused> {
        let saved = self.content;
        let fault = saved.fault.as_deref().map(replay::fault).transpose();
        let weaken = saved.weaken.as_deref().map(replay::site).transpose();
        let settings = Settings {
            budget,
            stale_reads: saved.stale_reads,
            preemptions: saved.preemptions,
            shard: saved.shard,
            resume: Some(saved.rest),
            fault: fault.map_err(Refused::Unknown)?,
            weaken: weaken.map_err(Refused::Unknown)?,
            ..Settings::default()
        };
        let scenario = replay::scenario(World::Graph, &saved.scenario).map_err(Refused::Unknown)?;
        let [build, source] = digest::of_scenario(&scenario);
        if saved.build != build {
            return Err(Refused::Build);
        }
        if saved.source != source {
            return Err(Refused::Scenario(saved.scenario));
        }
        let job = Job {
            scenario,
            world: World::Graph,
            settings,
        };
        can_resume(&job).map_err(Refused::Rest)?;
        Ok(job)
    }
}

fn can_resume(job: &Job) -> Result<(), String> {
    let searches = searches::searches(job.world, &job.scenario, &job.settings);
    let plan = |search| job.plan(search, job.settings.budget, &Arc::default());
    searches
        .into_iter()
        .try_for_each(|search| worlds::can_resume(&plan(search), &job.scenario))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use reports::plan::{Rest, World};

    use super::{Checkpoint, Refused};
    use crate::job::Job;
    use crate::searches::Settings;
    use crate::worlds;

    #[test]
    fn what_another_build_has_left_is_refused() {
        let job = Job {
            scenario: worlds::scenarios(World::Graph)[0],
            world: World::Graph,
            settings: Settings::default(),
        };
        let refused = |change: fn(&mut Checkpoint)| {
            let mut saved = Checkpoint::of(&job, Rest("what is left".to_owned()));
            change(&mut saved);
            saved.into_job(Duration::from_secs(1)).err()
        };
        // As it is, only the checker has something against it.
        assert!(matches!(refused(|_| ()), Some(Refused::Rest(_))));
        let build = refused(|saved| saved.content.build = "0123456789abcdef".to_owned());
        assert!(matches!(build, Some(Refused::Build)));
        let source = refused(|saved| saved.content.source = "0123456789abcdef".to_owned());
        assert!(matches!(source, Some(Refused::Scenario(_))));
    }
}
