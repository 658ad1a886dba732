//! A program's events and what its reads must find, once it is known how each
//! instruction goes.

use std::collections::BTreeSet;

use graph_engine::Mode;

use super::axioms::{Event, Kind};
use super::program::{Instruction, LOCATIONS, Private, Program, TOKEN};
use super::{Fact, Label};

/// How an instruction that can go on in several ways does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Success,
    Failure,
    Spurious,
    /// The thread waits here for ever.
    Stuck,
    Number(usize),
}

/// What a write writes, given what its read-modify-write read.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Source {
    Constant(u64),
    ReadPlusOne(usize),
}

/// What a read must find.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Demand {
    Anything,
    Equal(u64),
    Other(u64),
}

impl Demand {
    pub(crate) fn allows(self, value: u64) -> bool {
        match self {
            Demand::Anything => true,
            Demand::Equal(expected) => value == expected,
            Demand::Other(expected) => value != expected,
        }
    }
}

/// The events of a program once outcomes are fixed.
#[derive(Default)]
pub(crate) struct Skeleton {
    pub(crate) events: Vec<Event>,
    pub(crate) sources: Vec<Option<Source>>,
    pub(crate) demands: Vec<Demand>,
    pub(crate) rmw: Vec<(usize, usize)>,
    pub(crate) spurious: BTreeSet<Label>,
    pub(crate) picks: BTreeSet<(Label, Fact)>,
    /// Reads at which a thread waits for ever: what they see must be the newest.
    pub(crate) stuck: Vec<usize>,
    /// The reads of unlocks.
    pub(crate) unlocks: Vec<usize>,
}

/// Every way in which the instructions can go, in program text order.
pub(crate) fn outcomes_of(program: &Program) -> Vec<Vec<Outcome>> {
    let mut all = vec![Vec::new()];
    for instruction in program.0.iter().flatten() {
        let kinds = outcomes_of_instruction(instruction);
        let extend = |start: &Vec<Outcome>| {
            let start = start.clone();
            kinds
                .iter()
                .map(move |&kind| [start.clone(), vec![kind]].concat())
                .collect::<Vec<_>>()
        };
        all = all.iter().flat_map(extend).collect();
    }
    all
}

fn outcomes_of_instruction(instruction: &Instruction) -> Vec<Outcome> {
    match instruction {
        Instruction::Cas { weak: true, .. } => {
            vec![Outcome::Success, Outcome::Failure, Outcome::Spurious]
        }
        Instruction::Cas { .. } => vec![Outcome::Success, Outcome::Failure],
        Instruction::Lock(_)
        | Instruction::Park
        | Instruction::Await(..)
        | Instruction::TestAndSet(..)
        | Instruction::CasLoop(..) => {
            vec![Outcome::Success, Outcome::Stuck]
        }
        Instruction::StoreChoice(..) => vec![Outcome::Number(0), Outcome::Number(1)],
        _ => vec![Outcome::Success],
    }
}

impl Skeleton {
    /// The events of the program if its instructions go as `outcomes` say, in text order.
    pub(crate) fn new(program: &Program, outcomes: &[Outcome]) -> Skeleton {
        let mut skeleton = Skeleton::default();
        for loc in 0..LOCATIONS {
            skeleton.add(
                (0, loc),
                Kind::Write,
                Mode::Plain,
                Some(loc),
                Some(Source::Constant(0)),
                Demand::Anything,
            );
            skeleton.events[loc].initial = true;
        }
        let mut outcomes = outcomes.iter().copied();
        for (thread, instructions) in program.0.iter().enumerate() {
            let mut place = 0;
            let mut runs = true;
            for instruction in instructions {
                let outcome = outcomes.next().unwrap_or(Outcome::Success);
                if runs {
                    place += skeleton.add_instruction((thread + 1, place), instruction, outcome);
                }
                runs &= outcome != Outcome::Stuck;
            }
        }
        skeleton
    }

    fn add(
        &mut self,
        label: Label,
        kind: Kind,
        mode: Mode,
        loc: Option<usize>,
        source: Option<Source>,
        demand: Demand,
    ) {
        self.events.push(Event {
            label,
            kind,
            mode,
            loc,
            initial: false,
        });
        self.sources.push(source);
        self.demands.push(demand);
    }

    fn read(&mut self, label: Label, loc: usize, mode: Mode, demand: Demand) {
        self.add(label, Kind::Read, mode, Some(loc), None, demand);
    }

    fn write(&mut self, label: Label, loc: usize, mode: Mode, source: Source) {
        self.add(
            label,
            Kind::Write,
            mode,
            Some(loc),
            Some(source),
            Demand::Anything,
        );
    }

    fn update(&mut self, label: Label, loc: usize, mode: Mode, demand: Demand, new: Option<u64>) {
        let read = self.events.len();
        self.read(label, loc, mode, demand);
        let source = new.map_or(Source::ReadPlusOne(read), Source::Constant);
        self.write((label.0, label.1 + 1), loc, mode, source);
        self.rmw.push((read, read + 1));
    }

    /// Adds the events of an instruction; returns how many places they take.
    fn add_instruction(
        &mut self,
        label: Label,
        instruction: &Instruction,
        outcome: Outcome,
    ) -> usize {
        let before = self.events.len();
        match *instruction {
            Instruction::Load(loc, mode) => self.read(label, loc, mode, Demand::Anything),
            Instruction::Store(loc, value, mode) => {
                self.write(label, loc, mode, Source::Constant(value))
            }
            Instruction::Read(loc) => self.read(label, loc, Mode::Plain, Demand::Anything),
            Instruction::Write(loc, value) => {
                self.write(label, loc, Mode::Plain, Source::Constant(value))
            }
            Instruction::Add(loc, mode) => self.update(label, loc, mode, Demand::Anything, None),
            Instruction::Fence(mode) => {
                self.add(label, Kind::Fence, mode, None, None, Demand::Anything)
            }
            Instruction::Lock(lock) => self.wait_and_take(label, lock, 0, outcome),
            Instruction::Park => self.wait_and_take(label, TOKEN, 1, outcome),
            Instruction::Unlock(lock) => {
                self.unlocks.push(self.events.len());
                self.update(label, lock, Mode::Release, Demand::Anything, Some(0))
            }
            Instruction::Unpark => {
                self.update(label, TOKEN, Mode::Release, Demand::Anything, Some(1))
            }
            Instruction::Await(loc, value, mode) if outcome == Outcome::Stuck => {
                self.wait(label, loc, mode, value)
            }
            Instruction::Await(loc, value, mode) => {
                self.read(label, loc, mode, Demand::Equal(value))
            }
            Instruction::TestAndSet(loc, _) if outcome == Outcome::Stuck => {
                self.stuck.push(self.events.len());
                self.read(label, loc, Mode::Relaxed, Demand::Equal(1));
            }
            Instruction::TestAndSet(loc, mode) => {
                self.update(label, loc, mode, Demand::Other(1), Some(1))
            }
            Instruction::CasLoop(loc, expected, ..) if outcome == Outcome::Stuck => {
                self.wait(label, loc, Mode::Relaxed, expected)
            }
            Instruction::CasLoop(loc, expected, new, mode) => {
                self.update(label, loc, mode, Demand::Equal(expected), Some(new))
            }
            Instruction::StoreChoice(loc, mode) => {
                return self.store_choice(label, loc, mode, outcome);
            }
            Instruction::Cas { .. } => self.compare_exchange(label, instruction, outcome),
            Instruction::Private(private) => return self.private(label, private),
        }
        self.events.len() - before
    }

    /// Private steps are in no relation but program order, like a fence that orders nothing. A
    /// choice is no event of the memory model at all.
    fn private(&mut self, label: Label, private: Private) -> usize {
        let steps = match private {
            Private::Location | Private::Child => 4,
            Private::Block => 8,
            Private::Choice => {
                self.picks.insert((label, Fact::Picks(0)));
                return 1;
            }
        };
        for step in 0..steps {
            let label = (label.0, label.1 + step);
            self.add(
                label,
                Kind::Fence,
                Mode::Relaxed,
                None,
                None,
                Demand::Anything,
            );
        }
        steps
    }

    fn compare_exchange(&mut self, label: Label, instruction: &Instruction, outcome: Outcome) {
        let Instruction::Cas {
            loc,
            expected,
            new,
            success,
            failure,
            ..
        } = *instruction
        else {
            return;
        };
        match outcome {
            Outcome::Success => {
                self.update(label, loc, success, Demand::Equal(expected), Some(new))
            }
            Outcome::Failure => self.read(label, loc, failure, Demand::Other(expected)),
            _ => {
                self.read(label, loc, failure, Demand::Equal(expected));
                self.spurious.insert(label);
            }
        }
    }

    /// Takes a lock or a token: the awaited value becomes the other one.
    fn wait_and_take(&mut self, label: Label, loc: usize, awaited: u64, outcome: Outcome) {
        match outcome {
            Outcome::Stuck => self.wait(label, loc, Mode::Acquire, awaited),
            _ => self.update(
                label,
                loc,
                Mode::Acquire,
                Demand::Equal(awaited),
                Some(1 - awaited),
            ),
        }
    }

    fn wait(&mut self, label: Label, loc: usize, mode: Mode, awaited: u64) {
        self.stuck.push(self.events.len());
        self.read(label, loc, mode, Demand::Other(awaited));
    }

    /// The choice is an event of its own, which orders nothing.
    fn store_choice(&mut self, label: Label, loc: usize, mode: Mode, outcome: Outcome) -> usize {
        let number = if outcome == Outcome::Number(1) { 1 } else { 0 };
        self.picks.insert((label, Fact::Picks(number)));
        self.write(
            (label.0, label.1 + 1),
            loc,
            mode,
            Source::Constant(number as u64 + 1),
        );
        2
    }

    /// The engine lets each thread fail spuriously once per location.
    pub(crate) fn spurious_failures_repeat(&self) -> bool {
        let failures = self
            .events
            .iter()
            .filter(|event| self.spurious.contains(&event.label));
        let places: Vec<_> = failures.map(|event| (event.label.0, event.loc)).collect();
        places.iter().collect::<BTreeSet<_>>().len() < places.len()
    }
}
