//! `gc`: the collector of cycles, as a program sees it. It runs when asked, and when enough was allocated.

use crate::eval::collector::GENERATIONS;
use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, iterate};
use crate::eval::{Args, Outcome};
use crate::objects::drain_merge_queue;
use crate::objects::gc::{self, Fate};
use crate::objects::list::List;
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;
use crate::protocols::allocations::Due;
use crate::refs::{Owned, Ref, from_values, items};
use crate::sync::event;
use crate::types::define::module;
use crate::types::object::address;
use crate::types::{boot, store};

module! {
    pub(crate) GC = "gc" {
        doc "The collector of reference cycles: run it, tune it, ask it.";
        constant garbage = |cx| cx.list(Vec::new());
        constant callbacks = |cx| cx.list(Vec::new());
        constant DEBUG_STATS = |cx| cx.int(STATS);
        constant DEBUG_COLLECTABLE = |cx| cx.int(COLLECTABLE);
        constant DEBUG_UNCOLLECTABLE = |cx| cx.int(UNCOLLECTABLE);
        constant DEBUG_SAVEALL = |cx| cx.int(SAVEALL);
        constant DEBUG_LEAK = |cx| cx.int(COLLECTABLE | UNCOLLECTABLE | SAVEALL);
        /// Looks for cycles that nobody reaches, and says how many objects they had.
        static collect(generation = 2);
        /// Let the collector run by itself.
        static enable();
        /// Let the collector run only when it is asked to.
        static disable();
        /// Whether the collector runs by itself.
        static isenabled();
        /// The counts that are compared with the thresholds.
        static get_count();
        /// The counts at which the collector starts by itself.
        static get_threshold();
        /// Change the counts at which the collector starts by itself; 0 for the first one stands for never.
        static set_threshold(threshold0, threshold1 = None, threshold2 = None, /);
        /// What the collections of each generation came to.
        static get_stats();
        /// Set the flags of what is told of collections, and whether they keep what they find.
        static set_debug(flags, /);
        /// The flags that set_debug() was given.
        static get_debug();
        /// All objects that the collector looks at, as a list.
        static get_objects(generation = None);
        /// The objects that hold a reference to one of those given.
        static get_referrers(*objs);
        /// The objects to which those given hold a reference.
        static get_referents(*objs);
        /// Whether the collector looks at the object.
        static is_tracked(obj, /);
        /// Whether the object's finalizer has run.
        static is_finalized(obj, /);
        /// Leave all present objects out of later collections.
        static freeze();
        /// Let later collections look at the frozen objects again.
        static unfreeze();
        /// How many objects are frozen.
        static get_freeze_count();
    }
}

/// Flags of `gc.set_debug`.
const STATS: i64 = 1;
const COLLECTABLE: i64 = 2;
const UNCOLLECTABLE: i64 = 4;
const SAVEALL: i64 = 32;

/// What the module has under a name by now.
fn part(cx: &Cx, name: &str) -> Outcome<Option<Owned>> {
    let module = attribute::in_dict(cx, cx.world().modules(), cx.intern("gc"))?;
    match module {
        Some(module) => attribute::find(cx, module.borrow(), cx.intern(name)),
        None => Ok(None),
    }
}

/// Tells `gc.callbacks` that a collection starts or has ended; what they raise, nobody catches.
fn tell(cx: &Cx, phase: &str, generation: usize, collected: usize) {
    let Ok(Some(callbacks)) = part(cx, "callbacks") else {
        return;
    };
    for callback in iterate::collect(cx, callbacks.borrow()).unwrap_or_default() {
        let info = numbers(
            cx,
            &[
                ("generation", generation as i64),
                ("collected", collected as i64),
                ("uncollectable", 0),
            ],
        );
        let phase = cx.str(phase);
        let args = [phase.borrow(), info.borrow()];
        if let Err(raised) = cx.call(callback.borrow(), Args::positional(&args)) {
            super::sys::unraisable(cx, raised, None, callback.borrow());
        }
    }
}

/// A dict of numbers.
fn numbers(cx: &Cx, entries: &[(&str, i64)]) -> Owned {
    let dict = cx.dict();
    for (name, number) in entries {
        boot::set(cx, dict.borrow(), name, cx.int(*number));
    }
    dict
}

/// Collects at a safepoint, when so much was allocated that it is time.
pub(super) fn collect_if_due(cx: &Cx) {
    let allocations = &cx.shared.runtime.allocations;
    // While another thread collects there is nothing left to do.
    let _ = gc::in_turn(cx.ts, |turn| {
        if allocations.is_due() == Due::Yes {
            collect_in(cx, turn, 0);
        }
    });
}

fn collect(cx: &Cx, generation: i64) -> Outcome<usize> {
    let generation = usize::try_from(generation).ok();
    let Some(generation) = generation.filter(|generation| *generation < GENERATIONS) else {
        return Err(cx.value_error("invalid generation"));
    };
    drain_merge_queue(cx.ts);
    let found = gc::in_turn(cx.ts, |turn| collect_in(cx, turn, generation));
    Ok(found.unwrap_or(0))
}

/// One collection, which looks at all objects whatever the generation.
fn collect_in(cx: &Cx, turn: &gc::Turn<'_>, generation: usize) -> usize {
    let (collector, lot, debug) = (&cx.shared.collector, cx.lot(), cx.shared.collector.debug());
    tell(cx, "start", generation, 0);
    collector.begin(lot, generation);
    let started = cx.shared.clock.elapsed();
    if debug & STATS != 0 {
        report_start(cx, generation);
    }
    let garbage = part(cx, "garbage").ok().flatten();
    let found = turn.collect(&mut |object| {
        // SAFETY: the collector holds the object.
        judge(cx, debug, garbage.as_ref(), unsafe {
            Ref::from_value(object)
        })
    });
    if debug & STATS != 0 {
        let seconds = cx
            .shared
            .clock
            .elapsed()
            .saturating_sub(started)
            .as_secs_f64();
        report(
            cx,
            &format!("done, {found} unreachable, 0 uncollectable, {seconds:.4}s elapsed"),
        );
    }
    collector.end(lot, generation, found);
    tell(cx, "stop", generation, found);
    found
}

/// What becomes of an object that nobody can reach.
fn judge(cx: &Cx, debug: i64, garbage: Option<&Owned>, object: Ref<'_>) -> Fate {
    if debug & COLLECTABLE != 0 {
        let (class, address) = (cx.type_name(object), address(object));
        report(cx, &format!("collectable <{class} {address}>"));
    }
    let garbage = garbage.and_then(|garbage| garbage.borrow().downcast::<List>());
    match garbage.filter(|_| debug & SAVEALL != 0) {
        Some(garbage) => {
            store::list_append(cx, garbage, object.own());
            Fate::Kept
        }
        None => Fate::Cleared,
    }
}

/// Tells about a collection that begins: how many objects came lately, and how many there are besides.
fn report_start(cx: &Cx, generation: usize) {
    report(cx, &format!("collecting generation {generation}..."));
    let allocations = &cx.shared.runtime.allocations;
    let (young, live) = (allocations.young().max(0), allocations.live());
    report(cx, &format!("objects in each generation: {young} 0 {live}"));
    let frozen = gc::frozen(cx.ts);
    report(cx, &format!("objects in permanent generation: {frozen}"));
}

fn report(cx: &Cx, text: &str) {
    super::sys::report(cx, &format!("gc: {text}\n"));
}

fn enable(cx: &Cx) {
    event::writes(&raw const cx.shared.runtime.allocations, None);
    cx.shared.runtime.allocations.set_enabled(true);
}

fn disable(cx: &Cx) {
    event::writes(&raw const cx.shared.runtime.allocations, None);
    cx.shared.runtime.allocations.set_enabled(false);
}

fn isenabled(cx: &Cx) -> bool {
    event::reads(&raw const cx.shared.runtime.allocations, None);
    cx.shared.runtime.allocations.is_enabled()
}

fn three(cx: &Cx, numbers: [i64; 3]) -> Owned {
    cx.tuple(numbers.map(|number| cx.int(number)).into())
}

fn get_count(cx: &Cx) -> Owned {
    let _ = cx.ts.carry();
    let young = cx.shared.runtime.allocations.young().max(0);
    let [second, third] = cx.shared.collector.since(cx.lot());
    three(cx, [young, second, third])
}

fn get_stats(cx: &Cx) -> Owned {
    let tallies = cx.shared.collector.tallies(cx.lot());
    let entries = tallies.map(|tally| {
        numbers(
            cx,
            &[
                ("collections", tally.collections),
                ("collected", tally.collected),
                ("uncollectable", 0),
            ],
        )
    });
    cx.list(entries.into())
}

fn get_threshold(cx: &Cx) -> Owned {
    event::reads(&raw const cx.shared.runtime.allocations, None);
    let first = cx.shared.runtime.allocations.threshold();
    let (second, third) = cx.shared.collector.thresholds();
    three(cx, [first as i64, second, third])
}

/// A second threshold of zero lets collections come without regard to how many objects are alive.
fn set_threshold(cx: &Cx, first: i64, second: Option<i64>, third: Option<i64>) {
    let allocations = &cx.shared.runtime.allocations;
    event::writes(&raw const *allocations, None);
    allocations.set_threshold(first.max(0) as u64);
    cx.shared.collector.set_thresholds(second, third);
    allocations.set_scaled(cx.shared.collector.thresholds().0 != 0);
}

fn get_debug(cx: &Cx) -> i64 {
    cx.shared.collector.debug()
}

fn set_debug(cx: &Cx, flags: i64) {
    cx.shared.collector.set_debug(flags);
}

/// New references from the layer below.
fn own(values: Vec<Value>) -> Vec<Owned> {
    // SAFETY: the functions of `gc` give new references.
    unsafe { from_values(values) }
}

fn get_objects(cx: &Cx, generation: Option<i64>) -> Outcome<Vec<Owned>> {
    match generation.unwrap_or(0) {
        ..0 => Err(cx.value_error("generation parameter cannot be negative")),
        0..=2 => Ok(own(gc::objects(cx.ts))),
        _ => Err(cx.value_error(
            "generation parameter must be less than the number of available generations (3)",
        )),
    }
}

/// The bare words of arguments.
fn words(objects: Ref<'_>) -> Vec<Value> {
    let objects = objects.downcast::<Tuple>().map_or(&[][..], items);
    objects.iter().map(|object| object.value()).collect()
}

fn get_referrers(cx: &Cx, objects: Ref<'_>) -> Vec<Owned> {
    own(gc::referrers(cx.ts, &words(objects)))
}

fn get_referents(cx: &Cx, objects: Ref<'_>) -> Vec<Owned> {
    own(gc::referents(cx.ts, &words(objects)))
}

fn is_tracked(_cx: &Cx, object: Ref<'_>) -> bool {
    object
        .header()
        .is_some_and(|header| header.kind().traverse.is_some())
}

fn is_finalized(_cx: &Cx, object: Ref<'_>) -> bool {
    object.header().is_some_and(|header| header.is_finalized())
}

fn freeze(cx: &Cx) {
    gc::freeze(cx.ts, true);
}

fn unfreeze(cx: &Cx) {
    gc::freeze(cx.ts, false);
}

fn get_freeze_count(cx: &Cx) -> usize {
    gc::frozen(cx.ts)
}
