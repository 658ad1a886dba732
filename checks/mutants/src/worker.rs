//! A process that tries mutants, and what it answers.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// How much longer than its budget a scenario may take before its process is ended: only a loop without any step of
/// the model and without any switch gets there.
const GRACE: Duration = Duration::from_secs(30);

/// How much memory a process may take, in KiB.
const MEMORY: u64 = 2 << 20;

/// A scenario to run, and the most executions to look at.
#[derive(Clone, Debug, Serialize)]
pub struct Task {
    /// Its name.
    pub name: String,
    /// How many executions.
    pub executions: u64,
    /// How many places one run may pass.
    pub places: u64,
}

/// What to try.
#[derive(Clone, Debug, Serialize)]
pub struct Request {
    /// Nothing: the scenarios as they are.
    pub mutant: Option<usize>,
    /// In this order, until one notices.
    pub scenarios: Vec<Task>,
    /// For all of them together.
    pub milliseconds: u64,
}

/// What came of one scenario.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Answer {
    /// The scenario.
    pub scenario: String,
    /// `held`, `failed`, `vacuous`, `endless`, `crashed`, or `unknown`.
    pub outcome: String,
    /// The kind of failure.
    pub kind: String,
    /// What was said of it.
    pub detail: String,
    /// After how many executions.
    pub executions: u64,
    /// After how long.
    pub milliseconds: u64,
    /// How many places the longest run has passed.
    pub places: u64,
    /// Without a mutant: the places that were passed. With one: itself, if its switch was seen to be on.
    pub passed: Vec<usize>,
}

struct Process {
    child: Child,
    lines: Receiver<String>,
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts a process when there is none.
pub struct Worker<'a> {
    program: &'a Path,
    process: Option<Process>,
}

impl<'a> Worker<'a> {
    /// A worker that has no process yet.
    pub fn new(program: &'a Path) -> Self {
        Self {
            program,
            process: None,
        }
    }

    fn process(&mut self) -> Result<&mut Process> {
        if self.process.is_none() {
            self.process = Some(start(self.program)?);
        }
        self.process
            .as_mut()
            .ok_or_else(|| Error("no process".to_owned()))
    }

    /// What becomes of a request. A process that dies of it, or does not answer, has given the last answer.
    ///
    /// # Errors
    /// When no process can be started.
    pub fn ask(&mut self, request: &Request) -> Result<Vec<Answer>> {
        let patience = Duration::from_millis(request.milliseconds) + GRACE;
        let line = serde_json::to_string(request).map_err(|error| Error(error.to_string()))?;
        let process = self.process()?;
        let input = process.child.stdin.as_mut();
        let sent = input.is_some_and(|input| writeln!(input, "{line}").is_ok());
        let mut answers: Vec<Answer> = Vec::new();
        let mut running = String::new();
        if sent && process.listen(patience, &mut answers, &mut running) {
            return Ok(answers);
        }
        self.process = None;
        Ok(answers)
    }
}

impl Process {
    /// Takes answers until the request is done; false if the process died or fell silent, which is the last answer.
    fn listen(&self, patience: Duration, answers: &mut Vec<Answer>, running: &mut String) -> bool {
        loop {
            match self.lines.recv_timeout(patience) {
                Ok(line) if line == "done" => return true,
                Ok(line) => match line.strip_prefix("begin ") {
                    Some(name) => name.clone_into(running),
                    None => answers.extend(serde_json::from_str::<Answer>(&line).ok()),
                },
                Err(end) => {
                    answers.push(last(std::mem::take(running), end));
                    return false;
                }
            }
        }
    }
}

fn last(scenario: String, end: RecvTimeoutError) -> Answer {
    let (outcome, detail) = match end {
        RecvTimeoutError::Timeout => ("endless", "the process does not answer any more"),
        RecvTimeoutError::Disconnected => ("crashed", "the process did not survive it"),
    };
    Answer {
        scenario,
        outcome: outcome.to_owned(),
        kind: outcome.to_owned(),
        detail: detail.to_owned(),
        executions: 0,
        milliseconds: 0,
        places: 0,
        passed: Vec::new(),
    }
}

fn start(program: &Path) -> Result<Process> {
    let mut child = limited(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| Error::file("run", program, &error))?;
    let output = child.stdout.take();
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        let output = output
            .into_iter()
            .flat_map(|out| BufReader::new(out).lines());
        for line in output.map_while(std::result::Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    Ok(Process { child, lines })
}

/// The program, with a bound on its memory where the system's shell can set one: a mutant may ask for any amount.
fn limited(program: &Path) -> Command {
    if cfg!(unix) {
        let mut command = Command::new("sh");
        let script = format!("ulimit -v {MEMORY}; exec \"$0\"");
        command.arg("-c").arg(script).arg(program);
        return command;
    }
    Command::new(program)
}
