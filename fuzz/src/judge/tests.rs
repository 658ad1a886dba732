//! The judge against brute force, by hand, and on long histories.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::{brute, linearize};
use crate::draw::{self, Source};
use crate::history::{Call, History};
use crate::program::{Program, Step};
use crate::spec::{At, Frame, Model, Next, Spec, TargetSpec};
use crate::state::{Answer, State};

fn target(name: &str) -> Arc<TargetSpec> {
    let found = crate::targets()
        .into_iter()
        .find(|target| target.name == name);
    found.expect("a target")
}

/// A call as `thread name args -> answer`, from and until a time.
fn call(target: &TargetSpec, thread: usize, text: &str, answer: Answer, time: [u64; 2]) -> Call {
    let mut words = text.split_whitespace();
    let operation = words.next().and_then(|name| target.operation(name));
    let args = words.map(|word| word.parse().expect("a number")).collect();
    Call {
        thread,
        step: Step {
            operation: operation.expect("an operation"),
            args,
        },
        answer,
        begin: time[0],
        end: time[1],
    }
}

fn history(
    target: &Arc<TargetSpec>,
    before: [&[i8]; 2],
    calls: Vec<Call>,
    after: [&[i8]; 2],
) -> History {
    let state = |rows: [&[i8]; 2]| State::new(rows.map(<[i8]>::to_vec).into());
    let threads = (0..4).map(|thread| {
        let own = calls.iter().filter(|call| call.thread == thread);
        own.map(|call| call.step.clone()).collect()
    });
    let program = Program {
        target: Arc::clone(target),
        start: state(before),
        threads: threads.collect(),
    };
    History {
        before: program.start.clone(),
        program: Arc::new(program),
        calls,
        after: state(after),
    }
}

#[test]
fn overlapping_calls_may_take_effect_in_either_order() {
    let list = target("list");
    let seen = |answer, end| {
        let calls = vec![
            call(&list, 0, "append 10", Answer::Done, [0, end]),
            call(&list, 1, "get 0", answer, [2, 3]),
        ];
        linearize(&history(&list, [&[], &[]], calls, [&[10], &[]]))
    };
    assert_eq!(seen(Answer::Number(10), 5), Ok(vec![0, 1]));
    assert_eq!(seen(Answer::Nothing, 5), Ok(vec![1, 0]));
    let late = seen(Answer::Nothing, 1).expect_err("the append had ended");
    assert_eq!(late.prefix, [0]);
    assert_eq!(late.stuck, [(1, vec![Answer::Number(10)])]);
}

#[test]
fn what_is_left_must_be_explained_too() {
    let dict = target("dict");
    let left = |after: &[i8]| {
        let calls = vec![
            call(&dict, 0, "insert 1 10", Answer::Done, [0, 2]),
            call(&dict, 1, "insert 2 20", Answer::Done, [1, 3]),
        ];
        linearize(&history(&dict, [&[], &[]], calls, [after, &[]]))
    };
    let lost = left(&[1, 10]).expect_err("one insertion was lost");
    assert_eq!(lost.key, Some(2));
    assert_eq!(left(&[2, 20, 1, 10]), Ok(vec![1, 0]));
    let doubled = left(&[1, 10, 2, 20, 1, 10]);
    assert!(doubled.is_err(), "a key is there once");
}

#[test]
fn an_item_that_moves_may_be_found_in_both_places_or_in_neither() {
    let list = target("list");
    let seen = |first, second, end| {
        let calls = vec![
            call(&list, 0, "pop 0", Answer::Number(1), [0, end]),
            call(&list, 1, "get 0", Answer::of(first), [1, 2]),
            call(&list, 1, "get 1", Answer::of(second), [3, 4]),
        ];
        linearize(&history(&list, [&[1, 2], &[]], calls, [&[2], &[]])).is_ok()
    };
    assert!(seen(Some(2), Some(2), 9), "in both places");
    assert!(seen(Some(1), None, 9), "and in none");
    assert!(seen(Some(1), Some(2), 9) && seen(Some(2), None, 9));
    assert!(!seen(Some(3), None, 9), "nobody put that in");
    assert!(!seen(Some(2), Some(2), 0), "the pop had ended");
}

/// The operations of a target, each in one step: what others may see between two steps is asked above.
fn one_step(target: &Arc<TargetSpec>) -> Arc<TargetSpec> {
    let mut plain = TargetSpec::clone(target);
    let whole = |spec: &&'static Spec| -> Option<&'static Spec> {
        let model = match spec.model {
            Model::Moves(apply) | Model::Empties(apply) => Model::One(apply),
            Model::Steps(_) if spec.name == "pop" && target.name == "set" => Model::Steps(any_key),
            Model::Steps(_) => return None,
            model => model,
        };
        Some(Box::leak(Box::new(Spec { model, ..**spec })))
    };
    plain.operations = plain.operations.iter().filter_map(whole).collect();
    Arc::new(plain)
}

/// Takes any key out of a set.
fn any_key(state: &State, _: &Frame, _: &At<'_>) -> Vec<Next> {
    let next = |(at, key): (usize, &i8)| {
        let mut state = state.clone();
        state.rows[0].remove(at);
        Next {
            state,
            frame: Frame::new(),
            answer: Some(Answer::Number(*key)),
        }
    };
    let row = &state.rows[0];
    let mut all: Vec<Next> = row.iter().enumerate().map(next).collect();
    if row.is_empty() {
        all.push(Next {
            state: state.clone(),
            frame: Frame::new(),
            answer: Some(Answer::Raised("KeyError")),
        });
    }
    all
}

/// A history that was played in some order, and then perhaps falsified.
fn played(program: Program, source: &mut Source) -> History {
    let program = Arc::new(program);
    let mut state = program.start.clone();
    let mut next = vec![0; program.threads.len()];
    let mut open: Vec<Option<Call>> = vec![None; program.threads.len()];
    let mut calls: Vec<Vec<Call>> = vec![Vec::new(); program.threads.len()];
    for now in 0.. {
        let able = |thread: &usize| {
            open[*thread].is_some() || next[*thread] < program.threads[*thread].len()
        };
        let able: Vec<usize> = (0..next.len()).filter(able).collect();
        if able.is_empty() {
            break;
        }
        let thread = able[source.below(able.len())];
        match open[thread].take() {
            None => {
                let step = program.threads[thread][next[thread]].clone();
                next[thread] += 1;
                open[thread] = Some(Call {
                    thread,
                    step,
                    answer: Answer::Waits,
                    begin: now,
                    end: now,
                });
            }
            Some(call) if call.answer == Answer::Waits => {
                let at = At {
                    thread,
                    args: &call.step.args,
                };
                let spec = program.target.operations[call.step.operation];
                let mut nexts = spec.nexts(&state, &Frame::new(), &at);
                let chosen = nexts.swap_remove(source.below(nexts.len()));
                state = chosen.state;
                open[thread] = Some(Call {
                    answer: chosen.answer.expect("one step"),
                    ..call
                });
            }
            Some(call) => calls[thread].push(Call { end: now, ..call }),
        }
    }
    History {
        before: program.start.clone(),
        program,
        calls: calls.concat(),
        after: state,
    }
}

/// Two answers change places, or one becomes that of a call of the same kind elsewhere.
fn falsified(mut history: History, source: &mut Source) -> History {
    if history.calls.len() > 1 {
        let [one, other] = [(); 2].map(|()| source.below(history.calls.len()));
        let answer = history.calls[one].answer.clone();
        history.calls[one].answer = std::mem::replace(&mut history.calls[other].answer, answer);
    }
    history
}

/// Compares with brute force; gives how many linearizable histories there were, and how many others.
fn compared(count: u64) -> [u64; 2] {
    let mut found = [0; 2];
    for name in ["list", "dict", "set"] {
        let target = one_step(&target(name));
        let mut source = Source::new(count);
        let strategy = draw::programs(&target);
        for _ in 0..count {
            let mut program = source.draw(&strategy);
            program.threads.truncate(3);
            let share = 6 / program.threads.len();
            program
                .threads
                .iter_mut()
                .for_each(|calls| calls.truncate(share));
            let true_one = played(program, &mut source);
            assert!(
                linearize(&true_one).is_ok(),
                "{}",
                crate::explain::history(&true_one)
            );
            let history = falsified(true_one, &mut source);
            let verdict = linearize(&history).is_ok();
            let expected = brute::is_linearizable(&history);
            assert_eq!(verdict, expected, "{}", crate::explain::history(&history));
            found[usize::from(!expected)] += 1;
        }
    }
    found
}

/// `RADDLE_FUZZ_HISTORIES=3400` compares more than ten thousand.
#[test]
fn it_agrees_with_brute_force() {
    let asked = std::env::var("RADDLE_FUZZ_HISTORIES").ok();
    let count = asked.and_then(|text| text.parse().ok()).unwrap_or(200);
    let [linearizable, others] = compared(count);
    assert_eq!(linearizable + others, 3 * count);
    assert!(
        linearizable > count / 4 && others > count / 4,
        "{linearizable} and {others}"
    );
}

#[test]
fn four_threads_of_fifty_calls_take_less_than_a_second() {
    for name in ["list", "dict", "set"] {
        let target = one_step(&target(name));
        let mut source = Source::new(7);
        let step = draw::step(&target);
        let mut start = source.draw(&draw::programs(&target));
        start.threads = (0..4)
            .map(|_| (0..50).map(|_| source.draw(&step)).collect())
            .collect();
        let history = played(start, &mut source);
        let began = Instant::now();
        assert!(linearize(&history).is_ok());
        let took = began.elapsed();
        assert!(took < Duration::from_secs(1), "{name}: {took:?}");
    }
}
