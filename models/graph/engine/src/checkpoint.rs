//! Checkpoints: an exploration that was stopped, to be gone on with.

use std::fmt;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

use crate::chains::{InPlace, Sights};
use crate::config::{Config, Model};
use crate::explore::Counts;
use crate::job::Job;

/// An exploration that was stopped. It can be stored and read back with any format that
/// serde knows. Finishing it gives the counts of one exploration in a single piece.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    content: Content,
    /// Of the content, so that a file that was changed is not explored.
    digest: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Content {
    settings: Settings,
    in_place: InPlace,
    sights: Sights,
    jobs: Vec<Job>,
    /// What was counted, by the key of the part of the search that it was counted in.
    counted: Counted,
}

/// Why a checkpoint cannot be gone on with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResumeError {
    /// It is not what was stored.
    Damaged,
    /// It belongs to an exploration with another model, shard, bound or limit.
    OtherConfiguration,
}

impl fmt::Display for ResumeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ResumeError::Damaged => "the checkpoint is damaged",
            ResumeError::OtherConfiguration => {
                "the checkpoint is of an exploration with another configuration"
            }
        })
    }
}

impl std::error::Error for ResumeError {}

/// FNV-1a, which gives the same digest everywhere.
struct Digest(u64);

impl Hasher for Digest {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
    }
}

impl Content {
    fn digest(&self) -> u64 {
        let mut digest = Digest(0xCBF2_9CE4_8422_2325);
        self.hash(&mut digest);
        digest.finish()
    }
}

/// What must be the same when an exploration goes on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Settings {
    model: Model,
    shard: (u64, u64),
    max_events: usize,
    max_stale_reads: Option<usize>,
    max_preemptions: Option<usize>,
    #[serde(default)]
    symmetry: bool,
    spurious_failures: usize,
    spin_turns: usize,
}

impl Settings {
    pub(crate) fn of(config: &Config) -> Settings {
        Settings {
            model: config.model,
            shard: config.shard,
            max_events: config.max_events,
            max_stale_reads: config.max_stale_reads,
            max_preemptions: config.max_preemptions,
            symmetry: config.symmetry,
            spurious_failures: config.spurious_failures,
            spin_turns: config.spin_turns,
        }
    }
}

/// What was counted in parts that have ended, each with its path.
pub(crate) type Counted = Vec<(Vec<u32>, Counts)>;

impl Checkpoint {
    /// The beginning of an exploration.
    pub(crate) fn start(config: &Config) -> Checkpoint {
        Checkpoint::new(config, vec![Job::root()], Vec::new(), Sights::default())
    }

    pub(crate) fn new(
        config: &Config,
        jobs: Vec<Job>,
        counted: Counted,
        sights: Sights,
    ) -> Checkpoint {
        let content = Content {
            settings: Settings::of(config),
            in_place: config.in_place.clone(),
            sights,
            jobs,
            counted,
        };
        let digest = content.digest();
        Checkpoint { content, digest }
    }

    /// Whether the checkpoint is whole, and of what the configuration explores.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self, config: &Config) -> Result<(), ResumeError> {
        if self.content.digest() != self.digest {
            return Err(ResumeError::Damaged);
        }
        if self.content.settings != Settings::of(config) {
            return Err(ResumeError::OtherConfiguration);
        }
        Ok(())
    }

    /// Which loops wait in place.
    pub(crate) fn in_place(&self) -> InPlace {
        self.content.in_place.clone()
    }

    /// The parts that are left, what was counted in the others, and what was seen there.
    pub(crate) fn into_parts(self) -> (Vec<Job>, Counted, Sights) {
        let Content {
            jobs,
            counted,
            sights,
            ..
        } = self.content;
        (jobs, counted, sights)
    }

    /// What has been counted so far.
    pub fn counts(&self) -> Counts {
        let mut sum = Counts::default();
        self.content
            .counted
            .iter()
            .for_each(|(_, counts)| sum.add(counts));
        sum
    }

    /// How many parts of the search are left.
    pub fn parts_left(&self) -> usize {
        self.content.jobs.len()
    }
}
