//! The three protocols of free-threaded CPython that their author checked with CDSChecker
//! (`gh-112075`, `dict_value` and `qsbr` in his fork), as programs of our own: correct,
//! and broken in the ways that matter. CDSChecker's numbers of executions are the bound.

use graph_engine::Mode::{self, Acquire, Relaxed, Release, SeqCst};
use graph_engine::{
    Block, Config, Engine, Exploration, FailureKind, Location, Lock, Model, Verdict, fence, spawn,
};

fn explore(body: impl Fn() + Send + Sync + 'static) -> Exploration {
    explore_in(Model::Rc11, body)
}

fn explore_in(model: Model, body: impl Fn() + Send + Sync + 'static) -> Exploration {
    Engine::explore(Config::new(model), body)
}

fn assert_correct(exploration: &Exploration, at_most: u64) {
    assert_eq!(exploration.verdict, Verdict::Exhaustive, "{exploration}");
    assert!(exploration.counts.graphs() <= at_most, "{exploration}");
}

fn assert_fails(exploration: &Exploration, kind: FailureKind) {
    assert_eq!(
        exploration.failure.as_ref().map(|failure| failure.kind),
        Some(kind),
        "{exploration}"
    );
}

/// gh-112075: a reader estimates the size of shared keys as usable + entries, while a
/// writer moves one from usable to entries, twice. The estimate is never too small.
fn shared_keys(rounds: usize, publish: Mode, observe: Mode, usable_first: bool) -> Exploration {
    const SIZE: u64 = 10;
    explore(move || {
        let usable = Location::new("dk_usable", SIZE);
        let entries = Location::new("dk_nentries", 0);
        let reader = spawn(move || {
            for _ in 0..rounds {
                let size = usable.load(observe) + entries.load(observe);
                assert!(size >= SIZE, "an estimate of {size}");
            }
        });
        let writer = spawn(move || {
            for _ in 0..rounds {
                let (free, used) = (usable.load(Relaxed), entries.load(Relaxed));
                if usable_first {
                    usable.store(free - 1, publish);
                    entries.store(used + 1, Relaxed);
                } else {
                    entries.store(used + 1, Relaxed);
                    usable.store(free - 1, publish);
                }
            }
        });
        reader.join();
        writer.join();
    })
}

#[test]
fn shared_keys_estimate_holds() {
    assert_correct(&shared_keys(1, Release, Acquire, false), 4);
    // CDSChecker: 33 complete executions.
    assert_correct(&shared_keys(2, Release, Acquire, false), 33);
}

#[test]
fn shared_keys_estimate_breaks_when_weakened() {
    for rounds in [1, 2] {
        assert_fails(
            &shared_keys(rounds, Relaxed, Acquire, false),
            FailureKind::Panic,
        );
        assert_fails(
            &shared_keys(rounds, Release, Relaxed, false),
            FailureKind::Panic,
        );
        assert_fails(
            &shared_keys(rounds, Release, Acquire, true),
            FailureKind::Panic,
        );
    }
}

/// A dict value is stored under the dict's lock and read without it.
fn dict_value(publish: Mode) -> Exploration {
    explore(move || {
        let field = Location::new("ob_value", 0);
        let value = Location::new("dict.value", 0);
        let lock = Lock::new("dict.mutex");
        let writer = spawn(move || {
            field.store(1234, Relaxed);
            lock.lock();
            value.store(1, publish);
            lock.unlock();
        });
        let reader = spawn(move || {
            if value.load(Acquire) != 0 {
                assert_eq!(field.load(Relaxed), 1234);
            }
        });
        writer.join();
        reader.join();
    })
}

#[test]
fn dict_value_is_published_by_a_release_store_only() {
    // CDSChecker: 2 executions.
    assert_correct(&dict_value(Release), 2);
    assert_fails(&dict_value(Relaxed), FailureKind::Panic);
}

/// Ways to break QSBR.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Break {
    Nothing,
    AttachIsRelaxed,
    NoScanFence,
    ScanIgnoresReaders,
    NoQuiescentRelease,
}

/// How a thread says that it is attached.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Attach {
    /// As in the original: a sequentially consistent store.
    Store,
    /// A relaxed store and a fence.
    Fence,
}

const OFFLINE: u64 = 0;
const INCREMENT: u64 = 2;

#[derive(Clone, Copy)]
struct Qsbr {
    written: Location,
    read: Location,
    threads: [Location; 2],
    attach: Attach,
    fault: Break,
}

impl Qsbr {
    fn new(attach: Attach, fault: Break) -> Qsbr {
        let written = Location::new("wr_seq", 1);
        let read = Location::new("rd_seq", 1);
        let threads = [
            Location::new("seq0", OFFLINE),
            Location::new("seq1", OFFLINE),
        ];
        Qsbr {
            written,
            read,
            threads,
            attach,
            fault,
        }
    }

    fn attach(self, thread: usize) {
        let sequence = self.written.load(Acquire);
        let store = match (self.attach, self.fault) {
            (Attach::Store, fault) if fault != Break::AttachIsRelaxed => SeqCst,
            _ => Relaxed,
        };
        self.threads[thread].store(sequence, store);
        if self.attach == Attach::Fence && self.fault != Break::AttachIsRelaxed {
            fence(SeqCst);
        }
    }

    fn quiescent_state(self, thread: usize) {
        let mode = if self.fault == Break::NoQuiescentRelease {
            Relaxed
        } else {
            Release
        };
        let sequence = self.written.load(Acquire);
        self.threads[thread].store(sequence, mode);
    }

    fn detach(self, thread: usize) {
        let mode = if self.fault == Break::NoQuiescentRelease {
            Relaxed
        } else {
            Release
        };
        self.threads[thread].store(OFFLINE, mode);
    }

    fn advance(self) -> u64 {
        self.written.fetch_add(INCREMENT, SeqCst) + INCREMENT
    }

    fn poll(self, goal: u64) -> bool {
        self.read.load(SeqCst) >= goal || self.scan() >= goal
    }

    fn scan(self) -> u64 {
        if self.fault != Break::NoScanFence {
            fence(SeqCst);
        }
        let mut least = self.written.load(Acquire);
        if self.fault != Break::ScanIgnoresReaders {
            for thread in self.threads {
                let sequence = thread.load(Acquire);
                if sequence != OFFLINE {
                    least = least.min(sequence);
                }
            }
        }
        let read = self.read.load(SeqCst);
        if read < least {
            let _ = self.read.compare_exchange(read, least, SeqCst, SeqCst);
        }
        read.max(least)
    }
}

/// One thread replaces an object and frees the old one once QSBR says that nobody can
/// hold it any more; the other one reads it without a lock.
fn qsbr(attach: Attach, fault: Break) -> Exploration {
    qsbr_in(Model::Rc11, attach, fault)
}

fn qsbr_in(model: Model, attach: Attach, fault: Break) -> Exploration {
    explore_in(model, move || {
        let qsbr = Qsbr::new(attach, fault);
        let objects = [Block::alloc("old", 1, 7), Block::alloc("new", 1, 8)];
        let shared = Location::new("shared", 0);
        let writer = spawn(move || {
            qsbr.attach(0);
            let old = shared.load(Relaxed) as usize;
            shared.store(1, Release);
            let goal = qsbr.advance();
            qsbr.quiescent_state(0);
            let freed = qsbr.poll(goal);
            if freed {
                objects[old].free();
            }
            qsbr.detach(0);
            freed
        });
        let reader = spawn(move || {
            qsbr.attach(1);
            qsbr.quiescent_state(1);
            let current = shared.load(Acquire) as usize;
            objects[current].at(0).read();
            qsbr.quiescent_state(1);
            qsbr.detach(1);
        });
        let freed = writer.join() == Some(true);
        reader.join();
        if !freed {
            objects[0].free();
        }
        objects[1].free();
    })
}

#[test]
fn qsbr_frees_nothing_that_is_being_read() {
    let with_fence = qsbr(Attach::Fence, Break::Nothing);
    assert_eq!(with_fence.verdict, Verdict::Exhaustive, "{with_fence}");
}

/// RC11 does not order a sequentially consistent store before a later acquire load of
/// another location, so attaching by a store alone, as in the original, is not enough: the
/// scan may miss a reader that has already loaded the old object. Under SC it is.
#[test]
fn qsbr_attached_by_a_store_needs_more_than_rc11_gives() {
    assert_fails(
        &qsbr(Attach::Store, Break::Nothing),
        FailureKind::UseAfterFree,
    );
    let sequential = qsbr_in(Model::Sc, Attach::Store, Break::Nothing);
    assert_correct(&sequential, 24);
}

#[test]
fn qsbr_breaks_when_weakened() {
    let faults = [
        Break::AttachIsRelaxed,
        Break::NoScanFence,
        Break::ScanIgnoresReaders,
        Break::NoQuiescentRelease,
    ];
    for fault in faults {
        assert_fails(&qsbr(Attach::Fence, fault), FailureKind::UseAfterFree);
    }
}
