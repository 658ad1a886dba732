//! Which waiting loops may wait in place: those on locations whose writes follow each other.
//!
//! A wait in place loses nothing and finds nothing twice if every write of its location has
//! all earlier ones behind it, by po ∪ rf and in coherence order, as the writes of a lock, a
//! ticket or a counter have (see `lib.rs`). Whether a program keeps to that is seen while it
//! is explored: what was waited for in place, and where a write did not follow, is written
//! down by location, whichever comes first. If both happen to one location, what was explored
//! does not count, and the exploration starts again; loops on that location are then revisited
//! as other reads are.

use std::collections::{BTreeSet, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::config::Mutation;
use crate::event::{LocId, Role};
use crate::graph::Graph;
use crate::search::Search;

/// Stands last in a path that was found with loops waiting in place.
const MARK: u32 = u32::MAX;

/// Which loops wait in place.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct InPlace {
    on: bool,
    /// The keys of locations whose loops do not.
    except: BTreeSet<u64>,
}

impl Default for InPlace {
    fn default() -> InPlace {
        InPlace {
            on: true,
            except: BTreeSet::new(),
        }
    }
}

impl InPlace {
    pub(crate) fn never() -> InPlace {
        InPlace {
            on: false,
            ..InPlace::default()
        }
    }

    pub(crate) fn leave_out(&mut self, apart: BTreeSet<u64>) {
        self.except.extend(apart);
    }

    /// The end of a path, by which it is known how the choices before it are numbered.
    fn suffix(&self) -> Vec<u32> {
        let halves = self
            .except
            .iter()
            .flat_map(|&key| [(key >> 32) as u32, key as u32]);
        let count = self.except.len() as u32;
        halves.chain([count, MARK]).collect()
    }

    /// Takes the end off a path, if it has one.
    pub(crate) fn split_off(path: &mut Vec<u32>) -> InPlace {
        let Some(&[.., count, MARK]) = path.last_chunk::<2>().map(<[u32; 2]>::as_slice) else {
            return InPlace::never();
        };
        let start = path.len().saturating_sub(2 + 2 * count as usize);
        let end = path.split_off(start);
        let key = |half: &[u32]| u64::from(half[0]) << 32 | u64::from(half[1]);
        let except = end[..end.len() - 2].chunks_exact(2).map(key).collect();
        InPlace { on: true, except }
    }
}

/// What an exploration has seen, by the keys of locations.
#[derive(Default)]
pub(crate) struct Seen {
    sets: Mutex<Sets>,
    used: AtomicBool,
    broken: AtomicBool,
}

#[derive(Default)]
struct Sets {
    waited: HashSet<u64>,
    parted: HashSet<u64>,
}

impl Seen {
    /// Whether some location was waited for in place although its writes do not follow.
    pub(crate) fn is_broken(&self) -> bool {
        // ORDERING: a hint to stop; the sets are under the lock.
        self.broken.load(Ordering::Relaxed)
    }

    /// The locations of which both were seen.
    pub(crate) fn apart(&self) -> BTreeSet<u64> {
        let sets = self.sets.lock().unwrap_or_else(PoisonError::into_inner);
        sets.waited.intersection(&sets.parted).copied().collect()
    }

    fn note(&self, key: u64, waited: bool) {
        let mut sets = self.sets.lock().unwrap_or_else(PoisonError::into_inner);
        let set = if waited {
            &mut sets.waited
        } else {
            &mut sets.parted
        };
        set.insert(key);
        if sets.waited.contains(&key) && sets.parted.contains(&key) {
            // ORDERING: a hint to stop; the sets are under the lock.
            self.broken.store(true, Ordering::Relaxed);
        }
    }
}

/// What one search has told already.
#[derive(Default)]
pub(crate) struct Chains {
    told: Sets,
    pub(crate) seen: Arc<Seen>,
}

impl Search {
    /// Whether loops on the location wait in place.
    pub(crate) fn waits_in_place(&self, loc: LocId) -> bool {
        let in_place = &self.config.in_place;
        if in_place.on {
            // ORDERING: only says that paths need their end; whoever reads it has set it.
            self.chains.seen.used.store(true, Ordering::Relaxed);
        }
        in_place.on && !in_place.except.contains(&self.graph().key_of(loc))
    }

    /// A loop on the location waits in place.
    pub(crate) fn note_wait(&mut self, loc: LocId) {
        let key = self.graph().key_of(loc);
        if self.chains.told.waited.insert(key) {
            self.chains.seen.note(key, true);
        }
    }

    /// The last event was added; if it is a write, it may not follow those before it.
    pub(crate) fn note_order(&mut self) {
        let blind = self.config.mutation == Some(Mutation::WaitInPlaceAnyway);
        if blind || !self.config.in_place.on || self.graph().last_write_follows() {
            return;
        }
        let graph = self.graph();
        let key = graph.key_of(graph.events[graph.len() - 1].loc);
        if self.chains.told.parted.insert(key) {
            self.chains.seen.note(key, false);
        }
    }

    /// The choices that lead to the current graph, as they are told.
    pub(crate) fn full_path(&self) -> Vec<u32> {
        let mut path = self.path.clone();
        // ORDERING: see where it is set.
        if self.chains.seen.used.load(Ordering::Relaxed) {
            path.extend(self.config.in_place.suffix());
        }
        path
    }
}

impl Graph {
    fn last_write_follows(&self) -> bool {
        let write = self.len() - 1;
        let event = &self.events[write];
        if event.role != Role::Write {
            return true;
        }
        let co = &self.locations[event.loc].co;
        co.last() == Some(&write) && self.within(co[co.len() - 2], &self.clocks[write].porf)
    }

    /// A name for a location that does not depend on how the graph was reached.
    fn key_of(&self, loc: LocId) -> u64 {
        let block = &self.blocks[self.locations[loc].block];
        let alloc = &self.events[block.alloc];
        let path = self.threads[alloc.thread].path.iter();
        let numbers = path.map(|&part| u64::from(part));
        let place = [alloc.index as u64, (loc - block.first) as u64];
        let mix = |key: u64, number: u64| (key ^ number).wrapping_mul(0x0100_0000_01B3);
        numbers.chain(place).fold(0xCBF2_9CE4_8422_2325, mix)
    }
}
