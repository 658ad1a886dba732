//! One failing execution of a wrong form, with as few changes of threads as there can be, in the words of its program.

use std::collections::BTreeMap;

use graph_engine::{Config, Engine, Model, Op, Outcome, Role, Trace, TraceEvent};
use serde::Serialize;

use crate::bug::Bug;
use crate::program::{Form, Program};
use crate::run;
use crate::verdict::MODELS;

/// More changes of threads than these no entry needs.
const MOST: usize = 8;

/// A failing execution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Interleaving {
    /// The model under which it is possible, the strongest of those under which the wrong form fails.
    pub model: &'static str,
    /// Under sequential consistency how many times a thread is left that could go on, else how many reads take an old value.
    pub least: usize,
    /// What the threads do, in this order.
    pub steps: Vec<Step>,
}

/// One step of a thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The thread's name.
    pub thread: String,
    /// What it does, and what it finds.
    pub does: String,
}

/// The execution of a wrong form that is shown.
///
/// # Panics
/// When the entry cannot be read, or nothing fails; a test looks at both.
#[must_use]
pub fn interleaving(bug: &Bug) -> Interleaving {
    let program = bug.form(Form::Wrong).expect("a test reads every entry");
    let fails = |(name, _): &&(&'static str, Model)| bug.fails(Form::Wrong, name);
    let &(name, model) = MODELS.iter().find(fails).expect("it fails somewhere");
    let found = (0..=MOST).find_map(|least| {
        let trace = failing(&program, model, least)?;
        Some((least, trace))
    });
    let (least, trace) = found.expect("a test explores every entry");
    Interleaving {
        model: name,
        least,
        steps: steps(&program, &trace, model),
    }
}

/// The first execution that fails within a bound.
fn failing(program: &Program, model: Model, bound: usize) -> Option<Trace> {
    let mut config = Config::new(model);
    match model {
        Model::Sc => config.max_preemptions = Some(bound),
        _ => config.max_stale_reads = Some(bound),
    }
    let exploration = Engine::explore(config, run::body(program.clone()));
    exploration.failure.map(|failure| failure.trace)
}

fn steps(program: &Program, trace: &Trace, model: Model) -> Vec<Step> {
    let order = match model {
        Model::Sc => linear(&trace.events),
        _ => None,
    };
    let order = order.unwrap_or_else(|| (0..trace.events.len()).collect());
    let mut newest: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    let mut steps = Vec::new();
    for event in order.into_iter().map(|at| &trace.events[at]) {
        let last = newest.entry(event.location.as_deref().unwrap_or_default());
        let last = last.or_default();
        *last = event.coherence.max(*last);
        let found = event
            .reads_from
            .and_then(|write| trace.event(write)?.coherence);
        let is_old = event.role == Role::Read && found < *last;
        let goes_on = || {
            let mut events = trace.events.iter();
            events.any(|later| later.thread == event.thread && later.index > event.index)
        };
        // Whoever waits looks again and again; only that it waits for ever is a step worth telling.
        if !(waits(event) && goes_on()) {
            steps.extend(step(program, event, is_old));
        }
    }
    steps
}

/// Whether the event is a look after which its thread waits.
fn waits(event: &TraceEvent) -> bool {
    let fails = event.op == Op::Lock && event.outcome == Outcome::Failure;
    event.role == Role::Read && (fails || event.outcome == Outcome::Waits)
}

/// The step of the program that an event is, unless it is none or the write that belongs to a read.
fn step(program: &Program, event: &TraceEvent, is_old: bool) -> Option<Step> {
    let thread = match event.thread {
        0 => "finally".to_owned(),
        number => program.threads.get(number - 1)?.name.clone(),
    };
    let does = does(event, is_old)?;
    Some(Step { thread, does })
}

fn does(event: &TraceEvent, is_old: bool) -> Option<String> {
    let (place, value) = (event.location.as_deref().unwrap_or_default(), event.value);
    let value = value as i64;
    let old = if is_old { ", an old value" } else { "" };
    Some(match (event.op, event.role) {
        (Op::Free, _) => format!("free {place}"),
        (Op::Choice, _) => format!("choose: {value}"),
        (Op::Fence, _) => "fence".to_owned(),
        (Op::Lock, Role::Read) if waits(event) => format!("lock {place}: waits for ever"),
        (Op::Lock, Role::Read) => format!("lock {place}"),
        (Op::Unlock, Role::Read) => format!("unlock {place}"),
        (Op::Load, _) if waits(event) => format!("wait {place}: it is {value} for ever"),
        (Op::Load, _) => format!("load {place}: {value}{old}"),
        (Op::Store, _) => format!("store {place} {value}"),
        (Op::Read, _) => format!("read {place}: {value}"),
        (Op::Write, _) => format!("write {place} {value}"),
        (Op::Update, Role::Read) => format!("change {place}: it was {value}"),
        (Op::Cas, Role::Read) if event.outcome == Outcome::Failure => {
            format!("cas {place}: it is {value}{old}, and stays")
        }
        (Op::Cas, Role::Read) => format!("cas {place}: it was {value}, and is changed"),
        (Op::Stuck | Op::Spin, _) => "wait: for ever".to_owned(),
        _ => return None,
    })
}

/// The events in an order in which every read finds the last write, with few changes of threads, if there is one.
fn linear(events: &[TraceEvent]) -> Option<Vec<usize>> {
    let needs = needs(events);
    let mut done = vec![false; events.len()];
    let mut order: Vec<usize> = Vec::new();
    while order.len() < events.len() {
        let ready = |at: &usize| !done[*at] && needs[*at].iter().all(|need| done[*need]);
        let last = order.last().map(|at: &usize| events[*at].thread);
        let mut all = (0..events.len()).filter(ready);
        let mut same = (0..events.len()).filter(ready);
        let next = same.find(|at| Some(events[*at].thread) == last);
        let next = next.or_else(|| all.next())?;
        done[next] = true;
        order.push(next);
    }
    Some(order)
}

/// For each event those that come before it.
fn needs(events: &[TraceEvent]) -> Vec<Vec<usize>> {
    let place: BTreeMap<usize, usize> = (0..)
        .zip(events)
        .map(|(at, event)| (event.id, at))
        .collect();
    let at = |id: usize| place.get(&id).copied();
    let written = |event: &TraceEvent| event.reads_from.and_then(at).map(|write| &events[write]);
    let before = |late: &TraceEvent, early: &TraceEvent| {
        let program = early.thread == late.thread && early.index < late.index;
        let learnt = late.reads_from == Some(early.id) || late.happens_after.contains(&early.id);
        let same = early.location.is_some() && early.location == late.location;
        let newer = match (early.coherence, late.coherence) {
            (Some(early), Some(late)) => early < late,
            (None, Some(late)) => written(early).and_then(|write| write.coherence) < Some(late),
            _ => false,
        };
        // What a read-modify-write reads, it writes over.
        let split = same && early.role == Role::Write && late.role == Role::Read;
        let over = split && early.coherence <= written(late).and_then(|write| write.coherence);
        program || learnt || same && newer || over
    };
    let of = |(at, late): (usize, &TraceEvent)| {
        let others = events.iter().enumerate();
        let others = others.filter(|(other, early)| *other != at && before(late, early));
        others.map(|(other, _)| other).collect()
    };
    events.iter().enumerate().map(of).collect()
}
