//! Generators, coroutines and asynchronous generators: frames that stop and go on.
//!
//! # State            created -> running <-> suspended, and in the end finished; under the object's lock
//!   A thread claims a frame by taking it out; whoever finds none is told that it runs already, or is finished.

use crate::eval::call::generator::{Resumption, Suspended};
use crate::eval::cx::Cx;
use crate::eval::{Outcome, Raised};
use crate::objects::header::Header;
use crate::protocols::thread_state::ThreadState;
use crate::refs::{Owned, Ref};
use crate::types::define::class;
use crate::types::guarded::Guarded;
use crate::types::payload::{self, Boxed, payload};
use crate::types::{TypeId, exception};

/// Where a generator is.
pub(crate) enum Stage {
    Created(Suspended),
    Suspended(Suspended),
    Running,
    Finished,
}

/// A generator, coroutine or asynchronous generator.
pub(crate) struct Generator {
    stage: Guarded<Stage>,
    function: Owned,
    /// What sort it is.
    pub(crate) sort: TypeId,
}

payload!(
    Generator as Generator,
    "generator",
    |this, visit| {
        visit(this.function.borrow());
        this.stage.alone(|stage| show(stage, visit));
    },
    |gone, ts, object| gone.give_up(ts, object)
);

fn show(stage: &Stage, visit: &mut dyn FnMut(Ref<'_>)) {
    let (Stage::Created(frame) | Stage::Suspended(frame)) = stage else {
        return;
    };
    visit(frame.function.borrow());
    frame.locals.iter().for_each(|one| visit(one.borrow()));
    frame.handled.iter().for_each(|one| visit(one.borrow()));
    let words = frame.words.iter().flatten();
    words.for_each(|word| visit(word.borrow()));
}

impl Generator {
    fn give_up(&self, ts: &ThreadState, object: &Header) {
        drop(self.stage.with(ts, object, |stage| match stage {
            Stage::Running => None,
            _ => Some(std::mem::replace(stage, Stage::Finished)),
        }));
    }
}

/// A frame as an object of one of the three classes.
pub(crate) fn new(cx: &Cx, sort: TypeId, frame: Suspended) -> Owned {
    let generator = Generator {
        function: frame.function.clone(),
        stage: Guarded::new("generator", Stage::Created(frame)),
        sort,
    };
    payload::new_in(cx, cx.class(sort), generator)
}

/// What letting a generator go on came to.
pub(crate) enum Step {
    Yielded(Owned),
    Returned(Owned),
}

/// Takes the frame out to run it.
enum Claim {
    Frame { frame: Suspended, started: bool },
    Running,
    Finished,
}

fn claim(cx: &Cx, header: &Header, generator: &Generator) -> Claim {
    generator.stage.with(cx.ts, header, |stage| {
        match std::mem::replace(stage, Stage::Running) {
            Stage::Created(frame) => Claim::Frame {
                frame,
                started: false,
            },
            Stage::Suspended(frame) => Claim::Frame {
                frame,
                started: true,
            },
            Stage::Running => Claim::Running,
            Stage::Finished => {
                *stage = Stage::Finished;
                Claim::Finished
            }
        }
    })
}

fn put_back(cx: &Cx, header: &Header, generator: &Generator, to: Stage) {
    drop(
        generator
            .stage
            .with(cx.ts, header, |stage| std::mem::replace(stage, to)),
    );
}

/// How messages call one.
pub(crate) fn noun(sort: TypeId) -> &'static str {
    match sort {
        TypeId::Coroutine => "coroutine",
        TypeId::AsyncGenerator => "async generator",
        _ => "generator",
    }
}

/// Lets a generator go on with a value, or with an exception.
pub(crate) fn resume(cx: &Cx, this: Ref<'_>, with: Resumption) -> Outcome<Step> {
    let (Some(header), Some(generator)) = (this.header(), this.payload::<Generator>()) else {
        return Err(cx.type_error("a generator is required"));
    };
    let noun = noun(generator.sort);
    let (frame, started) = match claim(cx, header, generator) {
        Claim::Frame { frame, started } => (frame, started),
        Claim::Running => {
            return Err(cx.value_error(format!("{noun} already executing")));
        }
        Claim::Finished => return finished(cx, generator, with),
    };
    if let (false, Resumption::Value(value)) = (started, &with)
        && !value.borrow().is_none()
    {
        put_back(cx, header, generator, Stage::Created(frame));
        return Err(cx.type_error(format!(
            "can't send non-None value to a just-started {noun}"
        )));
    }
    match cx.resume(frame, with) {
        Ok((value, Some(frame))) => {
            put_back(cx, header, generator, Stage::Suspended(frame));
            Ok(Step::Yielded(value))
        }
        Ok((value, None)) => {
            put_back(cx, header, generator, Stage::Finished);
            Ok(Step::Returned(value))
        }
        Err(raised) => {
            put_back(cx, header, generator, Stage::Finished);
            Err(raised)
        }
    }
}

fn finished(cx: &Cx, generator: &Generator, with: Resumption) -> Outcome<Step> {
    match with {
        _ if generator.sort == TypeId::Coroutine => Err(cx.error(
            TypeId::RuntimeError,
            "cannot reuse already awaited coroutine",
        )),
        Resumption::Value(_) => Ok(Step::Returned(Owned::NONE)),
        Resumption::Exception(raised) => Err(raised),
    }
}

/// `throw(GeneratorExit)`, and nothing may be yielded.
pub(crate) fn close(cx: &Cx, this: Ref<'_>) -> Outcome {
    let Some(generator) = this.payload::<Generator>() else {
        return Ok(Owned::NONE);
    };
    let header = this.header().expect("a generator is an object");
    let is_fresh = generator.stage.with(cx.ts, header, |stage| match stage {
        Stage::Created(_) => Some(std::mem::replace(stage, Stage::Finished)),
        Stage::Finished => Some(Stage::Finished),
        _ => None,
    });
    if is_fresh.is_some() {
        return Ok(Owned::NONE);
    }
    let exit = exception::new(cx, cx.class(TypeId::GeneratorExit), Vec::new());
    match resume(cx, this, Resumption::Exception(Raised(exit))) {
        Ok(Step::Yielded(_)) => {
            let noun = noun(generator.sort);
            Err(cx.error(
                TypeId::RuntimeError,
                format!("{noun} ignored GeneratorExit"),
            ))
        }
        Ok(Step::Returned(value)) => Ok(value),
        Err(raised)
            if raised.is(cx, TypeId::GeneratorExit) || raised.is(cx, TypeId::StopIteration) =>
        {
            Ok(Owned::NONE)
        }
        Err(raised) => Err(raised),
    }
}

/// A dying generator that was suspended in a `try` gets to run its `finally`.
fn finalize(cx: &Cx, this: Ref<'_>) -> Outcome<()> {
    if let Err(raised) = close(cx, this) {
        exception::unraisable(cx, raised, this);
    }
    Ok(())
}

class! {
    pub(crate) GENERATOR: Boxed<Generator> = "generator" (Object) {
        sealed;
        with_weak;
        slots { iter: itself, next: next, repr: repr, finalize: finalize }
        /// send(value) -> send 'value' into generator, return next yielded value or raise StopIteration.
        method send(self, value, /);
        /// Raise exception in generator, return next yielded value or raise StopIteration.
        method throw(self, typ, val = Ref::NONE, tb = Ref::NONE, /);
        /// close() -> raise GeneratorExit inside generator.
        method close as close_method(self, /);
        get __name__ as name;
        get __qualname__ as qualname;
        get gi_running as is_running;
        get gi_suspended as is_suspended;
        get gi_code as code;
        get gi_yieldfrom as yield_from;
    }
}

class! {
    pub(crate) COROUTINE: Boxed<Generator> = "coroutine" (Object) {
        sealed;
        with_weak;
        slots { await_: await_coroutine, repr: repr, finalize: finalize }
        method send(self, value, /);
        method throw(self, typ, val = Ref::NONE, tb = Ref::NONE, /);
        method close as close_method(self, /);
        get __name__ as name;
        get __qualname__ as qualname;
        get cr_running as is_running;
        get cr_suspended as is_suspended;
        get cr_code as code;
        get cr_await as yield_from;
    }
}

fn itself(_cx: &Cx, this: Ref<'_>) -> Outcome {
    Ok(this.own())
}

fn await_coroutine(cx: &Cx, this: Ref<'_>) -> Outcome {
    Ok(super::awaitable::of_coroutine(cx, this))
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    match resume(cx, this, Resumption::Value(Owned::NONE))? {
        Step::Yielded(value) => Ok(Some(value)),
        Step::Returned(value) if value.borrow().is_none() => Ok(None),
        Step::Returned(value) => Err(exception::stop_iteration(cx, Some(value))),
    }
}

/// What a method gives: what was yielded, or a StopIteration with what was returned.
pub(crate) fn answer(cx: &Cx, step: Step) -> Outcome {
    match step {
        Step::Yielded(value) => Ok(value),
        Step::Returned(value) => {
            let value = (!value.borrow().is_none()).then_some(value);
            Err(exception::stop_iteration(cx, value))
        }
    }
}

fn send(cx: &Cx, this: Ref<'_>, value: Owned) -> Outcome {
    let step = resume(cx, this, Resumption::Value(value))?;
    answer(cx, step)
}

/// The exception that the arguments of `throw` mean.
pub(crate) fn thrown(
    cx: &Cx,
    kind: Ref<'_>,
    value: Ref<'_>,
    traceback: Ref<'_>,
) -> Outcome<Raised> {
    let made = match (exception::of(kind), value.not_none()) {
        (Some(_), Some(_)) => {
            return Err(cx.type_error("instance exception may not have a separate value"));
        }
        (None, Some(value)) if exception::of(value).is_some() => value.own(),
        (None, Some(value)) => cx.call(kind, crate::eval::Args::positional(&[value]))?,
        (_, None) => match exception::instance(cx, kind) {
            Ok(made) => made,
            Err(_) => {
                let given = cx.type_name(kind);
                return Err(cx.type_error(format!(
                    "exceptions must be classes or instances deriving from BaseException, not {given}"
                )));
            }
        },
    };
    if let Some(traceback) = traceback.not_none() {
        exception::traceback::set(cx, made.borrow(), Some(traceback))?;
    }
    Ok(Raised(made))
}

fn throw(cx: &Cx, this: Ref<'_>, kind: Ref<'_>, value: Ref<'_>, traceback: Ref<'_>) -> Outcome {
    let raised = thrown(cx, kind, value, traceback)?;
    let step = resume(cx, this, Resumption::Exception(raised))?;
    answer(cx, step)
}

fn close_method(cx: &Cx, this: Ref<'_>) -> Outcome {
    close(cx, this)
}

pub(crate) fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let generator = this.payload::<Generator>().expect("a generator");
    let name = crate::eval::ops::text::str_text(cx, qualname(cx, generator).borrow())?;
    let noun = noun(generator.sort).replace("async generator", "async_generator");
    let address = super::object::address(this);
    Ok(cx.str(&format!("<{noun} object {name} at {address}>")))
}

pub(crate) fn name(cx: &Cx, this: &Generator) -> Owned {
    let name = super::function::part(cx, this.function.borrow(), |parts| parts.name.clone());
    name.unwrap_or(Owned::NONE)
}

pub(crate) fn qualname(cx: &Cx, this: &Generator) -> Owned {
    let name = super::function::part(cx, this.function.borrow(), |parts| {
        parts.qualified_name.clone()
    });
    name.unwrap_or(Owned::NONE)
}

/// Looks at where a generator is.
fn look<R>(cx: &Cx, this: Ref<'_>, body: impl FnOnce(&Stage) -> R) -> Option<R> {
    let (header, generator) = (this.header()?, this.payload::<Generator>()?);
    Some(generator.stage.with(cx.ts, header, |stage| body(stage)))
}

pub(crate) fn is_running(cx: &Cx, this: Ref<'_>) -> bool {
    look(cx, this, |stage| matches!(stage, Stage::Running)).unwrap_or(false)
}

pub(crate) fn is_suspended(cx: &Cx, this: Ref<'_>) -> bool {
    look(cx, this, |stage| matches!(stage, Stage::Suspended(_))).unwrap_or(false)
}

/// Whether it has not begun, or is at its end.
pub(crate) fn is_created(cx: &Cx, this: Ref<'_>) -> bool {
    look(cx, this, |stage| matches!(stage, Stage::Created(_))).unwrap_or(false)
}

pub(crate) fn is_finished(cx: &Cx, this: Ref<'_>) -> bool {
    look(cx, this, |stage| matches!(stage, Stage::Finished)).unwrap_or(false)
}

pub(crate) fn code(cx: &Cx, this: &Generator) -> Owned {
    match this
        .function
        .borrow()
        .payload::<super::function::Function>()
    {
        Some(function) => super::code::object(cx, function.code),
        None => Owned::NONE,
    }
}

/// What it waits for, if it yields on somebody's behalf.
pub(crate) fn yield_from(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    look(cx, this, |stage| match stage {
        Stage::Suspended(frame) => {
            let function = frame
                .function
                .borrow()
                .payload::<super::function::Function>()?;
            let delegates = function.code.is_delegating(frame.instruction);
            frame.words.last().filter(|_| delegates).cloned().flatten()
        }
        _ => None,
    })?
}
