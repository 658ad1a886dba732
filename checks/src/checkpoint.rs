//! Checkpoints: what a check of one scenario had left when it was ended early, as a file from which it goes on.
//!
//! # Form
//! A JSON object. `format` and `version` say who can read it; `scenario`, `fault`, `weaken`, `stale_reads` and `shard`
//! say what was checked; `rest` is the graph checker's own and means something to it only; `digest` is the FNV-1a hash of
//! all the others, so that a file that was cut off or changed is refused and not explored.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reports::json::{self, Kind, Unreadable};
use reports::plan::{Rest, World};
use reports::run::VERSION;
use serde::{Deserialize, Serialize};

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
    scenario: String,
    fault: Option<String>,
    weaken: Option<String>,
    stale_reads: Option<usize>,
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
        let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        let text = json::pretty(self);
        format!("{:016x}", text.bytes().fold(0xCBF2_9CE4_8422_2325, mix))
    }
}

impl Checkpoint {
    /// The checkpoint of a job that has this left.
    #[must_use]
    pub fn of(job: &Job, rest: Rest) -> Self {
        let content = Content {
            format: FORMAT,
            version: VERSION.to_owned(),
            scenario: job.scenario.name.to_owned(),
            fault: job.settings.fault.map(str::to_owned),
            weaken: job.settings.weaken.map(str::to_owned),
            stale_reads: job.settings.stale_reads,
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
            shard: saved.shard,
            resume: Some(saved.rest),
            fault: fault.map_err(Refused::Unknown)?,
            weaken: weaken.map_err(Refused::Unknown)?,
            ..Settings::default()
        };
        let scenario = replay::scenario(World::Graph, &saved.scenario).map_err(Refused::Unknown)?;
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
