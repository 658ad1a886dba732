//! The program that runs: the body of a scenario takes no argument, so it finds its program here.

use std::sync::{Mutex, MutexGuard, PoisonError};

use reports::scenario::Claims;

use crate::explain;
use crate::history::History;
use crate::linearize::linearize;
use crate::program::Program;

static PROGRAM: Mutex<Option<Program>> = Mutex::new(None);
/// Programs run one at a time.
static TURN: Mutex<()> = Mutex::new(());

/// Holds the turn of a program.
#[derive(Debug)]
pub(crate) struct Turn(#[expect(dead_code, reason = "it is held")] MutexGuard<'static, ()>);

/// Makes this the program that runs, until the turn is given up.
pub(crate) fn begin(program: &Program) -> Turn {
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    *PROGRAM.lock().unwrap_or_else(PoisonError::into_inner) = Some(program.clone());
    Turn(turn)
}

/// The program that runs.
pub(crate) fn program() -> Program {
    let program = PROGRAM.lock().unwrap_or_else(PoisonError::into_inner);
    program.clone().expect("a program runs only in its turn")
}

/// Claims that some order explains the history, and that it holds nothing that nobody put in.
pub(crate) fn judge(history: &History, claims: &Claims) {
    for call in &history.calls {
        claims.always(
            "answers are things that were put in",
            !history.is_invented(call),
            || explain::history(history),
        );
    }
    let unexplained = linearize(history).err();
    claims.always(
        "some order explains the answers",
        unexplained.is_none(),
        || {
            let why = unexplained
                .as_ref()
                .map(|why| explain::unexplained(history, why));
            format!("{}\n{}", explain::history(history), why.unwrap_or_default())
        },
    );
}
