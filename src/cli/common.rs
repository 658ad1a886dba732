//! What several commands can be told: time and jobs, worlds, the form of the results and where they go.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use reports::plan::World;

use crate::duration;
use crate::pace;

/// What every command that explores can be told.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// The time for one scenario in one world; 60s unless given, and more on a slower machine
    #[arg(long, value_name = "TIME", value_parser = duration::parse, allow_hyphen_values = true)]
    pub(crate) budget: Option<Duration>,
    /// How many threads explore; as many as there are processors unless given. Nothing but time depends on it
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) jobs: Option<u16>,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// Where results go.
#[derive(Debug, Args)]
pub(crate) struct Output {
    /// The form of the result on standard output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Where files are written: `target/raddle` in a cargo project, else a folder of the user's cache
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

impl Common {
    /// The time for one scenario in one world.
    pub(crate) fn time(&self) -> Duration {
        pace::budget(self.budget)
    }

    /// How many jobs run at the same time.
    pub(crate) fn workers(&self) -> usize {
        match self.jobs {
            Some(jobs) => usize::from(jobs),
            None => std::thread::available_parallelism().map_or(1, usize::from),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Worlds {
    Graph,
    Loom,
    Shuttle,
    Native,
    All,
}

impl Worlds {
    /// The worlds that are meant.
    pub(crate) fn list(self) -> Vec<World> {
        match self {
            Worlds::Graph => vec![World::Graph],
            Worlds::Loom => vec![World::Loom],
            Worlds::Shuttle => vec![World::Shuttle],
            Worlds::Native => vec![World::Native],
            Worlds::All => World::ALL.to_vec(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
    Junit,
    /// One page that needs no network
    Html,
    /// A log for code scanners, SARIF 2.1.0
    Sarif,
    /// Annotations for GitHub's runner
    Github,
    /// The first failure's execution graph, for Graphviz
    Dot,
    /// The first failure's execution graph as a picture
    Svg,
}

impl Format {
    /// Whether it is a form of a matrix too.
    pub(crate) fn is_of_matrix(self) -> bool {
        matches!(
            self,
            Format::Text | Format::Json | Format::Junit | Format::Html
        )
    }
}
