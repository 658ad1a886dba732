//! What lists do on one thread.

use super::{
    List, append, clear, delete, extend, get, index_of, insert, new, pop, replace, reverse, set,
    snapshot,
};
use crate::objects::rig::{drop_all, int, ints, with_thread};
use crate::objects::{Value, str};
use crate::protocols::thread_state::ThreadState;

fn with_list(items: &[i64], body: impl FnOnce(&ThreadState, &List)) {
    with_thread(|ts| {
        let items: Vec<Value> = items.iter().copied().map(int).collect();
        let list = new(ts, &items);
        body(ts, list.downcast().expect("a list"));
        drop_all(ts, [list]);
    });
}

fn items(ts: &ThreadState, list: &List) -> Vec<i64> {
    ints(&snapshot(ts, list))
}

#[test]
fn indices_count_from_both_ends() {
    with_list(&[1, 2, 3], |ts, list| {
        assert_eq!(get(ts, list, 0), Some(int(1)));
        assert_eq!(get(ts, list, -1), Some(int(3)));
        assert_eq!(get(ts, list, 3), None);
        assert_eq!(get(ts, list, -4), None);
        assert_eq!(set(ts, list, -2, int(7)), Ok(()));
        assert_eq!(set(ts, list, 3, int(7)), Err(int(7)));
        assert_eq!(items(ts, list), [1, 7, 3]);
    });
}

#[test]
fn items_come_and_go_at_every_place() {
    with_list(&[], |ts, list| {
        (0..10).for_each(|n| append(ts, list, int(n)));
        insert(ts, list, 0, int(-1));
        insert(ts, list, -1, int(100));
        insert(ts, list, 99, int(101));
        assert_eq!(
            items(ts, list),
            [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 100, 9, 101]
        );
        assert_eq!(pop(ts, list, 0), Some(int(-1)));
        assert_eq!(pop(ts, list, -1), Some(int(101)));
        assert!(delete(ts, list, 9));
        assert!(!delete(ts, list, 10));
        assert_eq!(items(ts, list), (0..10).collect::<Vec<_>>());
        while pop(ts, list, 0).is_some() {}
        assert!(list.is_empty() && list.array_locked().is_none());
    });
}

#[test]
fn slices_are_replaced_by_any_number_of_items() {
    with_list(&[0, 1, 2, 3], |ts, list| {
        replace(ts, list, |_| 1..3, &[int(7), int(8), int(9)]);
        assert_eq!(items(ts, list), [0, 7, 8, 9, 3]);
        replace(
            ts,
            list,
            |_| std::ops::Range { start: 4, end: 2 },
            &[int(5)],
        );
        assert_eq!(items(ts, list), [0, 7, 8, 9, 5, 3]);
        replace(ts, list, |_| 1..99, &[]);
        assert_eq!(items(ts, list), [0]);
        extend(ts, list, &[int(1), int(2)]);
        reverse(ts, list);
        assert_eq!(items(ts, list), [2, 1, 0]);
        clear(ts, list);
        assert!(list.is_empty());
    });
}

#[test]
fn items_are_found_by_equality() {
    with_list(&[], |ts, list| {
        append(ts, list, str::new(ts, "a"));
        append(ts, list, str::new(ts, "b"));
        let wanted = str::new(ts, "b");
        assert_eq!(index_of(ts, list, wanted), Ok(Some(1)));
        assert_eq!(index_of(ts, list, int(1)), Ok(None));
        drop_all(ts, [wanted]);
    });
}

#[test]
fn a_deep_structure_dies_without_a_deep_stack() {
    with_thread(|ts| {
        let deep = (0..200_000).fold(Value::NONE, |inner, _| new(ts, &[inner]));
        drop_all(ts, [deep]);
    });
}
