//! A counterexample in words: the program, what each thread saw, and the first answer that no order explains.

use std::fmt::Write;

use crate::history::{Call, History};
use crate::linearize::Unexplained;
use crate::program::{Program, THREADS};

const WIDTH: usize = 36;

/// The program: one column for each thread.
#[must_use]
pub fn program(program: &Program) -> String {
    let mut text = format!("x = {}\n", program.container);
    let longest = program.threads.iter().map(Vec::len).max().unwrap_or(0);
    columns(&mut text, &titles());
    for at in 0..longest {
        let cells = program
            .threads
            .each_ref()
            .map(|ops| ops.get(at).map(ToString::to_string));
        columns(&mut text, &cells.map(Option::unwrap_or_default));
    }
    text
}

/// The calls in the order in which they began, each with its answer; a mark says which of them overlap.
#[must_use]
pub fn history(history: &History) -> String {
    let mut calls: Vec<&Call> = history.calls.iter().collect();
    calls.sort_by_key(|call| call.begin);
    let mut text = String::new();
    columns(&mut text, &titles());
    for call in calls {
        let mut cells = [const { String::new() }; THREADS];
        cells[call.thread] = told(call);
        let others = history
            .calls
            .iter()
            .filter(|other| other.thread != call.thread);
        if others
            .clone()
            .any(|other| !other.is_before(call) && !call.is_before(other))
        {
            cells[call.thread].push_str(" *");
        }
        columns(&mut text, &cells);
    }
    let _ = writeln!(
        text,
        "left: {}      (* ran while a call of the other thread ran)",
        history.after
    );
    text
}

/// Why no order explains the history.
#[must_use]
pub fn unexplained(history: &History, why: &Unexplained) -> String {
    let mut text = format!(
        "no order of the calls explains the answers; the best one begins, from {}:\n",
        history.before
    );
    for at in &why.prefix {
        let call = &history.calls[*at];
        let _ = writeln!(text, "  T{}: {}", call.thread + 1, told(call));
    }
    let _ = writeln!(text, "then x is {}", why.reached);
    for (at, answer) in &why.stuck {
        let call = &history.calls[*at];
        let _ = writeln!(
            text,
            "  T{}: {}, where {answer} was due",
            call.thread + 1,
            told(call)
        );
    }
    if why.prefix.len() == history.calls.len() {
        let _ = writeln!(text, "  but {} was left", history.after);
    }
    text
}

/// `x.pop() -> 3`.
fn told(call: &Call) -> String {
    format!("{} -> {}", call.op, call.answer)
}

fn titles() -> [String; THREADS] {
    std::array::from_fn(|thread| format!("T{}", thread + 1))
}

fn columns(text: &mut String, cells: &[String; THREADS]) {
    let line: String = cells.iter().map(|cell| format!("{cell:<WIDTH$}")).collect();
    let _ = writeln!(text, "  {}", line.trim_end());
}
