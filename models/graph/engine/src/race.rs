//! Errors of single accesses: data races, and use of memory that is not there.
//!
//! A new event is compared with everything already in the graph. Since of two accesses
//! one is always added after the other, races are found in either order of access.

use crate::config::Mutation;
use crate::event::{BlockId, Event, EventId, LocId, Op, Role};
use crate::failure::Fault;
use crate::graph::{Block, Graph};

impl Graph {
    /// What is wrong with the event, which was added last or has just been revisited.
    pub(crate) fn fault_of(&self, id: EventId) -> Option<Fault> {
        let event = &self.events[id];
        match (event.role, event.op) {
            // The read is judged with its write: without it the graph may be a dead end.
            (Role::Read, _) if event.is_exclusive_read() => None,
            (Role::Other, Op::Free) => self.fault_of_free(id, event.home),
            (Role::Other, _) => None,
            _ => self
                .unlock_fault(id, event)
                .or_else(|| self.lifetime_fault(id, event))
                .or_else(|| self.race_of(id, event.loc)),
        }
    }

    /// For each block that the access is in, the largest first: its creation happens
    /// before the access, and nobody has freed it.
    fn lifetime_fault(&self, access: EventId, event: &Event) -> Option<Fault> {
        let blocks = [event.home, self.locations[event.loc].block];
        let blocks = blocks.iter().filter_map(|&block| self.blocks.get(block));
        blocks
            .filter_map(|block| self.fault_in(block, access))
            .next()
    }

    fn fault_in(&self, block: &Block, access: EventId) -> Option<Fault> {
        match block.free {
            Some(free) => Some(Fault::UseAfterFree { free, access }),
            None if !self.hb(block.alloc, access) => Some(Fault::Race {
                first: block.alloc,
                second: access,
            }),
            None => None,
        }
    }

    /// *Data race*: two accesses of one location, at least one a write, at least one
    /// plain, not ordered by hb.
    fn race_of(&self, id: EventId, loc: LocId) -> Option<Fault> {
        if self.locations[loc].plain == 0 {
            return None;
        }
        let known = &self.clocks[id].hb;
        let threads = self.locations[loc].by_thread.iter().enumerate();
        let unknown = threads.flat_map(|(thread, accesses)| {
            let knows = |&other: &EventId| self.events[other].index < known.count(thread);
            &accesses[accesses.partition_point(knows)..]
        });
        let rivals = unknown.copied().filter(|&other| self.race(other, id));
        let first = rivals.min_by_key(|&other| match self.events[other].role {
            Role::Write => (0, self.co_index(loc, other)),
            _ => (1, other),
        });
        first.map(|first| Fault::Race { first, second: id })
    }

    fn race(&self, a: EventId, b: EventId) -> bool {
        let (at_a, at_b) = (&self.events[a], &self.events[b]);
        if self.mutation == Some(Mutation::NoWriteAfterReadRace) && at_a.role == Role::Read {
            return false;
        }
        let writes = at_a.role == Role::Write || at_b.role == Role::Write;
        let plain = !at_a.mode.is_atomic() || !at_b.mode.is_atomic();
        a != b && writes && plain && !self.hb(a, b) && !self.hb(b, a)
    }

    /// A free is an access of everything in its block.
    fn fault_of_free(&self, free: EventId, block: BlockId) -> Option<Fault> {
        let Block {
            alloc, free: first, ..
        } = self.blocks[block];
        if let Some(first) = first.filter(|&first| first != free) {
            return Some(Fault::DoubleFree {
                first,
                second: free,
            });
        }
        if !self.hb(alloc, free) {
            return Some(Fault::Race {
                first: alloc,
                second: free,
            });
        }
        let access = self.unordered_uses(free, block).next()?;
        Some(Fault::UseAfterFree { free, access })
    }

    /// Every access that is in the block and does not happen before the free.
    fn unordered_uses(&self, free: EventId, block: BlockId) -> impl Iterator<Item = EventId> {
        let known = &self.clocks[free].hb;
        let threads = self.threads.iter().enumerate();
        let unknown = threads.flat_map(|(id, thread)| thread.events.iter().skip(known.count(id)));
        unknown
            .copied()
            .filter(move |&id| self.is_in(&self.events[id], block))
    }

    fn is_in(&self, event: &Event, block: BlockId) -> bool {
        let accesses = event.role != Role::Other;
        accesses && (event.home == block || self.locations[event.loc].block == block)
    }

    /// Allocated blocks that nobody has freed.
    pub(crate) fn leak(&self) -> Option<Fault> {
        let allocated = |event: &Event| event.op == Op::Alloc;
        let mut leaks = self
            .blocks
            .iter()
            .filter(|b| b.free.is_none() && allocated(&self.events[b.alloc]));
        leaks.next().map(|block| Fault::Leak { alloc: block.alloc })
    }
}
