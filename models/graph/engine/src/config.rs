//! What to explore, how far, and on how many threads.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::chains::InPlace;

/// The memory model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Model {
    /// Sequential consistency: po ∪ rf ∪ co ∪ fr is acyclic.
    Sc,
    /// Every atomic read acquires, every atomic write releases.
    ReleaseAcquire,
    /// RC11 (Lahav et al., PLDI 2017) with the release sequences of C++20.
    Rc11,
    /// C++20, which is Rust's model, without load buffering: RC11 in which everything that
    /// strongly happens before counts for the order of SC events.
    #[default]
    Cpp20,
}

/// A fault in the checker itself, for the tests that show that the tests see it.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Mutation {
    /// Coherence forgets what earlier reads have seen.
    NoReadCoherence,
    /// Coherence forgets the writes that happen before.
    NoWriteCoherence,
    /// A write may come between a read-modify-write and what it read.
    NoAtomicity,
    /// psc is not looked at.
    NoPsc,
    /// psc sees accesses only.
    NoPscFences,
    /// psc does not know what strongly happens before.
    NoStrongOrder,
    /// For psc in C++20, a read-modify-write is two operations.
    SplitUpdates,
    /// In the SC model, nothing is checked beyond coherence.
    NoSequentialOrder,
    /// A read-modify-write does not continue a release sequence.
    NoReleaseSequence,
    /// Acquire fences receive nothing.
    NoAcquireFence,
    /// A write never revisits the oldest read that it could.
    SkipOldestRevisit,
    /// Writes never revisit.
    SkipRevisits,
    /// Every revisit is taken, whatever it deletes.
    IgnoreMaximality,
    /// Maximality does not look for readers.
    IgnoreReaders,
    /// A write never takes the oldest position that it could.
    SkipOldestPosition,
    /// A read never takes the oldest write that it could.
    SkipOldestWrite,
    /// Plain accesses are not compared with earlier reads.
    NoWriteAfterReadRace,
    /// Whoever unlocks a lock, it is unlocked.
    AnyoneUnlocks,
    /// Weak compare-exchanges never fail spuriously.
    NoSpuriousFailure,
    /// A waiting thread never tries again.
    NoNewTry,
    /// Writes revisit tries in vain, too.
    RevisitVainTries,
    /// Maximality asks of tries in vain what it asks of reads.
    JudgeVainTries,
    /// Tries in vain take part in the order of the SC model.
    OrderVainTries,
    /// Loops wait in place although the writes of their location do not follow each other.
    WaitInPlaceAnyway,
    /// A bound on preemptions leaves no slack to the graphs on the way.
    NoSlack,
    /// Revisits do not know the order of threads that are alike.
    NoAlikeAncestors,
    /// Threads that are alike may have any names.
    AnyNames,
}

/// What to explore, how far, and on how many threads.
#[derive(Clone, Debug)]
pub struct Config {
    /// The memory model.
    pub model: Model,
    /// How many operating system threads explore. Nothing but time depends on it.
    pub jobs: usize,
    /// `(i, n)`: explore the i-th of n parts, counted from 0.
    pub shard: (u64, u64),
    /// How many events one execution may have before the run is given up.
    pub max_events: usize,
    /// End after about this many graphs.
    pub max_graphs: Option<u64>,
    /// End after about this time.
    pub max_time: Option<Duration>,
    /// End soon after this becomes true.
    pub stop: Option<Arc<AtomicBool>>,
    /// Only graphs with at most this many stale reads: reads of a write although a
    /// newer one of the location is among the read's ancestors by po ∪ rf.
    pub max_stale_reads: Option<usize>,
    /// Only graphs that some schedule with at most this many preemptions leads to: an order of
    /// their events that po ∪ rf admits, in the model SC also co ∪ fr. A thread is preempted where
    /// the schedule leaves it, unless it has ended or waits for a lock, a token or a thread. Graphs on
    /// the way may have some more ([`Counts::beyond`](crate::Counts::beyond)); after Marmanis,
    /// Kokologiannakis and Vafeiadis, TACAS 2023.
    pub max_preemptions: Option<usize>,
    /// Explore threads that are alike ([`spawn_alike`](crate::spawn_alike)) up to renaming: of executions that differ in
    /// their names only, one is visited, and all counts are counts of these. Threads that are
    /// not alike after all are an error.
    pub symmetry: bool,
    /// How many times a thread's weak compare-exchanges of one location may fail
    /// spuriously in one execution.
    pub spurious_failures: usize,
    /// How many turns of a waiting loop are tried before it counts as endless.
    pub spin_turns: usize,
    /// Bytes of stack for each thread of the program.
    pub stack_size: usize,
    /// How long a thread of the program may go on without a step before the exploration gives up,
    /// since it waits for something that is not the engine's or loops for ever.
    pub patience: Duration,
    /// Go on after a failure, and count the failures.
    pub keep_going: bool,
    /// Keep panics of the program under test off the terminal, and note their place. A
    /// hook for panics is the process's: false leaves it to the host.
    pub panic_hook: bool,
    /// Unwind the threads of a run that ends before they do. False: what is on their stacks, and
    /// bodies that were never started, is forgotten. No destructor sees an operation that does
    /// nothing then, and what these threads had allocated is lost.
    pub unwind: bool,
    /// Follow only these choices: the path of a failure leads to it again.
    pub path: Option<Vec<u32>>,
    #[doc(hidden)]
    pub in_place: InPlace,
    #[doc(hidden)]
    pub mutation: Option<Mutation>,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            model: Model::default(),
            jobs: 1,
            shard: (0, 1),
            max_events: 10_000,
            max_graphs: None,
            max_time: None,
            stop: None,
            max_stale_reads: None,
            max_preemptions: None,
            symmetry: false,
            spurious_failures: 1,
            spin_turns: 16,
            stack_size: 256 * 1024,
            patience: Duration::from_secs(10),
            keep_going: false,
            panic_hook: true,
            unwind: true,
            path: None,
            in_place: InPlace::default(),
            mutation: None,
        }
    }
}

/// Larger stacks are refused.
const MOST_STACK: usize = isize::MAX as usize / 2;

impl Config {
    /// The defaults, in the given model.
    pub fn new(model: Model) -> Config {
        Config {
            model,
            ..Config::default()
        }
    }

    /// Settles which loops wait in place: a path says it itself, and parts that know
    /// nothing of each other must agree.
    pub(crate) fn settle(&mut self) {
        if let Some(path) = &mut self.path {
            self.in_place = InPlace::split_off(path);
        } else if self.shard.1 > 1 {
            self.in_place = InPlace::never();
        }
    }

    /// Refuses what explores nothing.
    ///
    /// # Panics
    /// With what is wrong.
    #[track_caller]
    pub(crate) fn check(&self) {
        let (part, parts) = self.shard;
        assert!(
            part < parts,
            "there is no shard {part} of {parts}: they are counted from 0"
        );
        assert!(self.jobs > 0, "jobs is 0: nobody would explore");
        assert!(
            self.spin_turns > 0,
            "spin_turns is 0: no waiting loop would be known"
        );
        let stack = self.stack_size;
        assert!(
            stack <= MOST_STACK,
            "stack_size is {stack}: no memory has so many bytes"
        );
    }
}
