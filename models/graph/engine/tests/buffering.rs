//! Where load buffering is told, and where not: a litmus test for each side of the rule that
//! `docs/memory-models.md` states.

use graph_engine::Mode::{self, Acquire, Relaxed, Release};
use graph_engine::{Buffering, Config, Engine, Location, Verdict, fence, spawn};

/// What is told of two threads that share x and y, both 0.
fn told(
    first: impl Fn(Location, Location) + Clone + Send + Sync + 'static,
    second: impl Fn(Location, Location) + Clone + Send + Sync + 'static,
) -> Option<Buffering> {
    let exploration = Engine::explore(Config::default(), move || {
        let (x, y) = (Location::new("x", 0), Location::new("y", 0));
        let (first, second) = (first.clone(), second.clone());
        spawn(move || first(x, y));
        spawn(move || second(x, y));
    });
    assert_eq!(exploration.verdict, Verdict::Exhaustive, "{exploration}");
    let says = exploration.to_string().contains("load buffering possible");
    assert_eq!(says, exploration.buffering.is_some());
    exploration.buffering
}

/// The two threads of LB, whose stores have this mode.
fn load_buffering(mode: Mode) -> Option<Buffering> {
    let first = move |x: Location, y: Location| {
        x.load(Acquire);
        y.store(1, mode);
    };
    told(first, move |x, y| first(y, x))
}

#[test]
fn independent_stores_are_told() {
    let found = load_buffering(Relaxed).expect("the load of x may be late");
    assert!(found.read.starts_with("load x"), "{found:?}");
    assert!(found.write.starts_with("store x := 1"), "{found:?}");
}

#[test]
fn what_happens_before_is_not_told() {
    assert_eq!(load_buffering(Release), None);
}

/// One release store is enough: the other load's thread has then received the first load.
#[test]
fn a_fence_on_one_way_is_enough() {
    let first = |x: Location, y: Location| {
        x.load(Relaxed);
        fence(Release);
        y.store(1, Relaxed);
    };
    let second = |acquire: bool| {
        move |x: Location, y: Location| {
            y.load(Relaxed);
            if acquire {
                fence(Acquire);
            }
            x.store(1, Relaxed);
        }
    };
    assert_eq!(told(first, second(true)), None);
    assert!(told(first, second(false)).is_some());
}

/// Each update reads the one before it: none can read one that has read it.
#[test]
fn updates_of_one_location_are_not_told() {
    let add = |x: Location, _: Location| {
        x.fetch_add(1, Relaxed);
    };
    assert_eq!(told(add, add), None);
}

/// The late value would have to come before and after the thread's own store.
#[test]
fn a_store_of_the_thread_in_between_is_coherent() {
    let first = |x: Location, _: Location| {
        let seen = x.load(Relaxed);
        let _ = x.compare_exchange(seen, seen + 1, Relaxed, Relaxed);
    };
    assert_eq!(told(first, first), None);
}

/// An update that reads late would still have to be the next after what it reads.
#[test]
fn an_update_that_can_move_is_told() {
    let first = |x: Location, y: Location| {
        x.fetch_add(2, Relaxed);
        y.store(1, Relaxed);
    };
    let second = |x: Location, y: Location| {
        y.load(Relaxed);
        x.store(1, Relaxed);
    };
    assert!(told(first, second).is_some());
}

#[test]
fn the_same_value_is_not_told() {
    let side = |value: u64| {
        move |x: Location, y: Location| {
            x.load(Relaxed);
            y.store(value, Relaxed);
        }
    };
    let both = |value| told(side(value), move |x, y| side(value)(y, x));
    assert_eq!(both(0), None);
    assert!(both(1).is_some());
}

/// With the late value the compare-exchange fails, and has not written what the other has read.
#[test]
fn what_an_update_wrote_because_of_the_value_is_not_told() {
    let first = |x: Location, _: Location| {
        let _ = x.compare_exchange(0, 1, Relaxed, Relaxed);
    };
    let second = |x: Location, y: Location| {
        let seen = x.load(Relaxed);
        y.store(seen, Relaxed);
        x.store(2, Relaxed);
    };
    assert_eq!(told(first, second), None);
    let first = |x: Location, y: Location| {
        let _ = x.compare_exchange(0, 1, Relaxed, Relaxed);
        y.store(1, Relaxed);
    };
    let second = |x: Location, y: Location| {
        y.load(Relaxed);
        x.store(2, Relaxed);
    };
    assert!(told(first, second).is_some());
}

/// What counts is the order that the compare-exchange has with the late value.
#[test]
fn a_compare_exchange_that_succeeds_late_has_its_order_for_success() {
    let exchange = |of: Location, other: Location| {
        let _ = of.compare_exchange(2, 1, Relaxed, Acquire);
        other.store(2, Release);
    };
    assert!(told(exchange, move |x, y| exchange(y, x)).is_some());
    let failing = |of: Location, other: Location| {
        let _ = of.compare_exchange(2, 1, Acquire, Relaxed);
        other.store(2, Release);
    };
    assert_eq!(told(failing, move |x, y| failing(y, x)), None);
}
