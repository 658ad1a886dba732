//! What `__anext__()` and `asend()` of an asynchronous generator give.

use super::{Stage, closed, never_awaited};
use crate::eval::call::generator::Resumption;
use crate::eval::cx::Cx;
use crate::eval::{Outcome, Raised};
use crate::refs::{Owned, Ref};
use crate::types::define::class;
use crate::types::generator::{self, asynchronous};
use crate::types::guarded::Guarded;
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};
use crate::types::{TypeId, exception};

/// One step of an asynchronous generator.
pub(crate) struct AsyncSend {
    generator: Owned,
    value: Option<Owned>,
    stage: Guarded<Stage>,
}

payload!(
    AsyncSend as AsyncSend,
    "async_generator_asend",
    |this, visit| {
        visit(this.generator.borrow());
        this.value.iter().for_each(|value| visit(value.borrow()));
    }
);

class! {
    pub(crate) ASYNC_SEND: Boxed<AsyncSend> = "async_generator_asend" (Object) {
        sealed;
        slots { await_: itself, iter: itself, next: next, finalize: finalize }
        method send(self, value, /);
        method throw(self, typ, val = Ref::NONE, tb = Ref::NONE, /);
        method close(self, /);
    }
}

/// A step with a value to be sent, or none.
pub(crate) fn new(cx: &Cx, generator: Owned, value: Option<Owned>) -> Owned {
    let stage = Guarded::new("asend", Stage::New);
    payload::new(
        cx,
        AsyncSend {
            generator,
            value,
            stage,
        },
    )
}

fn of(this: Ref<'_>) -> &AsyncSend {
    this.payload::<AsyncSend>().expect("an asend")
}

/// Sets the stage; gives the one before.
fn enter(cx: &Cx, this: Ref<'_>, to: Stage) -> Stage {
    let header = this.header().expect("an asend is an object");
    of(this)
        .stage
        .with(cx.ts, header, |stage| std::mem::replace(stage, to))
}

/// Begins or goes on; says whether it begins.
fn begin(cx: &Cx, this: Ref<'_>) -> Outcome<bool> {
    match enter(cx, this, Stage::Running) {
        Stage::New if asynchronous::start(cx, of(this).generator.borrow()) => Ok(true),
        Stage::New => {
            enter(cx, this, Stage::Done);
            Err(cx.error(
                TypeId::RuntimeError,
                "anext(): asynchronous generator is already running",
            ))
        }
        Stage::Running => Ok(false),
        Stage::Done => {
            enter(cx, this, Stage::Done);
            Err(cx.error(
                TypeId::RuntimeError,
                "cannot reuse already awaited __anext__()/asend()",
            ))
        }
    }
}

fn go_on(cx: &Cx, this: Ref<'_>, with: Resumption) -> Outcome {
    let generator = of(this).generator.borrow();
    let result = asynchronous::advance(cx, generator, with);
    let result = asynchronous::unwrap(cx, generator, result);
    if result.is_err() {
        enter(cx, this, Stage::Done);
    }
    result
}

fn send(cx: &Cx, this: Ref<'_>, value: Owned) -> Outcome {
    let is_first = begin(cx, this)?;
    let value = match &of(this).value {
        Some(first) if is_first && value.borrow().is_none() => first.clone(),
        _ => value,
    };
    go_on(cx, this, Resumption::Value(value))
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    send(cx, this, Owned::NONE).map(Some)
}

fn throw(cx: &Cx, this: Ref<'_>, kind: Ref<'_>, value: Ref<'_>, traceback: Ref<'_>) -> Outcome {
    begin(cx, this)?;
    let with = generator::thrown(cx, kind, value, traceback).map(Resumption::Exception);
    match with {
        Ok(with) => go_on(cx, this, with),
        Err(raised) => {
            asynchronous::stop(cx, of(this).generator.borrow());
            enter(cx, this, Stage::Done);
            Err(raised)
        }
    }
}

fn close(cx: &Cx, this: Ref<'_>) -> Outcome<()> {
    let stage = enter(cx, this, Stage::Done);
    if stage == Stage::Done {
        return Ok(());
    }
    enter(cx, this, stage);
    begin(cx, this)?;
    let exit = exception::new(cx, cx.class(TypeId::GeneratorExit), Vec::new());
    closed(cx, go_on(cx, this, Resumption::Exception(Raised(exit))))
}

fn finalize(cx: &Cx, this: Ref<'_>) -> Outcome<()> {
    match enter(cx, this, Stage::Done) {
        Stage::New => never_awaited(cx, "asend", of(this).generator.borrow()),
        _ => Ok(()),
    }
}
