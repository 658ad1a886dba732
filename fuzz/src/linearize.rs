//! Whether the calls of a history can be put into one order that explains every answer: linearizability, by brute force.
//!
//! The order keeps what was ordered in time: a call that had ended before another began comes first. Histories are
//! small, so all orders are tried; the longest one that explains its answers is kept for the explanation.

use crate::history::History;
use crate::program::{Answer, Container};
use crate::spec;

/// Why no order explains a history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unexplained {
    /// The longest order of calls that explains its answers, as indices of calls.
    pub prefix: Vec<usize>,
    /// The container after it.
    pub reached: Container,
    /// Each call that could come next, and what it would have answered.
    pub stuck: Vec<(usize, Answer)>,
}

/// An order of the calls, as indices, that explains every answer and what was left.
///
/// # Errors
/// When there is none, with the order that comes closest.
pub fn linearize(history: &History) -> Result<Vec<usize>, Unexplained> {
    let mut search = Search {
        history,
        order: Vec::new(),
        best: Unexplained {
            prefix: Vec::new(),
            reached: history.before.clone(),
            stuck: Vec::new(),
        },
    };
    if search.extend(&history.before) {
        Ok(search.order)
    } else {
        Err(search.best)
    }
}

struct Search<'a> {
    history: &'a History,
    order: Vec<usize>,
    best: Unexplained,
}

impl Search<'_> {
    /// Tries to complete the order, which has led to `container`.
    fn extend(&mut self, container: &Container) -> bool {
        let mut stuck = Vec::new();
        for at in self.next() {
            let call = &self.history.calls[at];
            let mut after = container.clone();
            let answer = spec::apply(&mut after, call.op);
            if answer != call.answer && !self.history.is_weak(at) {
                stuck.push((at, answer));
                continue;
            }
            self.order.push(at);
            if self.extend(&after) {
                return true;
            }
            self.order.pop();
        }
        if self.order.len() == self.history.calls.len() && *container == self.history.after {
            return true;
        }
        self.note(container, stuck);
        false
    }

    /// The calls that may come next: none that is left had ended before they began.
    fn next(&self) -> Vec<usize> {
        let calls = &self.history.calls;
        let left: Vec<usize> = (0..calls.len())
            .filter(|at| !self.order.contains(at))
            .collect();
        let first = |at: &usize| {
            !left
                .iter()
                .any(|other| calls[*other].is_before(&calls[*at]))
        };
        left.iter().copied().filter(first).collect()
    }

    fn note(&mut self, container: &Container, stuck: Vec<(usize, Answer)>) {
        let is_first = self.best.stuck.is_empty() && self.best.prefix.is_empty();
        if self.order.len() > self.best.prefix.len() || is_first {
            self.best = Unexplained {
                prefix: self.order.clone(),
                reached: container.clone(),
                stuck,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::linearize;
    use crate::history::{Call, History};
    use crate::program::{Answer, Container, DictOp, ListOp, Op};

    fn call(thread: usize, op: Op, answer: Answer, begin: u64, end: u64) -> Call {
        Call {
            thread,
            op,
            answer,
            begin,
            end,
        }
    }

    fn read(index: u8) -> Op {
        Op::List(ListOp::Get(index))
    }

    #[test]
    fn overlapping_calls_may_take_effect_in_either_order() {
        let history = History {
            before: Container::List(vec![]),
            calls: vec![
                call(0, Op::List(ListOp::Append(1)), Answer::Done, 0, 5),
                call(1, read(0), Answer::Value(Some(1)), 1, 2),
            ],
            after: Container::List(vec![1]),
        };
        assert_eq!(linearize(&history), Ok(vec![0, 1]));
    }

    #[test]
    fn a_call_that_ended_comes_first() {
        let history = History {
            before: Container::List(vec![]),
            calls: vec![
                call(0, Op::List(ListOp::Append(1)), Answer::Done, 0, 1),
                call(1, read(0), Answer::Value(None), 2, 3),
            ],
            after: Container::List(vec![1]),
        };
        let unexplained = linearize(&history).expect_err("the read is late");
        assert_eq!(unexplained.prefix, [0]);
        assert_eq!(unexplained.stuck, [(1, Answer::Value(Some(1)))]);
    }

    #[test]
    fn what_is_left_must_be_explained_too() {
        let history = History {
            before: Container::Dict(vec![]),
            calls: vec![
                call(0, Op::Dict(DictOp::Insert(1, 10)), Answer::Done, 0, 2),
                call(1, Op::Dict(DictOp::Insert(2, 20)), Answer::Done, 1, 3),
            ],
            after: Container::Dict(vec![(1, 10)]),
        };
        assert!(linearize(&history).is_err(), "one insertion was lost");
        let after = Container::Dict(vec![(2, 20), (1, 10)]);
        assert_eq!(linearize(&History { after, ..history }), Ok(vec![1, 0]));
    }

    #[test]
    fn a_read_during_a_shift_may_see_any_item_that_was_there() {
        let shift = call(0, Op::List(ListOp::Insert(0, 3)), Answer::Done, 0, 5);
        let history = |answer| History {
            before: Container::List(vec![1, 2]),
            calls: vec![
                shift.clone(),
                call(1, read(2), Answer::Value(Some(answer)), 1, 2),
            ],
            after: Container::List(vec![3, 1, 2]),
        };
        assert!(linearize(&history(1)).is_ok());
        assert!(!history(1).is_invented(&history(1).calls[1]));
        assert!(history(9).is_invented(&history(9).calls[1]));
    }
}
