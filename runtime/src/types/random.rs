//! `_random.Random`: the generator that `random.Random` derives from.

use num_bigint::{BigInt, BigUint};
use num_traits::ToPrimitive;

use crate::eval::cx::Cx;
use crate::eval::ops::{compare, number};
use crate::eval::{Args, Outcome};
use crate::objects::header::Header;
use crate::objects::tuple::Tuple;
use crate::objects::twister::{State, Twister, WORDS};
use crate::refs::{Owned, Ref, items};
use crate::sync::entropy;
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::payload::{self, Boxed, payload};

/// A generator.
pub(crate) struct Random(Twister);

payload!(Random as Random, "random generator", |_this, _visit| {});

class! {
    pub(crate) RANDOM: Boxed<Random> = "Random" (Object) {
        module "_random";
        doc "Random([seed]) -> a generator of its own.";
        slots { new: new, init: init }
        /// The next float from 0 up to 1, without it.
        method random(self, /);
        /// Begin anew from a number, or from chance.
        method seed(self, n = Ref::NONE, /);
        /// All that the generator knows, as a tuple of numbers.
        method getstate as get_state(self, /);
        /// Go on from what getstate gave.
        method setstate as set_state(self, state, /);
        /// An integer of k bits.
        method getrandbits as bits(self, k, /);
    }
}

fn parts(this: Ref<'_>) -> (&Twister, &Header) {
    let random = this.payload::<Random>().map(|random| &random.0);
    random.zip(this.header()).expect("a Random")
}

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    let _ = args;
    let state = State::seeded(&by_chance());
    Ok(payload::new_in(cx, class, Random(Twister::new(state))))
}

fn init(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    if !args.names.is_empty() {
        return Err(cx.type_error("Random() takes no keyword arguments"));
    }
    match *args.positional {
        [] => seed(cx, this, Ref::NONE),
        [given] => seed(cx, this, given),
        _ => Err(cx.type_error("Random() requires 0 or 1 argument")),
    }
}

/// A key that differs from call to call.
fn by_chance() -> Vec<u32> {
    let words = [entropy::seed(), entropy::seed()];
    words
        .iter()
        .flat_map(|word| [*word as u32, (word >> 32) as u32])
        .collect()
}

/// The words of a number's magnitude, the lowest first.
fn words(number: &BigUint) -> Vec<u32> {
    let words = number.to_u32_digits();
    if words.is_empty() { vec![0] } else { words }
}

fn seed(cx: &Cx, this: Ref<'_>, given: Ref<'_>) -> Outcome<()> {
    let key = match number::exact_integer(given) {
        _ if given.is_none() => by_chance(),
        Some(number) => words(number.magnitude()),
        None => words(&BigUint::from(compare::hash(cx, given)? as u64)),
    };
    let fresh = State::seeded(&key);
    let (twister, header) = parts(this);
    twister.with(cx.ts, header, |state| *state = fresh);
    Ok(())
}

fn random(cx: &Cx, this: Ref<'_>) -> f64 {
    let (twister, header) = parts(this);
    let (high, low) = twister.with(cx.ts, header, |state| {
        (state.draw() >> 5, state.draw() >> 6)
    });
    (f64::from(high) * 67_108_864.0 + f64::from(low)) / 9_007_199_254_740_992.0
}

fn bits(cx: &Cx, this: Ref<'_>, count: i64) -> Outcome {
    let Ok(count) = usize::try_from(count) else {
        return Err(cx.value_error("number of bits must be non-negative"));
    };
    cx.room_for(count.checked_add(7).map(|bits| bits / 8))?;
    let (twister, header) = parts(this);
    let drawn = twister.with(cx.ts, header, |state| {
        let mut left = count;
        let mut words = Vec::with_capacity(count.div_ceil(32));
        while left > 0 {
            let unused = 32_usize.saturating_sub(left);
            words.push(state.draw() >> unused);
            left -= left.min(32);
        }
        words
    });
    Ok(cx.big(BigInt::from(BigUint::new(drawn))))
}

fn get_state(cx: &Cx, this: Ref<'_>) -> Owned {
    let (twister, header) = parts(this);
    let state = twister.with(cx.ts, header, |state| state.clone());
    let mut all: Vec<Owned> = state
        .words
        .iter()
        .map(|word| cx.int(i64::from(*word)))
        .collect();
    all.push(cx.int(state.next as i64));
    cx.tuple(all)
}

fn set_state(cx: &Cx, this: Ref<'_>, given: Ref<'_>) -> Outcome<()> {
    let Some(tuple) = given.downcast::<Tuple>() else {
        return Err(cx.type_error("state vector must be a tuple"));
    };
    let all = items(tuple);
    if all.len() != WORDS + 1 {
        return Err(cx.value_error("state vector is the wrong size"));
    }
    let mut state = State {
        words: [0; WORDS],
        next: 0,
    };
    for (word, given) in state.words.iter_mut().zip(all) {
        *word = match number::integer(cx, *given)?.to_u32() {
            Some(word) => word,
            None => {
                let message = "Python int too large to convert to C unsigned long";
                return Err(cx.error(TypeId::OverflowError, message));
            }
        };
    }
    state.next = match number::size(cx, all[WORDS])? {
        next if (0..=WORDS as i64).contains(&next) => next as usize,
        _ => return Err(cx.value_error("invalid state")),
    };
    let (twister, header) = parts(this);
    twister.with(cx.ts, header, |old| *old = state);
    Ok(())
}
