//! `itertools.combinations`, `combinations_with_replacement`, `permutations`.

use super::{change, construct, parts};
use crate::eval::cx::Cx;
use crate::eval::ops::iterate;
use crate::eval::{Args, Outcome};
use crate::refs::{Owned, Ref};
use crate::types::class::Class;
use crate::types::define::{Function, class, function};
use crate::types::guarded::Guarded;
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, Payload, payload};

/// Rows of items of one pool.
struct Rows<S> {
    pool: Vec<Owned>,
    /// What comes next; nothing at the end.
    next: Guarded<Option<S>>,
}

impl<S> Rows<S> {
    fn show(&self, visit: &mut dyn FnMut(Ref<'_>)) {
        self.pool.iter().for_each(|one| visit(one.borrow()));
    }

    /// The next row, and moves on; `advance` says whether there is another one.
    fn step<T: Payload>(
        &self,
        cx: &Cx,
        this: Ref<'_>,
        places: impl Fn(&S) -> Vec<usize>,
        advance: impl Fn(&mut S, usize) -> bool,
    ) -> Option<Owned> {
        let (_, header) = parts::<T>(this);
        let places = change(cx, header, &self.next, |next| {
            let now = places(next.as_ref()?);
            if !next
                .as_mut()
                .is_some_and(|next| advance(next, self.pool.len()))
            {
                *next = None;
            }
            Some(now)
        })?;
        let items = places.into_iter().map(|place| self.pool[place].clone());
        Some(cx.tuple(items.collect()))
    }
}

/// How many items a row has.
fn length(cx: &Cx, r: i64) -> Outcome<usize> {
    match usize::try_from(r) {
        Ok(r) => Ok(r),
        Err(_) => Err(cx.value_error("r must be non-negative")),
    }
}

/// Rows of different items, in the order of the pool.
pub(crate) struct Combinations(Rows<Vec<usize>>);

payload!(
    Combinations as Combinations,
    "combinations",
    |this, visit| { this.0.show(visit) }
);

class! {
    pub(crate) COMBINATIONS: Boxed<Combinations> = "combinations" (Object) {
        module "itertools";
        doc "Tuples of r items, in the order in which the iterable gives them.";
        slots { new: new_combinations, iter: itself, next: next_combination }
    }
}

const COMBINED: Function = function!(true, "combinations", "", combinations, (self, iterable, r));

fn new_combinations(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    construct(cx, &COMBINED, class, args)
}

fn combinations(cx: &Cx, class: &Class, iterable: Ref<'_>, r: i64) -> Outcome {
    let pool = iterate::collect(cx, iterable)?;
    let r = length(cx, r)?;
    let next = (r <= pool.len()).then(|| (0..r).collect());
    let next = Guarded::new("combinations", next);
    Ok(payload::new_in(
        cx,
        class,
        Combinations(Rows { pool, next }),
    ))
}

fn next_combination(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (Combinations(rows), _) = parts(this);
    Ok(
        rows.step::<Combinations>(cx, this, Vec::clone, |places, len| {
            let r = places.len();
            let movable = (0..r).rev().find(|&index| places[index] != index + len - r);
            let Some(index) = movable else {
                return false;
            };
            let first = places[index] + 1;
            for (place, next) in places[index..].iter_mut().zip(first..) {
                *place = next;
            }
            true
        }),
    )
}

/// Rows in which an item may stand several times.
pub(crate) struct WithReplacement(Rows<Vec<usize>>);

payload!(
    WithReplacement as CombinationsWithReplacement,
    "combinations_with_replacement",
    |this, visit| this.0.show(visit)
);

class! {
    pub(crate) WITH_REPLACEMENT: Boxed<WithReplacement> = "combinations_with_replacement" (Object) {
        module "itertools";
        doc "Tuples of r items, in the order in which the iterable gives them; an item may stand several times in one.";
        slots { new: new_with_replacement, iter: itself, next: next_with_replacement }
    }
}

const REPLACED: Function = function!(
    true,
    "combinations_with_replacement",
    "",
    with_replacement,
    (self, iterable, r)
);

fn new_with_replacement(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    construct(cx, &REPLACED, class, args)
}

fn with_replacement(cx: &Cx, class: &Class, iterable: Ref<'_>, r: i64) -> Outcome {
    let pool = iterate::collect(cx, iterable)?;
    let r = length(cx, r)?;
    let next = (r == 0 || !pool.is_empty()).then(|| vec![0; r]);
    let next = Guarded::new("combinations_with_replacement", next);
    let made = WithReplacement(Rows { pool, next });
    Ok(payload::new_in(cx, class, made))
}

fn next_with_replacement(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (WithReplacement(rows), _) = parts(this);
    Ok(
        rows.step::<WithReplacement>(cx, this, Vec::clone, |places, len| {
            let Some(index) = places.iter().rposition(|place| place + 1 != len) else {
                return false;
            };
            let next = places[index] + 1;
            places[index..].fill(next);
            true
        }),
    )
}

/// Rows of different items, in every order.
pub(crate) struct Permutations(Rows<Orders>);

/// The places in their present order, and how often each of the first r has still to change.
struct Orders {
    places: Vec<usize>,
    cycles: Vec<usize>,
}

payload!(
    Permutations as Permutations,
    "permutations",
    |this, visit| { this.0.show(visit) }
);

class! {
    pub(crate) PERMUTATIONS: Boxed<Permutations> = "permutations" (Object) {
        module "itertools";
        doc "Tuples of r items in every order, or of all of them.";
        slots { new: new_permutations, iter: itself, next: next_permutation }
    }
}

const PERMUTED: Function = function!(
    true,
    "permutations",
    "",
    permutations,
    (self, iterable, r = None)
);

fn new_permutations(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    construct(cx, &PERMUTED, class, args)
}

fn permutations(cx: &Cx, class: &Class, iterable: Ref<'_>, r: Option<Ref<'_>>) -> Outcome {
    let pool = iterate::collect(cx, iterable)?;
    let len = pool.len();
    let r = match r {
        None => len,
        Some(r) if !cx.is_instance(r, crate::types::TypeId::Int) => {
            return Err(cx.type_error("Expected int as r"));
        }
        Some(r) => length(cx, crate::eval::ops::number::size(cx, r)?)?,
    };
    let next = (r <= len).then(|| Orders {
        places: (0..len).collect(),
        cycles: (0..r).map(|index| len - index).collect(),
    });
    let next = Guarded::new("permutations", next);
    Ok(payload::new_in(
        cx,
        class,
        Permutations(Rows { pool, next }),
    ))
}

impl Orders {
    fn row(&self) -> Vec<usize> {
        self.places[..self.cycles.len()].to_vec()
    }

    fn advance(&mut self, len: usize) -> bool {
        for index in (0..self.cycles.len()).rev() {
            self.cycles[index] -= 1;
            if self.cycles[index] > 0 {
                let other = len - self.cycles[index];
                self.places.swap(index, other);
                return true;
            }
            self.places[index..].rotate_left(1);
            self.cycles[index] = len - index;
        }
        false
    }
}

fn next_permutation(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (Permutations(rows), _) = parts(this);
    Ok(rows.step::<Permutations>(cx, this, Orders::row, Orders::advance))
}
