//! What the commands that run programs can be told.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use crate::duration;

pub(super) const RUN: &str = "\
Examples:
  raddle run hello.py a b        the program's arguments follow it
  raddle run -c 'print(6 * 7)'   a text instead of a file
  raddle run --world program --seed 7 hello.py
      its threads one at a time, as chance number 7 has it";

pub(super) const EXPLORE: &str = "\
Examples:
  raddle explore bank.py
      every outcome that some order of its threads' steps has
  raddle explore --observe balance bank.py
      the value of an expression at the end belongs to the outcome
  raddle explore --sample 1000 --seed 3 bank.py
      a thousand orders by chance
  raddle explore --sample 1000 --depth 3 bank.py
      by priorities (PCT), for what needs three ordered pairs
  raddle explore --test tests.py::test_transfer
      a function of a file, or a method: tests.py::TestBank::test_transfer
  raddle explore --replay 0x2.1x4.2x4 bank.py
      one order again, which a report has named
  raddle explore --suggest bank.py
      what a lock around the lines that race would change

Threads change only where another thread could notice: at globals, attributes,
items, methods of containers, locks, events, output, the start and the end of a
thread. Time is virtual, and a time-out is a choice. Files are not put back
between interleavings, and standard input is empty.

Exit status: 0 one outcome, without an error; 1 several outcomes, an error or a
deadlock; 2 bad usage, or no program; 3 inconclusive.";

#[derive(Debug, Args)]
pub(crate) struct Run {
    /// Run this text instead of a file
    #[arg(short, value_name = "CODE", allow_hyphen_values = true)]
    pub(crate) code: Option<OsString>,
    /// What the interpreter shall do besides; before the program
    #[arg(short = 'X', value_name = "OPTION", value_enum)]
    pub(crate) extra: Vec<Extra>,
    /// Where the program runs
    #[arg(long, value_enum, default_value_t = RunWorld::Native)]
    pub(crate) world: RunWorld,
    /// program: which choices chance makes; the same number, the same run
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        allow_negative_numbers = true
    )]
    pub(crate) seed: u64,
    /// program: where threads change
    #[arg(long, value_enum, default_value_t = RunGrain::Program)]
    pub(crate) grain: RunGrain,
    /// The program; `-` for standard input
    #[arg(required_unless_present = "code", conflicts_with = "code")]
    pub(crate) file: Option<OsString>,
    /// The program's own arguments, in `sys.argv`
    #[arg(last = true, value_name = "ARGS")]
    pub(crate) arguments: Vec<OsString>,
}

/// The worlds that run whole programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RunWorld {
    /// Real threads
    Native,
    /// One thread at a time, as chance has it
    #[value(alias = "shuttle")]
    Program,
}

/// Where threads change in a world where one of them runs at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RunGrain {
    /// At what another Python thread could notice
    Program,
    /// At every primitive of the interpreter
    Atomic,
}

#[derive(Debug, Args)]
pub(crate) struct Explore {
    /// An expression of the program's module whose value at the end belongs to the outcome
    #[arg(long, value_name = "EXPR", allow_hyphen_values = true)]
    pub(crate) observe: Option<String>,
    /// The time for the exploration
    #[arg(long, value_name = "TIME", value_parser = duration::parse, allow_hyphen_values = true, default_value = "60s")]
    pub(crate) budget: Duration,
    /// Only interleavings in which a thread that could go on is made to wait at most so often
    #[arg(
        long,
        value_name = "N",
        conflicts_with = "sample",
        allow_negative_numbers = true
    )]
    pub(crate) preemptions: Option<u32>,
    /// So many interleavings by chance
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) sample: Option<u64>,
    /// By priorities of which one less fall (PCT), for outcomes that need so many ordered pairs of operations
    #[arg(long, value_name = "N", requires = "sample", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..=100))]
    pub(crate) depth: Option<u32>,
    /// What chance begins with, and the hashes of strings
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        allow_negative_numbers = true
    )]
    pub(crate) seed: u64,
    /// Run one interleaving again, which a report has named
    #[arg(long, value_name = "TOKEN", conflicts_with_all = ["sample", "preemptions"])]
    pub(crate) replay: Option<String>,
    /// Walk through that interleaving step by step; an empty line goes on, `b` goes back, a number goes to a step, `q` ends
    #[arg(long, requires = "replay")]
    pub(crate) step: bool,
    /// Put a lock around the lines that race, explore again, and say whether one outcome is left
    #[arg(long, conflicts_with_all = ["replay", "test"])]
    pub(crate) suggest: bool,
    /// Explore one test: FILE names it, as in `tests.py::test_transfer`
    #[arg(long, conflicts_with = "observe")]
    pub(crate) test: bool,
    /// The program
    pub(crate) file: PathBuf,
    /// The program's own arguments, in `sys.argv`
    #[arg(
        trailing_var_arg = true,
        allow_hyphen_values = true,
        value_name = "ARGS"
    )]
    pub(crate) arguments: Vec<OsString>,
}

/// What `-X` can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Extra {
    /// Tell at the end how many references and objects are left, which a walk of the heap finds
    #[value(name = "showrefcount")]
    ShowRefcount,
}
