//! From what the engine found wrong with a graph to a failure in the recorder's names.

use std::collections::BTreeMap;

use graph_engine::{FailureKind as Found, Op, Role, Trace, TraceEvent};
use record::event::{self, Entry, Event};
use record::knowledge::{Knowledge, Write};
use record::unordered::{self, Earlier, Late};
use record::{execution, failure, heap, waits};
use reports::failure::{Failure, FailureKind, Replay};
use reports::plan::Search;
use reports::scenario::Broken;

use super::run;

/// The failure of the run that has just ended.
pub(super) fn failure(found: &graph_engine::Failure, replay: Replay) -> Failure {
    let thread = found.thread.unwrap_or(0);
    let last = run::log_last(thread);
    let knowledge = knowledge(found);
    if let Some(payload) = run::caught() {
        return failure::caught_with(&*payload, |_| None, replay, &knowledge);
    }
    let point = (run::number(thread), last.map(|entry| entry.at));
    failure::found(&broken(found, last), point, replay, &knowledge)
}

fn broken(found: &graph_engine::Failure, last: Option<Entry>) -> Broken {
    match found.kind {
        Found::DataRace | Found::UseAfterFree => {
            unordered(found, last).unwrap_or_else(|| plain(found))
        }
        Found::DoubleFree => double_free(last).unwrap_or_else(|| plain(found)),
        Found::Leak => asked(execution::finish).unwrap_or_else(|| plain(found)),
        Found::Deadlock | Found::Livelock => Broken {
            detail: waits::describe(),
            ..plain(found)
        },
        Found::Panic | Found::Misuse | Found::Nondeterminism | Found::Limit => plain(found),
    }
}

/// The failure in the engine's words.
fn plain(found: &graph_engine::Failure) -> Broken {
    let (kind, claim) = match found.kind {
        Found::DataRace => (
            FailureKind::DataRace,
            "conflicting accesses of plain data are ordered",
        ),
        Found::UseAfterFree => (
            FailureKind::UseAfterFree,
            "a block is freed only after every touch of it",
        ),
        Found::DoubleFree => (FailureKind::DoubleFree, "every block is freed once"),
        Found::Leak => (FailureKind::Leak, "every block is freed before the end"),
        Found::Deadlock => (FailureKind::Deadlock, "some thread can always go on"),
        Found::Livelock => (FailureKind::Livelock, "some thread can always get on"),
        Found::Nondeterminism => (
            FailureKind::Nondeterminism,
            "the code does the same whenever what it reads is the same",
        ),
        Found::Misuse => (
            FailureKind::Panic,
            "the code asks for nothing that has no meaning",
        ),
        Found::Panic | Found::Limit => (FailureKind::Panic, "the code does not panic"),
    };
    Broken {
        kind,
        claim: claim.to_owned(),
        detail: found.message.clone(),
    }
}

/// A failure of which nothing is known but what the engine says.
pub(super) fn untold(found: &graph_engine::Failure, replay: Replay) -> Failure {
    let Broken {
        kind,
        claim,
        detail,
    } = plain(found);
    Failure {
        kind,
        claim,
        detail,
        trace: reports::trace::Trace::default(),
        replay: Replay {
            search: Search::Path {
                choices: found.path.clone(),
                stale_reads: None,
            },
            ..replay
        },
        minimal: Vec::new(),
    }
}

/// The two events that nothing orders, first the one that had to come first.
fn ends(found: &graph_engine::Failure) -> Option<(&TraceEvent, &TraceEvent)> {
    let [first, second] = found.events[..] else {
        return None;
    };
    let (first, second) = (found.trace.event(first)?, found.trace.event(second)?);
    match (found.kind, first.op) {
        (Found::UseAfterFree, Op::Free) => Some((second, first)),
        (Found::DataRace | Found::UseAfterFree, _) => Some((first, second)),
        _ => None,
    }
}

/// What the log says of the later one: it may be the step that ended the run.
fn late(later: &TraceEvent, last: Option<Entry>) -> Option<Entry> {
    logged(later).and_then(event::entry).or(last)
}

/// The entry of the log that the earlier one is. The making of a place has none: that of its block stands for it.
fn early(earlier: &TraceEvent, late: Entry) -> Option<usize> {
    let made = || unordered::construction(late.event.place()?, run::number(earlier.thread));
    logged(earlier).or_else(made)
}

/// Two accesses that nothing orders.
fn unordered(found: &graph_engine::Failure, last: Option<Entry>) -> Option<Broken> {
    let (earlier, later) = ends(found)?;
    let entry = late(later, last)?;
    let late = match (earlier.op, entry.event) {
        (Op::Alloc, _) => Late::Touch(heap::find(entry.event.place()?.address)?),
        (_, Event::Free { block }) => Late::Free(block),
        (_, event) => Late::Access(event.place()?, done(&event)),
    };
    let earlier = Earlier {
        thread: run::number(earlier.thread),
        entry: early(earlier, entry),
    };
    Some(unordered::broken(late, earlier, entry.at))
}

fn done(event: &Event) -> &'static str {
    match event {
        Event::Read { .. } => "read",
        Event::Write { .. } => "written",
        _ => "accessed",
    }
}

/// The last step freed what was free.
fn double_free(last: Option<Entry>) -> Option<Broken> {
    let Entry {
        event: Event::Free { block },
        at,
        ..
    } = last?
    else {
        return None;
    };
    asked(|| {
        heap::free(heap::address(block), at);
    })
}

/// What the recorder objects to, when it is asked.
fn asked(check: impl FnOnce()) -> Option<Broken> {
    let payload = failure::ask(check).err()?;
    payload.downcast_ref::<Broken>().cloned()
}

/// The entry of the log that an event of the trace is.
fn logged(event: &TraceEvent) -> Option<usize> {
    run::entry(event.thread, begun(event))
}

/// The index of the event that began the step. The write of an update that changes nothing is made only when its thread
/// takes the next step, but belongs to the step of its read.
fn begun(event: &TraceEvent) -> usize {
    match (event.op, event.role) {
        (Op::Update, Role::Write) => event.index - 1,
        _ => event.index,
    }
}

/// What the graph says of the events in the log.
fn knowledge(found: &graph_engine::Failure) -> Knowledge {
    let mut knowledge = Knowledge {
        conflict: conflict(found),
        ..Knowledge::default()
    };
    // What a thread learns by an event that is not in the log, it knows at its next one that is.
    let mut learnt: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for event in &found.trace.events {
        let learnt = learnt.entry(event.thread).or_default();
        let after = event.happens_after.iter();
        learnt.extend(after.filter_map(|id| up_to(found.trace.event(*id)?)));
        if let Some(entry) = logged(event) {
            let facts = knowledge.facts.entry(entry).or_default();
            facts.coherence = event.coherence.or(facts.coherence);
            let from = event.reads_from.map(|id| write(&found.trace, id));
            facts.from = from.or(facts.from);
            facts.after.append(learnt);
        }
    }
    knowledge
}

/// The last entry of the log, up to the event of the trace, of its thread.
fn up_to(event: &TraceEvent) -> Option<usize> {
    run::entry_up_to(event.thread, begun(event))
}

/// The two events that nothing orders, as far as they are in the log.
fn conflict(found: &graph_engine::Failure) -> Vec<usize> {
    let Some((earlier, later)) = ends(found) else {
        return Vec::new();
    };
    // Where the earlier one is not in the log, the last entry before it stands for it; what follows that is not ordered.
    let earlier = logged(earlier).or_else(|| up_to(earlier));
    earlier.into_iter().chain(logged(later)).collect()
}

fn write(trace: &Trace, id: usize) -> Write {
    let Some(event) = trace.event(id) else {
        return Write::Unlogged;
    };
    match logged(event) {
        Some(entry) => Write::Logged(entry),
        None if matches!(event.op, Op::Create | Op::Alloc) => Write::Initial,
        None => Write::Unlogged,
    }
}
