//! An object with attributes.

use std::ptr::NonNull;

use crate::rt::objects::dict::{self, Dict};
use crate::rt::objects::lazy::Lazy;
use crate::rt::objects::{Header, Kind, Object, Tag, Value, alloc_value, instance};
use crate::rt::protocols::thread_state::ThreadState;
use crate::scenarios::containers::{Shared, drop_ref, int, take};

/// The object.
#[repr(C)]
pub(super) struct Instance {
    header: Header,
    dict: Lazy,
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for Instance {
    const KIND: &'static Kind = &Kind {
        traverse: Some(traverse),
        ..Kind::leaf("instance", Tag::Other)
    };
}

unsafe fn traverse(object: NonNull<Header>, visit: &mut dyn FnMut(Value)) {
    // SAFETY: the caller's clause.
    unsafe { object.cast::<Instance>().as_ref() }
        .dict
        .show(visit);
}

pub(super) fn new(ts: &ThreadState) -> Shared<Instance> {
    Shared::new(alloc_value(
        ts,
        Instance {
            header: Header::new(ts, Instance::KIND),
            dict: instance::slot(),
        },
    ))
}

impl Instance {
    pub(super) fn set(&self, ts: &ThreadState, name: i64, value: i64) {
        self.set_value(ts, name, int(value));
    }

    /// The same with any value, whose reference it takes over.
    pub(super) fn set_value(&self, ts: &ThreadState, name: i64, value: Value) {
        instance::set_attribute(ts, &self.header, &self.dict, int(name), value)
            .expect("integers have hashes");
    }

    pub(super) fn get(&self, ts: &ThreadState, name: i64) -> Option<i64> {
        let dict = instance::get(ts, &self.header, &self.dict)?;
        let inside: &Dict = dict.downcast().expect("a dict");
        let found = dict::get(ts, inside, int(name)).expect("integers have hashes");
        drop_ref(ts, dict);
        take(ts, found)
    }

    /// Deletes an attribute; says whether it was there.
    pub(super) fn delete(&self, ts: &ThreadState, name: i64) -> bool {
        instance::delete_attribute(ts, &self.header, &self.dict, int(name))
            .expect("integers have hashes")
    }

    /// The names that it has, in the order in which they were stored.
    pub(super) fn keys(&self, ts: &ThreadState) -> Vec<i64> {
        let dict = self.dict(ts);
        let inside: &Dict = dict.downcast().expect("a dict");
        let mut names = Vec::new();
        for (name, value) in dict::entries(ts, inside) {
            names.extend(take(ts, Some(name)));
            drop_ref(ts, value);
        }
        drop_ref(ts, dict);
        names
    }

    /// An attribute, without a reference to the dict.
    pub(super) fn get_in_passing(&self, ts: &ThreadState, name: Value) -> Option<Value> {
        instance::get_attribute(ts, &self.header, &self.dict, name).expect("the name has a hash")
    }

    /// Assigns a dict with one attribute to `__dict__`.
    pub(super) fn replace(&self, ts: &ThreadState, name: i64, value: i64) {
        let dict = dict::new(ts);
        let inside: &Dict = dict.downcast().expect("a dict");
        dict::insert(ts, inside, int(name), int(value)).expect("integers have hashes");
        instance::replace(ts, &self.header, &self.dict, Some(dict));
    }

    /// The dict itself, made when there is none; a new reference.
    pub(super) fn dict(&self, ts: &ThreadState) -> Value {
        instance::get_or_create(ts, &self.header, &self.dict)
    }
}

/// Whether a dict has a key.
pub(super) fn has(ts: &ThreadState, dict: Value, key: i64) -> bool {
    let dict: &Dict = dict.downcast().expect("a dict");
    dict::contains(ts, dict, int(key)).expect("integers have hashes")
}
