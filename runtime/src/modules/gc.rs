//! `gc`: the collector of cycles, as a program sees it. It runs when asked.

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, iterate};
use crate::eval::{Args, Outcome};
use crate::objects::drain_merge_queue;
use crate::objects::gc;
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;
use crate::refs::{Owned, Ref, from_values, items};
use crate::types::boot;
use crate::types::define::module;

module! {
    pub(crate) GC = "gc" {
        doc "The collector of reference cycles: run it, tune it, ask it.";
        constant garbage = |cx| cx.list(Vec::new());
        constant callbacks = |cx| cx.list(Vec::new());
        constant DEBUG_STATS = |cx| cx.int(1);
        constant DEBUG_COLLECTABLE = |cx| cx.int(2);
        constant DEBUG_UNCOLLECTABLE = |cx| cx.int(4);
        constant DEBUG_SAVEALL = |cx| cx.int(32);
        constant DEBUG_LEAK = |cx| cx.int(38);
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
        /// Says after how much the collector starts.
        static set_threshold(threshold0, threshold1 = 10, threshold2 = 10, /);
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

/// What the module has under a name by now.
fn part(cx: &Cx, name: &str) -> Outcome<Option<Owned>> {
    let module = attribute::in_dict(cx, cx.world().modules(), cx.intern("gc"))?;
    match module {
        Some(module) => attribute::find(cx, module.borrow(), cx.intern(name)),
        None => Ok(None),
    }
}

/// Tells `gc.callbacks` that a collection starts or has ended.
fn tell(cx: &Cx, phase: &str, generation: i64, collected: usize) -> Outcome<()> {
    let Some(callbacks) = part(cx, "callbacks")? else {
        return Ok(());
    };
    for callback in iterate::collect(cx, callbacks.borrow())? {
        let info = cx.dict();
        boot::set(cx, info.borrow(), "generation", cx.int(generation));
        boot::set(cx, info.borrow(), "collected", cx.int(collected as i64));
        boot::set(cx, info.borrow(), "uncollectable", cx.int(0));
        let phase = cx.str(phase);
        let args = [phase.borrow(), info.borrow()];
        if let Err(raised) = cx.call(callback.borrow(), Args::positional(&args)) {
            super::sys::unraisable(cx, raised, None, callback.borrow());
        }
    }
    Ok(())
}

/// Every collection is a full one.
fn collect(cx: &Cx, generation: i64) -> Outcome<usize> {
    if !(0..=2).contains(&generation) {
        return Err(cx.value_error("invalid generation"));
    }
    tell(cx, "start", generation, 0)?;
    drain_merge_queue(cx.ts);
    // While another thread collects there is nothing left to do.
    let found = gc::collect(cx.ts).unwrap_or(0);
    tell(cx, "stop", generation, found)?;
    Ok(found)
}

fn enable(cx: &Cx) {
    cx.shared.limits.set_collecting(true);
}

fn disable(cx: &Cx) {
    cx.shared.limits.set_collecting(false);
}

fn isenabled(cx: &Cx) -> bool {
    cx.shared.limits.is_collecting()
}

fn three(cx: &Cx, numbers: [i64; 3]) -> Owned {
    cx.tuple(numbers.map(|number| cx.int(number)).into())
}

/// Nothing is counted: no collection begins by itself.
fn get_count(cx: &Cx) -> Owned {
    three(cx, [0, 0, 0])
}

fn get_threshold(cx: &Cx) -> Owned {
    three(cx, [cx.shared.limits.threshold() as i64, 10, 10])
}

fn set_threshold(cx: &Cx, first: i64, _second: i64, _third: i64) {
    cx.shared.limits.set_threshold(first.max(0) as u64);
}

fn get_debug(_cx: &Cx) -> i64 {
    0
}

/// New references from the layer below.
fn own(values: Vec<Value>) -> Vec<Owned> {
    // SAFETY: the functions of `gc` give new references.
    unsafe { from_values(values) }
}

fn get_objects(cx: &Cx, _generation: Option<i64>) -> Vec<Owned> {
    own(gc::objects(cx.ts))
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
