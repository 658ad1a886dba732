//! Steps in reading order: another order of the same execution.

use reports::reading::{preemptions, reorder};
use reports::trace::{Action, Block, Fate, Memory, Source, Step, Trace, Write};

fn step(thread: usize, action: Action, memory: Option<Memory>) -> Step {
    Step {
        number: 0,
        thread,
        action,
        at: Source::default(),
        operations: Vec::new(),
        held: Vec::new(),
        switch: None,
        pause: None,
        memory,
    }
}

fn store(thread: usize, place: &str) -> Step {
    let (place, value, order) = (place.to_owned(), "1".to_owned(), "Relaxed".to_owned());
    let action = Action::Store {
        place,
        value,
        order,
    };
    step(thread, action, Some(Memory::default()))
}

fn load(thread: usize, place: &str, from: usize) -> Step {
    let (place, value, order) = (place.to_owned(), "1".to_owned(), "Relaxed".to_owned());
    let action = Action::Load {
        place,
        value,
        order,
    };
    let memory = Memory {
        from: Some(Write::Step(from)),
        ..Memory::default()
    };
    step(thread, action, Some(memory))
}

/// The steps in reading order, numbered from 1 as they ran.
fn read(mut steps: Vec<Step>) -> Trace {
    for (at, step) in steps.iter_mut().enumerate() {
        step.number = at + 1;
    }
    let threads = ["main", "T1", "T2"].map(str::to_owned).to_vec();
    let mut trace = Trace {
        threads,
        steps,
        conflict: vec![1, 4],
        ..Trace::default()
    };
    trace.blocks.push(Block {
        name: "node#1".to_owned(),
        size: 8,
        history: vec![Fate {
            what: "freed".to_owned(),
            thread: 2,
            at: Source::default(),
            step: Some(2),
        }],
    });
    reorder(&mut trace);
    trace
}

fn threads(trace: &Trace) -> Vec<usize> {
    trace.steps.iter().map(|step| step.thread).collect()
}

#[test]
fn steps_that_do_not_meet_are_put_together() {
    let trace = read(vec![
        store(1, "a"),
        store(2, "x"),
        store(1, "b"),
        store(2, "y"),
        store(1, "c"),
    ]);
    // One switch, and the steps of the conflict next to each other.
    assert_eq!(threads(&trace), [2, 2, 1, 1, 1]);
    let numbers: Vec<usize> = trace.steps.iter().map(|step| step.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
    // What referred to a step refers to it by its new number.
    assert_eq!(trace.conflict, [3, 2]);
    assert_eq!(trace.blocks[0].history[0].step, Some(1));
    let switches: Vec<_> = trace
        .steps
        .iter()
        .filter_map(|step| step.switch.as_deref())
        .collect();
    assert_eq!(switches, ["T2 is preempted"]);
}

#[test]
fn accesses_of_one_place_keep_their_order() {
    let trace = read(vec![
        store(1, "a"),
        load(2, "a", 1),
        store(1, "a"),
        load(2, "a", 3),
    ]);
    assert_eq!(threads(&trace), [1, 2, 1, 2]);
    // Two reads may change places, so that one switch is enough behind the write.
    let trace = read(vec![
        store(1, "a"),
        load(2, "a", 1),
        load(1, "a", 1),
        load(2, "a", 1),
    ]);
    assert_eq!(threads(&trace), [1, 1, 2, 2]);
}

#[test]
fn a_block_is_not_freed_before_it_was_touched() {
    let free = Action::Free {
        block: "node#1".to_owned(),
    };
    let trace = read(vec![
        store(1, "node#1.next"),
        step(2, free, None),
        store(1, "b"),
    ]);
    assert_eq!(threads(&trace), [1, 1, 2]);
}

#[test]
fn who_learnt_of_a_step_stays_behind_it() {
    let mut learns = store(2, "x");
    learns.memory = Some(Memory {
        after: vec![1],
        ..Memory::default()
    });
    let trace = read(vec![store(1, "a"), learns, store(1, "b")]);
    assert_eq!(threads(&trace)[0], 1);
    let learnt = trace.steps.iter().find(|step| step.thread == 2);
    let memory = learnt.and_then(|step| step.memory.as_ref());
    assert_eq!(memory.map(|memory| memory.after.clone()), Some(vec![1]));
}

/// The execution, ended in a thread by an access that conflicts with what the steps of these numbers did.
fn broken(mut steps: Vec<Step>, thread: usize, conflict: &[usize]) -> Trace {
    let (claim, detail) = ("a claim".to_owned(), String::new());
    steps.push(step(thread, Action::Broke { claim, detail }, None));
    for (at, step) in steps.iter_mut().enumerate() {
        step.number = at + 1;
    }
    Trace {
        threads: ["main", "T1", "T2", "T3"].map(str::to_owned).to_vec(),
        steps,
        conflict: conflict.to_vec(),
        ..Trace::default()
    }
}

/// T1 goes on after T2 has answered it.
fn answered() -> Vec<Step> {
    vec![
        store(1, "a"),
        load(2, "a", 1),
        ended(store(2, "b")),
        ended(load(1, "b", 3)),
    ]
}

fn ended(step: Step) -> Step {
    let pause = Some("is finished".to_owned());
    Step { pause, ..step }
}

#[test]
fn a_thread_that_is_answered_was_preempted() {
    assert_eq!(preemptions(&broken(answered(), 1, &[1])), Some(1));
}

#[test]
fn a_thread_that_waits_is_not_preempted() {
    let mut steps = answered();
    steps[0].pause = Some("is blocked on b".to_owned());
    assert_eq!(preemptions(&broken(steps, 1, &[1])), Some(0));
}

#[test]
fn what_the_failure_does_not_depend_on_need_not_have_run() {
    let mut steps = answered();
    steps.push(store(3, "x"));
    assert_eq!(preemptions(&broken(steps.clone(), 3, &[1, 5])), Some(1));
    assert_eq!(preemptions(&broken(steps.clone(), 3, &[5])), Some(0));
    assert_eq!(preemptions(&broken(steps.clone(), 3, &[3, 5])), Some(1));
    // A claim at the end is about all that was done.
    steps[4] = ended(store(3, "x"));
    assert_eq!(preemptions(&broken(steps, 0, &[])), Some(1));
}
