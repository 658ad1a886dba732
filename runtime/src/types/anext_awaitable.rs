//! `anext_awaitable`: what `anext(iterator, default)` gives.

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, iterate};
use crate::eval::{Args, Outcome};
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::types::define::class;
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};
use crate::types::slots::Dunder;
use crate::types::{TypeId, exception};

/// What is awaited, with the value that stands for the end of the iteration.
pub(crate) struct AnextAwaitable {
    awaited: Owned,
    default: Owned,
}

payload!(
    AnextAwaitable as AnextAwaitable,
    "anext_awaitable",
    |this, visit| {
        visit(this.awaited.borrow());
        visit(this.default.borrow());
    }
);

class! {
    pub(crate) ANEXT_AWAITABLE: Boxed<AnextAwaitable> = "anext_awaitable" (Object) {
        sealed;
        slots { iter: itself, next: next, await_: itself }
        /// Sends a value into what is awaited.
        method send(self, value, /);
        /// Raises an exception in what is awaited.
        method throw(self, *args);
        /// Ends what is awaited.
        method close(self, /);
    }
}

/// Waits for something, and takes the default for the end of an asynchronous iteration.
pub(crate) fn new(cx: &Cx, awaited: Owned, default: Ref<'_>) -> Owned {
    let default = default.own();
    payload::new(cx, AnextAwaitable { awaited, default })
}

impl AnextAwaitable {
    /// The iterator of what is awaited; a coroutine is one itself.
    fn iterator(&self, cx: &Cx) -> Outcome {
        let awaited = self.awaited.borrow();
        let name = cx.world().names.dunder(Dunder::Await);
        match attribute::special(cx, awaited, name)? {
            Some(await_) => cx.call(await_.borrow(), Args::NONE),
            None => {
                let kind = cx.type_name(awaited);
                Err(cx.type_error(format!("'{kind}' object can't be awaited")))
            }
        }
    }

    /// A result, with the default in place of the end.
    fn ended<T>(&self, cx: &Cx, result: Outcome<T>) -> Outcome<T> {
        match result {
            Err(raised) if raised.is(cx, TypeId::StopAsyncIteration) => {
                Err(exception::stop_iteration(cx, Some(self.default.clone())))
            }
            result => result,
        }
    }

    fn call(&self, cx: &Cx, name: &str, args: &[Ref<'_>]) -> Outcome {
        let iterator = self.iterator(cx)?;
        let result = cx.call_method(iterator.borrow(), name, args);
        self.ended(cx, result)
    }
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let this = this
        .payload::<AnextAwaitable>()
        .expect("an anext_awaitable");
    let iterator = this.iterator(cx)?;
    this.ended(cx, iterate::step(cx, iterator.borrow()))
}

fn send(cx: &Cx, this: &AnextAwaitable, value: Ref<'_>) -> Outcome {
    this.call(cx, "send", &[value])
}

fn throw(cx: &Cx, this: &AnextAwaitable, args: Ref<'_>) -> Outcome {
    let args = args.downcast::<Tuple>().map_or(&[][..], items);
    this.call(cx, "throw", args)
}

fn close(cx: &Cx, this: &AnextAwaitable) -> Outcome {
    this.call(cx, "close", &[])
}
