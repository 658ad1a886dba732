//! Which waiting loops may wait in place: those on locations whose writes follow each other.
//!
//! A wait in place loses nothing and finds nothing twice if every write of its location has
//! all earlier ones behind it, by po ∪ rf and in coherence order, as the writes of a lock, a
//! ticket or a counter have (see `lib.rs`). Whether a program keeps to that is seen while it
//! is explored: what was waited for in place, and where a write did not follow, is written
//! down by location, whichever comes first. If both happen to one location, what was explored
//! does not count, and the exploration starts again; loops on that location are then revisited
//! as other reads are.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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

/// Where the search first saw something of a location, by the location's key: the choices that
/// led there. What is first does not depend on how the search is divided.
type First = BTreeMap<u64, Vec<u32>>;

/// What an exploration has seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Sights {
    /// Loops have waited in place.
    waited: First,
    /// A write has not followed those before it.
    parted: First,
}

impl Sights {
    /// Where the search must end: there both were seen of one location.
    fn end(&self) -> Option<&[u32]> {
        self.ends().map(|(_, path)| path).min()
    }

    fn ends(&self) -> impl Iterator<Item = (u64, &[u32])> {
        let both = |(key, waited)| Some((key, waited, self.parted.get(key)?));
        let both = self.waited.iter().filter_map(both);
        both.map(|(&key, waited, parted)| (key, waited.max(parted).as_slice()))
    }

    /// The locations of which both had been seen there.
    fn apart(&self) -> BTreeSet<u64> {
        let end = self.end();
        let ends = self.ends().filter(|&(_, path)| Some(path) == end);
        ends.map(|(key, _)| key).collect()
    }
}

/// What the workers of an exploration have seen together.
#[derive(Default)]
pub(crate) struct Seen {
    sights: Mutex<Sights>,
    /// Whether the search must end somewhere.
    ends: AtomicBool,
}

impl Seen {
    /// What was seen by an earlier piece of the exploration.
    pub(crate) fn new(sights: Sights) -> Seen {
        let ends = AtomicBool::new(sights.end().is_some());
        let sights = Mutex::new(sights);
        Seen { sights, ends }
    }

    pub(crate) fn sights(&self) -> MutexGuard<'_, Sights> {
        self.sights.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The locations of which both were seen, if that was before the search found a failure
    /// that ends it: loops on them should not have waited in place.
    pub(crate) fn apart(&self, failure: Option<&[u32]>) -> BTreeSet<u64> {
        let sights = self.sights();
        let counts = |end: &[u32]| failure.is_none_or(|failure| end <= failure);
        match sights.end().is_some_and(counts) {
            true => sights.apart(),
            false => BTreeSet::new(),
        }
    }

    /// Whether the search must end before the path, or there.
    fn ends_before(&self, path: &[u32]) -> bool {
        // ORDERING: a hint that it is worth taking the lock; whoever has set it finds it set.
        let ends = self.ends.load(Ordering::Relaxed);
        ends && self.sights().end().is_some_and(|end| end <= path)
    }

    fn note(&self, key: u64, path: &[u32], waited: bool) {
        let mut sights = self.sights();
        let first = match waited {
            true => &mut sights.waited,
            false => &mut sights.parted,
        };
        let known = first
            .get(&key)
            .is_some_and(|known| known.as_slice() <= path);
        if known {
            return;
        }
        first.insert(key, path.to_vec());
        if sights.end().is_some() {
            // ORDERING: the partner is the load in `ends_before`; the sights are under the lock.
            self.ends.store(true, Ordering::Relaxed);
        }
    }
}

/// What one search keeps of it.
#[derive(Default)]
pub(crate) struct Chains {
    /// What it has told of its job already.
    waited: HashSet<u64>,
    parted: HashSet<u64>,
    /// After how many of the choices that lead to the current graph it was first asked whether
    /// a loop waits in place.
    pub(crate) asked: Option<usize>,
    pub(crate) seen: Arc<Seen>,
}

impl Chains {
    /// Another part of the search begins; on the way to it so much was asked.
    pub(crate) fn begin(&mut self, asked: Option<usize>) {
        self.waited.clear();
        self.parted.clear();
        self.asked = asked;
    }

    /// The search goes back to where so many choices had been made.
    pub(crate) fn go_back(&mut self, depth: usize) {
        self.asked = self.asked.filter(|&asked| asked <= depth);
    }
}

impl Search {
    /// Whether loops on the location wait in place.
    pub(crate) fn waits_in_place(&mut self, loc: LocId) -> bool {
        if !self.config.in_place.on {
            return false;
        }
        self.chains.asked.get_or_insert(self.path.len());
        let key = self.graph().key_of(loc);
        let waits = !self.config.in_place.except.contains(&key);
        if waits && self.chains.waited.insert(key) {
            self.chains.seen.note(key, &self.path, true);
        }
        waits
    }

    /// The last event was added; if it is a write, it may not follow those before it.
    pub(crate) fn note_order(&mut self) {
        let blind = self.config.mutation == Some(Mutation::WaitInPlaceAnyway);
        if blind || !self.config.in_place.on || self.graph().last_write_follows() {
            return;
        }
        let graph = self.graph();
        let key = graph.key_of(graph.events[graph.len() - 1].loc);
        if self.chains.parted.insert(key) {
            self.chains.seen.note(key, &self.path, false);
        }
    }

    /// Whether the search has seen that it must start again.
    pub(crate) fn must_start_again(&self) -> bool {
        self.chains.seen.ends_before(&self.path)
    }

    /// The choices that lead to the current graph, as they are told.
    pub(crate) fn full_path(&self) -> Vec<u32> {
        let mut path = self.path.clone();
        if self.chains.asked.is_some() {
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
