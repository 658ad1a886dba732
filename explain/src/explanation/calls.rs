//! The calls of protocol operations, put together from their begins and ends.

use super::Call;
use reports::trace::{Action, Step, Trace};

/// The calls of the workers, in the order in which they began.
pub(super) fn of(trace: &Trace) -> Vec<Call> {
    let mut open: Vec<Vec<usize>> = vec![Vec::new(); trace.threads.len()];
    let mut calls = Vec::new();
    for step in trace.steps.iter().filter(|step| step.thread != 0) {
        let Some(open) = open.get_mut(step.thread) else {
            continue;
        };
        match &step.action {
            Action::Begin { operation } => {
                open.push(calls.len());
                calls.push(begun(step, operation, open.len() - 1));
            }
            Action::End { result, .. } => {
                if let Some(at) = open.pop() {
                    let call: &mut Call = &mut calls[at];
                    call.ended = true;
                    call.result.clone_from(result);
                }
            }
            _ => open.iter().for_each(|at| extend(&mut calls[*at], step)),
        }
    }
    calls
}

fn begun(step: &Step, operation: &str, depth: usize) -> Call {
    Call {
        thread: step.thread,
        operation: operation.to_owned(),
        result: None,
        depth,
        at: step.at.clone(),
        steps: None,
        ended: false,
    }
}

fn extend(call: &mut Call, step: &Step) {
    let first = call.steps.map_or(step.number, |(first, _)| first);
    call.steps = Some((first, step.number));
}
