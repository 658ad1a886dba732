//! Memory: what is allocated, used and freed, and in what order.

mod outcome;

use graph_engine::Mode::{Acquire, Relaxed, Release};
use graph_engine::{Block, Exploration, FailureKind, Location, Mode, Verdict, fence, spawn};

use outcome::{explore, ignore, kind, two};

#[test]
fn using_what_another_thread_creates_needs_an_order() {
    let exploration = explore(|| {
        let pointer = Location::new("pointer", u64::MAX);
        two(
            move || {
                let block = Block::alloc("node", 1, 5);
                SLOT.set(Some(block));
                pointer.store(1, Relaxed);
            },
            move || {
                if pointer.load(Relaxed) == 1 {
                    let block = SLOT.get().expect("written before the pointer");
                    block.at(0).load(Relaxed);
                }
            },
        );
    });
    assert_eq!(kind(&exploration), Some(FailureKind::DataRace));
}

thread_local! {
    /// What a pointer points to: real memory of the program under test.
    static SLOT: std::cell::Cell<Option<Block>> = const { std::cell::Cell::new(None) };
}

/// A location that is older than the block that some accesses are in.
fn inside_of_a_block(access: fn(Location), joined: bool) -> Exploration {
    explore(move || {
        let (x, block) = (Location::new("x", 0), Block::alloc("node", 0, 0));
        let user = spawn(move || access(x.within(block)));
        if joined {
            user.join();
        }
        spawn(move || block.free());
        x.load(Relaxed);
    })
}

#[test]
fn an_access_ends_with_what_it_is_in() {
    let accesses: [fn(Location); 3] = [
        |x| ignore(x.load(Relaxed)),
        |x| x.store(1, Relaxed),
        |x| ignore(x.fetch_add(1, Relaxed)),
    ];
    for access in accesses {
        let joined = inside_of_a_block(access, true);
        assert_eq!(joined.verdict, Verdict::Exhaustive, "x outlives the block");
        let exploration = inside_of_a_block(access, false);
        let failure = exploration.failure.expect("a use after free");
        assert_eq!(failure.kind, FailureKind::UseAfterFree);
        assert!(
            failure.message.contains(" x ") && failure.message.contains("free node"),
            "{}",
            failure.message
        );
    }
}

#[test]
fn an_access_after_the_free_of_what_it_is_in() {
    let exploration = explore(|| {
        let (x, block) = (Location::new("x", 0), Block::alloc("node", 0, 0));
        block.free();
        x.within(block).store(1, Relaxed);
    });
    let failure = exploration.failure.expect("a use after free");
    assert_eq!(failure.kind, FailureKind::UseAfterFree);
    assert_eq!(failure.events.len(), 2);
    assert_eq!(failure.thread, Some(0));
}

/// The block comes through a pointer; its user is added before it or after it.
fn received_block(publish: Mode, receive: Mode, user_first: bool) -> Exploration {
    explore(move || {
        let (x, pointer) = (Location::new("x", 0), Location::new("pointer", 0));
        let owner = move || {
            SLOT.set(Some(Block::alloc("node", 0, 0)));
            pointer.store(1, publish);
        };
        let user = move || {
            if pointer.load(receive) == 1 {
                let block = SLOT.get().expect("written before the pointer");
                x.within(block).store(1, Relaxed);
            }
        };
        match user_first {
            true => two(user, owner),
            false => two(owner, user),
        }
        SLOT.get().expect("the owner has run").free();
    })
}

#[test]
fn an_access_needs_the_allocation_of_what_it_is_in() {
    for user_first in [false, true] {
        let racy = received_block(Relaxed, Acquire, user_first);
        let failure = racy.failure.as_ref().expect("a race");
        assert_eq!(failure.kind, FailureKind::DataRace);
        assert!(failure.message.contains("alloc node"), "{failure}");
        let sound = received_block(Release, Acquire, user_first);
        assert_eq!(sound.verdict, Verdict::Exhaustive, "{sound}");
    }
}

#[test]
fn a_block_of_nothing_must_be_freed_once() {
    let never = explore(|| _ = Block::alloc("node", 0, 0));
    let twice = explore(|| {
        let (first, second) = (Block::alloc("node", 0, 0), Block::alloc("node", 0, 0));
        first.free();
        second.free();
        second.free();
    });
    assert_eq!(kind(&never), Some(FailureKind::Leak));
    let failure = twice.failure.expect("a double free");
    assert_eq!(failure.kind, FailureKind::DoubleFree);
    assert!(failure.message.contains("free node#2"), "{failure}");
}

#[test]
fn memory_errors() {
    let after_free = explore(|| {
        let block = Block::alloc("node", 2, 0);
        block.free();
        block.at(1).load(Relaxed);
    });
    let unordered = explore(|| {
        let block = Block::alloc("node", 1, 0);
        two(
            move || block.free(),
            move || ignore(block.at(0).load(Relaxed)),
        );
    });
    let twice = explore(|| {
        let block = Block::alloc("node", 1, 0);
        two(move || block.free(), move || block.free());
    });
    let never = explore(|| ignore(Block::alloc("node", 1, 0).at(0).read()));
    let sound = explore(|| {
        let block = Block::alloc("node", 1, 0);
        two(
            move || block.at(0).store(1, Relaxed),
            move || block.at(0).store(2, Relaxed),
        );
        block.free();
    });
    assert_eq!(kind(&after_free), Some(FailureKind::UseAfterFree));
    assert_eq!(kind(&unordered), Some(FailureKind::UseAfterFree));
    assert_eq!(kind(&twice), Some(FailureKind::DoubleFree));
    assert_eq!(kind(&never), Some(FailureKind::Leak));
    assert_eq!(
        (sound.verdict, sound.counts.complete),
        (Verdict::Exhaustive, 2)
    );
}

/// Reference counting as in `Arc`: the last one frees.
fn shared_ownership(last: Mode) -> Exploration {
    explore(move || {
        let block = Block::alloc("object", 2, 2);
        let release = move || {
            block.at(1).read();
            if block.at(0).update(Release, |count| count - 1) == 1 {
                fence(last);
                block.free();
            }
        };
        two(release, release);
    })
}

#[test]
fn the_last_owner_needs_an_acquire_fence() {
    assert_eq!(shared_ownership(Acquire).verdict, Verdict::Exhaustive);
    assert_eq!(
        kind(&shared_ownership(Release)),
        Some(FailureKind::UseAfterFree)
    );
}
