//! Brute force: every outcome, every reads-from, every coherence order.

use std::collections::BTreeSet;

use graph_engine::{Mode, Model};

use super::axioms::{Candidate, Event, Kind};
use super::program::{Instruction, LOCATIONS, LOCK, Program};
use super::relation::Relation;
use super::{Answer, Fact, Failure, Label, Signature};

/// How an instruction that can go on in several ways does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Success,
    Failure,
    Spurious,
    /// The thread waits here for ever.
    Stuck,
    Number(usize),
}

/// What a write writes, given what its read-modify-write read.
#[derive(Clone, Copy, Debug)]
enum Source {
    Constant(u64),
    ReadPlusOne(usize),
}

/// What a read must find.
#[derive(Clone, Copy, Debug)]
enum Demand {
    Anything,
    Equal(u64),
    Other(u64),
}

/// The events of a program once outcomes are fixed.
#[derive(Default)]
struct Skeleton {
    events: Vec<Event>,
    sources: Vec<Option<Source>>,
    demands: Vec<Demand>,
    rmw: Vec<(usize, usize)>,
    spurious: BTreeSet<Label>,
    picks: BTreeSet<(Label, Fact)>,
    /// Reads at which a thread waits for ever: what they see must be the newest.
    stuck: Vec<usize>,
}

/// All complete graphs of a program, or how it fails. `None`: too many candidates.
pub(crate) fn answer(model: Model, program: &Program, limit: u64) -> Option<Answer> {
    let mut found = Found::default();
    for outcomes in outcomes_of(program) {
        let skeleton = Skeleton::new(program, &outcomes);
        if skeleton.spurious_failures_repeat() {
            continue;
        }
        if skeleton.candidates() > limit {
            return None;
        }
        skeleton.explore(model, &mut found);
    }
    Some(if found.failures.is_empty() {
        Answer::Graphs(found.graphs)
    } else {
        Answer::Fails(found.failures)
    })
}

/// What the candidates have shown.
#[derive(Default)]
struct Found {
    graphs: BTreeSet<Signature>,
    failures: BTreeSet<Failure>,
}

/// Every way in which the instructions can go, in program text order.
fn outcomes_of(program: &Program) -> Vec<Vec<Outcome>> {
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
        Instruction::Lock | Instruction::Await(..) => vec![Outcome::Success, Outcome::Stuck],
        Instruction::StoreChoice(..) => vec![Outcome::Number(0), Outcome::Number(1)],
        _ => vec![Outcome::Success],
    }
}

impl Skeleton {
    fn new(program: &Program, outcomes: &[Outcome]) -> Skeleton {
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
            Instruction::Unlock => self.write(label, LOCK, Mode::Release, Source::Constant(0)),
            Instruction::Lock if outcome == Outcome::Stuck => {
                self.wait(label, LOCK, Mode::Acquire, 0)
            }
            Instruction::Lock => self.update(label, LOCK, Mode::Acquire, Demand::Equal(0), Some(1)),
            Instruction::Await(loc, value, mode) if outcome == Outcome::Stuck => {
                self.wait(label, loc, mode, value)
            }
            Instruction::Await(loc, value, mode) => {
                self.read(label, loc, mode, Demand::Equal(value))
            }
            Instruction::StoreChoice(loc, mode) => {
                return self.store_choice(label, loc, mode, outcome);
            }
            Instruction::Cas { .. } => self.compare_exchange(label, instruction, outcome),
        }
        self.events.len() - before
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
    fn spurious_failures_repeat(&self) -> bool {
        let failures = self
            .events
            .iter()
            .filter(|event| self.spurious.contains(&event.label));
        let places: Vec<_> = failures.map(|event| (event.label.0, event.loc)).collect();
        places.iter().collect::<BTreeSet<_>>().len() < places.len()
    }

    fn reads(&self) -> Vec<usize> {
        (0..self.events.len())
            .filter(|&id| self.events[id].kind == Kind::Read)
            .collect()
    }

    fn writes_of(&self, loc: Option<usize>) -> Vec<usize> {
        let writes =
            |&id: &usize| self.events[id].kind == Kind::Write && self.events[id].loc == loc;
        (0..self.events.len()).filter(writes).collect()
    }

    fn candidates(&self) -> u64 {
        let sources = |id: usize| self.writes_of(self.events[id].loc).len() as u64;
        let orders = |loc: usize| (1..self.writes_of(Some(loc)).len() as u64).product::<u64>();
        let reads: u64 = self.reads().into_iter().map(sources).product();
        reads.saturating_mul((0..LOCATIONS).map(orders).product())
    }

    fn explore(&self, model: Model, found: &mut Found) {
        let reads = self.reads();
        let mut rf = Vec::new();
        self.choose_sources(&reads, &mut rf, &mut |rf| {
            self.explore_orders(model, rf, found);
        });
    }

    fn choose_sources(
        &self,
        reads: &[usize],
        rf: &mut Vec<(usize, usize)>,
        then: &mut impl FnMut(&[(usize, usize)]),
    ) {
        let Some((&read, rest)) = reads.split_first() else {
            return then(rf);
        };
        for write in self.writes_of(self.events[read].loc) {
            rf.push((write, read));
            self.choose_sources(rest, rf, then);
            rf.pop();
        }
    }

    fn explore_orders(&self, model: Model, rf: &[(usize, usize)], found: &mut Found) {
        let len = self.events.len();
        let rf_relation = Relation::of(len, |a, b| rf.contains(&(a, b)));
        let rmw = Relation::of(len, |a, b| self.rmw.contains(&(a, b)));
        let empty = Relation::of(len, |_, _| false);
        let events = &self.events;
        let unordered = Candidate {
            model,
            events,
            rmw: &rmw,
            rf: &rf_relation,
            co: &empty,
        };
        if !unordered.has_no_thin_air() || !self.values_agree(rf) {
            return;
        }
        for orders in self.coherence_orders() {
            let before = |a: usize, b: usize| orders.iter().any(|order| is_before(order, a, b));
            let co = Relation::of(len, before);
            let candidate = Candidate {
                model,
                events,
                rmw: &rmw,
                rf: &rf_relation,
                co: &co,
            };
            if candidate.is_consistent() {
                self.judge(&candidate, rf, &orders, found);
            }
        }
    }

    fn judge(
        &self,
        candidate: &Candidate<'_>,
        rf: &[(usize, usize)],
        orders: &[Vec<usize>],
        found: &mut Found,
    ) {
        if candidate.has_race() {
            found.failures.insert(Failure::Race);
        }
        if self.stuck.is_empty() {
            found.graphs.insert(self.signature(rf, orders));
        } else if self
            .stuck
            .iter()
            .all(|&read| reads_newest(read, rf, orders))
        {
            found.failures.insert(Failure::Stuck);
        }
    }

    /// Whether every read finds what its outcome demands. Without thin air, values are
    /// determined step by step.
    fn values_agree(&self, rf: &[(usize, usize)]) -> bool {
        let demand = |&(write, read): &(usize, usize)| {
            let value = self.value(write, rf);
            match self.demands[read] {
                Demand::Anything => true,
                Demand::Equal(expected) => value == expected,
                Demand::Other(expected) => value != expected,
            }
        };
        rf.iter().all(demand)
    }

    fn value(&self, write: usize, rf: &[(usize, usize)]) -> u64 {
        match self.sources[write] {
            Some(Source::ReadPlusOne(read)) => {
                let source = rf
                    .iter()
                    .find(|&&(_, reader)| reader == read)
                    .map(|&(write, _)| write);
                source.map_or(0, |source| self.value(source, rf) + 1)
            }
            Some(Source::Constant(value)) => value,
            None => 0,
        }
    }

    /// Every combination of orders of the locations' writes, initial ones first.
    fn coherence_orders(&self) -> Vec<Vec<Vec<usize>>> {
        let mut all = vec![Vec::new()];
        for loc in 0..LOCATIONS {
            let writes = self.writes_of(Some(loc));
            let orders = permutations(&writes[1..]);
            let with_initial = |order: &Vec<usize>| [vec![writes[0]], order.clone()].concat();
            let extend = |start: &Vec<Vec<usize>>| {
                let start = start.clone();
                let add =
                    move |order: &Vec<usize>| [start.clone(), vec![with_initial(order)]].concat();
                orders.iter().map(add).collect::<Vec<_>>()
            };
            all = all.iter().flat_map(extend).collect();
        }
        all
    }

    fn signature(&self, rf: &[(usize, usize)], orders: &[Vec<usize>]) -> Signature {
        let label = |id: usize| self.events[id].label;
        let source = |write: usize| (!self.events[write].initial).then(|| label(write));
        let reads = rf.iter().map(|&(write, read)| {
            (
                label(read),
                Fact::Reads(source(write), self.spurious.contains(&label(read))),
            )
        });
        let places = |order: &Vec<usize>| {
            order
                .iter()
                .copied()
                .enumerate()
                .skip(1)
                .collect::<Vec<_>>()
        };
        let writes = orders
            .iter()
            .flat_map(places)
            .map(|(place, write)| (label(write), Fact::Writes(place)));
        reads
            .chain(writes)
            .chain(self.picks.iter().cloned())
            .collect()
    }
}

fn reads_newest(read: usize, rf: &[(usize, usize)], orders: &[Vec<usize>]) -> bool {
    let newest = |&(write, reader): &(usize, usize)| {
        reader == read && orders.iter().any(|o| o.last() == Some(&write))
    };
    rf.iter().any(newest)
}

fn is_before(order: &[usize], a: usize, b: usize) -> bool {
    let place = |id: usize| order.iter().position(|&other| other == id);
    place(a).zip(place(b)).is_some_and(|(a, b)| a < b)
}

fn permutations(items: &[usize]) -> Vec<Vec<usize>> {
    if items.is_empty() {
        return vec![Vec::new()];
    }
    let with_first = |i: usize| {
        let mut rest = items.to_vec();
        let first = rest.remove(i);
        permutations(&rest)
            .into_iter()
            .map(move |order| [vec![first], order].concat())
            .collect::<Vec<_>>()
    };
    (0..items.len()).flat_map(with_first).collect()
}
