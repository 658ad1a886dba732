//! What sets do on one thread.

use super::*;
use crate::objects::compare;
use crate::objects::rig::{drop_all, int, ints, with_thread};
use crate::objects::{list, new_ref, str};

fn set_of(ts: &ThreadState, keys: impl IntoIterator<Item = i64>) -> Value {
    let set = new(ts);
    for key in keys {
        let _ = add(ts, as_set(&set), int(key)).expect("integers have hashes");
    }
    set
}

fn as_set(value: &Value) -> &Set {
    of(value).expect("a set")
}

fn keys(ts: &ThreadState, set: &Value) -> Vec<i64> {
    let keys = entries(ts, as_set(set));
    let numbers = ints(&keys);
    drop_all(ts, keys);
    numbers
}

/// The orders are those that CPython 3.13 prints.
#[test]
fn iteration_has_cpythons_order() {
    with_thread(|ts| {
        let small = set_of(ts, [3, 1, 2]);
        assert_eq!(keys(ts, &small), [1, 2, 3]);
        let collisions = set_of(ts, [16, 8, 0, 24]);
        assert_eq!(keys(ts, &collisions), [16, 8, 0, 24]);
        let grown = set_of(ts, [100, 7, -5, 33, 65, 12]);
        assert_eq!(keys(ts, &grown), [65, 33, 100, 7, 12, -5]);
        drop_all(ts, [small, collisions, grown]);
    });
}

#[test]
fn what_was_added_is_there_until_it_is_removed() {
    with_thread(|ts| {
        let value = set_of(ts, 0..1000);
        let set = as_set(&value);
        assert_eq!(add(ts, set, int(5)), Ok(false));
        for key in (0..1000).filter(|key| key % 3 != 0) {
            assert_eq!(discard(ts, set, int(key)), Ok(true));
            assert_eq!(discard(ts, set, int(key)), Ok(false));
        }
        assert_eq!(set.len(), 334);
        assert_eq!(contains(ts, set, int(999)), Ok(true));
        assert_eq!(contains(ts, set, int(998)), Ok(false));
        let mut popped: Vec<i64> = (0..334).filter_map(|_| pop(ts, set)?.as_small()).collect();
        popped.sort_unstable();
        assert!(popped.into_iter().eq((0..1000).step_by(3)));
        assert_eq!(pop(ts, set), None);
        drop_all(ts, [value]);
    });
}

#[test]
fn equal_strings_are_one_key_and_its_reference_is_given_back() {
    with_thread(|ts| {
        let value = new(ts);
        for _ in 0..3 {
            let _ = add(ts, as_set(&value), str::new(ts, "name"));
        }
        assert_eq!(as_set(&value).len(), 1);
        clear(ts, as_set(&value));
        assert!(as_set(&value).is_empty());
        drop_all(ts, [value]);
    });
}

#[test]
fn what_has_no_hash_is_refused() {
    with_thread(|ts| {
        let (value, key) = (new(ts), list::new(ts, &[]));
        let refused = Err(Error::Unhashable("list"));
        assert_eq!(add(ts, as_set(&value), new_ref(ts, key)), refused);
        assert_eq!(contains(ts, as_set(&value), key), refused);
        assert_eq!(compare::hash(ts, value), Err(Error::Unhashable("set")));
        drop_all(ts, [value, key]);
    });
}

#[test]
fn an_iteration_notices_another_size() {
    with_thread(|ts| {
        let value = set_of(ts, [1, 2]);
        let set = as_set(&value);
        let mut cursor = Cursor::new(set);
        assert_eq!(cursor.next(ts, set), Ok(Some(int(1))));
        assert_eq!(add(ts, set, int(3)), Ok(true));
        assert_eq!(cursor.next(ts, set), Err(Error::SizeChanged));
        assert_eq!(discard(ts, set, int(3)), Ok(true));
        assert_eq!(cursor.next(ts, set), Ok(Some(int(2))));
        assert_eq!(cursor.next(ts, set), Ok(None));
        assert_eq!(cursor.next(ts, set), Ok(None));
        drop_all(ts, [value]);
    });
}

#[test]
fn copies_and_updates_have_the_same_keys() {
    with_thread(|ts| {
        let source = set_of(ts, [5, 3, 40, 41, 42, 43]);
        let (copied, frozen) = (copy(ts, as_set(&source)), copy_frozen(ts, as_set(&source)));
        assert_eq!(compare::equal(ts, copied, frozen), Ok(true));
        let other = set_of(ts, [1, 5]);
        assert_eq!(is_subset(ts, as_set(&other), as_set(&source)), Ok(false));
        assert_eq!(is_disjoint(ts, as_set(&other), as_set(&source)), Ok(false));
        assert_eq!(update(ts, as_set(&copied), as_set(&other)), Ok(()));
        assert_eq!(as_set(&copied).len(), 7);
        assert_eq!(is_subset(ts, as_set(&source), as_set(&copied)), Ok(true));
        assert_eq!(equal(ts, as_set(&source), as_set(&copied)), Ok(false));
        drop_all(ts, [source, copied, frozen, other]);
    });
}

/// The numbers are CPython's: `hash(frozenset())`, `hash(frozenset({1, 2, 3}))`.
#[test]
fn a_frozenset_has_cpythons_hash() {
    with_thread(|ts| {
        let (empty, three) = (new_frozen(ts), new_frozen(ts));
        for key in [3, 1, 2] {
            assert_eq!(add(ts, as_set(&three), int(key)), Ok(true));
        }
        assert_eq!(compare::hash(ts, empty), Ok(133_146_708_735_736));
        assert_eq!(compare::hash(ts, three), Ok(-272_375_401_224_217_160));
        assert_eq!(compare::hash(ts, three), Ok(-272_375_401_224_217_160));
        drop_all(ts, [empty, three]);
    });
}

#[test]
fn a_copy_keeps_the_order() {
    with_thread(|ts| {
        let source = set_of(ts, [24, 0, 8]);
        let copied = copy(ts, as_set(&source));
        assert_eq!(keys(ts, &copied), [24, 0, 8]);
        drop_all(ts, [source, copied]);
    });
}
