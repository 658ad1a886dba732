//! The execution graph: events, program order, reads-from and coherence order.
//!
//! # State
//! Events are numbered in the order in which they were added (TruSt's `<`). Adding and
//! removing happens at the end only; `restrict` (in `restrict.rs`) builds a new graph
//! when a revisit deletes events from the middle.
//!
//! # Invariants
//! 1. Every ancestor by program order of an event has a smaller number.
//! 2. The first entry of a location's coherence order is the event that created it.
//! 3. Clocks are those of the definitions, for every event whose `rf` is set.

use std::cell::Cell;

use crate::clock::{Clock, MAX_THREADS};
use crate::config::{Model, Mutation};
use crate::event::{BlockId, Event, EventId, LocId, Mode, NOWHERE, Op, Role, ThreadId};
use crate::pool::Pool;
use crate::reached::Reached;

/// What is known of a thread.
#[derive(Debug, Default)]
pub(crate) struct Thread {
    /// Its events in program order.
    pub(crate) events: Vec<EventId>,
    /// Of these, the sequentially consistent ones, and the fences among them.
    pub(crate) sc: Vec<EventId>,
    pub(crate) fences: Vec<EventId>,
    /// The event that started it; none for the main thread.
    pub(crate) spawn: Option<EventId>,
    /// For each ancestor, and last for the thread itself, the position of its spawn in
    /// its parent: a name that does not depend on how the graph was reached.
    pub(crate) path: Vec<u16>,
    /// For threads that are alike, where their parent started the first of them; else `NOWHERE`.
    pub(crate) alike: usize,
}

/// What is known of a location.
#[derive(Debug, Default)]
pub(crate) struct Location {
    /// Its writes, oldest first.
    pub(crate) co: Vec<EventId>,
    /// Its reads, in the order of addition.
    pub(crate) reads: Vec<EventId>,
    /// For each thread its accesses, in program order; the last threads may be missing.
    pub(crate) by_thread: Vec<Vec<EventId>>,
    /// How many of its reads and writes are plain.
    pub(crate) plain: usize,
    /// The block that it was created as a part of.
    pub(crate) block: BlockId,
}

/// What is known of a block of locations.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    pub(crate) alloc: EventId,
    pub(crate) free: Option<EventId>,
    pub(crate) first: LocId,
    pub(crate) len: usize,
}

/// The clocks of one event.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Clocks {
    /// What happens before the event, and the event.
    pub(crate) hb: Clock,
    /// Its ancestors by program order and reads-from, and the event.
    pub(crate) porf: Clock,
    /// What an acquire fence that came next would receive.
    pub(crate) pending: Clock,
    /// For a write: what an acquire read that reads from it receives.
    pub(crate) released: Clock,
    /// The thread's latest release fence.
    pub(crate) fence: Option<EventId>,
}

/// An execution graph, complete or on the way.
#[derive(Default)]
pub(crate) struct Graph {
    pub(crate) model: Model,
    pub(crate) mutation: Option<Mutation>,
    pub(crate) events: Vec<Event>,
    pub(crate) clocks: Vec<Clocks>,
    /// For each write its position in coherence order, and 0 for every other event.
    pub(crate) places: Vec<usize>,
    /// For each event, how many reads read from it.
    pub(crate) read_by: Vec<usize>,
    pub(crate) threads: Pool<Thread>,
    pub(crate) locations: Pool<Location>,
    pub(crate) blocks: Vec<Block>,
    /// Threads in the order of their paths: the order of scheduling.
    pub(crate) order: Vec<ThreadId>,
    /// Sequentially consistent accesses and fences.
    pub(crate) sc: Vec<EventId>,
    /// Memory for the searches of the axioms, kept so that they allocate nothing.
    pub(crate) spare: Cell<Vec<EventId>>,
    pub(crate) marks: Cell<Vec<bool>>,
    pub(crate) reached: Cell<Reached>,
}

impl Graph {
    /// The graph of a program that has not begun.
    pub(crate) fn new(model: Model, mutation: Option<Mutation>) -> Graph {
        let mut graph = Graph {
            model,
            mutation,
            ..Graph::default()
        };
        graph.clear();
        graph
    }

    /// Removes everything but the main thread.
    pub(crate) fn clear(&mut self) {
        self.events.clear();
        self.clocks.clear();
        self.places.clear();
        self.read_by.clear();
        self.locations.truncate(0);
        self.blocks.clear();
        self.order.clear();
        self.sc.clear();
        self.threads.truncate(0);
        self.add_thread(None, Vec::new(), NOWHERE);
    }

    /// How many events there are.
    pub(crate) fn len(&self) -> usize {
        self.events.len()
    }

    /// The number that the next event of `thread` gets within its thread.
    pub(crate) fn next_index(&self, thread: ThreadId) -> usize {
        self.threads[thread].events.len()
    }

    /// Whether one more thread can be started.
    pub(crate) fn has_room_for_thread(&self) -> bool {
        self.threads.len() < MAX_THREADS
    }

    /// The event before the given place by program order: for a thread's first, its spawn.
    pub(crate) fn po_predecessor(&self, thread: ThreadId, index: usize) -> Option<EventId> {
        match index {
            0 => self.threads[thread].spawn,
            _ => Some(self.threads[thread].events[index - 1]),
        }
    }

    /// The last event of a thread, or its spawn if it has none.
    pub(crate) fn last_event(&self, thread: ThreadId) -> Option<EventId> {
        self.po_predecessor(thread, self.next_index(thread))
    }

    /// The event after `id` in its thread.
    pub(crate) fn po_successor(&self, id: EventId) -> Option<EventId> {
        let event = &self.events[id];
        self.threads[event.thread]
            .events
            .get(event.index + 1)
            .copied()
    }

    /// The clocks of a thread after its last event.
    pub(crate) fn thread_clocks(&self, thread: ThreadId) -> Clocks {
        self.last_event(thread)
            .map_or_else(Clocks::default, |last| self.clocks[last])
    }

    /// Whether `clock` contains the event.
    pub(crate) fn within(&self, id: EventId, clock: &Clock) -> bool {
        let event = &self.events[id];
        clock.contains(event.thread, event.index)
    }

    /// Whether `a` happens before `b`. An event does not happen before itself.
    pub(crate) fn hb(&self, a: EventId, b: EventId) -> bool {
        a != b && self.within(a, &self.clocks[b].hb)
    }

    /// The position of a write in its location's coherence order.
    pub(crate) fn co_index(&self, loc: LocId, write: EventId) -> usize {
        debug_assert_eq!(self.locations[loc].co[self.places[write]], write);
        self.places[write]
    }

    /// Whether nothing is after the write in coherence order.
    pub(crate) fn is_newest(&self, loc: LocId, write: EventId) -> bool {
        self.locations[loc].co.last() == Some(&write)
    }

    /// A successful read whose write has not been added yet. There is at most one.
    pub(crate) fn unfinished_update(&self) -> Option<ThreadId> {
        self.order.iter().copied().find(|&thread| {
            let last = self.threads[thread].events.last();
            last.is_some_and(|&last| self.events[last].is_exclusive_read())
        })
    }

    /// Adds an event that is no write to a location.
    pub(crate) fn push(&mut self, event: Event) -> EventId {
        self.push_write(event, usize::MAX)
    }

    /// Adds an event; a write gets the position `at` in coherence order.
    pub(crate) fn push_write(&mut self, event: Event, at: usize) -> EventId {
        let id = self.events.len();
        debug_assert_eq!(event.index, self.next_index(event.thread));
        self.clocks.push(self.clocks_for(&event));
        self.events.push(event);
        self.places.push(0);
        self.read_by.push(0);
        self.threads[event.thread].events.push(id);
        match event.role {
            Role::Read => self.push_read(id, &event),
            Role::Write => self.insert_write(id, &event, at),
            Role::Other => self.push_effect(id, &event),
        }
        if event.is_plain() {
            self.locations[event.loc].plain += 1;
        }
        if self.counts_for_psc(&event) {
            self.push_sc(id, &event);
        }
        id
    }

    fn push_effect(&mut self, id: EventId, event: &Event) {
        match event.op {
            Op::Create | Op::Alloc => self.add_block(id, event),
            Op::Free => drop(self.blocks[event.home].free.get_or_insert(id)),
            Op::Spawn => self.add_child(id, event),
            _ => {}
        }
    }

    /// Removes the event that was added last.
    pub(crate) fn pop(&mut self) {
        let event = self.events.pop().expect("a graph with events");
        let id = self.events.len();
        self.clocks.pop();
        self.threads[event.thread].events.pop();
        match event.role {
            Role::Read => self.remove_read(&event),
            Role::Write => self.remove_write(id, &event),
            Role::Other => self.pop_effect(id, &event),
        }
        if event.is_plain() {
            self.locations[event.loc].plain -= 1;
        }
        self.places.pop();
        self.read_by.pop();
        if self.sc.last() == Some(&id) {
            self.sc.pop();
            self.threads[event.thread].sc.pop();
            if event.op == Op::Fence {
                self.threads[event.thread].fences.pop();
            }
        }
    }

    fn push_sc(&mut self, id: EventId, event: &Event) {
        self.sc.push(id);
        self.threads[event.thread].sc.push(id);
        if event.op == Op::Fence {
            self.threads[event.thread].fences.push(id);
        }
    }

    fn pop_effect(&mut self, id: EventId, event: &Event) {
        match event.op {
            Op::Create | Op::Alloc => {
                self.blocks.pop();
                self.locations.truncate(event.loc);
            }
            Op::Free => {
                let block = &mut self.blocks[event.home];
                block.free = block.free.filter(|&free| free != id);
            }
            Op::Spawn => {
                self.threads.truncate(event.arg);
                self.order.retain(|&thread| thread != event.arg);
            }
            _ => {}
        }
    }

    /// Removes events from the end until `len` are left.
    pub(crate) fn truncate(&mut self, len: usize) {
        while self.events.len() > len {
            self.pop();
        }
    }

    /// Lets `read` read from `write`, and computes its clocks anew.
    pub(crate) fn set_rf(&mut self, read: EventId, write: EventId) {
        if let Some(before) = self.events[read].rf.replace(write) {
            self.read_by[before] -= 1;
        }
        self.read_by[write] += 1;
        let event = self.events[read];
        self.clocks[read] = self.clocks_for(&event);
    }

    /// Whether the model's psc has this event.
    pub(crate) fn counts_for_psc(&self, event: &Event) -> bool {
        matches!(self.model, Model::Rc11 | Model::Cpp20) && event.mode == Mode::SeqCst
    }

    fn add_block(&mut self, alloc: EventId, event: &Event) {
        self.blocks.push(Block {
            alloc,
            free: None,
            first: event.loc,
            len: event.arg,
        });
        for _ in 0..event.arg {
            let location = self.locations.push();
            location.co.clear();
            location.co.push(alloc);
            location.reads.clear();
            location.by_thread.iter_mut().for_each(Vec::clear);
            location.plain = 0;
            location.block = event.home;
        }
    }

    fn add_child(&mut self, spawn: EventId, event: &Event) {
        let mut path = self.threads[event.thread].path.clone();
        path.push(event.index as u16);
        let child = self.add_thread(Some(spawn), path, event.home);
        debug_assert_eq!(child, event.arg);
    }

    fn add_thread(&mut self, spawn: Option<EventId>, path: Vec<u16>, alike: usize) -> ThreadId {
        let id = self.threads.len();
        let before = |&other: &ThreadId| self.threads[other].path < path;
        let place = self.order.partition_point(before);
        self.order.insert(place, id);
        let thread = self.threads.push();
        thread.events.clear();
        thread.sc.clear();
        thread.fences.clear();
        thread.spawn = spawn;
        thread.path = path;
        thread.alike = alike;
        id
    }
}
