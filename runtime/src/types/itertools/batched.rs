//! `itertools.batched`.

use super::{change, construct, look, parts};
use crate::eval::cx::Cx;
use crate::eval::ops::iterate;
use crate::eval::{Args, Outcome};
use crate::refs::{Owned, Ref};
use crate::types::class::Class;
use crate::types::define::{Function, class, function};
use crate::types::guarded::Guarded;
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};

/// Rows of so many items.
pub(crate) struct Batched {
    /// Nothing once it has ended.
    iterator: Guarded<Option<Owned>>,
    size: usize,
    /// Whether the last row must be full.
    strict: bool,
}

payload!(
    Batched as Batched,
    "batched",
    |this, visit| this.iterator.alone(|iterator| {
        iterator.iter().for_each(|one| visit(one.borrow()));
    }),
    |gone, ts, object| drop(gone.iterator.with(ts, object, Option::take))
);

class! {
    pub(crate) BATCHED: Boxed<Batched> = "batched" (Object) {
        module "itertools";
        doc "Tuples of n items each; the last one may be shorter, which with strict is a ValueError.";
        slots { new: new, iter: itself, next: next }
    }
}

const MAKE: Function = function!(true, "batched", "", make, (self, iterable, n, *, strict = false));

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    construct(cx, &MAKE, class, args)
}

fn make(cx: &Cx, class: &Class, iterable: Ref<'_>, size: i64, strict: bool) -> Outcome {
    if size < 1 {
        return Err(cx.value_error("n must be at least one"));
    }
    let iterator = Some(iterate::iter(cx, iterable)?);
    let made = Batched {
        iterator: Guarded::new("batched", iterator),
        size: size as usize,
        strict,
    };
    Ok(payload::new_in(cx, class, made))
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (batched, header) = parts::<Batched>(this);
    let Some(iterator) = look(cx, header, &batched.iterator, Option::clone) else {
        return Ok(None);
    };
    let mut row = Vec::new();
    let end = loop {
        if row.len() == batched.size {
            return Ok(Some(cx.tuple(row)));
        }
        match iterate::next(cx, iterator.borrow()) {
            Ok(Some(item)) => row.push(item),
            Ok(None) => break Ok(()),
            Err(raised) => break Err(raised),
        }
    };
    drop(change(cx, header, &batched.iterator, Option::take));
    end?;
    if row.is_empty() {
        return Ok(None);
    }
    match batched.strict {
        true => Err(cx.value_error("batched(): incomplete batch")),
        false => Ok(Some(cx.tuple(row))),
    }
}
