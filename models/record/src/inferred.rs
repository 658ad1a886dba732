//! What can be known of the events when the checker tells nothing: worked out from the log, when an execution has failed.
//!
//! The log is in the order of execution, and the writes of a place are in coherence order in it. A read that has the value
//! of the newest write read from it; a checker that lets reads be stale shows other values, and then the newest write
//! of that value is taken. Who learns what follows by C11's rules, as in [`crate::memory`].
//!
//! Where a checker orders racing writes in another way, a thread reads over a write that it knows of. Then the values do
//! not tell which write a read of that place took: nothing is said of them.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::Ordering;

use crate::clock::MAX_THREADS;
use crate::event::{Entry, Event, Place, Woke, Word};
use crate::knowledge::{Facts, Knowledge, Write};
use crate::state;

/// What is known of the events of the log.
pub(crate) fn knowledge() -> Knowledge {
    state::with(|state| {
        let mut reader = Reader::default();
        for (at, entry) in state.log.iter().enumerate() {
            reader.entry(at, entry);
        }
        reader.forget_doubtful(&state.log);
        reader.knowledge
    })
}

/// For each thread, how many entries of the log are known up to its last known one.
type Clock = [usize; MAX_THREADS];

fn join(clock: &mut Clock, other: &Clock) {
    for (mine, theirs) in clock.iter_mut().zip(other) {
        *mine = (*mine).max(*theirs);
    }
}

/// What a thread knows.
#[derive(Clone, Copy, Default)]
struct View {
    now: Clock,
    /// At its last release fence.
    released: Clock,
    /// What its relaxed reads brought along for an acquire fence.
    pending: Clock,
}

/// A write of a place.
struct Message {
    at: usize,
    thread: usize,
    /// What it wrote, where the log says it.
    value: Option<u64>,
    carries: Clock,
}

#[derive(Default)]
struct Reader {
    knowledge: Knowledge,
    threads: [View; MAX_THREADS],
    /// The writes of each place, by its serial number, in coherence order.
    places: HashMap<u32, Vec<Message>>,
    /// Places whose writes are in another order than in the log.
    doubtful: HashSet<u32>,
    /// What the last waker of a key knew.
    keys: HashMap<usize, Clock>,
}

impl Reader {
    fn entry(&mut self, at: usize, entry: &Entry) {
        let thread = entry.thread;
        self.threads[thread].now[thread] = at + 1;
        match entry.event {
            Event::Load {
                place,
                value,
                order,
            }
            | Event::Failed {
                place,
                found: value,
                order,
                ..
            } => self.read(at, thread, place, Some(value), order),
            Event::Read { place } => self.read(at, thread, place, None, Ordering::Relaxed),
            Event::Store {
                place,
                value,
                order,
            } => {
                let carries = self.carried(thread, order);
                self.write(at, thread, place, (Some(value), carries));
            }
            Event::Write { place } => {
                self.write(at, thread, place, (None, Clock::default()));
            }
            Event::Update {
                place,
                old,
                new,
                order,
                ..
            } => {
                self.read(at, thread, place, Some(old), order);
                let mut carries = self.carried(thread, order);
                // A read-modify-write continues the release sequence of what it replaces.
                if let Some(last) = self.places.get(&place.serial).and_then(|all| all.last()) {
                    join(&mut carries, &last.carries);
                }
                self.write(at, thread, place, (Some(new), carries));
            }
            Event::Fence { order } => self.fence(at, thread, order),
            Event::Spawn { thread: child } => {
                self.threads[child].now = self.threads[thread].now;
            }
            Event::Join { thread: ended } => {
                let last = self.threads[ended].now;
                join(&mut self.threads[thread].now, &last);
            }
            Event::Unpark { key, .. } => {
                self.keys.insert(key, self.threads[thread].now);
            }
            Event::Woke {
                key,
                reason: Woke::Unparked,
            } => {
                if let Some(taught) = self.keys.get(&key).copied() {
                    self.learn(at, thread, &taught);
                }
            }
            _ => {}
        }
    }

    fn read(
        &mut self,
        at: usize,
        thread: usize,
        place: Place,
        value: Option<Word>,
        order: Ordering,
    ) {
        let writes = self.places.get(&place.serial);
        let is_it = |write: &Message| match (value, write.value) {
            (Some(read), Some(written)) => read.bits == written,
            _ => true,
        };
        let from = writes.and_then(|writes| writes.iter().rposition(is_it));
        let newer = writes.map_or(&[][..], |writes| &writes[from.map_or(0, |from| from + 1)..]);
        let known = self.threads[thread].now;
        if newer.iter().any(|write| known[write.thread] > write.at) {
            self.doubtful.insert(place.serial);
        }
        let from = writes.zip(from).map(|(writes, from)| &writes[from]);
        let (from, carries) = match from {
            Some(write) => (Write::Logged(write.at), write.carries),
            None => (Write::Initial, Clock::default()),
        };
        self.facts(at).from = Some(from);
        if acquires(order) {
            self.learn(at, thread, &carries);
        } else {
            join(&mut self.threads[thread].pending, &carries);
        }
    }

    fn write(
        &mut self,
        at: usize,
        thread: usize,
        place: Place,
        (value, carries): (Option<Word>, Clock),
    ) {
        let writes = self.places.entry(place.serial).or_default();
        writes.push(Message {
            at,
            thread,
            value: value.map(|word| word.bits),
            carries,
        });
        let position = writes.len();
        self.facts(at).coherence = Some(position);
    }

    /// Says of no doubtful place what was read from where, nor in which order it was written.
    fn forget_doubtful(&mut self, log: &[Entry]) {
        for (at, facts) in &mut self.knowledge.facts {
            let place = log[*at].event.place();
            if place.is_some_and(|place| self.doubtful.contains(&place.serial)) {
                facts.from = facts.from.map(|_| Write::Unlogged);
                facts.coherence = None;
            }
        }
    }

    fn carried(&self, thread: usize, order: Ordering) -> Clock {
        let view = &self.threads[thread];
        match releases(order) {
            true => view.now,
            false => view.released,
        }
    }

    fn fence(&mut self, at: usize, thread: usize, order: Ordering) {
        self.facts(at);
        if acquires(order) {
            let pending = self.threads[thread].pending;
            self.learn(at, thread, &pending);
        }
        if releases(order) {
            self.threads[thread].released = self.threads[thread].now;
        }
    }

    /// The thread learns at this event all that the clock knows.
    fn learn(&mut self, at: usize, thread: usize, clock: &Clock) {
        let now = self.threads[thread].now;
        let news = (0..MAX_THREADS).filter(|other| clock[*other] > now[*other]);
        let news = news.map(|other| clock[other] - 1);
        let news: Vec<usize> = news.collect();
        self.facts(at).after.extend(news);
        join(&mut self.threads[thread].now, clock);
    }

    fn facts(&mut self, at: usize) -> &mut Facts {
        self.knowledge.facts.entry(at).or_default()
    }
}

fn acquires(order: Ordering) -> bool {
    matches!(
        order,
        Ordering::Acquire | Ordering::AcqRel | Ordering::SeqCst
    )
}

fn releases(order: Ordering) -> bool {
    matches!(
        order,
        Ordering::Release | Ordering::AcqRel | Ordering::SeqCst
    )
}
