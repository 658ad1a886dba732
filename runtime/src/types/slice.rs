//! `slice`.

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use crate::compile::Comparison;
use crate::eval::cx::Cx;
use crate::eval::ops::{compare, number, text};
use crate::eval::{Args, Outcome};
use crate::refs::{Owned, Ref};
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::payload::{self, Boxed, payload};

/// A slice.
pub(crate) struct Slice {
    pub(crate) start: Owned,
    pub(crate) stop: Owned,
    pub(crate) step: Owned,
}

payload!(Slice as Slice, "slice", |this, visit| {
    visit(this.start.borrow());
    visit(this.stop.borrow());
    visit(this.step.borrow());
});

class! {
    pub(crate) SLICE: Boxed<Slice> = "slice" (Object) {
        sealed;
        doc "What a[start:stop:step] gives to a.";
        slots { new: make, repr: repr, compare: compare_slices, hash: hash }
        /// Where the slice begins and ends in a sequence of a length, and its step.
        method indices(self, len, /);
        read start;
        read stop;
        read step;
    }
}

/// A new slice.
pub(crate) fn new(cx: &Cx, start: Owned, stop: Owned, step: Owned) -> Owned {
    payload::new(cx, Slice { start, stop, step })
}

impl Slice {
    /// Start, stop and step.
    pub(crate) fn parts(&self) -> [Ref<'_>; 3] {
        [self.start.borrow(), self.stop.borrow(), self.step.borrow()]
    }
}

fn make(cx: &Cx, _class: &Class, args: Args<'_>) -> Outcome {
    if !args.names.is_empty() {
        return Err(cx.type_error("slice() takes no keyword arguments"));
    }
    let none = || Owned::NONE;
    match args.positional {
        [] => Err(cx.type_error("slice expected at least 1 argument, got 0")),
        [stop] => Ok(new(cx, none(), stop.own(), none())),
        [start, stop] => Ok(new(cx, start.own(), stop.own(), none())),
        [start, stop, step] => Ok(new(cx, start.own(), stop.own(), step.own())),
        all => {
            let given = all.len();
            Err(cx.type_error(format!("slice expected at most 3 arguments, got {given}")))
        }
    }
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let slice = this.payload::<Slice>().expect("a slice");
    let mut out = "slice(".to_owned();
    text::join_reprs(cx, slice.parts(), &mut out)?;
    out.push(')');
    Ok(cx.str(&out))
}

fn compare_slices(cx: &Cx, comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    match (left.payload::<Slice>(), right.payload::<Slice>()) {
        (Some(left), Some(right)) => compare::rows(cx, comparison, &left.parts(), &right.parts()),
        _ => Ok(Owned::not_implemented()),
    }
}

fn hash(cx: &Cx, this: Ref<'_>) -> Outcome<i64> {
    let slice = this.payload::<Slice>().expect("a slice");
    let parts = cx.tuple(slice.parts().map(Ref::own).into());
    cx.lift(crate::objects::compare::hash_by_layout(
        cx.ts,
        parts.borrow().value(),
    ))
}

fn start(_cx: &Cx, this: &Slice) -> Owned {
    this.start.clone()
}

fn stop(_cx: &Cx, this: &Slice) -> Owned {
    this.stop.clone()
}

fn step(_cx: &Cx, this: &Slice) -> Owned {
    this.step.clone()
}

fn indices(cx: &Cx, this: &Slice, len: BigInt) -> Outcome {
    if len.is_negative() {
        return Err(cx.value_error("length should not be negative"));
    }
    let bounds = resolve(cx, this, &len)?;
    Ok(cx.tuple(bounds.map(|bound| cx.big(bound)).into()))
}

/// Start, stop and step for a sequence of a length of any size.
pub(crate) fn resolve(cx: &Cx, slice: &Slice, len: &BigInt) -> Outcome<[BigInt; 3]> {
    let step = part(cx, slice.step.borrow())?.unwrap_or_else(|| BigInt::from(1));
    if step.is_zero() {
        return Err(cx.value_error("slice step cannot be zero"));
    }
    let (low, high) = match step.is_negative() {
        true => (BigInt::from(-1), len - 1),
        false => (BigInt::ZERO, len.clone()),
    };
    let bound = |value: Ref<'_>, default: &BigInt| -> Outcome<BigInt> {
        Ok(match part(cx, value)? {
            None => default.clone(),
            Some(given) if given.is_negative() => (given + len).max(low.clone()),
            Some(given) => given.min(high.clone()),
        })
    };
    let (first, last) = match step.is_negative() {
        true => (&high, &low),
        false => (&low, &high),
    };
    let start = bound(slice.start.borrow(), first)?;
    let stop = bound(slice.stop.borrow(), last)?;
    Ok([start, stop, step])
}

fn part(cx: &Cx, value: Ref<'_>) -> Outcome<Option<BigInt>> {
    match value.not_none() {
        None => Ok(None),
        Some(value) if number::is_index(cx, value) => number::integer(cx, value).map(Some),
        Some(_) => {
            Err(cx.type_error("slice indices must be integers or None or have an __index__ method"))
        }
    }
}
