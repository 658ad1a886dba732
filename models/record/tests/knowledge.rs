//! What a checker knows of events, as the trace says it of steps.

mod common;

use std::collections::BTreeMap;
use std::sync::atomic::Ordering::Relaxed;

use common::{atomic, failure_inferred, failure_with, here, number, on, request};
use record::event::{self, Event, Place};
use record::execution;
use record::knowledge::{Facts, Knowledge, Write};
use record::waits::{self, On};
use record::{memory, unordered};
use reports::failure::FailureKind;
use reports::trace::{self, Memory, Trace};

/// The trace of an execution of which this is known.
fn trace(
    facts: impl IntoIterator<Item = (usize, Facts)>,
    conflict: &[usize],
    body: impl FnOnce(),
) -> Trace {
    let knowledge = Knowledge {
        facts: BTreeMap::from_iter(facts),
        conflict: conflict.to_vec(),
    };
    let failure = failure_with(&knowledge, || {
        body();
        record::fail(FailureKind::Claim, "a claim", "a value");
    });
    failure.expect("it failed").trace
}

fn wrote(coherence: usize) -> Facts {
    Facts {
        coherence: Some(coherence),
        ..Facts::default()
    }
}

fn took(from: Write) -> Facts {
    Facts {
        from: Some(from),
        ..Facts::default()
    }
}

fn learnt(after: &[usize]) -> Facts {
    Facts {
        after: after.to_vec(),
        ..Facts::default()
    }
}

fn store(place: Place) {
    memory::store(place, number(1), Relaxed, here());
}

fn load(place: Place) {
    memory::load(place, number(1), Relaxed, here());
}

fn fence() {
    event::push(Event::Fence { order: Relaxed }, here());
}

fn memory_of(trace: &Trace, number: usize) -> &Memory {
    let step = trace.step(number).expect("it is shown");
    step.memory.as_ref().expect("something is known of it")
}

#[test]
fn without_knowledge_a_trace_says_nothing_of_it() {
    let trace = trace([], &[], || store(atomic("word", 0x1000)));
    assert!(trace.steps.iter().all(|step| step.memory.is_none()));
    assert_eq!((trace.coherence, trace.conflict), (vec![], vec![]));
}

#[test]
fn positions_in_the_log_become_numbers_of_steps() {
    // The log: two spawns (0, 1), a store (2), a remark (3), a store (4), a load (5).
    let facts = [(2, wrote(1)), (4, wrote(2)), (5, took(Write::Logged(2)))];
    let trace = trace(facts, &[4, 5], || {
        let word = atomic("word", 0x1000);
        store(word);
        waits::spins(here());
        store(word);
        load(word);
    });
    let load = memory_of(&trace, 5);
    assert_eq!(load.from, Some(trace::Write::Step(3)));
    assert_eq!(load.newest, Some(trace::Write::Step(4)));
    assert_eq!(memory_of(&trace, 4).coherence, Some(2));
    assert_eq!(trace.conflict, [4, 5]);
}

#[test]
fn the_newest_write_is_the_last_in_coherence_order_that_ran_before() {
    let facts = [
        (2, took(Write::Initial)),
        (3, wrote(2)),
        (4, wrote(1)),
        (5, took(Write::Logged(4))),
        (6, wrote(3)),
    ];
    let trace = trace(facts, &[], || {
        let (word, other) = (atomic("word", 0x1000), atomic("other", 0x2000));
        load(word);
        store(word);
        store(word);
        load(word);
        store(word);
        store(other);
    });
    assert_eq!(memory_of(&trace, 3).newest, Some(trace::Write::Initial));
    assert_eq!(memory_of(&trace, 6).newest, Some(trace::Write::Step(4)));
    let [order] = &trace.coherence[..] else {
        panic!("only one place is known: {:?}", trace.coherence);
    };
    assert_eq!(order.place, "word");
    let steps = [5, 4, 7].map(trace::Write::Step);
    assert_eq!(order.writes[0], trace::Write::Initial);
    assert_eq!(order.writes[1..], steps);
}

#[test]
fn a_write_that_is_not_in_the_log_is_hidden() {
    let facts = [(2, wrote(2)), (3, took(Write::Unlogged))];
    let trace = trace(facts, &[], || {
        let word = atomic("word", 0x1000);
        store(word);
        load(word);
    });
    assert_eq!(memory_of(&trace, 4).from, Some(trace::Write::Hidden));
    let hidden = trace::Write::Hidden;
    let expected = [trace::Write::Initial, hidden, trace::Write::Step(3)];
    assert_eq!(trace.coherence[0].writes, expected);
}

#[test]
fn what_is_no_step_stands_for_the_last_step_of_its_thread() {
    // T1's step (2), T2's (3), T1's remark (4), of which T2 learns (5).
    let trace = trace([(5, learnt(&[4]))], &[], || {
        on(1);
        fence();
        on(2);
        fence();
        on(1);
        waits::blocked(On::Change, here());
        on(2);
        fence();
    });
    assert_eq!(memory_of(&trace, 5).after, [3]);
}

#[test]
fn of_each_thread_only_the_last_step_is_learnt() {
    let trace = trace([(5, learnt(&[3, 4, 2]))], &[], || {
        for thread in [1, 2, 1, 0] {
            on(thread);
            fence();
        }
    });
    // Those of T1 stand together.
    assert_eq!(memory_of(&trace, 6).after, [4, 5]);
}

#[test]
fn the_making_of_a_place_is_that_of_its_block() {
    common::begin();
    on(1);
    let block = memory::alloc(request("block", 16), here());
    let place = atomic("word", block.addr().get());
    assert_eq!(unordered::construction(place, 1), Some(2));
    assert_eq!(unordered::construction(place, 2), None);
    assert_eq!(unordered::construction(atomic("word", 0x10), 1), None);
    record::execution::end();
}

#[test]
fn a_touch_of_a_dead_block_conflicts_with_its_free() {
    let touch = || {
        let block = memory::alloc(request("block", 16), here());
        memory::free(block.addr().get(), here());
        memory::touch(block.addr().get(), here());
    };
    let conflict = |knowledge: &Knowledge| {
        let failure = failure_with(knowledge, touch).expect("it is dead");
        assert_eq!(failure.kind, FailureKind::UseAfterFree);
        failure.trace.conflict
    };
    let mut knowledge = Knowledge::default();
    assert_eq!(conflict(&knowledge), Vec::<usize>::new());
    knowledge.facts.insert(2, Facts::default());
    assert_eq!(conflict(&knowledge), [4]);
    knowledge.conflict = vec![0];
    assert_eq!(conflict(&knowledge), [1]);
}

#[test]
fn steps_that_are_not_shown_are_not_referred_to() {
    let mut facts = vec![(2, wrote(1)), (3, wrote(2))];
    facts.push((1_500, took(Write::Logged(2))));
    facts[2].1.after = vec![0, 1_499];
    facts.push((1_501, wrote(3)));
    let trace = trace(facts, &[2, 1_500], || {
        let word = atomic("word", 0x1000);
        (2..=1_500).for_each(|index| {
            if index == 1_500 {
                load(word)
            } else {
                store(word)
            }
        });
        store(word);
    });
    assert_eq!(trace.steps.len(), 1_000);
    let load = memory_of(&trace, 1_501);
    assert_eq!(load.from, Some(trace::Write::Hidden));
    assert_eq!(load.newest, Some(trace::Write::Hidden));
    assert_eq!(load.after, [1_500]);
    assert_eq!(trace.conflict, [1_501]);
    let [initial, hidden, last] = trace.coherence[0].writes[..] else {
        panic!("the hidden ones are one: {:?}", trace.coherence);
    };
    assert_eq!(
        (initial, hidden),
        (trace::Write::Initial, trace::Write::Hidden)
    );
    assert_eq!(last, trace::Write::Step(1_502));
}

#[test]
fn the_log_says_where_the_next_event_goes() {
    common::begin();
    let before = event::count();
    store(atomic("word", 0x1000));
    assert_eq!(event::count(), before + 1);
    record::execution::end();
}

/// What is worked out from the log when two threads write and one of them reads this in the end.
fn racing(read: u64) -> Trace {
    let failure = failure_inferred(|| {
        let word = atomic("word", 0x1000);
        execution::spawned("T3", here());
        on(3);
        memory::store(word, number(1), Relaxed, here());
        on(0);
        memory::store(word, number(2), Relaxed, here());
        memory::load(word, number(read), Relaxed, here());
        record::fail(FailureKind::Claim, "a claim", "a value");
    });
    failure.expect("it failed").trace
}

#[test]
fn a_read_of_the_newest_value_tells_the_order_of_writes() {
    let trace = racing(2);
    assert_eq!(memory_of(&trace, 6).from, Some(trace::Write::Step(5)));
    assert_eq!(trace.coherence.len(), 1);
}

/// A checker may let the write that ran first be the later one, as the thread that wrote after it then sees.
#[test]
fn a_read_past_a_known_write_tells_nothing_of_the_place() {
    let trace = racing(1);
    assert_eq!(memory_of(&trace, 6).from, Some(trace::Write::Hidden));
    assert_eq!(trace.coherence, vec![]);
}
