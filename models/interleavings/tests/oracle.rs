//! Small drawn programs: the search with reduction sees what all interleavings show, and each class of them once.

use std::collections::BTreeMap;

use interleavings::{Access, Choice, Effect, Limits, Operation, Place, Search};
use proptest::prelude::*;

/// A step of a thread.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// Reads a variable into the thread's register.
    Load(u8),
    /// Writes the register, and one more, to a variable.
    Store(u8),
    /// Adds the thread's number to the shared list.
    Append,
    /// Takes a lock, once.
    Lock(u8),
    /// Takes a lock if it is free, and notes whether it was.
    Try(u8),
    /// Gives it back, if the thread holds it.
    Unlock(u8),
    /// Sets the event.
    Set,
    /// Waits for the event.
    Wait,
}

const LIST: u64 = 100;
const EVENT: u64 = 200;

fn place(object: u64) -> Place {
    Place { object, part: 1 }
}

/// A program that runs.
#[derive(Clone, Debug, Default)]
struct Machine {
    at: Vec<usize>,
    registers: Vec<u8>,
    variables: [u8; 2],
    list: Vec<usize>,
    holders: [Option<usize>; 2],
    is_set: bool,
}

impl Machine {
    fn new(threads: usize) -> Self {
        Self {
            at: vec![0; threads],
            registers: vec![0; threads],
            ..Self::default()
        }
    }

    /// Steps that do nothing, because the lock is the thread's already or is not, are passed over.
    fn pass_over(&mut self, program: &[Vec<Step>]) {
        for (thread, steps) in program.iter().enumerate() {
            while let Some(step) = steps.get(self.at[thread]) {
                let idle = match *step {
                    Step::Lock(lock) => self.holders[usize::from(lock)] == Some(thread),
                    Step::Unlock(lock) => self.holders[usize::from(lock)] != Some(thread),
                    _ => false,
                };
                if !idle {
                    break;
                }
                self.at[thread] += 1;
            }
        }
    }

    fn next(&self, program: &[Vec<Step>], thread: usize) -> Option<Operation> {
        let step = *program[thread].get(self.at[thread])?;
        let (object, effect) = match step {
            Step::Load(variable) => (variable.into(), Effect::Read),
            Step::Store(variable) => (variable.into(), Effect::Write),
            Step::Append => (LIST, Effect::Write),
            Step::Lock(lock) => (10 + u64::from(lock), Effect::Acquire),
            Step::Try(lock) => (10 + u64::from(lock), Effect::Signal),
            Step::Unlock(lock) => (10 + u64::from(lock), Effect::Release),
            Step::Set => (EVENT, Effect::Write),
            Step::Wait => (EVENT, Effect::Read),
        };
        let waits = match step {
            Step::Lock(lock) => self.holders[usize::from(lock)].is_some(),
            Step::Wait => !self.is_set,
            _ => false,
        };
        Some(Operation::of(Access::new(place(object), effect)).waiting(waits))
    }

    fn step(&mut self, program: &[Vec<Step>], thread: usize) {
        let step = program[thread][self.at[thread]];
        self.at[thread] += 1;
        match step {
            Step::Load(variable) => self.registers[thread] = self.variables[usize::from(variable)],
            Step::Store(variable) => {
                self.variables[usize::from(variable)] = self.registers[thread] + 1;
            }
            Step::Append => self.list.push(thread),
            Step::Lock(lock) => self.holders[usize::from(lock)] = Some(thread),
            Step::Try(lock) => {
                let holder = &mut self.holders[usize::from(lock)];
                self.registers[thread] += u8::from(holder.is_some());
                holder.get_or_insert(thread);
            }
            Step::Unlock(lock) => self.holders[usize::from(lock)] = None,
            Step::Set => self.is_set = true,
            Step::Wait => {}
        }
    }

    fn outcome(&self) -> String {
        format!("{self:?}")
    }
}

/// What a search came to.
#[derive(Debug)]
struct Found {
    /// How many classes lead to each outcome.
    outcomes: BTreeMap<String, u64>,
    /// How often each class was seen.
    classes: BTreeMap<u64, u64>,
    redundant: u64,
}

fn explore(program: &[Vec<Step>], limits: Limits) -> Found {
    let mut search = Search::new(limits);
    let mut found = Found {
        outcomes: BTreeMap::new(),
        classes: BTreeMap::new(),
        redundant: 0,
    };
    while search.begin() {
        let mut machine = Machine::new(program.len());
        let choice = loop {
            machine.pass_over(program);
            let next: Vec<_> = (0..program.len())
                .map(|thread| machine.next(program, thread))
                .collect();
            match search.choose(&next) {
                Choice::Run(thread) => machine.step(program, thread),
                ended => break ended,
            }
        };
        search.end();
        if choice == Choice::Ended {
            let times = found.classes.entry(search.class()).or_default();
            *times += 1;
            if *times == 1 {
                *found.outcomes.entry(machine.outcome()).or_default() += 1;
            }
        }
    }
    assert_eq!(search.complaint(), None);
    found.redundant = search.redundant();
    found
}

fn all() -> Limits {
    Limits {
        reduction: false,
        preemptions: None,
    }
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..2_u8).prop_map(Step::Load),
        3 => (0..2_u8).prop_map(Step::Store),
        1 => Just(Step::Append),
        2 => (0..2_u8).prop_map(Step::Lock),
        1 => (0..2_u8).prop_map(Step::Try),
        2 => (0..2_u8).prop_map(Step::Unlock),
        1 => Just(Step::Set),
        1 => Just(Step::Wait),
    ]
}

/// Two threads of up to five steps, or three of up to three.
fn program() -> impl Strategy<Value = Vec<Vec<Step>>> {
    prop_oneof![
        proptest::collection::vec(proptest::collection::vec(step(), 1..6), 2),
        proptest::collection::vec(proptest::collection::vec(step(), 1..4), 3),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_reduction_sees_what_all_interleavings_show(program in program()) {
        let (few, every) = (explore(&program, Limits::default()), explore(&program, all()));
        prop_assert_eq!(&few.outcomes, &every.outcomes);
        let (seen, all): (Vec<_>, Vec<_>) = (few.classes.keys().collect(), every.classes.keys().collect());
        prop_assert_eq!(seen, all);
        prop_assert!(few.classes.values().all(|times| *times == 1), "a class was seen again: {:?}", few);
    }
}

/// Reading a variable and writing it with one more, `times` times.
fn counter(times: usize) -> Vec<Step> {
    [Step::Load(0), Step::Store(0)].repeat(times)
}

#[test]
fn a_counter_has_as_many_classes_as_interleavings_without_two_loads_in_a_row() {
    let program = vec![counter(1), counter(1)];
    let found = explore(&program, Limits::default());
    // Of the six interleavings, those in which the two loads only change places are the same.
    assert_eq!(found.classes.len(), 4);
    assert_eq!(found.redundant, 0);
    assert_eq!(explore(&program, all()).classes.len(), 4);
}

#[test]
fn threads_that_share_nothing_have_one_class() {
    let program = vec![
        [Step::Load(0), Step::Store(0)].repeat(10),
        [Step::Load(1), Step::Store(1)].repeat(10),
    ];
    let found = explore(&program, Limits::default());
    assert_eq!((found.classes.len(), found.redundant), (1, 0));
}

#[test]
fn two_locks_in_two_orders_can_end_in_a_deadlock() {
    let one = vec![
        Step::Lock(0),
        Step::Lock(1),
        Step::Unlock(1),
        Step::Unlock(0),
    ];
    let other = vec![
        Step::Lock(1),
        Step::Lock(0),
        Step::Unlock(0),
        Step::Unlock(1),
    ];
    let found = explore(&[one, other], Limits::default());
    let stuck = found
        .outcomes
        .keys()
        .filter(|outcome| outcome.contains("at: [1, 1]"));
    assert_eq!(stuck.count(), 1);
    assert_eq!(found.classes.len(), 3);
}

#[test]
fn preemptions_bound_what_is_seen() {
    let program = vec![counter(1), counter(1)];
    let bounded = |most| {
        let limits = Limits {
            reduction: false,
            preemptions: Some(most),
        };
        explore(&program, limits).classes.len()
    };
    assert_eq!((bounded(0), bounded(1), bounded(2)), (2, 4, 4));
}

#[test]
fn a_lock_around_both_leaves_no_race() {
    let races = |program: &[Vec<Step>]| {
        let mut search = Search::new(Limits::default());
        while search.begin() {
            let mut machine = Machine::new(program.len());
            loop {
                machine.pass_over(program);
                let next: Vec<_> = (0..program.len())
                    .map(|thread| machine.next(program, thread))
                    .collect();
                let Choice::Run(thread) = search.choose(&next) else {
                    break;
                };
                machine.step(program, thread);
            }
            search.end();
        }
        search.races().map(|race| race.place).collect::<Vec<_>>()
    };
    let guarded = || {
        vec![
            Step::Lock(0),
            Step::Load(0),
            Step::Store(0),
            Step::Unlock(0),
        ]
    };
    assert_eq!(races(&[guarded(), guarded()]), []);
    assert!(races(&[guarded(), counter(1)]).contains(&place(0)));
}
