//! Checkpoints: an exploration that was stopped, to be gone on with.

use serde::{Deserialize, Serialize};

use crate::config::{Config, Model};
use crate::explore::Counts;
use crate::job::Job;

/// An exploration that was stopped. It can be stored and read back with any format that
/// serde knows. Finishing it gives the counts of one exploration in a single piece.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    pub(crate) settings: Settings,
    pub(crate) jobs: Vec<Job>,
    /// What was counted, by the key of the part of the search that it was counted in.
    pub(crate) counted: Vec<(Vec<u32>, Counts)>,
}

/// What must be the same when an exploration goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Settings {
    model: Model,
    shard: (u64, u64),
    max_events: usize,
    max_stale_reads: Option<usize>,
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
            spurious_failures: config.spurious_failures,
            spin_turns: config.spin_turns,
        }
    }
}

impl Checkpoint {
    /// The beginning of an exploration.
    pub(crate) fn start(config: &Config) -> Checkpoint {
        Checkpoint {
            settings: Settings::of(config),
            jobs: vec![Job::root()],
            counted: Vec::new(),
        }
    }

    /// Whether the configuration explores what the checkpoint was exploring.
    pub fn fits(&self, config: &Config) -> bool {
        self.settings == Settings::of(config)
    }

    /// What has been counted so far.
    pub fn counts(&self) -> Counts {
        let mut sum = Counts::default();
        self.counted.iter().for_each(|(_, counts)| sum.add(counts));
        sum
    }

    /// How many parts of the search are left.
    pub fn parts_left(&self) -> usize {
        self.jobs.len()
    }
}
