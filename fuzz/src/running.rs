//! The program that runs: the body of a scenario takes no argument, so it finds its program here.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use reports::scenario::Claims;

use crate::explain;
use crate::history::{Call, History};
use crate::judge;
use crate::meetings;
use crate::program::Program;
use crate::state::State;

static RUNNING: Mutex<Option<Arc<Running>>> = Mutex::new(None);
/// Programs run one at a time.
static TURN: Mutex<()> = Mutex::new(());

/// A program, and what was seen of it.
#[derive(Debug)]
pub(crate) struct Running {
    /// The program.
    pub(crate) program: Arc<Program>,
    /// Whether the order in which its threads run is the order of what they do.
    pub(crate) clock_runs: bool,
    /// What the judge has let pass: the same histories come again and again.
    passed: Mutex<HashSet<(Vec<Call>, State)>>,
    /// Which places in the source met.
    meetings: Mutex<HashSet<u64>>,
}

/// Holds the turn of a program.
#[derive(Debug)]
pub(crate) struct Turn {
    pub(crate) running: Arc<Running>,
    #[expect(dead_code, reason = "it is held")]
    guard: MutexGuard<'static, ()>,
}

/// Makes this the program that runs, until the turn is given up.
pub(crate) fn begin(program: &Arc<Program>, clock_runs: bool) -> Turn {
    let guard = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let running = Arc::new(Running {
        program: Arc::clone(program),
        clock_runs,
        passed: Mutex::default(),
        meetings: Mutex::default(),
    });
    *RUNNING.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&running));
    Turn { running, guard }
}

/// The program that runs.
pub(crate) fn current() -> Arc<Running> {
    let running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    Arc::clone(running.as_ref().expect("a program runs only in its turn"))
}

impl Turn {
    /// The pairs of places in the source that met.
    pub(crate) fn meetings(&self) -> HashSet<u64> {
        let meetings = self.running.meetings.lock();
        std::mem::take(&mut *meetings.unwrap_or_else(PoisonError::into_inner))
    }

    /// The histories that the judge has let pass, each once.
    pub(crate) fn passed(&self) -> HashSet<(Vec<Call>, State)> {
        let passed = self.running.passed.lock();
        std::mem::take(&mut *passed.unwrap_or_else(PoisonError::into_inner))
    }
}

/// What is claimed of every history.
pub(crate) const CLAIM: &str = "some order explains the answers";

impl Running {
    /// Notes which places met in the execution that ends, where the recorder's log is in the order of what was done.
    pub(crate) fn note_meetings(&self) {
        if self.clock_runs {
            let mut into = self.meetings.lock().unwrap_or_else(PoisonError::into_inner);
            meetings::note(&mut into);
        }
    }

    /// Claims that some order explains the history.
    pub(crate) fn judge(&self, history: &History, claims: &Claims) {
        let verdict = self.verdict(history);
        claims.always(CLAIM, verdict.is_ok(), || verdict.err().unwrap_or_default());
    }

    /// Whether some order explains the history.
    ///
    /// # Errors
    /// Why none does, in words.
    pub(crate) fn verdict(&self, history: &History) -> Result<(), String> {
        let seen = (history.calls.clone(), history.after.clone());
        let passed = || self.passed.lock().unwrap_or_else(PoisonError::into_inner);
        if passed().contains(&seen) {
            return Ok(());
        }
        judge::linearize(history).map_err(|why| {
            let why = explain::unexplained(history, &why);
            format!("{}\n{why}", explain::history(history))
        })?;
        passed().insert(seen);
        Ok(())
    }
}
