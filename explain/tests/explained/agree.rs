//! Holds an explanation against the graph that it was made of, by means as slow as they are simple.

use std::collections::BTreeSet;

use explain::explanation::{Explanation, Row};
use reports::failure::Failure;
use reports::trace::{Action, Step, Trace, Wait, Write};

/// Every step that happens before this one, by program order, what was learnt, starts and joins: as slow as it is simple.
fn before(trace: &Trace, step: &Step) -> BTreeSet<usize> {
    let mut known = BTreeSet::new();
    let mut todo = vec![step.number];
    while let Some(number) = todo.pop() {
        let Some(at) = trace.step(number) else {
            continue;
        };
        // A begin or an end of an operation has the number of the step before it, which may be another thread's.
        let own = trace
            .steps
            .iter()
            .filter(|other| other.thread == at.thread && !other.is_bracket());
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
    trace.steps.iter().for_each(facts_fit);
    every_step_has_a_row(trace, told);
    the_cause_is_in_the_graph(failure, told);
}

/// What is known of a step is what can be known of its kind: only reads read, and only writes have a place in coherence order.
#[track_caller]
fn facts_fit(step: &Step) {
    let Some(memory) = &step.memory else {
        return;
    };
    let (reads, writes) = match &step.action {
        Action::Update { .. } => (true, true),
        Action::Load { .. } | Action::Failed { .. } | Action::Read { .. } => (true, false),
        Action::Store { .. } | Action::Write { .. } => (false, true),
        _ => return,
    };
    assert!(reads || memory.from.is_none(), "{step:?}");
    assert!(writes || memory.coherence.is_none(), "{step:?}");
    // Of the step that broke the rule nothing may be known, since it did not take effect; an update that changes nothing
    // and ends its thread has read, and has not written.
    let known = memory.from.is_some() || memory.coherence.is_some();
    assert!(!known || reads == memory.from.is_some(), "{step:?}");
    let may_lack = matches!(step.action, Action::Update { .. });
    assert!(
        !known || may_lack || writes == memory.coherence.is_some(),
        "{step:?}"
    );
}

/// The steps that a sentence names, in its order: `.. (step 4) .. (step 8)`.
fn named(sentence: &str) -> Vec<usize> {
    let parts = sentence.split("step ").skip(1);
    parts
        .filter_map(|part| numbers(part).first().copied())
        .collect()
}

/// What the sentence of the cause says of steps, waits and orders is what the graph says.
#[track_caller]
fn the_cause_is_in_the_graph(failure: &Failure, told: &Explanation) {
    let (trace, cause) = (&failure.trace, told.cause.as_str());
    let step = |number: usize| {
        trace
            .step(number)
            .unwrap_or_else(|| panic!("no step {number}: {cause}"))
    };
    let all = named(cause);
    all.iter().for_each(|number| {
        assert!(
            told.deciding.contains(number),
            "step {number} is folded: {cause}"
        );
    });
    if let Some((_, ends)) = cause.split_once("is not ordered after") {
        let (earlier, later) = (named(ends)[0], all[all.len() - 2]);
        assert!(!before(trace, step(later)).contains(&earlier), "{cause}");
    }
    if cause.contains(" misses ") {
        let [read, write] = [all[all.len() - 2], all[all.len() - 1]];
        let from = step(read).memory.as_ref().and_then(|memory| memory.from);
        assert!(
            from.is_some_and(|from| from != Write::Step(write)),
            "{cause}"
        );
        assert!(!before(trace, step(read)).contains(&write), "{cause}");
    }
    if cause.contains("publishes nothing") {
        assert!(!released(step(all[0])), "{cause}");
    }
    if let [write, between, read] = all[..]
        && cause.contains("does not show")
    {
        let from = step(read).memory.as_ref().and_then(|memory| memory.from);
        assert_ne!(from, Some(Write::Step(between)), "{cause}");
        assert_eq!(step(read).thread, step(write).thread, "{cause}");
        assert_ne!(step(between).thread, step(write).thread, "{cause}");
        assert!(
            read < write && step(write).subject() == step(between).subject(),
            "{cause}"
        );
    }
    if let [between, before, after] = all[..]
        && cause.contains(" comes between ")
    {
        assert!(before < between && between < after, "{cause}");
        assert_eq!(step(before).thread, step(after).thread, "{cause}");
    }
    waits_are_so(trace, cause);
}

/// Whether a step's order lets what came before it be seen.
fn released(step: &Step) -> bool {
    let (Action::Store { order, .. } | Action::Update { order, .. }) = &step.action else {
        return false;
    };
    order.contains("Rel") && order != "Relaxed" || order == "SeqCst"
}

/// `T1 waits for `b`, which T2 holds`, wherever that is said.
#[track_caller]
fn waits_are_so(trace: &Trace, cause: &str) {
    for part in cause.split(", and ") {
        let Some((thread, rest)) = part.split_once(" waits for `") else {
            continue;
        };
        let thread = thread.rsplit(' ').next();
        let (on, rest) = rest.split_once('`').expect("what is waited for is quoted");
        let holder = rest.strip_prefix(", which ");
        let holder = holder.and_then(|rest| rest.split_once(" holds"));
        let is_it = |wait: &&Wait| {
            Some(wait.thread.as_str()) == thread
                && wait.on == on
                && wait.holder.as_deref() == holder.map(|(holder, _)| holder)
        };
        assert!(
            trace.waits.iter().any(|wait| is_it(&wait)),
            "{cause}\n{:?}",
            trace.waits
        );
    }
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
