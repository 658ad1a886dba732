//! Collections of one thread.

use std::cell::Cell;

use super::*;
use crate::objects::header::{Kind, Object, Tag};
use crate::objects::list::{self, List};
use crate::objects::rig::{int, with_hooks, with_thread};
use crate::objects::value::Slot;
use crate::objects::{Error, Hooks, alloc_value, new_ref, tuple};
use crate::sync::atomic::Ordering::Relaxed;

fn as_list(value: &Value) -> &List {
    value.downcast::<List>().expect("a list")
}

fn give_back(ts: &ThreadState, value: Value) {
    // SAFETY: the tests own what they give back.
    unsafe { decref(ts, value) };
}

#[test]
fn a_list_in_itself_is_ended() {
    with_thread(|ts| {
        let list = list::new(ts, &[]);
        list::append(ts, as_list(&list), new_ref(ts, list));
        give_back(ts, list);
        assert_eq!(collect(ts), Some(1));
    });
}

#[test]
fn a_cycle_through_a_tuple_is_ended() {
    with_thread(|ts| {
        let list = list::new(ts, &[]);
        let tuple = tuple::new(ts, &[new_ref(ts, list), int(1)]);
        list::append(ts, as_list(&list), tuple);
        give_back(ts, list);
        assert_eq!(collect(ts), Some(2));
    });
}

#[test]
fn what_is_reachable_stays() {
    with_thread(|ts| {
        let inner = list::new(ts, &[int(7)]);
        let outer = list::new(ts, &[inner]);
        list::append(ts, as_list(&inner), new_ref(ts, outer));
        assert_eq!(collect(ts), Some(0));
        assert_eq!(list::get(ts, as_list(&inner), 0), Some(int(7)));
        give_back(ts, outer);
        assert_eq!(collect(ts), Some(2));
    });
}

/// An object with a finalizer and one reference.
#[repr(C)]
struct Ward {
    header: Header,
    item: Slot,
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for Ward {
    const KIND: &'static Kind = &Kind {
        traverse: Some(traverse),
        clear: Some(clear_ward),
        finalized: true,
        ..Kind::leaf("ward", Tag::Other)
    };
}

impl Ward {
    fn item(&self) -> Option<Value> {
        // ORDERING: Relaxed; the tests have one thread.
        self.item.load(Relaxed)
    }

    fn set_item(&self, item: Option<Value>) {
        // ORDERING: as above.
        self.item.store(item, Relaxed);
    }
}

unsafe fn traverse(object: NonNull<Header>, visit: &mut dyn FnMut(Value)) {
    // SAFETY: the caller's clause.
    let ward = unsafe { object.cast::<Ward>().as_ref() };
    ward.item().into_iter().for_each(visit);
}

unsafe fn clear_ward(ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: the caller's clause.
    let ward = unsafe { object.cast::<Ward>().as_ref() };
    let item = ward.item();
    ward.set_item(None);
    item.into_iter().for_each(|item| give_back(ts, item));
}

/// A ward that holds itself; nothing else does.
fn drop_a_ward(ts: &ThreadState) {
    let header = Header::new(ts, Ward::KIND);
    let ward = alloc_value(
        ts,
        Ward {
            header,
            item: Slot::new("item", None),
        },
    );
    ward.downcast::<Ward>()
        .expect("a ward")
        .set_item(Some(ward));
}

/// Revives what it finalizes, the first time.
#[derive(Default)]
struct Reviver {
    revived: Cell<Option<Value>>,
    calls: Cell<u32>,
    revive: bool,
}

impl Hooks for Reviver {
    fn equal(&self, _ts: &ThreadState, left: Value, right: Value) -> Result<bool, Error> {
        Ok(left == right)
    }

    fn hash(&self, _ts: &ThreadState, _value: Value) -> Result<i64, Error> {
        Ok(0)
    }

    fn finalize(&self, ts: &ThreadState, value: Value) {
        self.calls.set(self.calls.get() + 1);
        if self.revive {
            self.revived.set(Some(new_ref(ts, value)));
        }
    }
}

#[test]
fn a_finalizer_runs_once_and_the_cycle_ends() {
    let hooks = Reviver::default();
    with_hooks(&hooks, |ts| {
        drop_a_ward(ts);
        assert_eq!(collect(ts), Some(1));
    });
    assert_eq!(hooks.calls.get(), 1);
}

#[test]
fn what_a_finalizer_revives_is_spared() {
    let hooks = Reviver {
        revive: true,
        ..Reviver::default()
    };
    with_hooks(&hooks, |ts| {
        drop_a_ward(ts);
        assert_eq!(collect(ts), Some(0));
        let ward = hooks.revived.take().expect("the finalizer kept it");
        assert!(ward.downcast::<Ward>().expect("a ward").item().is_some());
        give_back(ts, ward);
        assert_eq!(collect(ts), Some(1));
    });
    assert_eq!(hooks.calls.get(), 1);
}

#[test]
fn what_is_deferred_ends_in_a_collection_only() {
    with_thread(|ts| {
        let list = list::new(ts, &[]);
        assert!(defer_count(ts, list));
        assert!(!defer_count(ts, list));
        let count = &list.as_header().expect("an object").count;
        assert!(count.number().is_some());
        let more = new_ref(ts, list);
        give_back(ts, list);
        assert_eq!(collect(ts), Some(0));
        assert_eq!(count.snapshot().total(), 1);
        give_back(ts, more);
        assert!(count.snapshot().is_alive());
        assert_eq!(collect(ts), Some(1));
    });
}

#[test]
fn what_was_garbage_and_is_revived_is_counted_like_others() {
    let hooks = Reviver {
        revive: true,
        ..Reviver::default()
    };
    with_hooks(&hooks, |ts| {
        drop_a_ward(ts);
        defer_counts(ts, |value| value.downcast::<Ward>().is_some());
        assert_eq!(collect(ts), Some(0));
        let ward = hooks.revived.take().expect("the finalizer kept it");
        let count = &ward.as_header().expect("an object").count;
        assert_eq!(count.number(), None);
        give_back(ts, ward);
        assert_eq!(collect(ts), Some(1));
    });
}
