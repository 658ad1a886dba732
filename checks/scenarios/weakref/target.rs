//! An object that can have weak references.

use std::ptr::NonNull;

use crate::rt::objects::list::{self, List};
use crate::rt::objects::weakref::{self, Callback, WeakRef};
use crate::rt::objects::{Header, Kind, Object, Tag, Value, alloc_value};
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::protocols::weakref::WeakSlot;
use crate::scenarios::containers::{drop_ref, int};

/// The object.
#[repr(C)]
pub(super) struct Target {
    header: Header,
    weak: WeakSlot,
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for Target {
    const KIND: &'static Kind = &Kind {
        release: Some(release),
        ..Kind::leaf("target", Tag::Other)
    };
}

unsafe fn release(ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: the object is dead, by the caller's clause.
    let target = unsafe { object.cast::<Target>().as_ref() };
    for due in weakref::end(ts, &target.weak) {
        run(ts, due);
    }
}

/// A callback here is a list, and gets a number.
fn run(ts: &ThreadState, due: Callback) {
    let calls = due.function.downcast::<List>().expect("a list");
    list::append(ts, calls, int(1));
    due.drop(ts);
}

pub(super) fn target(ts: &ThreadState) -> Value {
    alloc_value(
        ts,
        Target {
            header: Header::new(ts, Target::KIND),
            weak: WeakSlot::new(),
        },
    )
}

/// A weak reference to a target.
pub(super) fn weak(ts: &ThreadState, target: Value, callback: Option<Value>) -> Value {
    weakref::new(ts, target, slot(&target), callback)
}

/// The word for the weak references of a target.
pub(super) fn slot(target: &Value) -> &WeakSlot {
    &target.downcast::<Target>().expect("a target").weak
}

/// Whether a weak reference leads to the target, which is given back.
pub(super) fn leads_to(ts: &ThreadState, reference: Value, target: Value) -> bool {
    let reference = reference.downcast::<WeakRef>().expect("a weak reference");
    let found = weakref::get(ts, reference);
    found.inspect(|&found| drop_ref(ts, found));
    found == Some(target)
}
