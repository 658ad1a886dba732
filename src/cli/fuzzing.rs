//! What `raddle fuzz` can be told.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::shard;

pub(super) const EXAMPLES: &str = "\
Examples:
  raddle fuzz                                       every target, ten seconds each
  raddle fuzz list --seconds 60 --jobs 4            one target, longer
  raddle fuzz list --fault li4-append-without-lock  with a real bug switched on
  raddle fuzz --list                                the targets and what is asked of them";

#[derive(Debug, Args)]
pub(crate) struct Fuzz {
    /// Only this target
    pub(crate) target: Option<String>,
    /// The time for each target, in seconds
    #[arg(long, value_name = "N", default_value_t = 10, allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) seconds: u32,
    /// Where the programs come from: the same seed draws the same ones
    #[arg(
        long,
        value_name = "N",
        default_value_t = 1,
        allow_negative_numbers = true
    )]
    pub(crate) seed: u64,
    /// How many processes fuzz, each with programs of its own; one unless given
    #[arg(long, value_name = "N", default_value_t = 1, allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) jobs: u16,
    /// Draw the programs of the I-th of N parts only; `raddle merge` puts the results of all parts together
    #[arg(long, value_name = "I/N", value_parser = shard::parse, allow_hyphen_values = true)]
    pub(crate) shard: Option<(u64, u64)>,
    /// Switch on this fault; nothing runs natively then
    #[arg(long, value_name = "NAME")]
    pub(crate) fault: Option<String>,
    /// Where programs are kept: those that failed are run first, then those that showed something new
    #[arg(long, value_name = "DIR")]
    pub(crate) corpus: Option<PathBuf>,
    /// Only list the targets
    #[arg(long)]
    pub(crate) list: bool,
    /// The form of the result on standard output
    #[arg(long, value_enum, default_value_t = Plain::Text)]
    pub(crate) format: Plain,
    /// Where files are written: `target/raddle` in a cargo project, else a folder of the user's cache
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

/// The forms of a result that has no others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Plain {
    Text,
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct FuzzWorker {
    /// What it is to do
    pub(crate) orders: String,
}
