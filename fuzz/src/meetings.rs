//! Which places in the source met in an execution of shuttle's: the recorder's log says who touched what, and where.

use std::collections::{HashMap, HashSet};

use record::event;

/// Adds the pairs of places at which two threads touched the same thing, one right after the other.
pub(crate) fn note(into: &mut HashSet<u64>) {
    let mut last: HashMap<usize, (usize, u64)> = HashMap::new();
    for entry in (0..event::count()).map_while(event::entry) {
        let Some(place) = entry.event.place() else {
            continue;
        };
        let here = place_of(entry.at);
        if let Some((thread, there)) = last.insert(place.address, (entry.thread, here))
            && thread != entry.thread
        {
            into.insert(mixed(there, here));
        }
    }
}

/// A number for a place that is the same in every run.
fn place_of(at: record::At) -> u64 {
    let file = at
        .file()
        .bytes()
        .fold(OFFSET, |hash, byte| step(hash, byte.into()));
    step(step(file, at.line().into()), at.column().into())
}

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// One step of the hash of Fowler, Noll and Vo.
fn step(hash: u64, word: u64) -> u64 {
    (hash ^ word).wrapping_mul(0x0100_0000_01b3)
}

fn mixed(there: u64, here: u64) -> u64 {
    step(step(OFFSET, there), here)
}
