//! Which calls each step lies in, and which steps decide.

use std::collections::BTreeSet;

use reports::trace::{Action, Step, Trace};

/// A step in its place.
#[derive(Debug)]
pub(super) struct Placed<'a> {
    pub(super) step: &'a Step,
    /// Its place among all steps. The begin of a call has no number of its own.
    pub(super) row: usize,
    /// The rows that began the calls around it, outermost first.
    pub(super) calls: Vec<usize>,
    /// How many steps the call that it begins has, if it begins one.
    pub(super) length: usize,
    /// What that call gave back, where it is known.
    pub(super) result: Option<&'a str>,
}

impl Placed<'_> {
    /// Whether it is among the steps of these numbers.
    pub(super) fn decides(&self, deciding: &BTreeSet<usize>) -> bool {
        !self.is_call() && deciding.contains(&self.step.number)
    }

    /// Whether it is the begin of a call.
    pub(super) fn is_call(&self) -> bool {
        matches!(self.step.action, Action::Begin { .. })
    }
}

/// Every step but the ends of calls.
pub(super) fn placed(trace: &Trace) -> Vec<Placed<'_>> {
    let mut open: Vec<Vec<usize>> = vec![Vec::new(); trace.threads.len()];
    let mut placed: Vec<Placed<'_>> = Vec::new();
    for (row, step) in trace.steps.iter().enumerate() {
        let Some(calls) = open.get_mut(step.thread) else {
            continue;
        };
        if let Action::End { result, .. } = &step.action {
            let began = calls.pop();
            let began = placed.iter_mut().rfind(|placed| Some(placed.row) == began);
            if let Some(began) = began {
                began.result = result.as_deref();
            }
            continue;
        }
        placed.push(Placed {
            step,
            row,
            calls: calls.clone(),
            length: 0,
            result: None,
        });
        if let Action::Begin { .. } = step.action {
            calls.push(row);
        }
    }
    measure(&mut placed);
    placed
}

fn measure(placed: &mut [Placed<'_>]) {
    let inside: Vec<usize> = placed.iter().flat_map(|step| step.calls.clone()).collect();
    for step in placed {
        step.length = inside.iter().filter(|call| **call == step.row).count();
    }
}

/// The calls to show closed: those without a step that decides.
pub(super) fn closed(placed: &[Placed<'_>], deciding: &BTreeSet<usize>) -> BTreeSet<usize> {
    let decides = |placed: &&Placed<'_>| placed.decides(deciding);
    let open: BTreeSet<usize> = placed
        .iter()
        .filter(decides)
        .flat_map(|step| step.calls.clone())
        .collect();
    let calls = placed.iter().filter(|step| step.length > 0);
    let closed = calls.map(|step| step.row);
    closed.filter(|call| !open.contains(call)).collect()
}
