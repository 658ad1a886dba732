//! `callable_iterator`: what `iter(function, sentinel)` gives.

use crate::eval::cx::Cx;
use crate::eval::ops::compare;
use crate::eval::{Args, Outcome};
use crate::objects::header::Header;
use crate::refs::{Owned, Ref};
use crate::sync::event;
use crate::types::TypeId;
use crate::types::define::class;
use crate::types::guarded::Guarded;
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};

/// An iterator over what a function gives, until it gives the sentinel.
pub(crate) struct CallableIterator {
    /// Nothing once the sentinel has come.
    source: Guarded<Option<Source>>,
}

/// What is called, and what ends the iteration.
#[derive(Clone)]
struct Source {
    function: Owned,
    sentinel: Owned,
}

payload!(
    CallableIterator as CallableIterator,
    "callable_iterator",
    |this, visit| this.source.alone(|source| {
        if let Some(source) = source {
            visit(source.function.borrow());
            visit(source.sentinel.borrow());
        }
    }),
    |gone, ts, object| drop(gone.source.with(ts, object, Option::take))
);

class! {
    pub(crate) CALLABLE_ITERATOR: Boxed<CallableIterator> = "callable_iterator" (Object) {
        sealed;
        slots { iter: itself, next: next }
    }
}

/// An iterator that calls a function.
pub(crate) fn new(cx: &Cx, function: Ref<'_>, sentinel: Ref<'_>) -> Owned {
    let source = Source {
        function: function.own(),
        sentinel: sentinel.own(),
    };
    let source = Guarded::new("source of an iterator", Some(source));
    payload::new(cx, CallableIterator { source })
}

fn parts<'a>(this: Ref<'a>) -> (&'a CallableIterator, &'a Header) {
    let iterator = this.payload::<CallableIterator>();
    iterator.zip(this.header()).expect("a callable_iterator")
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (iterator, header) = parts(this);
    event::reads(&raw const iterator.source, None);
    let Some(source) = iterator.source.with(cx.ts, header, |source| source.clone()) else {
        return Ok(None);
    };
    let value = match cx.call(source.function.borrow(), Args::NONE) {
        Err(raised) if raised.is(cx, TypeId::StopIteration) => None,
        value => Some(value?),
    };
    if let Some(value) = value
        && !compare::equal(cx, source.sentinel.borrow(), value.borrow())?
    {
        return Ok(Some(value));
    }
    event::writes(&raw const iterator.source, None);
    drop(iterator.source.with(cx.ts, header, Option::take));
    Ok(None)
}
