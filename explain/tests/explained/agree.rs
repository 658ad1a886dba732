//! Holds an explanation against the graph that it was made of, by means as slow as they are simple.

use std::collections::BTreeSet;

use explain::explanation::{Explanation, Row};
use reports::failure::Failure;
use reports::trace::{Action, Step, Trace, Write};

/// Every step that happens before this one, by program order, what was learnt, starts and joins: as slow as it is simple.
fn before(trace: &Trace, step: &Step) -> BTreeSet<usize> {
    let mut known = BTreeSet::new();
    let mut todo = vec![step.number];
    while let Some(number) = todo.pop() {
        let Some(at) = trace.step(number) else {
            continue;
        };
        let own = trace.steps.iter().filter(|other| other.thread == at.thread);
        todo.extend(
            own.filter(|other| other.number < number)
                .map(|other| other.number),
        );
        todo.extend(at.memory.iter().flat_map(|memory| memory.after.clone()));
        for other in trace.steps.iter().filter(|other| other.number < number) {
            let starts = matches!(&other.action, Action::Spawn { thread } if *thread == trace.threads[at.thread]);
            let ended = matches!(&at.action, Action::Join { thread } if *thread == trace.threads[other.thread]);
            if starts || ended {
                todo.push(other.number);
            }
        }
        todo.retain(|number| known.insert(*number));
    }
    known
}

/// Two numbers at the end of a sentence's parts: `nothing orders step 4 and step 8`.
fn numbers(text: &str) -> Vec<usize> {
    let words = text.split(|letter: char| !letter.is_ascii_digit());
    words.filter_map(|word| word.parse().ok()).collect()
}

/// Claims that nothing in an explanation is refuted by its own graph.
#[track_caller]
pub(crate) fn agrees(failure: &Failure, told: &Explanation) {
    let trace = &failure.trace;
    let step = |number: &usize| {
        let step = trace.step(*number);
        step.unwrap_or_else(|| panic!("there is no step {number}: {told:#?}"))
    };
    told.deciding.iter().for_each(|number| {
        step(number);
    });
    let happens = |earlier: usize, later: usize| before(trace, step(&later)).contains(&earlier);
    for reason in &told.reasons {
        let ends = numbers(&reason.heading);
        if reason.heading.starts_with("nothing orders") {
            assert!(!happens(ends[0], ends[1]), "{}", reason.heading);
            assert!(!happens(ends[1], ends[0]), "{}", reason.heading);
        }
        if reason.heading.contains("could miss") {
            assert!(!happens(ends[1], ends[0]), "{}", reason.heading);
            let memory = step(&ends[0]).memory.as_ref().expect("it is a read");
            assert_ne!(
                memory.from,
                Some(Write::Step(ends[1])),
                "{}",
                reason.heading
            );
        }
    }
    for (number, remark) in &told.remarks {
        let memory = step(number).memory.as_ref();
        if let Some(from) = remark.strip_prefix(", from step ") {
            let from = numbers(from)[0];
            let source = memory.and_then(|memory| memory.from);
            assert_eq!(source, Some(Write::Step(from)), "step {number}{remark}");
        }
    }
    every_step_has_a_row(trace, told);
}

/// The rows cover the steps without holes and without doubles, and no deciding one is folded away.
#[track_caller]
fn every_step_has_a_row(trace: &Trace, told: &Explanation) {
    let mut shown = Vec::new();
    for row in &told.rows {
        match row {
            Row::Step { step, deciding, .. } => {
                assert_eq!(*deciding, told.deciding.contains(step));
                shown.push(*step);
            }
            Row::Fold { first, last, .. } | Row::Skip { first, last, .. } => {
                let folded = *first..=*last;
                assert!(
                    told.deciding.range(folded.clone()).next().is_none(),
                    "{row:?}"
                );
                shown.extend(folded);
            }
            Row::Call { .. } => {}
        }
    }
    let steps = trace.steps.iter().filter(|step| !step.is_bracket());
    let all: Vec<usize> = steps.map(|step| step.number).collect();
    assert_eq!(shown, all);
}
