//! Weak references on one thread, and with the collector.

use std::cell::RefCell;

use super::*;
use crate::objects::hooks::{Error, Hooks};
use crate::objects::list::{self, List};
use crate::objects::rig::{drop_all, with_hooks};
use crate::objects::{gc, new_ref};

/// An object that can have weak references and holds one value.
#[repr(C)]
struct Target {
    header: Header,
    weak: WeakSlot,
    item: Slot,
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for Target {
    const KIND: &'static Kind = &Kind {
        traverse: Some(traverse_target),
        release: Some(release_target),
        clear: Some(clear_target),
        finalized: true,
        ..Kind::leaf("target", Tag::Other)
    };
}

fn as_target(value: &Value) -> &Target {
    value.downcast().expect("a target")
}

unsafe fn traverse_target(object: NonNull<Header>, visit: &mut dyn FnMut(Value)) {
    // SAFETY: the caller's clause.
    let target = unsafe { object.cast::<Target>().as_ref() };
    // ORDERING: Relaxed; the tests have one thread.
    target
        .item
        .load(Ordering::Relaxed)
        .into_iter()
        .for_each(visit);
}

unsafe fn release_target(ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: the caller's clause.
    let target = unsafe { object.cast::<Target>().as_ref() };
    run(ts, end(ts, &target.weak));
}

unsafe fn clear_target(ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: the caller's clause.
    let target = unsafe { object.cast::<Target>().as_ref() };
    // ORDERING: as above.
    let item = target.item.load(Ordering::Relaxed);
    // ORDERING: as above.
    target.item.store(None, Ordering::Relaxed);
    drop_all(ts, item);
}

fn target(ts: &ThreadState) -> Value {
    alloc_value(
        ts,
        Target {
            header: Header::new(ts, Target::KIND),
            weak: WeakSlot::new(),
            item: Slot::new("item", None),
        },
    )
}

fn weak(ts: &ThreadState, target: Value, callback: Option<Value>) -> Value {
    new(ts, target, &as_target(&target).weak, callback)
}

/// A callback here is a list, and gets the weak reference that was cleared.
fn run(ts: &ThreadState, due: Vec<Callback>) {
    for Callback {
        reference,
        function,
    } in due
    {
        list::append(ts, function.downcast::<List>().expect("a list"), reference);
        drop_all(ts, [function]);
    }
}

fn calls(callback: &Value) -> usize {
    callback.downcast::<List>().expect("a list").len()
}

/// Upgrades this weak reference whenever something is finalized.
#[derive(Default)]
struct Watch {
    reference: RefCell<Option<Value>>,
    seen: RefCell<Vec<bool>>,
}

impl Hooks for Watch {
    fn equal(&self, _ts: &ThreadState, left: Value, right: Value) -> Result<bool, Error> {
        Ok(left == right)
    }

    fn hash(&self, _ts: &ThreadState, _value: Value) -> Result<i64, Error> {
        Ok(0)
    }

    fn finalize(&self, ts: &ThreadState, _value: Value) {
        if let Some(reference) = *self.reference.borrow() {
            let found = get(ts, as_weakref(&reference));
            self.seen.borrow_mut().push(found.is_some());
            drop_all(ts, found);
        }
    }

    fn weak_slot<'a>(&self, value: &'a Value) -> Option<&'a WeakSlot> {
        value.downcast::<Target>().map(|target| &target.weak)
    }

    fn weakref_callbacks(&self, ts: &ThreadState, callbacks: Vec<Callback>) {
        run(ts, callbacks);
    }
}

#[test]
fn a_reference_leads_to_its_referent_until_that_dies() {
    with_hooks(&Watch::default(), |ts| {
        let object = target(ts);
        let callback = list::new(ts, &[]);
        let one = weak(ts, object, Some(new_ref(ts, callback)));
        let found = get(ts, as_weakref(&one));
        assert_eq!(found, Some(object));
        drop_all(ts, found);
        drop_all(ts, [object]);
        assert_eq!(get(ts, as_weakref(&one)), None);
        assert_eq!(super::callback(ts, as_weakref(&one)), None);
        assert_eq!(calls(&callback), 1);
        drop_all(ts, [one, callback]);
    });
}

#[test]
fn those_without_a_callback_are_one_object() {
    with_hooks(&Watch::default(), |ts| {
        let object = target(ts);
        let (one, two) = (weak(ts, object, None), weak(ts, object, None));
        assert_eq!(one, two);
        let callback = list::new(ts, &[]);
        let three = weak(ts, object, Some(new_ref(ts, callback)));
        assert_ne!(one, three);
        let found = all(ts, &as_target(&object).weak);
        assert_eq!(found, [three, one]);
        drop_all(ts, found);
        drop_all(ts, [one, two, three]);
        assert_eq!(all(ts, &as_target(&object).weak), []);
        let four = weak(ts, object, None);
        drop_all(ts, [object, four]);
        assert_eq!(calls(&callback), 0);
        drop_all(ts, [callback]);
    });
}

#[test]
fn a_hash_is_cached_for_the_time_after() {
    with_hooks(&Watch::default(), |ts| {
        let object = target(ts);
        let one = weak(ts, object, None);
        assert_eq!(as_weakref(&one).cached_hash(), None);
        as_weakref(&one).cache_hash(-2);
        drop_all(ts, [object]);
        assert_eq!(as_weakref(&one).cached_hash(), Some(-2));
        drop_all(ts, [one]);
    });
}

/// A target that holds itself; nothing else does.
fn self_holder(ts: &ThreadState) -> Value {
    let object = target(ts);
    // ORDERING: Relaxed; the tests have one thread.
    let item = &as_target(&object).item;
    item.store(Some(object), Ordering::Relaxed);
    object
}

#[test]
fn the_collector_clears_before_finalizers_run() {
    let watch = Watch::default();
    with_hooks(&watch, |ts| {
        let object = self_holder(ts);
        let callback = list::new(ts, &[]);
        let one = weak(ts, object, Some(new_ref(ts, callback)));
        *watch.reference.borrow_mut() = Some(one);
        assert_eq!(gc::collect(ts), Some(1));
        assert_eq!(*watch.seen.borrow(), [false]);
        assert_eq!(calls(&callback), 1);
        drop_all(ts, [one, callback]);
    });
}

#[test]
fn the_callback_of_a_reference_that_is_garbage_itself_does_not_run() {
    with_hooks(&Watch::default(), |ts| {
        let object = target(ts);
        let callback = list::new(ts, &[]);
        let one = weak(ts, object, Some(new_ref(ts, callback)));
        let cycle = list::new(ts, &[one, object]);
        // ORDERING: Relaxed; the tests have one thread.
        as_target(&object)
            .item
            .store(Some(cycle), Ordering::Relaxed);
        assert_eq!(gc::collect(ts), Some(3));
        assert_eq!(calls(&callback), 0);
        drop_all(ts, [callback]);
    });
}
