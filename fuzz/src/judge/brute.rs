//! The same verdict by brute force: every order of the calls, each played from the start. For tests.

use crate::history::{Call, History};
use crate::spec::{At, Frame};
use crate::state::State;

/// Whether some order explains the history, whose operations have one step each.
pub(super) fn is_linearizable(history: &History) -> bool {
    let mut orders = vec![Vec::new()];
    for at in 0..history.calls.len() {
        orders = orders
            .iter()
            .flat_map(|order| inserted(order, at))
            .collect();
    }
    orders.iter().any(|order| explains(history, order))
}

/// The orders that come of putting one more call into an order.
fn inserted(order: &[usize], at: usize) -> Vec<Vec<usize>> {
    let put = |place: usize| {
        let mut order = order.to_vec();
        order.insert(place, at);
        order
    };
    (0..=order.len()).map(put).collect()
}

fn explains(history: &History, order: &[usize]) -> bool {
    let calls: Vec<&Call> = order.iter().map(|at| &history.calls[*at]).collect();
    let late = |(at, call): (usize, &&Call)| {
        let mut after = calls[at + 1..].iter();
        after.any(|other| other.is_before(call))
    };
    !calls.iter().enumerate().any(late) && plays(history, &calls)
}

fn plays(history: &History, calls: &[&Call]) -> bool {
    let mut states = vec![history.before.clone()];
    for call in calls {
        states = states
            .iter()
            .flat_map(|state| after(history, state, call))
            .collect();
    }
    states.iter().any(|state| state.ends_as(&history.after))
}

fn after(history: &History, state: &State, call: &Call) -> Vec<State> {
    let at = At {
        thread: call.thread,
        args: &call.step.args,
    };
    let nexts = history.spec(call).nexts(state, &Frame::new(), &at);
    let fitting = nexts
        .into_iter()
        .filter(|next| next.answer.as_ref() == Some(&call.answer));
    fitting.map(|next| next.state).collect()
}
