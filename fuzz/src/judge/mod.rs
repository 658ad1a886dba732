//! Whether the calls of a history can be put into one order that explains every answer: linearizability.
//!
//! # Source           Wing and Gong 1993; Lowe, Testing for linearizability, 2017; P-compositionality: Herlihy and Wing 1990,
//! Horn and Kroening 2015.
//! Differences: a call may have several steps, each of which finds its own place; the configurations that are remembered
//! hold how far each thread is, not which calls are done, since the calls of one thread have an order.

mod search;

#[cfg(test)]
mod brute;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::history::{Call, History};
use crate::state::{Answer, State};

/// Why no order explains a history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unexplained {
    /// The key whose calls alone cannot be explained, if that was enough.
    pub key: Option<i8>,
    /// The longest order of calls that explains its answers, as indices of calls.
    pub prefix: Vec<usize>,
    /// The state after it.
    pub reached: State,
    /// Each call that could come next, and what it could have answered.
    pub stuck: Vec<(usize, Vec<Answer>)>,
}

/// An order of the calls, as indices, that explains every answer and what was left. Where the calls fall apart into keys,
/// that of one key after the other.
///
/// # Errors
/// When there is none, with the order that comes closest.
pub fn linearize(history: &History) -> Result<Vec<usize>, Box<Unexplained>> {
    match keys(history) {
        Some(keys) => by_key(history, &keys),
        None => search::whole(history),
    }
}

/// The keys of the calls, when each call has just one.
fn keys(history: &History) -> Option<BTreeSet<i8>> {
    history.program.target.project?;
    history
        .calls
        .iter()
        .map(|call| key(history, call))
        .collect()
}

fn key(history: &History, call: &Call) -> Option<i8> {
    history.spec(call).key.map(|at| call.step.args[at])
}

/// What is independent is linearizable when its parts are. The order of what is left belongs to no key, so it is looked at
/// in a history that is short enough.
fn by_key(history: &History, keys: &BTreeSet<i8>) -> Result<Vec<usize>, Box<Unexplained>> {
    let project = history.program.target.project.expect("it was asked for");
    let mut order = Vec::new();
    for &key in keys {
        let of_key = |at: &usize| self::key(history, &history.calls[*at]) == Some(key);
        let places: Vec<usize> = (0..history.calls.len()).filter(of_key).collect();
        let part = History {
            program: history.program.clone(),
            before: project(&history.before, key),
            calls: places.iter().map(|at| history.calls[*at].clone()).collect(),
            after: project(&history.after, key),
        };
        match search::whole(&part) {
            Ok(found) => order.extend(found.into_iter().map(|at| places[at])),
            Err(why) => return Err(Box::new(why.of_key(key, &places))),
        }
    }
    if history.calls.len() <= WHOLE {
        return search::whole(history);
    }
    Ok(order)
}

/// The most calls of a history that is judged as a whole though it falls apart.
const WHOLE: usize = 16;

impl Unexplained {
    fn of_key(self, key: i8, places: &[usize]) -> Self {
        let place = |at: usize| places[at];
        Self {
            key: Some(key),
            prefix: self.prefix.into_iter().map(place).collect(),
            stuck: (self.stuck.into_iter())
                .map(|(at, due)| (place(at), due))
                .collect(),
            ..self
        }
    }
}
