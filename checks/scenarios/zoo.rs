//! Values of every type that is compared without running code, in groups of those that are equal.

use reports::scenario::Claims;

use crate::rt::objects::compare::equal;
use crate::rt::objects::dict::{self, Dict};
use crate::rt::objects::{Value, float, int, list, range, set, str as text, tuple};
use crate::rt::protocols::thread_state::ThreadState;

/// The least integer that is an object.
const BIG: i64 = 1 << 62;

/// Values that are equal to each other.
pub(super) type Group = Vec<Value>;

/// Compares each value with the others of its group, and with the last ones of the next groups: the nearest misses
/// stand side by side.
pub(super) fn compare(ts: &ThreadState, groups: &[Group], claims: &Claims, claim: &'static str) {
    let says = |one: Value, other: Value, wanted: bool| {
        let found = [equal(ts, one, other), equal(ts, other, one)];
        claims.always(claim, found == [Ok(wanted); 2], || {
            format!("{found:?} for {one:?} and {other:?}")
        });
    };
    for (at, group) in groups.iter().enumerate() {
        group.iter().for_each(|&value| says(group[0], value, true));
        let next = groups.iter().skip(at + 1).take(2);
        next.filter_map(|other| other.last())
            .for_each(|&other| says(group[0], other, false));
    }
}

/// Values that are no objects and have no equals.
pub(super) fn singletons() -> Vec<Group> {
    let all = [Value::NONE, Value::NOT_IMPLEMENTED, Value::ELLIPSIS];
    all.map(|value| vec![value]).into()
}

/// Numbers: integers below and above the size of a word, and floats on both sides of them.
pub(super) fn numbers(ts: &ThreadState) -> Vec<Group> {
    let float = |value: f64| float::new(ts, value);
    let exact = |value: i64| vec![int::from_i64(ts, value), float(value as f64)];
    let mut groups = vec![
        vec![small(0), Value::FALSE, float(0.0), float(-0.0)],
        vec![small(1), Value::TRUE, float(1.0)],
        exact(-1),
        exact(-2),
        exact(3),
        exact(1 << 61),
        exact(BIG),
        exact(-BIG - 2048),
        vec![int::from_i64(ts, BIG + 1), int::from_i64(ts, BIG + 1)],
        vec![small((1 << 61) - 2)],
        vec![power(ts, 100), float(2f64.powi(100))],
        vec![negative_power(ts, 100), float(-(2f64.powi(100)))],
    ];
    let fractions = [
        0.5,
        -0.5,
        1.5,
        2.5,
        -2.5,
        1e-310,
        1e300,
        f64::INFINITY,
        f64::NEG_INFINITY,
    ];
    groups.extend(fractions.map(|value| vec![float(value), float(value)]));
    groups
}

/// Texts, one of them with a lone surrogate and one with what stands for it.
pub(super) fn texts(ts: &ThreadState) -> Vec<Group> {
    let text = |bytes: &[u8]| vec![text::from_wtf8(ts, bytes), text::from_wtf8(ts, bytes)];
    let plain = [
        "",
        "a",
        "b",
        "ab",
        "\u{e9}",
        "\u{fffd}",
        "\u{20ac}\u{1f600}",
    ];
    let mut groups: Vec<Group> = plain.iter().map(|plain| text(plain.as_bytes())).collect();
    groups.push(text(b"\xed\xa0\x80"));
    groups.push(text(b"a\xed\xbf\xbfb"));
    groups
}

/// Tuples, one within another.
pub(super) fn tuples(ts: &ThreadState) -> Vec<Group> {
    let of = |items: &[Value]| tuple::new(ts, items);
    let inner = |item: Value| tuple::new(ts, &[item, text::new(ts, "x")]);
    vec![
        vec![of(&[]), of(&[])],
        vec![of(&[small(1)]), of(&[float::new(ts, 1.0)])],
        vec![of(&[small(2)])],
        vec![of(&[small(1), small(2)]), of(&[Value::TRUE, small(2)])],
        vec![of(&[small(2), small(1)])],
        vec![inner(of(&[small(7)])), inner(of(&[float::new(ts, 7.0)]))],
        vec![inner(small(7))],
    ]
}

/// Ranges, which are equal when their numbers are, however they are written.
pub(super) fn ranges(ts: &ThreadState) -> Vec<Group> {
    let of = |start: i64, stop: i64, step: i64| {
        let number = |value| int::from_i64(ts, value);
        range::new(ts, number(start), number(stop), number(step))
    };
    vec![
        vec![
            of(0, 0, 1),
            of(5, 2, 1),
            of(0, 3, -1),
            of(BIG, 0, BIG),
            of(0, BIG, -BIG),
        ],
        vec![of(7, 8, 1), of(7, 9, 5), of(7, 6, -3), of(7, 7 - BIG, -BIG)],
        vec![of(0, 3, 2), of(0, 4, 2)],
        vec![of(0, 5, 2)],
        vec![of(1, 5, 2)],
        vec![of(0, 3, 1)],
        vec![of(4, 1, -2), of(4, 0, -2)],
        vec![of(0, BIG + 1, BIG), of(0, BIG + BIG / 2, BIG)],
        vec![of(0, BIG + 1, BIG / 2)],
        vec![of(BIG, 0, -BIG)],
    ]
}

fn filled(ts: &ThreadState, made: Value, keys: &[Value]) -> Value {
    let inside = set::of(&made).expect("a set");
    for &key in keys {
        set::add(ts, inside, key).expect("numbers have hashes");
    }
    made
}

/// Sets, one of them frozen.
pub(super) fn sets(ts: &ThreadState) -> Vec<Group> {
    let of = |keys: &[Value]| filled(ts, set::new(ts), keys);
    vec![
        vec![
            of(&[small(5)]),
            filled(ts, set::new_frozen(ts), &[small(5)]),
        ],
        vec![of(&[small(5), small(6)]), of(&[small(6), small(5)])],
        vec![of(&[small(6)])],
    ]
}

/// Frozensets.
pub(super) fn frozen(ts: &ThreadState) -> Vec<Group> {
    let of = |keys: &[Value]| filled(ts, set::new_frozen(ts), keys);
    vec![
        vec![of(&[]), of(&[])],
        vec![of(&[small(1)]), of(&[float::new(ts, 1.0)])],
        vec![of(&[small(1), small(2)]), of(&[small(2), small(1)])],
        vec![of(&[small(2)])],
    ]
}

/// Lists.
pub(super) fn lists(ts: &ThreadState) -> Vec<Group> {
    let of = |items: &[Value]| list::new(ts, items);
    vec![
        vec![of(&[]), of(&[])],
        vec![of(&[small(1)]), of(&[float::new(ts, 1.0)])],
        vec![of(&[small(2)])],
        vec![of(&[small(1), small(2)])],
        vec![of(&[of(&[small(1)])]), of(&[of(&[Value::TRUE])])],
    ]
}

/// Dicts.
pub(super) fn dicts(ts: &ThreadState) -> Vec<Group> {
    let of = |pairs: &[(Value, Value)]| {
        let made = dict::new(ts);
        let inside: &Dict = made.downcast().expect("a dict");
        for &(key, value) in pairs {
            let _ = dict::insert(ts, inside, key, value);
        }
        made
    };
    let one = |value: f64| float::new(ts, value);
    vec![
        vec![of(&[]), of(&[])],
        vec![of(&[(small(1), small(2))]), of(&[(one(1.0), one(2.0))])],
        vec![of(&[(small(1), small(3))])],
        vec![of(&[(small(2), small(2))])],
        vec![
            of(&[(small(1), small(2)), (small(3), small(4))]),
            of(&[(small(3), small(4)), (small(1), small(2))]),
        ],
    ]
}

fn small(value: i64) -> Value {
    Value::small(value).expect("a small integer")
}

/// Two to the power of `exponent`.
fn power(ts: &ThreadState, exponent: u32) -> Value {
    let one = small(1);
    let one = int::to_big(&one).expect("an integer").into_owned();
    int::from_big(ts, one << exponent)
}

fn negative_power(ts: &ThreadState, exponent: u32) -> Value {
    let one = small(-1);
    let one = int::to_big(&one).expect("an integer").into_owned();
    int::from_big(ts, one << exponent)
}
