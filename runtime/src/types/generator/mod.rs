//! Generators, coroutines and asynchronous generators: frames that stop and go on.
//!
//! # State            claim:  created, suspended -> running -> suspended, finished; see [`claim`](crate::protocols::claim)
//!   frame   the claimant's; others look while the world is stopped, and only if nobody has claimed it
//!   place   where the frame runs: the claimant's; others look while the world is stopped

pub(crate) mod asynchronous;
mod methods;
mod origin;
mod peek;

use crate::eval::call::generator::{Resumption, Suspended};
use crate::eval::code::HeldCode;
use crate::eval::cx::Cx;
use crate::eval::observe::Live;
use crate::eval::{Args, Outcome, Raised};
use crate::objects::header::Header;
use crate::protocols::claim::{Claim, Claimed, FrameState};
use crate::refs::{Owned, Ref};
use crate::sync::cell::Cell;
use crate::types::guarded::Guarded;
use crate::types::payload::{self, payload};
use crate::types::{TypeId, exception};
use asynchronous::Asynchronous;

pub(crate) use asynchronous::ASYNC_GENERATOR;
pub(crate) use methods::{COROUTINE, GENERATOR, answer, repr, thrown};
pub(crate) use peek::{
    code, frame, is_iterable_coroutine, is_running, is_suspended, name, qualname, yield_from,
};

/// A generator, coroutine or asynchronous generator.
pub(crate) struct Generator {
    claim: Claim,
    frame: Cell<Option<Box<Suspended>>>,
    place: Cell<Option<Live>>,
    function: Owned,
    /// The function's code when it was called.
    code: HeldCode,
    names: Guarded<Names>,
    /// Where it was made, if that was to be remembered.
    origin: Option<Owned>,
    asynchronous: Guarded<Asynchronous>,
    /// What sort it is.
    pub(crate) sort: TypeId,
}

/// Names that were given to a generator; else it has those of its function.
#[derive(Default)]
struct Names {
    name: Option<Owned>,
    qualified_name: Option<Owned>,
}

// SAFETY: the state above says who touches the frame and the place.
unsafe impl Sync for Generator {}

payload!(
    Generator as Generator,
    "generator",
    |this, visit| {
        visit(this.function.borrow());
        visit(this.code.object());
        this.origin.iter().for_each(|origin| visit(origin.borrow()));
        this.names.alone(|names| {
            let given = names.name.iter().chain(&names.qualified_name);
            given.for_each(|name| visit(name.borrow()));
        });
        this.asynchronous.alone(|state| {
            let finalizer = state.finalizer.iter();
            finalizer.for_each(|one| visit(one.borrow()));
        });
        // SAFETY: the world is stopped, or the generator is dead; the frame is here if nobody runs it.
        this.frame.with(|frame| unsafe {
            if let Some(frame) = &*frame {
                frame.references(visit);
            }
        });
    },
    |gone, _ts, _object| gone.give_up()
);

impl Generator {
    /// Ends a frame that nobody runs.
    fn give_up(&self) {
        if let Claimed::First | Claimed::Resumed = self.claim.claim() {
            let frame = self.take_frame();
            self.claim.finish();
            drop(frame);
        }
    }

    /// Takes the frame out. The caller has claimed it.
    fn take_frame(&self) -> Option<Box<Suspended>> {
        // SAFETY: the claim keeps others out (`claim` 1).
        self.frame.with_mut(|frame| unsafe { (*frame).take() })
    }

    fn put_frame(&self, suspended: Box<Suspended>) {
        // SAFETY: as above.
        self.frame
            .with_mut(|frame| unsafe { *frame = Some(suspended) });
    }

    fn set_place(&self, to: Option<Live>) {
        // SAFETY: as above.
        self.place.with_mut(|place| unsafe { *place = to });
    }

    /// Whether it has not begun.
    pub(crate) fn is_created(&self) -> bool {
        self.claim.state() == FrameState::Created
    }

    /// Whether there is nothing more to run.
    pub(crate) fn is_finished(&self) -> bool {
        self.claim.state() == FrameState::Finished
    }
}

/// A frame as an object of one of the three classes.
pub(crate) fn new(cx: &Cx, sort: TypeId, frame: Box<Suspended>) -> Owned {
    let generator = Generator {
        claim: Claim::new(),
        function: frame.function.clone(),
        code: HeldCode::new(frame.code),
        frame: Cell::new("generator frame", Some(frame)),
        place: Cell::new("generator place", None),
        names: Guarded::new("generator names", Names::default()),
        origin: origin::of_new(cx, sort),
        asynchronous: Guarded::new("async generator", Asynchronous::default()),
        sort,
    };
    payload::new_in(cx, cx.class(sort), generator)
}

/// What letting a generator go on came to.
pub(crate) enum Step {
    Yielded(Owned),
    Returned(Owned),
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
    let Some(generator) = this.payload::<Generator>() else {
        return Err(cx.type_error("a generator is required"));
    };
    if let Resumption::Value(value) = &with
        && !value.borrow().is_none()
        && generator.is_created()
    {
        let noun = noun(generator.sort);
        return Err(cx.type_error(format!(
            "can't send non-None value to a just-started {noun}"
        )));
    }
    match generator.claim.claim() {
        Claimed::First | Claimed::Resumed => run(cx, generator, with),
        Claimed::Running => {
            let noun = noun(generator.sort);
            Err(cx.value_error(format!("{noun} already executing")))
        }
        Claimed::Finished => finished(cx, generator, with),
    }
}

/// Runs the frame that the caller has claimed.
fn run(cx: &Cx, generator: &Generator, with: Resumption) -> Outcome<Step> {
    let Some(frame) = generator.take_frame() else {
        generator.claim.finish();
        return finished(cx, generator, with);
    };
    generator.set_place(Some(cx.next_place()));
    let result = cx.resume(frame, with);
    generator.set_place(None);
    match result {
        Ok((value, Some(frame))) => {
            generator.put_frame(frame);
            generator.claim.suspend();
            Ok(Step::Yielded(value))
        }
        Ok((value, None)) => {
            generator.claim.finish();
            Ok(Step::Returned(value))
        }
        Err(raised) => {
            generator.claim.finish();
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
    if generator.is_finished() {
        return Ok(Owned::NONE);
    }
    if generator.is_created() && generator.claim.claim() == Claimed::First {
        let frame = generator.take_frame();
        generator.claim.finish();
        if let Some(frame) = frame {
            frame.abandon(cx);
        }
        return Ok(Owned::NONE);
    }
    if close_plainly(cx, generator) {
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
        Err(raised) if raised.is(cx, TypeId::GeneratorExit) => Ok(Owned::NONE),
        Err(raised) => Err(raised),
    }
}

/// Ends a frame that waits where no handler would see an exception; says whether it was such a one.
fn close_plainly(cx: &Cx, generator: &Generator) -> bool {
    if generator.claim.claim() != Claimed::Resumed {
        return false;
    }
    match generator.take_frame() {
        Some(frame) if frame.is_guarded() => {
            generator.put_frame(frame);
            generator.claim.suspend();
            false
        }
        frame => {
            generator.claim.finish();
            if let Some(frame) = frame {
                frame.abandon(cx);
            }
            true
        }
    }
}

/// A dying generator that was suspended in a `try` gets to run its `finally`; a coroutine that nobody awaited is told of.
pub(crate) fn finalize(cx: &Cx, this: Ref<'_>) -> Outcome<()> {
    let Some(generator) = this.payload::<Generator>().filter(|one| !one.is_finished()) else {
        return Ok(());
    };
    if generator.sort == TypeId::Coroutine && generator.is_created() {
        let name = qualname(cx, this);
        let message = format!(
            "coroutine '{}' was never awaited",
            cx.text_of(name.borrow())
        );
        if let Err(raised) = exception::warn::never_awaited(cx, &message) {
            exception::unraisable(cx, raised, this);
        }
        return Ok(());
    }
    if let Some(finalizer) = asynchronous::finalizer(cx, this) {
        let called = cx.call(finalizer.borrow(), Args::positional(&[this]));
        if let Err(raised) = called {
            exception::unraisable(cx, raised, this);
        }
        return Ok(());
    }
    if let Err(raised) = close(cx, this) {
        exception::unraisable(cx, raised, this);
    }
    Ok(())
}

/// The header and the generator.
fn parts(this: Ref<'_>) -> Option<(&Header, &Generator)> {
    Some((this.header()?, this.payload::<Generator>()?))
}
