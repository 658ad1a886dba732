//! What a program may ask about the objects that the collector knows, and those that it is to leave alone.

use std::ptr::NonNull;

use super::walk;
use crate::objects::header::Header;
use crate::objects::life::{incref, new_ref};
use crate::objects::value::Value;
use crate::protocols::deferred;
use crate::protocols::thread_state::ThreadState;
use crate::sync::seeded;

/// Runs `body` on every live object that shows references and has a class, with the world stopped.
fn each(ts: &ThreadState, mut body: impl FnMut(NonNull<Header>, &Header)) {
    each_part(ts, |object, header| {
        if header.kind().class.is_some() {
            body(object, header);
        }
    });
}

/// The same, for all that show references.
pub(super) fn each_part(ts: &ThreadState, mut body: impl FnMut(NonNull<Header>, &Header)) {
    let world = ts.runtime().world();
    world.stop(Some(ts));
    for object in walk(ts) {
        // SAFETY: the block starts with a header, dead or alive, and the world is stopped.
        let header = unsafe { object.as_ref() };
        if !header.count.snapshot().is_alive() {
            continue;
        }
        if header.kind().traverse.is_some() {
            body(object, header);
        }
    }
    world.restart(Some(ts));
}

/// The objects that an object owns references to. The world is stopped.
fn shown(object: NonNull<Header>, visit: &mut dyn FnMut(Value)) {
    // SAFETY: the caller found the object alive, and the world is stopped.
    unsafe {
        if let Some(traverse) = object.as_ref().kind().traverse {
            traverse(object, visit);
        }
    }
}

/// All of them, new references.
#[must_use = "the references must be given back"]
pub fn objects(ts: &ThreadState) -> Vec<Value> {
    let mut found = Vec::new();
    each(ts, |object, _| {
        found.push(new_ref(ts, Value::object(object)))
    });
    found
}

/// Those that own a reference to one of the targets, new references.
#[must_use = "the references must be given back"]
pub fn referrers(ts: &ThreadState, targets: &[Value]) -> Vec<Value> {
    let mut found = Vec::new();
    each(ts, |object, _| {
        let mut owns = false;
        shown(object, &mut |value| owns |= targets.contains(&value));
        if owns {
            found.push(new_ref(ts, Value::object(object)));
        }
    });
    found
}

/// What the objects own references to, new references.
#[must_use = "the references must be given back"]
pub fn referents(ts: &ThreadState, objects: &[Value]) -> Vec<Value> {
    let world = ts.runtime().world();
    world.stop(Some(ts));
    let mut found = Vec::new();
    for object in objects.iter().filter_map(|value| value.header()) {
        shown(object, &mut |value| found.push(value));
    }
    let late = seeded!("sg6-counted-after-restart");
    if !late {
        found.iter().for_each(|&value| incref(ts, value));
    }
    world.restart(Some(ts));
    if late {
        found.iter().for_each(|&value| incref(ts, value));
    }
    found
}

/// Lets the collector pass over everything that there is now, or over nothing again.
pub fn freeze(ts: &ThreadState, frozen: bool) {
    each(ts, |_, header| header.set_frozen(frozen));
}

/// How many objects it passes over.
#[must_use]
pub fn frozen(ts: &ThreadState) -> usize {
    let mut count = 0;
    each(ts, |_, header| count += usize::from(header.is_frozen()));
    count
}

/// How many blocks of the heap hold objects, dead ones whose end is still to come among them.
#[must_use]
pub fn blocks(ts: &ThreadState) -> usize {
    let world = ts.runtime().world();
    world.stop(Some(ts));
    let blocks = walk(ts).len();
    world.restart(Some(ts));
    blocks
}

/// The live objects that are not immortal, and the references to them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// The sum of their counts.
    pub references: i64,
    /// How many there are.
    pub objects: usize,
}

/// Walks the heap for what is left in it.
#[must_use]
pub fn left(ts: &ThreadState) -> Left {
    let world = ts.runtime().world();
    world.stop(Some(ts));
    deferred::fold_all(ts.runtime());
    let mut left = Left::default();
    for object in walk(ts) {
        // SAFETY: the block starts with a header, dead or alive, and the world is stopped.
        let count = unsafe { object.as_ref() }.count.snapshot();
        if count.is_alive() && !count.is_immortal() {
            left.references += count.total();
            left.objects += 1;
        }
    }
    world.restart(Some(ts));
    left
}
