//! Whether an instance of a class has the contents of the layout that it shares, beside what lies behind them.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::objects::bytearray::{self, Bytearray};
use crate::rt::objects::compare::{equal, equal_by_layout, hash, hash_by_layout};
use crate::rt::objects::dict::{self, Dict};
use crate::rt::objects::float::Float;
use crate::rt::objects::int::Int;
use crate::rt::objects::list::{self, List};
use crate::rt::objects::set::{self, FrozenSet, Set};
use crate::rt::objects::str::{self, Str};
use crate::rt::objects::tuple::{self, Tuple};
use crate::rt::objects::{Error, Extras, Value, extras, float, int, new_ref};
use crate::rt::protocols::thread_state::ThreadState;
use crate::scenarios::class::{Class, Code, header};
use crate::scenarios::containers::{Stage, drop_ref, int as small};

const DROPPED: &str = "the other thread dropped the instances";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "instance_layouts_keep_their_contents",
    pillar: Pillar::Instance,
    question: "Has an instance of a class the contents of the layout that it shares, beside what lies behind them?",
    always: "The contents are those of the layout, and the class says how they are compared.",
    sometimes: &[DROPPED],
    bound: Bound::Preemptions(2),
    body,
};

/// One slot behind each.
const EXTRAS: Extras = Extras {
    dict: false,
    weak: false,
    slots: 1,
};

/// An instance and an object of the layout itself that has the same contents.
type Pair = [Value; 2];

fn body(claims: &Claims) {
    let stage = Stage::<2>::with_hooks(&Code);
    let owner = stage.thread(0);
    let mut classes = Vec::new();
    let pairs = pairs(owner, &mut classes);
    for pair in &pairs {
        behind(owner, pair[0], claims);
        compare(owner, *pair, claims);
    }
    unhashable(owner, &pairs, claims);
    let (told, instances) = (claims.clone(), pairs.clone());
    let stage = stage.run([
        Box::new(|_| ()),
        Box::new(move |ts| {
            for pair in instances {
                drop_ref(ts, pair[0]);
            }
            told.sometimes(DROPPED, true);
        }),
    ]);
    crate::rt::objects::drain_merge_queue(stage.thread(0));
    let count = |class: &Class| header(&class.object()).count.snapshot().total();
    let alone = classes.iter().all(|class| count(class) == 1);
    claims.always("no class has an instance", alone, || "one has");
    let mut left: Vec<Value> = pairs.iter().map(|pair| pair[1]).collect();
    left.extend(classes.iter().map(Class::object));
    stage.finish(&left);
}

/// A pair of each layout.
fn pairs(ts: &ThreadState, classes: &mut Vec<Class>) -> Vec<Pair> {
    let mut of = |class: Class| {
        let head = class.head();
        classes.push(class);
        head
    };
    let text = "\u{e9}".repeat(130);
    let plain = str::from_wtf8(ts, b"\xed\xa0\x80\xc3\xa9");
    // SAFETY: the classes outlive the instances.
    unsafe {
        vec![
            [
                list::new_in(ts, of(Class::of::<List>(ts, EXTRAS))),
                list::new(ts, &[]),
            ],
            [
                dict::new_in(ts, of(Class::of::<Dict>(ts, EXTRAS))),
                dict::new(ts),
            ],
            [
                set::new_in(ts, of(Class::of::<Set>(ts, EXTRAS))),
                set::new(ts),
            ],
            [
                set::new_frozen_in(ts, of(Class::of::<FrozenSet>(ts, EXTRAS))),
                set::new_frozen(ts),
            ],
            [
                tuple::new_in(
                    ts,
                    of(Class::of::<Tuple>(ts, EXTRAS)),
                    &[small(1), small(2)],
                ),
                tuple::new(ts, &[small(1), small(2)]),
            ],
            [
                float::new_in(ts, of(Class::of::<Float>(ts, EXTRAS)), 2.5),
                float::new(ts, 2.5),
            ],
            [
                int::new_in(
                    ts,
                    of(Class::of::<Int>(ts, EXTRAS)),
                    int::to_big(&small(9)).expect("an integer").into_owned(),
                ),
                small(9),
            ],
            [
                str::new_in(ts, of(Class::of::<Str>(ts, EXTRAS)), &text),
                str::new(ts, &text),
            ],
            [
                str::copy_in(
                    ts,
                    of(Class::of::<Str>(ts, EXTRAS)),
                    plain.downcast().expect("a text"),
                ),
                plain,
            ],
        ]
    }
}

/// What lies behind the contents does not touch them.
fn behind(ts: &ThreadState, instance: Value, claims: &Claims) {
    let here = header(&instance);
    let slot = extras::named(here, 0).expect("a slot");
    let empty = slot.get(ts, here).is_none() && extras::of(here).len() == 1;
    claims.always("the slot is empty", empty, || format!("{instance:?}"));
    slot.replace(ts, here, Some(list::new(ts, &[])));
}

/// By their classes the two are different, by their layout they are equal.
fn compare(ts: &ThreadState, [instance, plain]: Pair, claims: &Claims) {
    let found = [
        equal(ts, instance, plain),
        equal_by_layout(ts, instance, plain),
    ];
    claims.always(SCENARIO.always, found == [Ok(false), Ok(true)], || {
        format!("{found:?} for {plain:?}")
    });
    let found = hash(ts, instance);
    claims.always("the class hashes", found == Ok(77), || format!("{found:?}"));
    let found = (hash_by_layout(ts, instance), hash_by_layout(ts, plain));
    claims.always("layouts hash alike", found.0 == found.1, || {
        format!("{found:?}")
    });
    let other = float::new(ts, 2.25);
    let found = equal_by_layout(ts, instance, other);
    claims.always("another is not equal", found == Ok(false), || {
        format!("{plain:?}")
    });
    drop_ref(ts, other);
    let right = header(&instance).runs_code() && !header_runs_code(&plain);
    claims.always("only the instance has code", right, || format!("{plain:?}"));
}

fn header_runs_code(value: &Value) -> bool {
    value.as_header().is_some_and(|header| header.runs_code())
}

fn unhashable(ts: &ThreadState, pairs: &[Pair], claims: &Claims) {
    for (pair, name) in pairs.iter().zip(["list", "dict", "set"]) {
        let found = hash_by_layout(ts, pair[0]);
        let right = found == Err(Error::Unhashable(name));
        claims.always("its layout has no hash", right, || {
            format!("{found:?} for a {name}")
        });
    }
    let array = Class::of::<Bytearray>(ts, EXTRAS);
    // SAFETY: the class outlives the instance.
    let made = unsafe { bytearray::new_in(ts, array.head(), vec![1, 2]) };
    let inside: &Bytearray = made.downcast().expect("it has the layout");
    let bytes = bytearray::read(ts, inside, <[u8]>::to_vec);
    claims.always("it has its bytes", bytes == [1, 2], || format!("{bytes:?}"));
    drop_ref(ts, new_ref(ts, made));
    drop_ref(ts, made);
    drop_ref(ts, array.object());
}
