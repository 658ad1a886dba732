//! `itertools.count`.

use num_bigint::BigInt;

use super::{change, construct, look, parts};
use crate::compile::BinaryOperator;
use crate::eval::cx::Cx;
use crate::eval::ops::{binary, number, text};
use crate::eval::{Args, Outcome};
use crate::objects::int::Int;
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::args::Given;
use crate::types::class::Class;
use crate::types::define::{Function, class, function};
use crate::types::guarded::Guarded;
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};

/// Numbers, evenly spaced.
pub(crate) struct Count {
    next: Guarded<Owned>,
    step: Owned,
}

payload!(Count as Count, "count", |this, visit| {
    this.next.alone(|next| visit(next.borrow()));
    visit(this.step.borrow());
});

class! {
    pub(crate) COUNT: Boxed<Count> = "count" (Object) {
        module "itertools";
        doc "Numbers without end: start, start + step, start + 2*step, and so on.";
        slots { new: new, iter: itself, next: next, repr: repr }
    }
}

const MAKE: Function = function!(
    true,
    "count",
    "",
    make,
    (self, start = Given::MISSING, step = Given::MISSING)
);

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    construct(cx, &MAKE, class, args)
}

fn make(cx: &Cx, class: &Class, start: Given<'_>, step: Given<'_>) -> Outcome {
    let part = |given: Given<'_>, default: i64| match given.0 {
        None => Ok(cx.int(default)),
        Some(value) if is_number(cx, value) => Ok(value.own()),
        Some(_) => Err(cx.type_error("a number is required")),
    };
    let (mut start, mut step) = (part(start, 0)?, part(step, 1)?);
    if let Some(number) = by_ones(start.borrow(), step.borrow()) {
        (start, step) = (cx.int(number), cx.int(1));
    }
    let count = Count {
        next: Guarded::new("next number", start),
        step,
    };
    Ok(payload::new_in(cx, class, count))
}

/// Where a count by ones begins that no integer of a class of its own takes part in.
fn by_ones(start: Ref<'_>, step: Ref<'_>) -> Option<i64> {
    let is_one = number::exact_integer(step) == Some(BigInt::from(1));
    number::exact_integer(start)
        .filter(|_| is_one)
        .and_then(|start| i64::try_from(start).ok())
}

/// Whether a value has one of the conversions that numbers have.
fn is_number(cx: &Cx, value: Ref<'_>) -> bool {
    let converts = cx
        .class_of(value)
        .slot(|slots| slots.index.is_some() || slots.int.is_some() || slots.float.is_some());
    converts || cx.is_instance(value, TypeId::Complex)
}

/// An integer whose class says nothing about sums.
fn plain(value: Ref<'_>) -> Option<BigInt> {
    match value.as_small() {
        Some(small) => Some(small.into()),
        None => value
            .exact::<Int>()
            .and_then(|_| number::exact_integer(value)),
    }
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (count, header) = parts::<Count>(this);
    let step = count.step.borrow();
    let quick = change(cx, header, &count.next, |next| {
        let small = next.borrow().as_small().zip(step.as_small());
        let sum = match small.and_then(|(next, step)| next.checked_add(step)) {
            Some(sum) => cx.int(sum),
            None => cx.big(plain(next.borrow())? + plain(step)?),
        };
        Some(std::mem::replace(next, sum))
    });
    if quick.is_some() {
        return Ok(quick);
    }
    let now = look(cx, header, &count.next, Owned::clone);
    let sum = binary::apply(cx, BinaryOperator::Add, now.borrow(), step)?;
    drop(change(cx, header, &count.next, |next| {
        std::mem::replace(next, sum)
    }));
    Ok(Some(now))
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let (count, header) = parts::<Count>(this);
    let next = look(cx, header, &count.next, Owned::clone);
    let name = cx.class_of(this).name(cx);
    let next = text::repr_text(cx, next.borrow())?;
    if number::exact_integer(count.step.borrow()) == Some(BigInt::from(1)) {
        return Ok(cx.str(&format!("{name}({next})")));
    }
    let step = text::repr_text(cx, count.step.borrow())?;
    Ok(cx.str(&format!("{name}({next}, {step})")))
}
