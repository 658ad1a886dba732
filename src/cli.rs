//! The command line.

mod common;
mod fuzzing;
mod programs;

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

pub(crate) use common::{Common, Format, Output, Worlds};
pub(crate) use fuzzing::{Fuzz, FuzzWorker, Plain};
use programs::{EXPLORE, RUN};
pub(crate) use programs::{Explore, Extra, Run, RunGrain, RunWorld};

use crate::console;
use crate::shard;
use crate::stop::Stop;

/// A concurrency-correctness testbed around a small free-threaded Python interpreter.
#[derive(Debug, Parser)]
#[command(name = "raddle", version, after_help = STATUS)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

const STATUS: &str = "\
Exit status: 0 all held; 1 a claim failed, the program raised, or `explore` found
an error, a deadlock or more than one outcome; 2 bad usage, unreadable input, or
results that could not be written; 3 inconclusive; 130 interrupted twice.";

const CHECK: &str = "\
Examples:
  raddle check                                    every scenario in every world
  raddle check dict --world graph                 those of the dict, on the graph checker
  raddle check --fault di2-reader-does-not-mark   with a real CPython bug switched on
  raddle check --weaken collection.end            with one memory order weakened
  raddle check --format sarif > raddle.sarif      for a code scanner";

const FAULTS: &str = "\
Examples:
  raddle faults          every fault, on every checker
  raddle faults 132869   the fault of CPython's issue gh-132869
  raddle faults --list   their names, where they come from and what they do";

const ORDERINGS: &str = "\
Examples:
  raddle orderings         every order, on the graph checker and loom
  raddle orderings dict.   those of the dict";

const MERGE: &str = "\
Examples:
  raddle merge check-1of2.json check-2of2.json   the parts that two machines have left
  raddle merge fuzz-1of2.json fuzz-2of2.json     those of a fuzzing run";

const REPLAY: &str = "\
Examples:
  raddle replay target/raddle/failures/NAME.json
      the report again
  raddle replay target/raddle/failures/NAME.json --format svg
      a picture of its execution graph
  raddle replay 0x2.1x4.2x4 bank.py
      one order of a Python program, which `explore` named
  raddle replay 0x2.1x4.2x4 --step bank.py
      the same, step by step";

const REPORT: &str = "\
Examples:
  raddle report --open            the results of the runs in this project
  raddle report results/monday    those of a folder that `--out` named";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run a Python program on real threads; `raddle FILE` does the same
    #[command(override_usage = "raddle run [-X OPTION] <FILE | - | -c CODE> [ARGS]...", after_help = RUN)]
    Run(Run),
    /// Find every outcome that a Python program with threads can have, and what decides between them
    #[command(override_usage = "raddle explore [OPTIONS] <FILE> [ARGS]...", after_help = EXPLORE)]
    Explore(Explore),
    /// Check the claims: every scenario in every world
    #[command(after_help = CHECK)]
    Check(Check),
    /// Switch each seeded fault on and see that it is caught
    #[command(after_help = FAULTS)]
    Faults(Matrix),
    /// Weaken each ordering site and see that a scenario fails
    #[command(after_help = ORDERINGS)]
    Orderings(Matrix),
    /// Draw racing programs, judge what they answer, and make what fails small
    #[command(after_help = fuzzing::EXAMPLES)]
    Fuzz(Fuzz),
    /// Put the results of the parts of a check or of a fuzzing run together
    #[command(after_help = MERGE)]
    Merge(Merge),
    /// Run the execution of a saved failure again and print its report
    #[command(after_help = REPLAY)]
    Replay(Replay),
    /// Write the results of earlier runs as pages for a browser
    #[command(after_help = REPORT)]
    Report(Report),
    /// Run one scenario natively in this process and print its row
    #[command(hide = true)]
    Stress(Stress),
    /// Fuzz in this process until standard input ends
    #[command(hide = true)]
    FuzzWorker(FuzzWorker),
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Only the scenarios whose name contains this, or the one in this file
    pub(crate) filter: Option<String>,
    /// The world to run them in
    #[arg(long, value_enum, default_value_t = Worlds::All)]
    pub(crate) world: Worlds,
    /// graph: only graphs with at most this many reads that do not take the newest write
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(crate) stale_reads: Option<u8>,
    /// graph: explore the I-th of N parts only; `raddle merge` puts the results of all parts together
    #[arg(long, value_name = "I/N", value_parser = shard::parse, allow_hyphen_values = true)]
    pub(crate) shard: Option<(u64, u64)>,
    /// graph: go on from this checkpoint, which a check that ended early has left; may be given several times
    #[arg(long, value_name = "FILE", conflicts_with_all = NOT_WITH_RESUME)]
    pub(crate) resume: Vec<PathBuf>,
    /// graph: the stack of each thread of a scenario, in KiB; 256 unless given
    #[arg(long, value_name = "KIB", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(16..=1 << 20))]
    pub(crate) stack_size: Option<u32>,
    /// graph: only what schedules with at most this many preemptions do; loom: the same, instead of each scenario's own bound
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(crate) preemptions: Option<u8>,
    /// loom: the complete mode, in which a verdict without a bound is exhaustive
    #[arg(long)]
    pub(crate) complete: bool,
    /// Switch on this fault, and run the scenario that must catch it unless a filter says otherwise
    #[arg(long, value_name = "NAME", conflicts_with = "weaken")]
    pub(crate) fault: Option<String>,
    /// Weaken this ordering site to Relaxed, and run the scenario that needs it unless a filter says otherwise
    #[arg(long, value_name = "SITE")]
    pub(crate) weaken: Option<String>,
    /// Only list the scenarios
    #[arg(long)]
    pub(crate) list: bool,
    #[command(flatten)]
    pub(crate) common: Common,
}

/// What a checkpoint says itself.
const NOT_WITH_RESUME: [&str; 9] = [
    "filter",
    "world",
    "stale_reads",
    "shard",
    "preemptions",
    "complete",
    "fault",
    "weaken",
    "list",
];

#[derive(Debug, Args)]
pub(crate) struct Matrix {
    /// Only those whose name, or the number of the issue that they come from, contains this
    pub(crate) filter: Option<String>,
    /// Only list them
    #[arg(long)]
    pub(crate) list: bool,
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Debug, Args)]
pub(crate) struct Merge {
    /// The results of all parts of one run: `check-1of2.json` and `check-2of2.json`
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, Args)]
pub(crate) struct Replay {
    /// The failure, as `check` saved it; or an order of PROGRAM's steps, as `explore` named it
    #[arg(value_name = "FILE | TOKEN")]
    pub(crate) file: PathBuf,
    /// The Python program of which this is an order
    #[arg(conflicts_with_all = ["format", "full"])]
    pub(crate) program: Option<PathBuf>,
    /// The program's own arguments, in `sys.argv`
    #[arg(
        trailing_var_arg = true,
        allow_hyphen_values = true,
        value_name = "ARGS"
    )]
    pub(crate) arguments: Vec<OsString>,
    /// Walk through the order step by step; an empty line goes on, `b` goes back, a number goes to a step, `q` ends
    #[arg(long, requires = "program")]
    pub(crate) step: bool,
    /// The form of the report on standard output
    #[arg(long, value_enum, default_value_t = Form::Text)]
    pub(crate) format: Form,
    /// Show every step in the text, not only those that decide
    #[arg(long)]
    pub(crate) full: bool,
}

/// The forms of one failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    Text,
    Json,
    /// A page that needs no network
    Html,
    /// The execution graph, for Graphviz
    Dot,
    /// The execution graph as a picture
    Svg,
}

#[derive(Debug, Args)]
pub(crate) struct Report {
    /// The folder of the results; the one that runs write to unless given
    pub(crate) dir: Option<PathBuf>,
    /// Open the pages in a browser
    #[arg(long)]
    pub(crate) open: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Stress {
    /// The scenario's name
    pub(crate) scenario: String,
    /// The time that it may take, in milliseconds
    pub(crate) budget: u64,
}

/// Reads the command line.
pub(crate) fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Command, Stop> {
    Line::try_parse_from(with_run(arguments.collect()))
        .map(|line| line.command)
        .map_err(|error| refuse(&error))
}

/// Writes `raddle FILE ARGS` as `raddle run FILE -- ARGS`: what follows the program belongs to the program, whatever it
/// looks like.
fn with_run(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let Some(word) = arguments.get(1) else {
        return arguments;
    };
    let from = match word.to_str() {
        Some("run") => 2,
        _ if is_extra(word) || is_program(word) && !is_command(word) => {
            arguments.insert(1, "run".into());
            2
        }
        _ => return arguments,
    };
    let from = behind_extras(&arguments, from);
    let program = match arguments
        .get(from)
        .map(|word| (word == "-c", is_program(word)))
    {
        Some((true, _)) => from + 2,
        Some((false, true)) => from + 1,
        _ => return arguments,
    };
    if program < arguments.len() {
        arguments.insert(program, "--".into());
    }
    arguments
}

/// Whether the word names a program: a file, `-`, or code after `-c`.
fn is_program(word: &OsStr) -> bool {
    let bytes = word.as_encoded_bytes();
    bytes == b"-" || bytes.starts_with(b"-c") || !bytes.starts_with(b"-")
}

/// Whether the word is `-X`, or that and its value.
fn is_extra(word: &OsStr) -> bool {
    word.as_encoded_bytes().starts_with(b"-X")
}

/// Where the program is, when the options for the interpreter begin at a place.
fn behind_extras(arguments: &[OsString], mut from: usize) -> usize {
    while let Some(word) = arguments
        .get(from)
        .filter(|word| is_extra(word) || is_choice(word))
    {
        let is_whole = word.as_encoded_bytes().contains(&b'=') || is_extra(word) && word != "-X";
        from += if is_whole { 1 } else { 2 };
    }
    from
}

/// Whether the word says where or how the program runs.
fn is_choice(word: &OsStr) -> bool {
    let name = word
        .to_str()
        .map(|word| word.split_once('=').map_or(word, |(name, _)| name));
    matches!(name, Some("--world" | "--seed" | "--grain"))
}

fn is_command(word: &OsStr) -> bool {
    word == "help" || Line::command().find_subcommand(word).is_some()
}

/// The commands that the help names.
pub(crate) fn command_names() -> Vec<String> {
    let line = Line::command();
    let shown = line.get_subcommands().filter(|known| !known.is_hide_set());
    shown.map(|known| known.get_name().to_owned()).collect()
}

fn refuse(error: &clap::Error) -> Stop {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            Stop::Help(console::narrowed(&error.to_string()))
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Stop::usage("what shall it do? `raddle --help` names the commands")
        }
        _ => Stop::Usage(one_line(&error.to_string())),
    }
}

/// The first paragraph of clap's message as one line.
fn one_line(message: &str) -> String {
    let message = message.strip_prefix("error: ").unwrap_or(message);
    let paragraph = message.split("\n\n").next().unwrap_or(message);
    paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::with_run;

    fn rewritten(line: &str) -> String {
        let words = line.split(' ').map(OsString::from).collect();
        with_run(words)
            .join(" ".as_ref())
            .into_string()
            .expect("it was text")
    }

    #[test]
    fn what_follows_the_program_belongs_to_the_program() {
        assert_eq!(rewritten("raddle x.py"), "raddle run x.py");
        assert_eq!(rewritten("raddle x.py --help"), "raddle run x.py -- --help");
        assert_eq!(rewritten("raddle run x.py -c y"), "raddle run x.py -- -c y");
        assert_eq!(rewritten("raddle -c pass -x"), "raddle run -c pass -- -x");
        assert_eq!(rewritten("raddle - a"), "raddle run - -- a");
        assert_eq!(rewritten("raddle run -- x"), "raddle run -- x");
        assert_eq!(
            rewritten("raddle run --world program --seed=3 x.py --seed 4"),
            "raddle run --world program --seed=3 x.py -- --seed 4"
        );
    }

    #[test]
    fn other_commands_are_left_alone() {
        for line in [
            "raddle",
            "raddle check x --list",
            "raddle --help",
            "raddle run --help",
            "raddle help",
        ] {
            assert_eq!(rewritten(line), line);
        }
    }
}
