//! Whether numbers hash by their value, modulo a prime, whatever their types.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::objects::compare::hash;
use crate::rt::objects::dict::{self, Dict};
use crate::rt::objects::{Value, float, int, range, tuple};
use crate::rt::protocols::thread_state::ThreadState;
use crate::scenarios::containers::{Shared, Stage, drop_ref, int as small, take};
use crate::scenarios::zoo;

const FOUND: &str = "a float was found under the integer that another thread had set";
const EARLY: &str = "the float was looked up first";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "dict_numbers_hash_alike",
    pillar: Pillar::Dict,
    question: "Do numbers hash by their value, so that another thread finds one under an equal one?",
    always: "The hash of a number is its value modulo 2^61 - 1, and -2 instead of -1.",
    sometimes: &[FOUND, EARLY],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let dict = Shared::<Dict>::new(dict::new(owner));
    let (set, asked) = (
        int::from_i64(owner, 1 << 62),
        float::new(owner, 2f64.powi(62)),
    );
    let told = claims.clone();
    let stage = stage.run([
        Box::new(move |ts| dict::insert(ts, &dict, set, small(5)).expect("it has a hash")),
        Box::new(move |ts| {
            let found = take(ts, dict::get(ts, &dict, asked).expect("it has a hash"));
            told.sometimes(FOUND, found == Some(5));
            told.sometimes(EARLY, found.is_none());
        }),
    ]);
    let ts = stage.thread(0);
    check(ts, claims);
    let mut left = zoo::numbers(ts);
    zoo::compare(ts, &left, claims, "numbers are equal by value");
    left.push(vec![dict.value(), asked]);
    stage.finish(&left.concat());
}

fn check(ts: &ThreadState, claims: &Claims) {
    let modulus = (1i64 << 61) - 1;
    let integers = [
        (0, 0),
        (-1, -2),
        (-2, -2),
        (modulus - 1, modulus - 1),
        (modulus, 0),
        (modulus + 1, 1),
        (-modulus - 1, -2),
        (1 << 62, 2),
        ((1 << 62) + 1, 3),
        (-(1 << 62) - 1, -3),
        (i64::MAX, 3),
    ];
    for (number, expected) in integers {
        says(ts, int::from_i64(ts, number), expected, claims);
    }
    let floats = [
        (0.5, 1 << 60),
        (-1.5, -(1 << 60) - 1),
        (-1.0, -2),
        (1e300, 1_224_995_262_755_759_164),
        (f64::from_bits(1), 1 << 24),
        (f64::MIN_POSITIVE, 1 << 15),
        (2f64.powi(61), 1),
        (f64::INFINITY, 314_159),
        (f64::NEG_INFINITY, -314_159),
    ];
    for (number, expected) in floats {
        says(ts, float::new(ts, number), expected, claims);
    }
    rows(ts, claims);
}

/// Rows of numbers hash by xxHash, and ranges as rows of their count, first number and step.
fn rows(ts: &ThreadState, claims: &Claims) {
    let range = |start, stop, step| range::new(ts, small(start), small(stop), small(step));
    let rows = [
        (Value::NONE, 0xfca8_6420),
        (tuple::new(ts, &[]), 5_740_354_900_026_072_187),
        (
            tuple::new(ts, &[small(1), small(2)]),
            -3_550_055_125_485_641_917,
        ),
        (range(0, 3, 2), 2_960_342_552_702_214_402),
        (range(0, 0, 1), 2_676_694_398_852_732_306),
        (range(7, 8, 5), 6_095_237_322_599_586_476),
    ];
    for (row, expected) in rows {
        says(ts, row, expected, claims);
    }
}

fn says(ts: &ThreadState, number: Value, expected: i64, claims: &Claims) {
    let found = hash(ts, number);
    claims.always(SCENARIO.always, found == Ok(expected), || {
        format!("{found:?} for {number:?}, and not {expected}")
    });
    drop_ref(ts, number);
}
