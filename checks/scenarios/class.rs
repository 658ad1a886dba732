//! Classes as the layer above would make them: a kind that shares a layout, with an object that the instances hold.

use std::ptr::NonNull;

use crate::rt::objects::weakref::Callback;
use crate::rt::objects::{
    Error, Extras, Header, Hooks, Kind, Object, Value, extras, list, list::List,
};
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::protocols::weakref::WeakSlot;
use crate::scenarios::containers::int;

/// A class; it outlives its instances.
pub(super) struct Class {
    kind: Box<Kind>,
    object: Value,
}

impl Class {
    /// A class with the layout `T` and these extras.
    pub(super) fn of<T: Object>(ts: &ThreadState, extras: Extras) -> Self {
        let object = list::new(ts, &[]);
        let kind = Kind {
            traverse: Some(extras::traverse),
            clear: Some(extras::clear),
            extras,
            layout: Some(T::KIND),
            class: object.header(),
            shares: true,
            ..*T::KIND
        };
        Self {
            kind: Box::new(kind),
            object,
        }
    }

    /// What the header of an instance points to.
    pub(super) fn head(&self) -> NonNull<Kind> {
        NonNull::from(&*self.kind)
    }

    /// The class object, whose reference the scenario gives back.
    pub(super) fn object(&self) -> Value {
        self.object
    }
}

/// The header of an object.
pub(super) fn header(value: &Value) -> &Header {
    value.as_header().expect("an object")
}

/// Code of instances: they are equal by identity, all have one hash, and callbacks are lists, which get a number.
pub(super) struct Code;

impl Hooks for Code {
    fn equal(&self, _: &ThreadState, left: Value, right: Value) -> Result<bool, Error> {
        Ok(left == right)
    }

    fn hash(&self, _: &ThreadState, _: Value) -> Result<i64, Error> {
        Ok(77)
    }

    fn finalize(&self, _: &ThreadState, _: Value) {}

    fn weak_slot<'a>(&self, value: &'a Value) -> Option<&'a WeakSlot> {
        value.as_header().and_then(extras::weak)
    }

    fn weakref_callbacks(&self, ts: &ThreadState, callbacks: Vec<Callback>) {
        assert!(!callbacks.is_empty(), "there is something to call");
        for due in callbacks {
            let calls = due.function.downcast::<List>().expect("a list");
            list::append(ts, calls, int(1));
            due.drop(ts);
        }
    }
}
