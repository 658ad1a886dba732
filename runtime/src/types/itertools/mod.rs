//! `itertools`: what its iterators have in common, and one file for each kind of them.
//!
//! What threads can change in such an iterator lies under its lock, which is never held while Python code runs: an iterator
//! below, a function, an operator. A step that asks these is therefore made of several; `docs/atomicity.md` says which.

mod accumulate;
mod batched;
mod chain;
mod combine;
mod count;
mod cycle;
mod filters;
mod groupby;
mod islice;
mod pairwise;
mod product;
mod repeat;
pub(crate) mod tee;
mod zip_longest;

pub(crate) use accumulate::ACCUMULATE;
pub(crate) use batched::BATCHED;
pub(crate) use chain::CHAIN;
pub(crate) use combine::{COMBINATIONS, PERMUTATIONS, WITH_REPLACEMENT};
pub(crate) use count::COUNT;
pub(crate) use cycle::CYCLE;
pub(crate) use filters::{COMPRESS, DROP_WHILE, FILTER_FALSE, STAR_MAP, TAKE_WHILE};
pub(crate) use groupby::{GROUP_BY, GROUPER};
pub(crate) use islice::ISLICE;
pub(crate) use pairwise::PAIRWISE;
pub(crate) use product::PRODUCT;
pub(crate) use repeat::REPEAT;
pub(crate) use tee::{TEE, TEE_DATA};
pub(crate) use zip_longest::ZIP_LONGEST;

use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome};
use crate::objects::header::Header;
use crate::refs::Ref;
use crate::sync::event;
use crate::types::args;
use crate::types::class::Class;
use crate::types::define::Function;
use crate::types::guarded::Guarded;
use crate::types::native::with_receiver;
use crate::types::params::Passing;
use crate::types::payload::Payload;

/// Makes an instance: the function is declared as a method of the class. A subclass may take names that it does not.
pub(crate) fn construct(
    cx: &Cx,
    function: &'static Function,
    class: &Class,
    args: Args<'_>,
) -> Outcome {
    let named = |passing| {
        matches!(
            passing,
            Passing::Either | Passing::Keyword | Passing::Keywords
        )
    };
    let takes_names = function.params.iter().any(|param| named(param.passing));
    let args = match class.is_builtin() || takes_names {
        true => args,
        false => Args::positional(args.positional),
    };
    let is_one = matches!(function.params, [_, only] if only.passing == Passing::Positional);
    if is_one && args.names.is_empty() && args.positional.len() != 1 {
        let (name, given) = (function.name, args.positional.len());
        return Err(cx.type_error(format!("{name} expected 1 argument, got {given}")));
    }
    with_receiver(class.as_ref(), args, |args| {
        args::call(cx, function, None, args)
    })
}

/// The Rust value of an iterator, and its header.
fn parts<T: Payload>(this: Ref<'_>) -> (&T, &Header) {
    let value = this.payload::<T>();
    value
        .zip(this.header())
        .expect("a slot gets objects of its class")
}

/// Changes what lies under an iterator's lock. `body` neither runs Python code nor gives a reference back.
fn change<S, R>(cx: &Cx, header: &Header, state: &Guarded<S>, body: impl FnOnce(&mut S) -> R) -> R {
    event::writes(&raw const *state, None);
    state.with(cx.ts, header, body)
}

/// Looks at what lies there.
fn look<S, R>(cx: &Cx, header: &Header, state: &Guarded<S>, body: impl FnOnce(&S) -> R) -> R {
    event::reads(&raw const *state, None);
    state.with(cx.ts, header, |state| body(state))
}
