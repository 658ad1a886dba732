//! The search: which choices were made, which are still to be made.

use std::collections::BTreeSet;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use crate::clock::{Clock, MAX_THREADS};
use crate::operation::Operation;
use crate::races::{self, Race};

/// What a search is to leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Whether one interleaving of each class is enough.
    pub reduction: bool,
    /// How often a thread that could go on may be made to wait; without reduction only.
    pub preemptions: Option<u32>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            reduction: true,
            preemptions: None,
        }
    }
}

/// Who goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// This thread.
    Run(usize),
    /// Nobody can: all have ended, or wait for each other.
    Ended,
    /// Nobody has to: what comes was seen in another order.
    Redundant,
}

/// One operation of an execution.
#[derive(Clone, Debug, Default)]
pub struct Event {
    /// Whose.
    pub thread: usize,
    /// The how manieth of its thread, from 1.
    pub number: u32,
    /// What it did.
    pub operation: Operation,
    /// What happened before it, itself included.
    pub clock: Clock,
}

/// A set of threads, one bit each.
pub(crate) type Threads = u32;

/// A choice of the execution.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) enabled: Threads,
    /// Threads that are to be tried.
    pub(crate) wanted: Threads,
    /// Threads whose operations were tried, here or in a state before, with nothing in conflict since.
    pub(crate) asleep: Threads,
    pub(crate) chosen: usize,
    preemptions: u32,
    /// What each thread would do.
    pub(crate) next: Vec<Option<Operation>>,
}

/// A search through the interleavings of one program.
#[derive(Debug)]
pub struct Search {
    limits: Limits,
    states: Vec<State>,
    events: Vec<Event>,
    /// How many choices of the running execution were made.
    depth: usize,
    begun: bool,
    redundant: bool,
    executions: u64,
    cut: u64,
    complaint: Option<usize>,
    spare: Vec<State>,
    races: BTreeSet<Race>,
}

impl Search {
    /// A search that has seen nothing.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            states: Vec::new(),
            events: Vec::new(),
            depth: 0,
            begun: false,
            redundant: false,
            executions: 0,
            cut: 0,
            complaint: None,
            spare: Vec::new(),
            races: BTreeSet::new(),
        }
    }

    /// Complete executions so far: as many as classes that were seen, where there is reduction.
    #[must_use]
    pub fn executions(&self) -> u64 {
        self.executions
    }

    /// Executions that were left when all that could follow was seen before.
    #[must_use]
    pub fn redundant(&self) -> u64 {
        self.cut
    }

    /// The choice at which the program did not do what it did before, if it ever was another program.
    #[must_use]
    pub fn complaint(&self) -> Option<usize> {
        self.complaint
    }

    /// Pairs of operations that nothing orders, met so far; with reduction only.
    pub fn races(&self) -> impl Iterator<Item = &Race> {
        self.races.iter()
    }

    /// The operations of the running execution, or of the last one.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The threads that were chosen.
    pub fn schedule(&self) -> impl Iterator<Item = usize> {
        self.states[..self.depth].iter().map(|state| state.chosen)
    }

    /// Begins the next execution; false when there is none.
    pub fn begin(&mut self) -> bool {
        self.depth = 0;
        self.redundant = false;
        if !self.begun {
            self.begun = true;
            return true;
        }
        while let Some(state) = self.states.last_mut() {
            state.asleep |= 1 << state.chosen;
            let left = state.wanted & state.enabled & !state.asleep;
            if left != 0 {
                state.chosen = left.trailing_zeros() as usize;
                let kept = self.states.len() - 1;
                self.events.truncate(kept);
                return true;
            }
            self.spare.extend(self.states.pop());
        }
        false
    }

    /// Chooses who goes on; `next` says for each thread what it does next, or that it has ended.
    pub fn choose(&mut self, next: &[Option<Operation>]) -> Choice {
        self.settle();
        let enabled = enabled(next);
        let repeated = self.states.get(self.depth);
        let chosen = match repeated {
            Some(state) => {
                if state.enabled != enabled || state.next.len() != next.len() {
                    self.complaint.get_or_insert(self.depth);
                    return Choice::Ended;
                }
                state.chosen
            }
            None => match self.open(enabled, next) {
                Ok(chosen) => chosen,
                Err(choice) => return choice,
            },
        };
        self.depth += 1;
        Choice::Run(chosen)
    }

    /// Adds a state that was never seen, and chooses.
    fn open(&mut self, enabled: Threads, next: &[Option<Operation>]) -> Result<usize, Choice> {
        if enabled == 0 {
            self.reverse_waits(next);
            return Err(Choice::Ended);
        }
        let asleep = self.still_asleep();
        let awake = enabled & !asleep;
        if awake == 0 {
            // What waits here was perhaps not waiting where the same was seen in another order.
            self.reverse_waits(next);
            self.redundant = true;
            return Err(Choice::Redundant);
        }
        let before = self.states.last();
        let ran = before.map(|state| state.chosen);
        let current = ran.filter(|ran| enabled & 1 << ran != 0);
        let spent = before.map_or(0, |state| {
            state.preemptions_with(state.chosen, self.last_but(1))
        });
        let chosen = match current.filter(|current| awake & 1 << current != 0) {
            Some(current) => current,
            None => awake.trailing_zeros() as usize,
        };
        let wanted = match (self.limits.reduction, self.limits.preemptions, current) {
            (true, ..) => 1 << chosen,
            (false, Some(most), Some(current)) if spent >= most => 1 << current,
            (false, ..) => enabled,
        };
        let mut state = self.spare.pop().unwrap_or_else(State::empty);
        state.next.clone_from_slice_or_resize(next);
        state.enabled = enabled;
        state.wanted = wanted;
        state.asleep = asleep;
        state.chosen = chosen;
        state.preemptions = spent;
        self.states.push(state);
        Ok(chosen)
    }

    /// What waits for ever could have come before what keeps it waiting.
    fn reverse_waits(&mut self, next: &[Option<Operation>]) {
        for (thread, operation) in next.iter().enumerate() {
            if let (true, Some(operation)) = (self.limits.reduction, operation)
                && operation.waits
            {
                let event = races::event(&self.events, thread, operation.clone());
                races::reverse(&mut self.states, &self.events, &event, &mut self.races);
            }
        }
    }

    fn last_but(&self, count: usize) -> Option<usize> {
        let index = self.states.len().checked_sub(1 + count)?;
        Some(self.states[index].chosen)
    }

    /// Of the threads that were asleep, those with which the last operation does not conflict.
    fn still_asleep(&self) -> Threads {
        let (Some(state), Some(event)) = (self.states.last(), self.events.last()) else {
            return 0;
        };
        if !self.limits.reduction {
            return 0;
        }
        let stays = |thread: &usize| {
            state.asleep & 1 << thread != 0
                && state.next[*thread]
                    .as_ref()
                    .is_some_and(|next| !next.conflicts(&event.operation))
        };
        (0..state.next.len())
            .filter(stays)
            .fold(0, |set, thread| set | 1 << thread)
    }

    /// Something that the running operation does besides what it said.
    pub fn also(&mut self, access: crate::Access) {
        if self.depth > 0 && self.events.len() < self.depth {
            let state = &mut self.states[self.depth - 1];
            if let Some(operation) = &mut state.next[state.chosen] {
                operation.add(access);
            }
        }
    }

    /// The execution is over.
    pub fn end(&mut self) {
        self.settle();
        match self.redundant {
            true => self.cut += 1,
            false => self.executions += 1,
        }
    }

    /// Makes an event of the operation that was chosen last, unless it is a repeated one.
    fn settle(&mut self) {
        if self.depth == 0 || self.events.len() >= self.depth {
            return;
        }
        let state = &self.states[self.depth - 1];
        let operation = state.next[state.chosen].clone().unwrap_or_default();
        let event = races::event(&self.events, state.chosen, operation);
        if self.limits.reduction {
            races::reverse(&mut self.states, &self.events, &event, &mut self.races);
        }
        self.events.push(event);
    }

    /// A number that equivalent executions share, and hardly any others.
    #[must_use]
    pub fn class(&self) -> u64 {
        let hasher = BuildHasherDefault::<DefaultHasher>::default();
        let events = self.events.iter();
        events
            .map(|event| hasher.hash_one((event.thread, event.number, event.clock)))
            .fold(0, u64::wrapping_add)
    }
}

fn enabled(next: &[Option<Operation>]) -> Threads {
    assert!(next.len() <= MAX_THREADS, "a set has one bit a thread");
    let able = |next: &Option<Operation>| next.as_ref().is_some_and(|next| !next.waits);
    (0..next.len())
        .filter(|thread| able(&next[*thread]))
        .fold(0, |set, thread| set | 1 << thread)
}

impl State {
    fn empty() -> Self {
        Self {
            enabled: 0,
            wanted: 0,
            asleep: 0,
            chosen: 0,
            preemptions: 0,
            next: Vec::new(),
        }
    }

    /// Preemptions up to and with a choice, after `before` ran.
    fn preemptions_with(&self, chosen: usize, before: Option<usize>) -> u32 {
        let preempts =
            before.is_some_and(|before| before != chosen && self.enabled & 1 << before != 0);
        self.preemptions + u32::from(preempts)
    }
}

trait Refill {
    fn clone_from_slice_or_resize(&mut self, next: &[Option<Operation>]);
}

impl Refill for Vec<Option<Operation>> {
    /// Takes the operations over without giving memory back.
    fn clone_from_slice_or_resize(&mut self, next: &[Option<Operation>]) {
        self.clear();
        self.extend_from_slice(next);
    }
}
