//! Building graphs from parts of others: deletion by a revisit, and loading from a file.

use serde::{Deserialize, Serialize};

use crate::event::{BlockId, Event, EventId, LocId, NOWHERE, Op, Role, ThreadId};
use crate::graph::{Block, Graph, Location, Thread};
use crate::search::Revisited;

/// A graph as stored: its events, and the coherence order of each location.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct SavedGraph {
    events: Vec<Event>,
    coherence: Vec<Vec<EventId>>,
}

/// New names for what is kept.
pub(crate) struct Renaming {
    events: Vec<EventId>,
    locations: Vec<usize>,
    blocks: Vec<usize>,
    threads: Vec<usize>,
    /// Kept reads and what they read from, if they were revisited before: it is younger.
    waiting: Vec<(EventId, EventId)>,
}

impl Graph {
    /// The graph's first `len` events, without what can be computed. A read that reads
    /// from a later event is one that is being revisited.
    pub(crate) fn save(&self, len: usize) -> SavedGraph {
        let earlier = |write: &EventId| *write < len;
        let forget = |event: &Event| Event {
            rf: event.rf.filter(earlier),
            ..*event
        };
        let events = self.events[..len].iter().map(forget).collect();
        let old = |co: &Vec<EventId>| co.iter().copied().filter(earlier).collect::<Vec<EventId>>();
        let coherence = self.locations.iter().map(|location| old(&location.co));
        SavedGraph {
            events,
            coherence: coherence.filter(|co| !co.is_empty()).collect(),
        }
    }

    /// Makes this graph the stored one.
    pub(crate) fn load(&mut self, saved: &SavedGraph) {
        self.clear();
        let names = Renaming::new(saved.events.len());
        self.rebuild(&saved.events, &|_| true, None, names);
        for (loc, co) in saved.coherence.iter().enumerate() {
            self.set_coherence(loc, co.iter().copied());
        }
    }

    /// Makes this graph the part of `source` that `keep` selects, in which the revisited
    /// read has its new outcome and does not read from anything yet.
    pub(crate) fn restrict(
        &mut self,
        source: &Graph,
        keep: &dyn Fn(EventId) -> bool,
        revisited: Revisited,
    ) -> Renaming {
        let mut names = Renaming::new(source.len());
        self.copy_start(source, revisited.read, &mut names);
        let renaming = self.rebuild(&source.events, keep, Some(revisited), names);
        self.copy_coherence(source, &renaming);
        renaming
    }

    /// Gives the writes that were kept the order that they have in `source`.
    pub(crate) fn copy_coherence(&mut self, source: &Graph, names: &Renaming) {
        for (old, location) in source.locations.iter().enumerate() {
            let Some(&new) = names.locations.get(old).filter(|&&new| new != NOWHERE) else {
                continue;
            };
            let kept = |&write: &EventId| names.kept(write);
            self.set_coherence(new, location.co.iter().filter_map(kept));
        }
    }

    /// Makes this graph the first `len` events of `source`, all of which are kept: they keep
    /// their names, so nothing needs to be computed.
    fn copy_start(&mut self, source: &Graph, len: usize, names: &mut Renaming) {
        self.clear();
        self.make_room(source.len());
        self.events.extend_from_slice(&source.events[..len]);
        self.clocks.extend_from_slice(&source.clocks[..len]);
        self.places.resize(len, 0);
        self.read_by.resize(len, 0);
        self.sc.extend_from_slice(before(&source.sc, len));
        self.copy_threads(source, len);
        self.copy_blocks(source, len);
        names.keep_start(len, self);
        for (read, event) in self.events.iter_mut().enumerate() {
            let later = event.rf.filter(|&write| write >= len);
            if let Some(write) = later {
                event.rf = None;
                names.waiting.push((read, write));
            }
            if let Some(write) = event.rf {
                self.read_by[write] += 1;
            }
        }
    }

    /// So that a graph that grows to this length again grows at no cost.
    fn make_room(&mut self, len: usize) {
        self.events.reserve(len);
        self.clocks.reserve(len);
        self.places.reserve(len);
        self.read_by.reserve(len);
    }

    fn copy_threads(&mut self, source: &Graph, len: usize) {
        let started = |thread: &&Thread| thread.spawn.is_none_or(|spawn| spawn < len);
        self.threads.truncate(0);
        for thread in source.threads.iter().take_while(started) {
            let copy = self.threads.push();
            copy_start_of(&mut copy.events, &thread.events, len);
            copy_start_of(&mut copy.sc, &thread.sc, len);
            copy_start_of(&mut copy.fences, &thread.fences, len);
            copy.spawn = thread.spawn;
            copy.path.clone_from(&thread.path);
            copy.alike = thread.alike;
        }
        let threads = self.threads.len();
        self.order.clear();
        let order = source.order.iter().copied();
        self.order.extend(order.filter(|&thread| thread < threads));
    }

    fn copy_blocks(&mut self, source: &Graph, len: usize) {
        let created = source.blocks.iter().take_while(|block| block.alloc < len);
        self.blocks.extend(created.map(|block| Block {
            free: block.free.filter(|&free| free < len),
            ..*block
        }));
        let blocks = self.blocks.len();
        let inside = |location: &&Location| location.block < blocks;
        for location in source.locations.iter().take_while(inside) {
            let copy = self.locations.push();
            copy.block = location.block;
            copy.co.clear();
            copy.co.reserve(location.co.len());
            let writes = location.co.iter().copied();
            copy.co.extend(writes.filter(|&write| write < len));
            copy_start_of(&mut copy.reads, &location.reads, len);
            copy.copy_accesses(&location.by_thread, len);
            let plain = |&&id: &&EventId| self.events[id].is_plain();
            copy.plain = copy.co.iter().chain(&copy.reads).filter(plain).count();
        }
    }

    /// Adds what is kept of the events that `names` has not passed yet.
    pub(crate) fn rebuild(
        &mut self,
        events: &[Event],
        keep: &dyn Fn(EventId) -> bool,
        revisited: Option<Revisited>,
        mut names: Renaming,
    ) -> Renaming {
        let start = self.len();
        for (old, event) in events.iter().enumerate().skip(start) {
            if !keep(old) {
                names.skip(event);
                continue;
            }
            let mut event = names.rename(event);
            if let Some(revisited) = revisited.filter(|revisited| revisited.read == old) {
                (event.outcome, event.mode, event.rf) = (revisited.outcome, revisited.mode, None);
            }
            let source = event.rf.take();
            event.rf = source.and_then(|write| names.kept(write));
            let new = self.append(event);
            names.learn(old, new, &events[old], &self.events[new]);
            // A turn in vain goes without a source if an older one is deleted.
            let waits = |&write: &EventId| write > old || !event.is_vain_turn();
            if let (Some(write), None) = (source.filter(waits), event.rf) {
                names.waiting.push((new, write));
            }
            names.waiting.retain(|&(read, write)| {
                if write == old {
                    self.set_rf(read, new);
                }
                write != old
            });
        }
        debug_assert!(names.waiting.is_empty(), "a kept read lost its write");
        names
    }

    /// Adds an event; a write becomes the newest of its location.
    fn append(&mut self, event: Event) -> EventId {
        let at = match event.role {
            Role::Write => self.locations[event.loc].co.len(),
            _ => 0,
        };
        self.push_write(event, at)
    }
}

impl Renaming {
    pub(crate) fn new(events: usize) -> Renaming {
        let events = vec![NOWHERE; events];
        Renaming {
            events,
            locations: Vec::new(),
            blocks: Vec::new(),
            threads: vec![0],
            waiting: Vec::new(),
        }
    }

    /// The first `len` events are those of `graph`, in which nothing else is yet.
    fn keep_start(&mut self, len: usize, graph: &Graph) {
        self.events.splice(..len, 0..len);
        self.locations.extend(0..graph.locations.len());
        self.blocks.extend(0..graph.blocks.len());
        self.threads = (0..graph.threads.len()).collect();
    }

    /// The new name of a kept event.
    pub(crate) fn event(&self, old: EventId) -> EventId {
        self.events[old]
    }

    /// The new name of an event, if it is kept and has been reached.
    fn kept(&self, old: EventId) -> Option<EventId> {
        Some(self.events[old]).filter(|&new| new != NOWHERE)
    }

    /// The new name of a kept thread.
    pub(crate) fn thread(&self, old: ThreadId) -> ThreadId {
        self.threads[old]
    }

    /// The new name of a kept location.
    pub(crate) fn location(&self, old: LocId) -> LocId {
        self.locations[old]
    }

    /// The event with new names for everything but the write that it reads from.
    fn rename(&self, event: &Event) -> Event {
        let mut new = *event;
        new.thread = self.threads[event.thread];
        if event.role != Role::Other {
            new.loc = self.locations[event.loc];
        }
        match event.op {
            Op::Join => new.arg = self.threads[event.arg],
            Op::Spawn => new.arg = self.next_thread(),
            Op::Create | Op::Alloc => {
                (new.loc, new.home) = (self.next_location(), self.next_block());
            }
            _ => new.home = self.block(event.home),
        }
        new
    }

    /// The new name of a block; none if its allocation was deleted, which takes a race.
    pub(crate) fn block(&self, old: BlockId) -> BlockId {
        self.blocks.get(old).copied().unwrap_or(NOWHERE)
    }

    fn next_block(&self) -> usize {
        live(&self.blocks)
    }

    fn next_thread(&self) -> usize {
        live(&self.threads)
    }

    fn next_location(&self) -> usize {
        live(&self.locations)
    }

    /// Passes over what a deleted event created.
    fn skip(&mut self, event: &Event) {
        if matches!(event.op, Op::Create | Op::Alloc) {
            self.blocks.push(NOWHERE);
        }
    }

    /// Remembers what a kept event created.
    fn learn(&mut self, old: EventId, new: EventId, before: &Event, after: &Event) {
        self.events[old] = new;
        match before.op {
            Op::Spawn => set(&mut self.threads, before.arg, after.arg),
            Op::Create | Op::Alloc => {
                self.blocks.push(after.home);
                (0..before.arg)
                    .for_each(|i| set(&mut self.locations, before.loc + i, after.loc + i));
            }
            _ => {}
        }
    }
}

/// Makes the list the events of an ascending one that are among the first `len`, with room for all.
fn copy_start_of(list: &mut Vec<EventId>, source: &[EventId], len: usize) {
    list.clear();
    list.reserve(source.len());
    list.extend_from_slice(before(source, len));
}

/// The events of an ascending list that are among the first `len`.
pub(crate) fn before(events: &[EventId], len: usize) -> &[EventId] {
    &events[..events.partition_point(|&id| id < len)]
}

/// How many of the old names are still in use.
fn live(names: &[usize]) -> usize {
    names.iter().filter(|&&name| name != NOWHERE).count()
}

/// Sets an entry; the ones before it that nothing set belong to deleted events.
fn set(names: &mut Vec<usize>, old: usize, new: usize) {
    if names.len() <= old {
        names.resize(old + 1, NOWHERE);
    }
    names[old] = new;
}
