//! `itertools.accumulate`.

use super::{change, construct, look, parts};
use crate::compile::BinaryOperator;
use crate::eval::cx::Cx;
use crate::eval::ops::{binary, iterate};
use crate::eval::{Args, Outcome};
use crate::objects::header::Header;
use crate::refs::{Owned, Ref};
use crate::types::class::Class;
use crate::types::define::{Function, class, function};
use crate::types::guarded::Guarded;
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};

/// Sums of the items so far, or what a function makes in their place.
pub(crate) struct Accumulate {
    iterator: Owned,
    /// Nothing for sums.
    function: Option<Owned>,
    state: Guarded<State>,
}

struct State {
    /// What comes before the first item, until it was given.
    initial: Option<Owned>,
    total: Option<Owned>,
}

payload!(
    Accumulate as Accumulate,
    "accumulate",
    |this, visit| {
        visit(this.iterator.borrow());
        this.function.iter().for_each(|one| visit(one.borrow()));
        this.state.alone(|state| {
            let all = state.initial.iter().chain(&state.total);
            all.for_each(|one| visit(one.borrow()));
        });
    },
    |gone, ts, object| drop(gone.state.with(ts, object, |state| (
        state.initial.take(),
        state.total.take()
    )))
);

class! {
    pub(crate) ACCUMULATE: Boxed<Accumulate> = "accumulate" (Object) {
        module "itertools";
        doc "The sums of the first item, of the first two, and so on, or what a function of two arguments makes of them.";
        slots { new: new, iter: itself, next: next }
    }
}

const MAKE: Function = function!(
    true,
    "accumulate",
    "",
    make,
    (self, iterable, func = None, *, initial = None)
);

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    construct(cx, &MAKE, class, args)
}

fn make(
    cx: &Cx,
    class: &Class,
    iterable: Ref<'_>,
    function: Option<Owned>,
    initial: Option<Owned>,
) -> Outcome {
    let state = State {
        initial,
        total: None,
    };
    let made = Accumulate {
        iterator: iterate::iter(cx, iterable)?,
        function,
        state: Guarded::new("accumulate", state),
    };
    Ok(payload::new_in(cx, class, made))
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (sums, header) = parts::<Accumulate>(this);
    if let Some(initial) = change(cx, header, &sums.state, |state| state.initial.take()) {
        keep(cx, header, sums, initial.clone());
        return Ok(Some(initial));
    }
    let Some(item) = iterate::next(cx, sums.iterator.borrow())? else {
        return Ok(None);
    };
    let total = match look(cx, header, &sums.state, |state| state.total.clone()) {
        None => item,
        Some(total) => add(cx, sums, total.borrow(), item.borrow())?,
    };
    keep(cx, header, sums, total.clone());
    Ok(Some(total))
}

fn add(cx: &Cx, sums: &Accumulate, total: Ref<'_>, item: Ref<'_>) -> Outcome {
    match &sums.function {
        None => binary::apply(cx, BinaryOperator::Add, total, item),
        Some(function) => cx.call(function.borrow(), Args::positional(&[total, item])),
    }
}

fn keep(cx: &Cx, header: &Header, sums: &Accumulate, total: Owned) {
    drop(change(cx, header, &sums.state, |state| {
        state.total.replace(total)
    }));
}
