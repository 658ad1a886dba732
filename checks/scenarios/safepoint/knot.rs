//! Objects that the scenarios of the collector tie into cycles: with weak references, and with a finalizer.

use std::ptr::NonNull;

use crate::rt::objects::list::{self, List};
use crate::rt::objects::weakref::{self, Callback};
use crate::rt::objects::{
    Error, Header, Hooks, Kind, Object, Slot, Tag, Value, alloc_value, new_ref,
};
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::protocols::weakref::WeakSlot;
use crate::rt::sync::atomic::Ordering::Relaxed;
use crate::scenarios::containers::{Shared, drop_ref, int};

/// The object.
#[repr(C)]
pub(super) struct Knot {
    header: Header,
    items: [Slot; 2],
    weak: WeakSlot,
    /// The list that its finalizer puts it into, if any; the scenario holds it.
    keeper: Option<Shared<List>>,
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for Knot {
    const KIND: &'static Kind = &Kind {
        traverse: Some(traverse),
        release: Some(release),
        clear: Some(clear),
        finalized: true,
        ..Kind::leaf("knot", Tag::Other)
    };
}

unsafe fn traverse(object: NonNull<Header>, visit: &mut dyn FnMut(Value)) {
    // SAFETY: the caller's clause.
    let knot = unsafe { object.cast::<Knot>().as_ref() };
    knot.items().into_iter().flatten().for_each(visit);
}

unsafe fn release(ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: the object is dead, by the caller's clause.
    let knot = unsafe { object.cast::<Knot>().as_ref() };
    Tying.weakref_callbacks(ts, weakref::end(ts, &knot.weak));
}

unsafe fn clear(ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: the object is alive, by the caller's clause.
    let knot = unsafe { object.cast::<Knot>().as_ref() };
    for slot in &knot.items {
        // ORDERING: Relaxed; nobody else uses the slots of garbage.
        let item = slot.load(Relaxed);
        // ORDERING: as above.
        slot.store(None, Relaxed);
        item.into_iter().for_each(|item| drop_ref(ts, item));
    }
}

impl Knot {
    /// What it holds.
    pub(super) fn items(&self) -> [Option<Value>; 2] {
        // ORDERING: Relaxed; they are set before the workers start.
        [self.items[0].load(Relaxed), self.items[1].load(Relaxed)]
    }
}

/// A knot that holds nothing yet.
pub(super) fn knot(ts: &ThreadState, keeper: Option<Shared<List>>) -> Shared<Knot> {
    Shared::new(alloc_value(
        ts,
        Knot {
            header: Header::new(ts, Knot::KIND),
            items: [Slot::new("item", None), Slot::new("item", None)],
            weak: WeakSlot::new(),
            keeper,
        },
    ))
}

/// Lets a knot hold these, whose references it takes over.
pub(super) fn tie(knot: Shared<Knot>, items: [Option<Value>; 2]) {
    for (slot, item) in knot.items.iter().zip(items) {
        // ORDERING: Relaxed; the workers have not started.
        slot.store(item, Relaxed);
    }
}

/// A weak reference to a knot; its callback is a list, which gets a number.
pub(super) fn weak(ts: &ThreadState, knot: Shared<Knot>, callback: Option<Value>) -> Value {
    weakref::new(ts, knot.value(), &knot.weak, callback)
}

/// What finalizes knots, and calls their callbacks.
pub(super) struct Tying;

impl Hooks for Tying {
    fn equal(&self, _: &ThreadState, left: Value, right: Value) -> Result<bool, Error> {
        Ok(left == right)
    }

    fn hash(&self, _: &ThreadState, _: Value) -> Result<i64, Error> {
        Ok(0)
    }

    fn finalize(&self, ts: &ThreadState, value: Value) {
        let knot: &Knot = value.downcast().expect("nothing else has a finalizer");
        if let Some(keeper) = knot.keeper {
            list::append(ts, &keeper, new_ref(ts, value));
        }
    }

    fn weak_slot<'a>(&self, value: &'a Value) -> Option<&'a WeakSlot> {
        value.downcast::<Knot>().map(|knot| &knot.weak)
    }

    fn weakref_callbacks(&self, ts: &ThreadState, callbacks: Vec<Callback>) {
        for due in callbacks {
            let calls = due.function.downcast::<List>().expect("a list");
            list::append(ts, calls, int(1));
            due.drop(ts);
        }
    }
}
