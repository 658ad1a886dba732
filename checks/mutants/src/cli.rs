//! The command line.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

/// Takes every step of the protocols away, one at a time, and sees whether a scenario on the graph checker notices.
///
/// Exit status: 0 when every mutant dies or is called equivalent; 1 when one survives, or the score is below `--least`
/// where that is given, or an entry of a list of equivalent mutants is stale or wrong; 2 when the command line makes no
/// sense; 3 when the program cannot go on.
#[derive(Debug, Parser)]
#[command(name = "mutants", version)]
#[allow(clippy::struct_excessive_bools, reason = "flags of a command line")]
pub struct Arguments {
    /// Only mutants whose `file:line operator` contains this.
    pub filter: Option<String>,
    /// Only mutants of files whose path contains this.
    #[arg(long)]
    pub file: Option<String>,
    /// Only mutants that this operator makes.
    #[arg(long)]
    pub operator: Option<String>,
    /// Names the mutants and does not try them.
    #[arg(long)]
    pub list: bool,
    /// The seconds that a mutant may take, on all its scenarios; the cheapest ones come first.
    #[arg(long, default_value_t = 20)]
    pub budget: u64,
    /// How many mutants are tried at a time.
    #[arg(long, default_value_t = 2)]
    pub jobs: usize,
    /// Only the I-th of N parts.
    #[arg(long, value_name = "I/N", value_parser = shard)]
    pub shard: Option<(usize, usize)>,
    /// Only so many, drawn by `--seed`.
    #[arg(long)]
    pub sample: Option<usize>,
    /// What a sample is drawn by, such as the name of a commit.
    #[arg(long, default_value = "")]
    pub seed: String,
    /// The least score that is fine, in percent.
    #[arg(long)]
    pub least: Option<f64>,
    /// Puts the results of parts together, and tries nothing.
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub merge: Vec<PathBuf>,
    /// The form of the report.
    #[arg(long, default_value = "text")]
    pub format: Format,
    /// The folder for the results, `mutants.json`; else below the target folder.
    #[arg(long)]
    pub out: Option<PathBuf>,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

fn shard(text: &str) -> Result<(usize, usize), String> {
    let parts = text.split_once('/');
    let parts = parts.and_then(|(part, parts)| Some((part.parse().ok()?, parts.parse().ok()?)));
    match parts {
        Some((part, parts)) if (1..=parts).contains(&part) => Ok((part, parts)),
        _ => Err("a part is I/N, with I from 1 to N".to_owned()),
    }
}
