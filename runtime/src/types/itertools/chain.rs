//! `itertools.chain`.

use std::collections::VecDeque;

use super::{change, construct, parts};
use crate::eval::cx::Cx;
use crate::eval::ops::iterate;
use crate::eval::{Args, Outcome};
use crate::refs::{Owned, Ref};
use crate::types::class::Class;
use crate::types::class_getitem::class_getitem;
use crate::types::define::{Function, class, function};
use crate::types::guarded::Guarded;
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};

/// The items of several iterables, one after the other.
pub(crate) struct Chain {
    state: Guarded<State>,
}

struct State {
    /// Gives the iterables; nothing once it has ended.
    source: Option<Owned>,
    /// Iterators that were begun, the one that is asked first. There are several only when threads wanted the next one at
    /// the same time.
    begun: VecDeque<Owned>,
}

payload!(
    Chain as Chain,
    "chain",
    |this, visit| this.state.alone(|state| {
        let all = state.source.iter().chain(&state.begun);
        all.for_each(|one| visit(one.borrow()));
    }),
    |gone, ts, object| drop(gone.state.with(ts, object, |state| (
        state.source.take(),
        std::mem::take(&mut state.begun)
    )))
);

class! {
    pub(crate) CHAIN: Boxed<Chain> = "chain" (Object) {
        module "itertools";
        doc "The items of the first iterable, then those of the second one, and so on.";
        slots { new: new, iter: itself, next: next }
        /// The class with types for its items, as annotations have them.
        class __class_getitem__ as class_getitem(self, object, /);
        /// The same for the iterables that one iterable gives.
        class from_iterable(self, iterable, /);
    }
}

const MAKE: Function = function!(true, "chain", "", make, (self, *iterables));

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    if !args.names.is_empty() && class.is_builtin() {
        return Err(cx.type_error("chain() takes no keyword arguments"));
    }
    construct(cx, &MAKE, class, Args::positional(args.positional))
}

fn make(cx: &Cx, class: &Class, iterables: Ref<'_>) -> Outcome {
    over(cx, class, iterables)
}

fn from_iterable(cx: &Cx, class: &Class, iterable: Ref<'_>) -> Outcome {
    over(cx, class, iterable)
}

fn over(cx: &Cx, class: &Class, iterables: Ref<'_>) -> Outcome {
    let state = State {
        source: Some(iterate::iter(cx, iterables)?),
        begun: VecDeque::new(),
    };
    let state = Guarded::new("chain", state);
    Ok(payload::new_in(cx, class, Chain { state }))
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (chain, header) = parts::<Chain>(this);
    loop {
        let begun = change(cx, header, &chain.state, |state| {
            state.begun.front().cloned()
        });
        let Some(iterator) = begun else {
            if !begin(cx, this)? {
                return Ok(None);
            }
            continue;
        };
        if let Some(item) = iterate::next(cx, iterator.borrow())? {
            return Ok(Some(item));
        }
        drop(change(cx, header, &chain.state, |state| {
            let is_first = state
                .begun
                .front()
                .is_some_and(|first| first.borrow() == iterator.borrow());
            is_first.then(|| state.begun.pop_front())
        }));
    }
}

/// Begins the next iterable; says whether there was one.
fn begin(cx: &Cx, this: Ref<'_>) -> Outcome<bool> {
    let (chain, header) = parts::<Chain>(this);
    let source = change(cx, header, &chain.state, |state| state.source.clone());
    let Some(source) = source else {
        return Ok(false);
    };
    let begun = match iterate::next(cx, source.borrow()) {
        Ok(Some(iterable)) => iterate::iter(cx, iterable.borrow()).map(Some),
        Ok(None) => Ok(None),
        Err(raised) => Err(raised),
    };
    match begun {
        Ok(Some(iterator)) => {
            change(cx, header, &chain.state, |state| {
                state.begun.push_back(iterator)
            });
            Ok(true)
        }
        other => {
            drop(change(cx, header, &chain.state, |state| {
                state.source.take()
            }));
            other.map(|_| false)
        }
    }
}
