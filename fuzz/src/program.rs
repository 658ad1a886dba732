//! What is drawn: the content of shared objects at the start, and what each thread does with them.
//!
//! A program has a text form, in which failures and the corpus are kept: a drawn program stays the same program when the
//! way of drawing changes, which a seed does not.
//!
//! ```text
//! target list
//! start 1 2 | 3
//! thread
//!   append 10
//!   get -1
//! thread
//!   pop
//! ```

use std::fmt::{self, Write};
use std::sync::Arc;

use crate::spec::TargetSpec;
use crate::state::State;

/// The most threads of a program.
pub const MOST_THREADS: usize = 4;

/// The most calls of a thread that a text may name.
const MOST_CALLS: usize = 200;

/// One call of a program.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step {
    /// Which operation of its target.
    pub operation: usize,
    /// What it is given.
    pub args: Vec<i8>,
}

/// A racing program.
#[derive(Clone, Debug)]
pub struct Program {
    /// What it is for.
    pub target: Arc<TargetSpec>,
    /// The shared objects at the start.
    pub start: State,
    /// What each thread does, in order.
    pub threads: Vec<Vec<Step>>,
}

impl PartialEq for Program {
    fn eq(&self, other: &Self) -> bool {
        self.target.name == other.target.name
            && self.start == other.start
            && self.threads == other.threads
    }
}

impl Program {
    /// How many calls it has.
    #[must_use]
    pub fn calls(&self) -> usize {
        self.threads.iter().map(Vec::len).sum()
    }

    /// The same, or what is next to it and ends: some targets have operations that wait.
    #[must_use]
    pub fn closed(mut self) -> Self {
        if let Some(close) = self.target.close {
            close(&self.target, &mut self.threads);
        }
        self
    }

    /// Reads the text form.
    ///
    /// # Errors
    /// What is wrong with it, as one line.
    pub fn parse(text: &str, targets: &[Arc<TargetSpec>]) -> Result<Self, String> {
        let mut lines = text.lines().enumerate().filter(|(_, line)| {
            let line = line.trim();
            !line.is_empty() && !line.starts_with('#')
        });
        let mut need = |what: &str| {
            let (at, line) = lines.next().ok_or(format!("no line `{what} ..`"))?;
            let rest = line.trim().strip_prefix(what);
            let rest = rest.ok_or_else(|| format!("line {}: not `{what} ..`", at + 1))?;
            Ok::<_, String>((at + 1, rest.trim().to_owned()))
        };
        let (at, name) = need("target")?;
        let target = targets.iter().find(|known| known.name == name);
        let target = target.ok_or_else(|| format!("line {at}: there is no target `{name}`"))?;
        let (at, start) = need("start")?;
        let start = rows(&start, target).map_err(|why| format!("line {at}: {why}"))?;
        let mut threads: Vec<Vec<Step>> = Vec::new();
        for (at, line) in lines {
            let line = line.trim();
            if line == "thread" {
                threads.push(Vec::new());
                continue;
            }
            let calls = threads.last_mut();
            let calls = calls.ok_or_else(|| format!("line {}: a call before a thread", at + 1))?;
            let step = step(line, target).map_err(|why| format!("line {}: {why}", at + 1))?;
            calls.push(step);
            if calls.len() > MOST_CALLS {
                return Err(format!("line {}: more than {MOST_CALLS} calls", at + 1));
            }
        }
        if !(1..=MOST_THREADS).contains(&threads.len()) {
            return Err(format!(
                "{} threads; 1 to {MOST_THREADS} race",
                threads.len()
            ));
        }
        let target = Arc::clone(target);
        let program = Self {
            target,
            start,
            threads,
        };
        Ok(program.closed())
    }
}

fn rows(text: &str, target: &TargetSpec) -> Result<State, String> {
    let rows: Vec<&str> = text.split('|').collect();
    if rows.len() != target.start.len() {
        return Err(format!(
            "{} rows, where the target has {}",
            rows.len(),
            target.start.len()
        ));
    }
    let row = |row: &&str| row.split_whitespace().map(number).collect();
    let rows: Result<Vec<Vec<i8>>, String> = rows.iter().map(row).collect();
    let rows = rows?;
    for (row, drawn) in rows.iter().zip(target.start) {
        drawn.admits(row)?;
    }
    Ok(State::new(rows))
}

fn number(word: &str) -> Result<i8, String> {
    word.parse()
        .map_err(|_| format!("`{word}` is not a number from -128 to 127"))
}

fn step(line: &str, target: &TargetSpec) -> Result<Step, String> {
    let mut words = line.split_whitespace();
    let name = words.next().unwrap_or_default();
    let operation = target.operation(name);
    let operation = operation.ok_or_else(|| format!("`{}` has no `{name}`", target.name))?;
    let args: Vec<i8> = words.map(number).collect::<Result<_, _>>()?;
    let wanted = target.operations[operation].args;
    if args.len() != wanted.len() {
        return Err(format!("`{name}` takes {} numbers", wanted.len()));
    }
    for (arg, wanted) in args.iter().zip(wanted) {
        let (least, greatest) = wanted.range();
        if !(least..=greatest).contains(arg) {
            return Err(format!("{arg} is not from {least} to {greatest}"));
        }
    }
    Ok(Step { operation, args })
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "target {}", self.target.name)?;
        let row = |row: &Vec<i8>| {
            let words: Vec<String> = row.iter().map(i8::to_string).collect();
            words.join(" ")
        };
        let rows: Vec<String> = self.start.rows.iter().map(row).collect();
        writeln!(f, "start {}", rows.join(" | "))?;
        for calls in &self.threads {
            writeln!(f, "thread")?;
            for step in calls {
                let mut line = format!("  {}", self.target.operations[step.operation].name);
                for arg in &step.args {
                    write!(line, " {arg}")?;
                }
                writeln!(f, "{line}")?;
            }
        }
        Ok(())
    }
}
