//! What dicts do on one thread.

use std::cell::Cell;

use super::{
    Cursor, Dict, clear, contains, copy, delete, entries, get, insert, new, pop, pop_item, room,
    setdefault, update, with_room,
};
use crate::objects::header::{Header, Kind, Object, Tag};
use crate::objects::rig::{drop_all, int, with_hooks, with_thread};
use crate::objects::{Error, Hooks, Value, alloc_value, new_ref, str, tuple};
use crate::protocols::thread_state::ThreadState;

fn with_dict(body: impl FnOnce(&ThreadState, &Dict)) {
    with_thread(|ts| {
        let dict = new(ts);
        body(ts, dict.downcast().expect("a dict"));
        drop_all(ts, [dict]);
    });
}

fn keys(ts: &ThreadState, dict: &Dict) -> Vec<i64> {
    let entries = entries(ts, dict);
    let keys = entries
        .iter()
        .filter_map(|(key, _)| key.as_small())
        .collect();
    drop_all(
        ts,
        entries.into_iter().flat_map(|(key, value)| [key, value]),
    );
    keys
}

#[test]
fn keys_keep_their_order_through_growth_and_deletion() {
    with_dict(|ts, dict| {
        for n in 0..1000 {
            assert_eq!(insert(ts, dict, int(n), int(n * n)), Ok(()));
        }
        for n in (0..1000).filter(|n| n % 3 != 0) {
            assert_eq!(pop(ts, dict, int(n)), Ok(Some(int(n * n))));
            assert_eq!(pop(ts, dict, int(n)), Ok(None));
        }
        assert_eq!(insert(ts, dict, int(1), Value::NONE), Ok(()));
        let expected: Vec<i64> = (0..1000).step_by(3).chain([1]).collect();
        assert_eq!(keys(ts, dict), expected);
        assert_eq!(dict.len(), expected.len());
        assert_eq!(get(ts, dict, int(999)), Ok(Some(int(999 * 999))));
        assert_eq!(get(ts, dict, int(998)), Ok(None));
    });
}

#[test]
fn equal_strings_and_tuples_are_one_key() {
    with_dict(|ts, dict| {
        for number in 0..3 {
            assert_eq!(insert(ts, dict, str::new(ts, "name"), int(number)), Ok(()));
            let pair = tuple::new(ts, &[str::new(ts, "x"), int(1)]);
            assert_eq!(insert(ts, dict, pair, int(number)), Ok(()));
        }
        assert_eq!(dict.len(), 2);
        let pair = tuple::new(ts, &[str::new(ts, "x"), int(1)]);
        assert_eq!(get(ts, dict, pair), Ok(Some(int(2))));
        drop_all(ts, [pair]);
    });
}

#[test]
fn the_last_item_is_popped_first_and_in_linear_time() {
    with_dict(|ts, dict| {
        for n in 0..20_000 {
            assert_eq!(insert(ts, dict, int(n), int(n)), Ok(()));
        }
        for n in (0..20_000).rev() {
            assert_eq!(pop_item(ts, dict), Some((int(n), int(n))));
        }
        assert_eq!(pop_item(ts, dict), None);
        assert_eq!(insert(ts, dict, int(5), int(5)), Ok(()));
        assert_eq!(keys(ts, dict), [5]);
    });
}

#[test]
fn copies_and_updates_share_items() {
    with_dict(|ts, dict| {
        let text = str::new(ts, "value");
        assert_eq!(insert(ts, dict, int(1), text), Ok(()));
        let other = copy(ts, dict);
        let other_dict: &Dict = other.downcast().expect("a dict");
        assert_eq!(insert(ts, other_dict, int(2), int(2)), Ok(()));
        clear(ts, dict);
        assert_eq!(update(ts, dict, other_dict), Ok(()));
        assert_eq!(keys(ts, dict), [1, 2]);
        drop_all(ts, [other]);
        let found = get(ts, dict, int(1)).expect("no code").expect("there");
        assert_eq!(found, text);
        drop_all(ts, [found]);
    });
}

#[test]
fn a_default_is_set_once() {
    with_dict(|ts, dict| {
        let first = setdefault(ts, dict, str::new(ts, "key"), str::new(ts, "one"));
        let second = setdefault(ts, dict, str::new(ts, "key"), str::new(ts, "two"));
        assert_eq!(first, second);
        drop_all(ts, first.into_iter().chain(second));
    });
}

#[test]
fn an_iteration_notices_changes() {
    with_dict(|ts, dict| {
        (0..4).for_each(|n| assert_eq!(insert(ts, dict, int(n), int(n)), Ok(())));
        let mut cursor = Cursor::new(dict);
        assert_eq!(cursor.next(ts, dict), Ok(Some((int(0), int(0)))));
        assert_eq!(delete(ts, dict, int(3)), Ok(true));
        assert_eq!(cursor.next(ts, dict), Err(Error::SizeChanged));
        assert_eq!(insert(ts, dict, int(9), int(9)), Ok(()));
        (1..3).for_each(|n| assert_eq!(cursor.next(ts, dict), Ok(Some((int(n), int(n))))));
        assert_eq!(cursor.next(ts, dict), Ok(Some((int(9), int(9)))));
        assert_eq!(cursor.next(ts, dict), Ok(None));
    });
}

#[test]
fn a_list_is_no_key() {
    with_dict(|ts, dict| {
        let list = crate::objects::list::new(ts, &[]);
        assert_eq!(contains(ts, dict, list), Err(Error::Unhashable("list")));
        assert_eq!(
            insert(ts, dict, list, str::new(ts, "value")),
            Err(Error::Unhashable("list"))
        );
    });
}

#[test]
fn room_counts_what_is_there_and_what_fits() {
    with_thread(|ts| {
        let dict = with_room(ts, 2);
        let table: &Dict = dict.downcast().expect("a dict");
        for n in 0..3 {
            assert!(room(ts, table) >= 2);
            assert_eq!(insert(ts, table, int(n), int(n)), Ok(()));
        }
        assert_eq!(room(ts, table), 5);
        drop_all(ts, [dict]);
    });
}

/// An instance whose comparison empties the dict that it is compared in.
#[repr(C)]
struct Saboteur {
    header: Header,
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for Saboteur {
    const KIND: &'static Kind = &Kind::leaf("saboteur", Tag::Instance);
}

#[derive(Default)]
struct Sabotage(Cell<Option<Value>>);

impl Hooks for Sabotage {
    fn equal(&self, ts: &ThreadState, left: Value, right: Value) -> Result<bool, Error> {
        if let Some(dict) = self.0.take() {
            clear(ts, dict.downcast().expect("a dict"));
        }
        Ok(left == right)
    }

    fn hash(&self, _ts: &ThreadState, _value: Value) -> Result<i64, Error> {
        Ok(1)
    }

    fn finalize(&self, _ts: &ThreadState, _value: Value) {}
}

#[test]
fn a_comparison_that_changes_the_dict_makes_the_lookup_start_again() {
    let hooks = Sabotage::default();
    with_hooks(&hooks, |ts| {
        let saboteur = || {
            alloc_value(
                ts,
                Saboteur {
                    header: Header::new(ts, Saboteur::KIND),
                },
            )
        };
        let (dict, first, second) = (new(ts), saboteur(), saboteur());
        let table: &Dict = dict.downcast().expect("a dict");
        assert_eq!(insert(ts, table, first, int(1)), Ok(()));
        hooks.0.set(Some(dict));
        assert_eq!(insert(ts, table, new_ref(ts, second), int(2)), Ok(()));
        assert_eq!(table.len(), 1);
        assert_eq!(get(ts, table, second), Ok(Some(int(2))));
        drop_all(ts, [dict, second]);
    });
}
