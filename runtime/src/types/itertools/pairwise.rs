//! `itertools.pairwise`.

use super::{change, construct, look, parts};
use crate::eval::cx::Cx;
use crate::eval::ops::iterate;
use crate::eval::{Args, Outcome};
use crate::objects::header::Header;
use crate::refs::{Owned, Ref};
use crate::types::class::Class;
use crate::types::define::{Function, class, function};
use crate::types::guarded::Guarded;
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};

/// Each item with the one after it.
pub(crate) struct Pairwise {
    state: Guarded<State>,
}

struct State {
    /// Nothing once it has ended.
    iterator: Option<Owned>,
    /// The item before.
    old: Option<Owned>,
}

payload!(
    Pairwise as Pairwise,
    "pairwise",
    |this, visit| this.state.alone(|state| {
        let all = state.iterator.iter().chain(&state.old);
        all.for_each(|one| visit(one.borrow()));
    }),
    |gone, ts, object| drop(gone.state.with(ts, object, |state| (
        state.iterator.take(),
        state.old.take()
    )))
);

class! {
    pub(crate) PAIRWISE: Boxed<Pairwise> = "pairwise" (Object) {
        module "itertools";
        doc "Pairs of an item and the next one.";
        slots { new: new, iter: itself, next: next }
    }
}

const MAKE: Function = function!(true, "pairwise", "", make, (self, iterable, /));

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    construct(cx, &MAKE, class, args)
}

fn make(cx: &Cx, class: &Class, iterable: Ref<'_>) -> Outcome {
    let state = State {
        iterator: Some(iterate::iter(cx, iterable)?),
        old: None,
    };
    let state = Guarded::new("pairwise", state);
    Ok(payload::new_in(cx, class, Pairwise { state }))
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (pairwise, header) = parts::<Pairwise>(this);
    let (iterator, old) = look(cx, header, &pairwise.state, |state| {
        (state.iterator.clone(), state.old.clone())
    });
    let Some(iterator) = iterator else {
        return Ok(None);
    };
    let old = match old {
        Some(old) => old,
        None => match iterate::next(cx, iterator.borrow())? {
            Some(first) => {
                // The iterator may come back here for its next item, and finds this one.
                keep(cx, header, pairwise, Some(first.clone()));
                first
            }
            None => return Ok(end(cx, header, pairwise)),
        },
    };
    match iterate::next(cx, iterator.borrow())? {
        Some(new) => {
            keep(cx, header, pairwise, Some(new.clone()));
            Ok(Some(cx.pair(old, new)))
        }
        None => Ok(end(cx, header, pairwise)),
    }
}

fn keep(cx: &Cx, header: &Header, pairwise: &Pairwise, item: Option<Owned>) {
    drop(change(cx, header, &pairwise.state, |state| {
        std::mem::replace(&mut state.old, item)
    }));
}

fn end(cx: &Cx, header: &Header, pairwise: &Pairwise) -> Option<Owned> {
    drop(change(cx, header, &pairwise.state, |state| {
        (state.iterator.take(), state.old.take())
    }));
    None
}
