//! What a checker that explores execution graphs can tell of the events of the log: reads-from, coherence order,
//! happens-before.
//!
//! Events are named by their position in the log, which [`crate::event::count`] gives; the report names steps.

use std::collections::BTreeMap;

use reports::trace::{self, Coherence, Memory, Trace};

use crate::event::{Entry, Place};
use crate::names::{Names, is_counted};

/// Everything that the checker knows of one execution.
#[derive(Clone, Debug, Default)]
pub struct Knowledge {
    /// What it knows of the event at each position of the log.
    pub facts: BTreeMap<usize, Facts>,
    /// The events that nothing orders although something must, as far as they are in the log.
    pub conflict: Vec<usize>,
}

/// What the checker knows of one event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// For a read: the write whose value it took.
    pub from: Option<Write>,
    /// For a write: its position in the coherence order of its place, where 0 is the value that the place was made with.
    pub coherence: Option<usize>,
    /// The last event in the log of each other thread that happens before this event, where the event before it in its
    /// thread did not know of it.
    pub after: Vec<usize>,
}

/// A write, as a read of its value refers to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Write {
    /// The value that the place was made with.
    Initial,
    /// The event at this position of the log.
    Logged(usize),
    /// A write that is not in the log.
    Unlogged,
}

/// Follows the log, and says of each event what is known of it in the steps' numbers.
pub(crate) struct Reader<'a> {
    knowledge: &'a Knowledge,
    names: &'a Names<'a>,
    log: &'a [Entry],
    /// The places that were written so far, by the serial number that stays theirs wherever they are moved.
    places: BTreeMap<u32, Written>,
}

/// What is known of one place.
struct Written {
    /// Where it was last.
    place: Place,
    /// Its writes so far: the position in the log for each position in coherence order.
    writes: BTreeMap<usize, usize>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(knowledge: &'a Knowledge, names: &'a Names<'a>, log: &'a [Entry]) -> Self {
        Self {
            knowledge,
            names,
            log,
            places: BTreeMap::new(),
        }
    }

    /// What is known of the event at `index`; events are asked for in order.
    pub(crate) fn read(&mut self, index: usize) -> Option<Memory> {
        let facts = self.knowledge.facts.get(&index)?;
        let place = self.log[index].event.place();
        let memory = Memory {
            from: facts.from.map(|write| self.write(write)),
            newest: facts.from.and(place).map(|place| self.newest(place)),
            coherence: facts.coherence,
            after: self.after(facts),
        };
        if let (Some(place), Some(position)) = (place, facts.coherence) {
            self.note(place, position, index);
        }
        Some(memory)
    }

    /// The last step of each thread that it learnt of.
    fn after(&self, facts: &Facts) -> Vec<usize> {
        let mut latest: BTreeMap<usize, usize> = BTreeMap::new();
        for at in &facts.after {
            if let Some(number) = self.last(*at) {
                let known = latest.entry(self.log[*at].thread).or_default();
                *known = number.max(*known);
            }
        }
        latest.into_values().collect()
    }

    fn note(&mut self, place: Place, position: usize, index: usize) {
        let written = self.places.entry(place.serial).or_insert(Written {
            place,
            writes: BTreeMap::new(),
        });
        written.place = place;
        written.writes.insert(position, index);
    }

    fn write(&self, write: Write) -> trace::Write {
        match write {
            Write::Initial => trace::Write::Initial,
            Write::Logged(at) => self.step(at),
            Write::Unlogged => trace::Write::Hidden,
        }
    }

    /// The newest write so far, in coherence order.
    fn newest(&self, place: Place) -> trace::Write {
        let written = self.places.get(&place.serial);
        match written.and_then(|written| written.writes.last_key_value()) {
            Some((_, at)) => self.step(*at),
            None => trace::Write::Initial,
        }
    }

    fn step(&self, at: usize) -> trace::Write {
        let logged = self
            .log
            .get(at)
            .is_some_and(|entry| is_counted(&entry.event));
        if logged {
            trace::Write::Step(self.names.step(at))
        } else {
            trace::Write::Hidden
        }
    }

    /// The number of the last step of a thread, up to the event at `at`.
    fn last(&self, at: usize) -> Option<usize> {
        let thread = self.log.get(at)?.thread;
        let own = |entry: &Entry| entry.thread == thread && is_counted(&entry.event);
        let last = self.log[..=at].iter().rposition(own)?;
        Some(self.names.step(last))
    }

    /// The steps of the conflict: those that the checker knows, or else those that the recorder does, or else the free of
    /// what was touched after it.
    pub(crate) fn conflict(&self, recorded: &[usize], freed: Option<usize>) -> Vec<usize> {
        let Knowledge { facts, conflict } = self.knowledge;
        let known = if conflict.is_empty() {
            recorded
        } else {
            conflict
        };
        let freed = freed.filter(|_| known.is_empty() && !facts.is_empty());
        let events = known.iter().copied().chain(freed);
        events.filter_map(|at| self.last(at)).collect()
    }

    /// The coherence order of every place that was written.
    pub(crate) fn coherence(&self) -> Vec<Coherence> {
        let places = self.places.values();
        places.map(|written| self.order(written)).collect()
    }

    fn order(&self, written: &Written) -> Coherence {
        let last = written.writes.keys().next_back().copied().unwrap_or(0);
        let write = |position| match written.writes.get(&position) {
            Some(at) => self.step(*at),
            None => trace::Write::Hidden,
        };
        Coherence {
            place: self.names.place(&written.place),
            writes: std::iter::once(trace::Write::Initial)
                .chain((1..=last).map(write))
                .collect(),
        }
    }
}

/// Makes the trace forget its first steps, and what it knows of them.
pub(crate) fn forget(trace: &mut Trace, count: usize) {
    let Some(last) = trace.steps.drain(..count).next_back() else {
        return;
    };
    let count = last.number;
    let hide = |write: &mut trace::Write| {
        if matches!(write, trace::Write::Step(number) if *number <= count) {
            *write = trace::Write::Hidden;
        }
    };
    for memory in trace
        .steps
        .iter_mut()
        .filter_map(|step| step.memory.as_mut())
    {
        memory
            .from
            .iter_mut()
            .chain(&mut memory.newest)
            .for_each(hide);
        memory.after.retain(|number| *number > count);
    }
    for order in &mut trace.coherence {
        order.writes.iter_mut().for_each(hide);
        // One mark stands for all the writes at the start that are not shown.
        order.writes.dedup_by(|next, write| {
            (*next, *write) == (trace::Write::Hidden, trace::Write::Hidden)
        });
    }
    trace.conflict.retain(|number| *number > count);
    for fate in trace.blocks.iter_mut().flat_map(|block| &mut block.history) {
        fate.step = fate.step.filter(|number| *number > count);
    }
}
