//! Every outcome that C11 allows, by building all consistent graphs of a program, event by event.
//!
//! A read reads from an event that the graph already has, so there is no load buffering. Consistency is closed under
//! prefixes, so an inconsistent graph is given up at once.

use std::collections::{BTreeMap, BTreeSet};

use checks_loom::litmus::program::{Op, Order, Place, Program};

use crate::axioms::{Act, Graph, Label, bits};

/// The outcomes of all consistent executions of `program`.
pub(crate) fn outcomes(program: &Program) -> BTreeSet<String> {
    let start = State {
        graph: Graph::default(),
        threads: program
            .threads
            .iter()
            .map(|ops| (0, ops.to_vec()))
            .collect(),
        registers: vec![0; program.registers],
        spurious: 1,
        sections: vec![None; program.threads.len()],
    };
    let mut search = Search {
        program,
        seen: BTreeSet::new(),
        found: BTreeSet::new(),
    };
    search.explore(start);
    search.found
}

struct Search<'a> {
    program: &'a Program,
    /// What the threads have still to do follows from the graph.
    seen: BTreeSet<(Graph, u32)>,
    found: BTreeSet<String>,
}

#[derive(Clone)]
struct State {
    graph: Graph,
    /// For each thread how many events it had, and what it has still to do.
    threads: Vec<(usize, Vec<Op>)>,
    registers: Vec<u32>,
    spurious: u32,
    /// For each thread in a section, how much it has to do after it.
    sections: Vec<Option<usize>>,
}

/// The place of the program's lock, whose writes take it and give it back in turn.
const LOCK: Place = Place::MAX;
const FREE: u32 = 0;
const TAKEN: u32 = 1;

impl Search<'_> {
    fn explore(&mut self, state: State) {
        let known = (state.graph.clone(), state.spurious);
        if !state.graph.is_consistent() || !self.seen.insert(known) {
            return;
        }
        if state.threads.iter().all(|(_, ops)| ops.is_empty()) {
            self.found.insert(state.outcome(self.program));
        }
        for thread in 0..state.threads.len() {
            if !state.threads[thread].1.is_empty() {
                for mut next in state.step(thread) {
                    next.settle(thread);
                    self.explore(next);
                }
            }
        }
    }
}

impl State {
    fn outcome(&self, program: &Program) -> String {
        let last = |place: Place| {
            let write = self
                .graph
                .writes
                .get(&place)
                .and_then(|writes| writes.last());
            write.map_or(0, |write| self.value(Some(*write)))
        };
        let memory: Vec<u32> = (0..program.places.len()).map(last).collect();
        program.outcome(&self.registers, &memory)
    }

    fn value(&self, write: Option<Label>) -> u32 {
        match write.map(|write| self.graph.events[&write]) {
            Some(Act::Access {
                written: Some(value),
                ..
            }) => value,
            _ => 0,
        }
    }

    /// The states after the next operation of `thread`, consistent or not.
    fn step(&self, thread: usize) -> Vec<State> {
        let mut next = self.clone();
        let op = next.threads[thread].1.remove(0);
        match op {
            Op::Load(register, place, order) => {
                next.reads(thread, place, (order, order), |state, value| {
                    state.registers[register] = value;
                    None
                })
            }
            Op::Store(place, value, order) => next.writes(thread, place, order, None, value),
            Op::Swap(register, place, value, order) => next.reads(
                thread,
                place,
                (order, Order::Relaxed),
                move |state, found| {
                    state.registers[register] = found;
                    Some(value)
                },
            ),
            Op::Add(register, place, value, order) => next.reads(
                thread,
                place,
                (order, Order::Relaxed),
                move |state, found| {
                    state.registers[register] = found;
                    Some(found + value)
                },
            ),
            Op::Cas(register, place, current, new, order) => next.reads(
                thread,
                place,
                (order, Order::Relaxed),
                move |state, found| {
                    state.registers[register] = found;
                    (found == current).then_some(new)
                },
            ),
            Op::WeakCas(register, place, current, new, order) => {
                next.weak(thread, register, (place, current, new), order)
            }
            Op::Fence(order) => {
                next.add(thread, Act::Fence { order: bits(order) });
                vec![next]
            }
            Op::Locked(ops) => next.lock(thread, ops),
            Op::When(..) => unreachable!("conditions are settled with the operation before them"),
        }
    }

    /// Takes the lock, if it is free. Whoever takes it reads the newest of its writes, since each of the older ones that
    /// gave it back is followed by one that took it.
    fn lock(mut self, thread: usize, ops: &[Op]) -> Vec<State> {
        let left = &mut self.threads[thread].1;
        self.sections[thread] = Some(left.len());
        left.splice(0..0, ops.iter().copied());
        let newest = self.graph.writes.get(&LOCK).and_then(|all| all.last());
        let newest = newest.copied();
        if self.value(newest) == TAKEN {
            return Vec::new();
        }
        let states = self.writes(thread, LOCK, Order::Acquire, Some(newest), TAKEN);
        states.into_iter().next_back().into_iter().collect()
    }

    fn unlock(&mut self, thread: usize) {
        let states = (self.clone()).writes(thread, LOCK, Order::Release, None, FREE);
        self.clone_from(states.last().expect("a write has a position"));
    }

    /// Decides the conditions that `thread` has come to, and ends its section.
    fn settle(&mut self, thread: usize) {
        let ops = &mut self.threads[thread].1;
        while let Some(Op::When(register, value, then)) = ops.first().copied() {
            let then = if self.registers[register] == value {
                then
            } else {
                &[]
            };
            ops.splice(0..1, then.iter().copied());
        }
        let left = ops.len();
        if self.sections[thread]
            .take_if(|after| *after == left)
            .is_some()
        {
            self.unlock(thread);
        }
    }

    fn weak(
        self,
        thread: usize,
        register: usize,
        (place, current, new): (Place, u32, u32),
        order: Order,
    ) -> Vec<State> {
        let mut nexts = Vec::new();
        if self.spurious > 0 {
            nexts = self.clone().reads(
                thread,
                place,
                (Order::Relaxed, Order::Relaxed),
                move |state, _| {
                    state.registers[register] = 0;
                    state.spurious -= 1;
                    None
                },
            );
        }
        nexts.extend(self.reads(
            thread,
            place,
            (order, Order::Relaxed),
            move |state, found| {
                state.registers[register] = u32::from(found == current);
                (found == current).then_some(new)
            },
        ));
        nexts
    }

    /// One state for each write that can be read and each place in modification order where `then` writes, if it does.
    /// The order is the first when it does, and the second when it only reads.
    fn reads(
        self,
        thread: usize,
        place: Place,
        (order, alone): (Order, Order),
        then: impl Fn(&mut State, u32) -> Option<u32>,
    ) -> Vec<State> {
        let writes = self.graph.writes.get(&place).cloned().unwrap_or_default();
        let sources = writes.into_iter().map(Some).chain([None]);
        let next = |source: Option<Label>| {
            let mut state = self.clone();
            let value = state.value(source);
            match then(&mut state, value) {
                Some(written) => state.writes(thread, place, order, Some(source), written),
                None => {
                    let order = bits(alone);
                    let read = Some(source);
                    let written = None;
                    state.add(
                        thread,
                        Act::Access {
                            place,
                            order,
                            read,
                            written,
                        },
                    );
                    vec![state]
                }
            }
        };
        sources.flat_map(next).collect()
    }

    fn writes(
        self,
        thread: usize,
        place: Place,
        order: Order,
        read: Option<Option<Label>>,
        value: u32,
    ) -> Vec<State> {
        let label = (thread, self.threads[thread].0);
        let count = self.graph.writes.get(&place).map_or(0, Vec::len);
        let order = bits(order);
        let at = |position: usize| {
            let mut state = self.clone();
            let written = Some(value);
            state.add(
                thread,
                Act::Access {
                    place,
                    order,
                    read,
                    written,
                },
            );
            let writes: &mut BTreeMap<_, _> = &mut state.graph.writes;
            writes.entry(place).or_default().insert(position, label);
            state
        };
        (0..=count).map(at).collect()
    }

    fn add(&mut self, thread: usize, act: Act) {
        let label = (thread, self.threads[thread].0);
        self.threads[thread].0 += 1;
        self.graph.events.insert(label, act);
    }
}
