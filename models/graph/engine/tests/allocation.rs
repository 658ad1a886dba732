//! The hot path allocates nothing per event: longer executions cost no more allocations.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, Ordering};

use graph_engine::Mode::{Relaxed, SeqCst};
use graph_engine::{Config, Engine, Location, Model, fence, spawn};

/// Counts allocations.
struct Counting;

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);

// SAFETY: every call goes to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // ORDERING: a counter that is read when nothing else runs.
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise is passed on.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Explores 252 graphs in which each thread takes `extra` steps of its own besides;
/// returns the allocations.
fn allocations(model: Model, extra: u64) -> u64 {
    // ORDERING: as above.
    let before = ALLOCATIONS.load(Ordering::Relaxed);
    let exploration = Engine::explore(Config::new(model), move || {
        let x = Location::new("x", 0);
        for name in ["own1", "own2"] {
            let own = Location::new(name, 0);
            spawn(move || {
                for _ in 0..5 {
                    x.fetch_add(1, Relaxed);
                }
                for value in 0..extra {
                    own.store(value, Relaxed);
                    fence(SeqCst);
                    own.load(Relaxed);
                }
            });
        }
    });
    assert_eq!(exploration.counts.complete, 252);
    ALLOCATIONS.load(Ordering::Relaxed) - before
}

#[test]
fn events_cost_no_allocations() {
    for model in [Model::Cpp20, Model::Rc11, Model::ReleaseAcquire, Model::Sc] {
        let (short, long) = (allocations(model, 0), allocations(model, 10));
        // Each of at least 252 runs has 60 more events; buffers grow a few times.
        assert!(
            long.saturating_sub(short) < 252,
            "{model:?}: {short} and {long} allocations"
        );
    }
}
