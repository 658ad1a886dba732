//! A schedule, written down: every choice of an execution, in order.
//!
//! `0.1x14.2x3.!.1` reads: thread 0 went on, then thread 1 fourteen times, then thread 2 three times, then a rare event
//! happened (`?` would say that it did not), then thread 1 went on. Choices with one option are not written.

use std::fmt;

use super::strategy::{Access, Options, Strategy};

/// One choice that had several options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sync) enum Choice {
    /// This thread went on.
    Thread(usize),
    /// Whether the rare event happened.
    Flip(bool),
}

/// Every choice of an execution.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::sync) struct Schedule(pub(super) Vec<Choice>);

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Choice::Thread(thread) => write!(f, "{thread}"),
            Choice::Flip(true) => f.write_str("!"),
            Choice::Flip(false) => f.write_str("?"),
        }
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let runs = self.0.chunk_by(|left, right| left == right);
        for (index, run) in runs.enumerate() {
            let dot = if index == 0 { "" } else { "." };
            match run.len() {
                1 => write!(f, "{dot}{}", run[0])?,
                times => write!(f, "{dot}{}x{times}", run[0])?,
            }
        }
        Ok(())
    }
}

impl Schedule {
    /// Reads a schedule.
    ///
    /// # Errors
    /// The part that is not one.
    pub(in crate::sync) fn parse(text: &str) -> Result<Self, String> {
        let mut choices = Vec::new();
        for part in text.split('.').filter(|part| !part.is_empty()) {
            let (choice, times) = run(part).ok_or_else(|| part.to_owned())?;
            choices.extend(std::iter::repeat_n(choice, times));
        }
        Ok(Self(choices))
    }
}

/// The longest run that is believed: longer executions are cut off anyway.
const LONGEST: usize = 1 << 20;

fn run(part: &str) -> Option<(Choice, usize)> {
    let (choice, times) = part.split_once('x').unwrap_or((part, "1"));
    let times = times.parse().ok().filter(|times| *times <= LONGEST)?;
    let choice = match choice {
        "!" => Choice::Flip(true),
        "?" => Choice::Flip(false),
        thread => Choice::Thread(thread.parse().ok()?),
    };
    Some((choice, times))
}

/// Follows a schedule, once.
#[derive(Debug)]
pub(in crate::sync) struct Follow {
    schedule: Schedule,
    next: usize,
    begun: bool,
    /// The first choice that the schedule does not have, counted from 1.
    misfit: Option<usize>,
}

impl Follow {
    pub(in crate::sync) fn new(schedule: Schedule) -> Self {
        Self {
            schedule,
            next: 0,
            begun: false,
            misfit: None,
        }
    }

    /// The next choice, if it is one that `fits` accepts.
    fn choice<T>(&mut self, fits: impl FnOnce(Choice) -> Option<T>) -> Option<T> {
        let choice = self.schedule.0.get(self.next).copied().and_then(fits);
        self.next += 1;
        if choice.is_none() {
            self.misfit.get_or_insert(self.next);
        }
        choice
    }
}

impl Strategy for Follow {
    fn begin(&mut self) -> bool {
        !std::mem::replace(&mut self.begun, true)
    }

    /// Where the schedule does not fit, the thread that ran goes on.
    fn thread(&mut self, options: Options, _done: &[Access]) -> usize {
        let fallback = options.current.unwrap_or(options.threads.first());
        if options.threads.len() == 1 {
            return options.threads.first();
        }
        let chosen = self.choice(|choice| match choice {
            Choice::Thread(thread) => {
                Some(thread).filter(|thread| options.threads.contains(*thread))
            }
            Choice::Flip(_) => None,
        });
        chosen.unwrap_or(fallback)
    }

    fn flip(&mut self) -> bool {
        let chosen = self.choice(|choice| match choice {
            Choice::Flip(happens) => Some(happens),
            Choice::Thread(_) => None,
        });
        chosen.unwrap_or(false)
    }

    fn complaint(&self) -> Option<String> {
        let misfit = self.misfit?;
        Some(format!(
            "the schedule does not fit the code: choice {misfit} cannot be made"
        ))
    }
}
