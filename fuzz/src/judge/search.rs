//! The search for an order: depth first, and no configuration twice.

use std::collections::HashSet;

use super::Unexplained;
use crate::history::{Call, History};
use crate::spec::{At, Frame, Next};
use crate::state::{Answer, State};

/// An order of all calls of the history.
pub(super) fn whole(history: &History) -> Result<Vec<usize>, Box<Unexplained>> {
    let mut search = Search::new(history);
    let start = Configuration {
        done: vec![0; search.threads.len()],
        frames: vec![Frame::new(); search.threads.len()],
        state: history.before.clone(),
    };
    if search.extend(start) {
        Ok(search.order)
    } else {
        Err(Box::new(
            search.best.expect("every search notes where it began"),
        ))
    }
}

/// How far the threads are, and what they have made of the objects.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Configuration {
    done: Vec<usize>,
    frames: Vec<Frame>,
    state: State,
}

struct Search<'a> {
    history: &'a History,
    /// The calls of each thread, in order.
    threads: Vec<Vec<usize>>,
    seen: HashSet<Configuration>,
    /// The calls that have ended, in the order of their last steps.
    order: Vec<usize>,
    best: Option<Unexplained>,
}

impl<'a> Search<'a> {
    fn new(history: &'a History) -> Self {
        let mut threads = vec![Vec::new(); history.threads()];
        for (at, call) in history.calls.iter().enumerate() {
            threads[call.thread].push(at);
        }
        Self {
            history,
            threads,
            seen: HashSet::new(),
            order: Vec::new(),
            best: None,
        }
    }

    /// Tries to complete the order from here.
    fn extend(&mut self, from: Configuration) -> bool {
        if self.is_complete(&from) {
            return true;
        }
        if self.seen.contains(&from) {
            return false;
        }
        let mut stuck = Vec::new();
        for thread in self.able(&from) {
            let at = self.threads[thread][from.done[thread]];
            let call = &self.history.calls[at];
            let mut due = Vec::new();
            let mut fits = false;
            for next in self.nexts(&from, call) {
                match &next.answer {
                    Some(answer) if *answer != call.answer => due.push(answer.clone()),
                    _ => {
                        fits = true;
                        if self.step(&from, thread, at, next) {
                            return true;
                        }
                    }
                }
            }
            if !fits {
                stuck.push((at, due));
            }
        }
        self.note(&from, stuck);
        self.seen.insert(from);
        false
    }

    fn step(&mut self, from: &Configuration, thread: usize, at: usize, next: Next) -> bool {
        let mut to = from.clone();
        to.state = next.state;
        to.frames[thread] = next.frame;
        let ends = next.answer.is_some();
        if ends {
            to.frames[thread].clear();
            to.done[thread] += 1;
            self.order.push(at);
        }
        let found = self.extend(to);
        if ends && !found {
            self.order.pop();
        }
        found
    }

    fn nexts(&self, from: &Configuration, call: &Call) -> Vec<Next> {
        let at = At {
            thread: call.thread,
            args: &call.step.args,
        };
        let frame = &from.frames[call.thread];
        self.history.spec(call).nexts(&from.state, frame, &at)
    }

    fn is_complete(&self, from: &Configuration) -> bool {
        let mut threads = from.done.iter().zip(&self.threads);
        threads.all(|(done, calls)| *done == calls.len()) && from.state.ends_as(&self.history.after)
    }

    /// The threads that may do their next step, the one whose call ended first before the others: no call that is left
    /// may have ended before it began.
    fn able(&self, from: &Configuration) -> Vec<usize> {
        let next = |thread: usize| {
            let at = self.threads[thread].get(from.done[thread])?;
            Some(&self.history.calls[*at])
        };
        let left: Vec<&Call> = (0..self.threads.len()).filter_map(next).collect();
        let first = |call: &&&Call| {
            let begun = !from.frames[call.thread].is_empty();
            begun || !left.iter().any(|other| other.is_before(call))
        };
        let mut able: Vec<&Call> = left.iter().filter(first).copied().collect();
        able.sort_by_key(|call| call.end);
        able.iter().map(|call| call.thread).collect()
    }

    fn note(&mut self, from: &Configuration, stuck: Vec<(usize, Vec<Answer>)>) {
        let longest = self.best.as_ref().map(|best| best.prefix.len());
        if longest.is_none_or(|longest| self.order.len() > longest) {
            self.best = Some(Unexplained {
                key: None,
                prefix: self.order.clone(),
                reached: from.state.clone(),
                stuck,
            });
        }
    }
}
