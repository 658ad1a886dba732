//! A counterexample in words: the program, what each thread saw, and the first answer that no order explains.

use std::fmt::Write;

use crate::history::{Call, History};
use crate::judge::Unexplained;
use crate::program::Program;
use crate::state::{Answer, State};

const WIDTH: usize = 34;

/// The program: one column for each thread.
#[must_use]
pub fn program(program: &Program) -> String {
    let mut text = format!("{}: {}\n", program.target.name, state(&program.start));
    let longest = program.threads.iter().map(Vec::len).max().unwrap_or(0);
    columns(&mut text, &titles(program.threads.len()));
    for at in 0..longest {
        let cell = |steps: &Vec<crate::program::Step>| {
            let step = steps.get(at);
            let shown = step.map(|step| program.target.operations[step.operation].call(&step.args));
            shown.unwrap_or_default()
        };
        let cells: Vec<String> = program.threads.iter().map(cell).collect();
        columns(&mut text, &cells);
    }
    text
}

/// The calls in the order in which they began, each with its answer; a mark says which of them overlap.
#[must_use]
pub fn history(history: &History) -> String {
    let mut calls: Vec<&Call> = history.calls.iter().collect();
    calls.sort_by_key(|call| call.begin);
    let mut text = String::new();
    columns(&mut text, &titles(history.threads()));
    for call in calls {
        let mut cells = vec![String::new(); history.threads()];
        cells[call.thread] = told(history, call);
        let others = history.calls.iter();
        let mut others = others.filter(|other| other.thread != call.thread);
        if others.any(|other| !other.is_before(call) && !call.is_before(other)) {
            cells[call.thread].push_str(" *");
        }
        columns(&mut text, &cells);
    }
    let _ = writeln!(
        text,
        "left: {}      (* ran while a call of another thread ran)",
        state(&history.after)
    );
    text
}

/// Why no order explains the history.
#[must_use]
pub fn unexplained(history: &History, why: &Unexplained) -> String {
    let of_key = why.key.map(|key| format!(" with key {key}"));
    let mut text = format!(
        "no order of the calls{} explains the answers; the best one begins, from {}:\n",
        of_key.unwrap_or_default(),
        state(&history.before)
    );
    for at in &why.prefix {
        let call = &history.calls[*at];
        let _ = writeln!(text, "  T{}: {}", call.thread + 1, told(history, call));
    }
    let _ = writeln!(text, "then there is {}", state(&why.reached));
    for (at, due) in &why.stuck {
        let call = &history.calls[*at];
        let _ = writeln!(
            text,
            "  T{}: {}, where {}",
            call.thread + 1,
            told(history, call),
            answers(due)
        );
    }
    if why.stuck.is_empty() {
        let _ = writeln!(text, "  but {} was left", state(&history.after));
    }
    text
}

fn answers(due: &[Answer]) -> String {
    let due: Vec<String> = due.iter().map(Answer::to_string).collect();
    match due.is_empty() {
        true => "it had to wait".to_owned(),
        false => format!("{} was due", due.join(" or ")),
    }
}

/// The shared objects, one after the other.
#[must_use]
pub fn state(state: &State) -> String {
    let rows: Vec<String> = state.rows.iter().map(|row| format!("{row:?}")).collect();
    rows.join(" and ")
}

/// `x.pop() -> 3`.
fn told(history: &History, call: &Call) -> String {
    format!("{} -> {}", history.shown(call), call.answer)
}

fn titles(threads: usize) -> Vec<String> {
    (1..=threads).map(|thread| format!("T{thread}")).collect()
}

fn columns(text: &mut String, cells: &[String]) {
    let line: String = cells.iter().map(|cell| format!("{cell:<WIDTH$}")).collect();
    let _ = writeln!(text, "  {}", line.trim_end());
}
