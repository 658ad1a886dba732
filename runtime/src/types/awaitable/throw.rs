//! What `athrow()` and `aclose()` of an asynchronous generator give.

use super::{Stage, closed, never_awaited, unmark};
use crate::eval::call::generator::Resumption;
use crate::eval::cx::Cx;
use crate::eval::{Outcome, Raised};
use crate::refs::{Owned, Ref};
use crate::types::define::class;
use crate::types::generator::{self, Generator, asynchronous};
use crate::types::guarded::Guarded;
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};
use crate::types::{TypeId, exception};

/// An exception on its way into an asynchronous generator.
pub(crate) struct AsyncThrow {
    generator: Owned,
    /// The arguments of `throw`; nothing for `aclose`.
    args: Option<[Owned; 3]>,
    stage: Guarded<Stage>,
}

payload!(
    AsyncThrow as AsyncThrow,
    "async_generator_athrow",
    |this, visit| {
        visit(this.generator.borrow());
        let args = this.args.iter().flatten();
        args.for_each(|arg| visit(arg.borrow()));
    }
);

class! {
    pub(crate) ASYNC_THROW: Boxed<AsyncThrow> = "async_generator_athrow" (Object) {
        sealed;
        slots { await_: itself, iter: itself, next: next, finalize: finalize }
        method send(self, value, /);
        method throw(self, typ, val = Ref::NONE, tb = Ref::NONE, /);
        method close(self, /);
    }
}

/// An exception to be thrown, or the wish that the generator ends.
pub(crate) fn new(cx: &Cx, generator: Owned, args: Option<[Owned; 3]>) -> Owned {
    let stage = Guarded::new("athrow", Stage::New);
    payload::new(
        cx,
        AsyncThrow {
            generator,
            args,
            stage,
        },
    )
}

fn of(this: Ref<'_>) -> &AsyncThrow {
    this.payload::<AsyncThrow>().expect("an athrow")
}

impl AsyncThrow {
    fn generator(&self) -> Ref<'_> {
        self.generator.borrow()
    }

    /// The method that made it.
    fn method(&self) -> &'static str {
        match self.args {
            Some(_) => "athrow",
            None => "aclose",
        }
    }
}

/// Sets the stage; gives the one before.
fn enter(cx: &Cx, this: Ref<'_>, to: Stage) -> Stage {
    let header = this.header().expect("an athrow is an object");
    of(this)
        .stage
        .with(cx.ts, header, |stage| std::mem::replace(stage, to))
}

fn reused(cx: &Cx) -> Raised {
    cx.error(
        TypeId::RuntimeError,
        "cannot reuse already awaited aclose()/athrow()",
    )
}

/// The generator runs for somebody else.
fn is_busy(cx: &Cx, this: Ref<'_>) -> Outcome<()> {
    if asynchronous::start(cx, of(this).generator()) {
        return Ok(());
    }
    enter(cx, this, Stage::Done);
    let method = of(this).method();
    Err(cx.error(
        TypeId::RuntimeError,
        format!("{method}(): asynchronous generator is already running"),
    ))
}

fn send(cx: &Cx, this: Ref<'_>, value: Owned) -> Outcome {
    let stage = enter(cx, this, Stage::Running);
    if stage == Stage::Done {
        enter(cx, this, Stage::Done);
        return Err(reused(cx));
    }
    let awaited = of(this);
    let generator = awaited.generator();
    if generator
        .payload::<Generator>()
        .is_some_and(Generator::is_finished)
    {
        enter(cx, this, Stage::Done);
        return Err(exception::stop_iteration(cx, None));
    }
    if stage == Stage::Running {
        let result = asynchronous::advance(cx, generator, Resumption::Value(value));
        return finish(cx, this, result);
    }
    if !value.borrow().is_none() {
        enter(cx, this, Stage::New);
        return Err(cx.error(
            TypeId::RuntimeError,
            "can't send non-None value to a just-started coroutine",
        ));
    }
    is_busy(cx, this)?;
    if asynchronous::is_closed(cx, generator) {
        asynchronous::stop(cx, generator);
        enter(cx, this, Stage::Done);
        return Err(cx.error_with(TypeId::StopAsyncIteration, Vec::new()));
    }
    let raised = match &awaited.args {
        Some([kind, value, traceback]) => {
            generator::thrown(cx, kind.borrow(), value.borrow(), traceback.borrow())
        }
        None => {
            asynchronous::set_closed(cx, generator);
            let class = cx.class(TypeId::GeneratorExit);
            Ok(Raised(exception::new(cx, class, Vec::new())))
        }
    };
    let result = raised
        .and_then(|raised| asynchronous::advance(cx, generator, Resumption::Exception(raised)));
    finish(cx, this, result)
}

/// What a step came to.
fn finish(cx: &Cx, this: Ref<'_>, result: Outcome) -> Outcome {
    let awaited = of(this);
    let result = match awaited.args {
        Some(_) => asynchronous::unwrap(cx, awaited.generator(), result),
        None => finish_close(cx, awaited.generator(), result),
    };
    if result.is_err() {
        enter(cx, this, Stage::Done);
    }
    result
}

/// A generator that is closed yields nothing more; its end is a result.
fn finish_close(cx: &Cx, generator: Ref<'_>, result: Outcome) -> Outcome {
    match result {
        Ok(value) if unmark(value.borrow()).is_none() => Ok(value),
        Ok(_) => {
            asynchronous::stop(cx, generator);
            Err(cx.error(
                TypeId::RuntimeError,
                "async generator ignored GeneratorExit",
            ))
        }
        Err(raised) => {
            asynchronous::stop(cx, generator);
            match asynchronous::is_end(cx, &raised) {
                true => Err(exception::stop_iteration(cx, None)),
                false => Err(raised),
            }
        }
    }
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    send(cx, this, Owned::NONE).map(Some)
}

fn throw(cx: &Cx, this: Ref<'_>, kind: Ref<'_>, value: Ref<'_>, traceback: Ref<'_>) -> Outcome {
    let raised = generator::thrown(cx, kind, value, traceback);
    throw_raised(cx, this, raised)
}

fn throw_raised(cx: &Cx, this: Ref<'_>, raised: Outcome<Raised>) -> Outcome {
    match enter(cx, this, Stage::Running) {
        Stage::Done => {
            enter(cx, this, Stage::Done);
            return Err(reused(cx));
        }
        Stage::New => is_busy(cx, this)?,
        Stage::Running => {}
    }
    let generator = of(this).generator();
    let result = raised
        .and_then(|raised| asynchronous::advance(cx, generator, Resumption::Exception(raised)));
    finish(cx, this, result)
}

fn close(cx: &Cx, this: Ref<'_>) -> Outcome<()> {
    let stage = enter(cx, this, Stage::Done);
    if stage == Stage::Done {
        return Ok(());
    }
    enter(cx, this, stage);
    let exit = exception::new(cx, cx.class(TypeId::GeneratorExit), Vec::new());
    closed(cx, throw_raised(cx, this, Ok(Raised(exit))))
}

fn finalize(cx: &Cx, this: Ref<'_>) -> Outcome<()> {
    match enter(cx, this, Stage::Done) {
        Stage::New => never_awaited(cx, of(this).method(), of(this).generator()),
        _ => Ok(()),
    }
}
