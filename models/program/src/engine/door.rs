//! What the primitives of this world ask the engine for.

use std::io::Write;
use std::panic::Location;
use std::ptr;
use std::time::Duration;

use interleavings::{Access, Effect, Place};

use super::live::{self, Status};
use super::{Engine, FETCHED, Grain, SHADOWED, STEPS, WATCHING, engine};
use crate::arena::{self, Region};
use crate::interpreter::Locator;
use crate::place::{self, ORDER};

/// Whether there is more than one thread, so that somebody could notice.
#[inline(always)]
pub(crate) fn is_watching() -> bool {
    WATCHING.get()
}

/// An access that may be a point.
pub(crate) fn access(access: Access) {
    arena::outside(|| engine().access(access));
}

/// A look at a container without its lock.
pub(crate) fn glance(access: Access, part: Place) {
    arena::outside(|| {
        let engine = engine();
        let me = engine.live.current;
        engine.hot.note_glance(me, part, Effect::Glance);
        engine.access(access);
    });
}

/// The holder of a container's lock is about to store what a look without it can find.
pub(crate) fn store(access: Access) {
    arena::outside(|| engine().store(access));
}

/// A part is about to be set, and added if `is_new` holds by then.
pub(crate) fn inserts(object: usize, part: u64, is_new: &dyn Fn() -> bool) {
    let object = ptr::without_provenance::<u8>(object);
    let write = |part| Access::new(place::part(object, part), Effect::Write);
    let (item, mut order) = (write(Some(part)), write(None));
    order.place.part = ORDER;
    // SAFETY: the pointer is used until this call returns only, by `point`.
    let late: live::Closed =
        unsafe { std::mem::transmute::<&dyn Fn() -> bool, live::Closed>(is_new) };
    arena::outside(|| {
        let engine = engine();
        let me = engine.live.current;
        let is_hot = engine.hot.note(me, &item);
        let is_hot = unobserved(is_new) && engine.hot.note(me, &order) || is_hot;
        if engine.stops(is_hot, &[item]) {
            engine.repeat(me, &item);
            engine.announce(&[item]);
            engine.live.threads[me].adds = Some((late, order));
            engine.point(None, false);
            engine.live.threads[me].adds = None;
            if unobserved(is_new) {
                engine.hot.note(me, &order);
            }
        }
    });
}

/// Two accesses in one step.
pub(crate) fn access_both(first: Access, second: Access) {
    arena::outside(|| {
        let engine = engine();
        let me = engine.live.current;
        let is_hot = engine.hot.note(me, &first);
        let is_hot = engine.hot.note(me, &second) || is_hot;
        if engine.stops(is_hot, &[first, second]) {
            engine.repeat(me, &first);
            engine.announce(&[first, second]);
            engine.point(None, false);
        }
    });
}

/// An access that waits while `closed` holds.
pub(crate) fn wait(access: Access, timed: bool, closed: &dyn Fn() -> bool) {
    // SAFETY: the pointer is used until this call returns only, by `point`.
    let closed: live::Closed =
        unsafe { std::mem::transmute::<&dyn Fn() -> bool, live::Closed>(closed) };
    arena::outside(|| {
        let engine = engine();
        let is_hot = engine.hot.note(engine.live.current, &access);
        if engine.grain == Grain::Atomic {
            // What the test asks may be held by a thread that stands in the middle of it: waiting is the lot's.
            engine.announce(&[access]);
            return engine.point(None, false);
        }
        // SAFETY: as above.
        let is_closed = unobserved(|| unsafe { (*closed)() });
        if engine.stops(is_hot || is_closed, &[access]) {
            engine.announce(&[access]);
            engine.point(Some(closed), timed);
        }
    });
}

/// An atomic is about to be used.
#[inline(always)]
#[track_caller]
pub(crate) fn step<T>(at: &T, effect: Effect) {
    if STEPS.get() {
        touch(ptr::from_ref(at).addr(), effect, false, Location::caller());
    }
}

/// A cell is about to be used.
#[inline(always)]
#[track_caller]
pub(crate) fn plain<T>(at: &T, effect: Effect) {
    if STEPS.get() {
        touch(ptr::from_ref(at).addr(), effect, true, Location::caller());
    }
}

#[cold]
fn touch(address: usize, effect: Effect, is_plain: bool, site: &'static Location<'static>) {
    arena::outside(|| {
        let engine = engine();
        match engine.grain {
            Grain::Atomic if is_plain => {}
            Grain::Atomic => give_way_at(engine),
            Grain::Program => engine.touches(address, (effect, is_plain), site),
        }
    });
}

/// A lock is about to be taken for what lies in a cell.
pub(crate) fn enters(cell: usize, name: &'static str) {
    if !STEPS.get() {
        return;
    }
    arena::outside(|| {
        let engine = engine();
        if engine.shadow.enters(cell, name) {
            engine.access(Access::new(place::word(cell), Effect::Write));
        }
    });
}

/// A point that touches nothing.
fn give_way_at(engine: &mut Engine) {
    engine.announce(&[]);
    engine.point(None, false);
}

/// A block of memory begins a new life.
pub(crate) fn reused(block: usize, size: usize) {
    if SHADOWED.get() {
        arena::outside(|| engine().shadow.forget(block, size));
    }
}

/// The program uses what no point covers; alone it finds what its own order makes of it.
pub(crate) fn leaves(what: &'static str) {
    let engine = engine();
    let threads = engine.live.threads.iter();
    if threads
        .filter(|thread| thread.status != Status::Done)
        .count()
        > 1
    {
        engine.has_left = Some(what);
    }
}

/// An object ends, of which somebody is told.
pub(crate) fn ends(object: usize) {
    if SHADOWED.get() {
        arena::outside(|| {
            let engine = engine();
            engine.shadow.ends(engine.live.current, object);
        });
    }
}

/// Runs `body`, in which the thread touches what nobody else can reach any more.
#[inline]
pub(crate) fn alone<R>(body: impl FnOnce() -> R) -> R {
    if !SHADOWED.get() {
        return body();
    }
    let change = |by: i32| {
        let live = &mut engine().live;
        live.threads[live.current].alone += by;
    };
    change(1);
    let result = body();
    change(-1);
    result
}

/// Runs `body`, in which no primitive is a point.
pub(crate) fn without_steps<R>(body: impl FnOnce() -> R) -> R {
    let before = STEPS.replace(false);
    let result = body();
    STEPS.set(before);
    result
}

/// Runs `body`, in which nothing is a point.
pub(crate) fn unobserved<R>(body: impl FnOnce() -> R) -> R {
    let before = WATCHING.replace(false);
    let result = without_steps(body);
    WATCHING.set(before);
    result
}

/// Sleeps on a key; nothing when time has passed.
pub(crate) fn park(key: usize, deadline: Option<Duration>) -> Option<usize> {
    arena::outside(|| {
        let engine = engine();
        let me = engine.live.current;
        let access = Access::new(place::parking(key), Effect::Signal);
        engine.announce(&[access]);
        engine.live.sleepers.push_back((key, me));
        engine.live.threads[me].status = Status::Parked;
        engine.point(None, deadline.is_some());
        engine.live.sleepers.retain(|(_, thread)| *thread != me);
        let thread = &mut engine.live.threads[me];
        thread.status = Status::Ready;
        let token = thread.token.take();
        if let (None, Some(deadline)) = (token, deadline) {
            thread.clock = thread.clock.max(deadline);
        }
        token
    })
}

/// The thread that sleeps longest on a key, taken out, and whether others do.
pub(crate) fn first_sleeper(key: usize) -> (Option<usize>, bool) {
    arena::outside(|| {
        let live = &mut engine().live;
        let sleeper = live.first_sleeper(key);
        (sleeper, live.sleepers.iter().any(|(on, _)| *on == key))
    })
}

/// Wakes a thread that was taken out of its queue.
pub(crate) fn wake(sleeper: usize, token: usize) {
    arena::outside(|| {
        let engine = engine();
        let thread = &mut engine.live.threads[sleeper];
        thread.token = Some(token);
        let accesses: Vec<Access> = thread.operation.accesses().copied().collect();
        accesses.into_iter().for_each(|access| engine.also(access));
    });
}

/// Starts a thread; nothing when there are too many.
pub(crate) fn spawn(body: Box<dyn FnOnce()>) -> Option<usize> {
    arena::outside(|| {
        let engine = engine();
        let thread = engine.add(body);
        WATCHING.set(true);
        STEPS.set(engine.asks());
        thread
    })
}

/// Waits for the end of a thread. A point also where it has ended, so that who was faster does not change how many
/// operations the caller has.
pub(crate) fn join(thread: usize) {
    arena::outside(|| {
        let engine = engine();
        engine.announce(&[]);
        engine.live.threads[engine.live.current].joins = Some(thread);
        engine.point(None, false);
    });
}

/// A point at which the caller would rather not go on.
pub(crate) fn give_way() {
    if is_watching() {
        arena::outside(|| give_way_at(engine()));
    }
}

/// The time of the calling thread.
pub(crate) fn now() -> Duration {
    let engine = engine();
    engine
        .live
        .threads
        .get(engine.live.current)
        .map_or(Duration::ZERO, |thread| thread.clock)
}

/// Lets the calling thread's time pass, and others run.
pub(crate) fn pass(duration: Duration) {
    let engine = engine();
    let clock = &mut engine.live.threads[engine.live.current].clock;
    *clock = clock.saturating_add(duration);
    give_way();
}

/// The number that decides what is random.
pub(crate) fn seed() -> u64 {
    engine().seed
}

/// The calling thread.
pub(crate) fn thread() -> usize {
    engine().live.current
}

/// The memory of all threads.
pub(crate) fn regions() -> impl Iterator<Item = *mut Region> {
    let engine = engine();
    (0..engine.live.threads.len()).map(|thread| engine.arena.region(thread))
}

/// The dispatch loop has fetched an instruction.
#[inline(always)]
pub(crate) fn fetched(instruction: usize) {
    FETCHED.set(instruction);
}

/// There is an interpreter now.
pub(crate) fn found(locator: Locator) {
    engine().locator = Some(locator);
}

/// The program writes.
pub(crate) fn write(stream: usize, bytes: &[u8]) {
    arena::outside(|| {
        let engine = engine();
        match (engine.passes_on, stream) {
            // A stream that is closed has nobody to tell.
            (true, 0) => drop(std::io::stdout().write_all(bytes)),
            (true, _) => drop(std::io::stderr().write_all(bytes)),
            (false, _) if engine.live.ended.is_some() => {}
            (false, _) => engine.live.outputs[stream].extend_from_slice(bytes),
        }
    });
}

/// The program has ended; the caller does not come back, and other threads go on without being heard.
pub(crate) fn finish(status: u8, observed: Option<&str>) -> ! {
    arena::outside(|| {
        let engine = engine();
        let me = engine.live.current;
        engine.observed = observed.map(str::to_owned);
        engine.live.ended = Some(status);
        engine.live.threads[me].status = Status::Done;
        engine.choose();
        loop {
            engine.leave(me);
        }
    })
}
