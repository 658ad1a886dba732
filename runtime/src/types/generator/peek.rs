//! What others see of a generator: its names, its code, its frame, what it waits for.
//!
//! A frame that nobody runs may be claimed at any moment, so whoever only looks at it stops the world: a claim that looks
//! would make others fail.

use super::{Generator, parts};
use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::observe::{Held, Place, Seen};
use crate::protocols::claim::FrameState;
use crate::refs::{Owned, Ref};
use crate::types::function;
use crate::types::{TypeId, frame as frames};

macro_rules! names {
    ($($get:ident $set:ident $field:ident $dunder:literal;)*) => {
        $(
            pub(crate) fn $get(cx: &Cx, this: Ref<'_>) -> Owned {
                let Some((header, generator)) = parts(this) else {
                    return Owned::NONE;
                };
                let given = generator.names.with(cx.ts, header, |names| names.$field.clone());
                given
                    .or_else(|| function::part(cx, generator.function.borrow(), |parts| parts.$field.clone()))
                    .unwrap_or(Owned::NONE)
            }

            pub(super) fn $set(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
                let name = value.filter(|value| cx.is_instance(*value, TypeId::Str));
                let (Some(name), Some((header, generator))) = (name, parts(this)) else {
                    return Err(cx.type_error(concat!($dunder, " must be set to a string object")));
                };
                let name = name.own();
                drop(generator.names.with(cx.ts, header, |names| names.$field.replace(name)));
                Ok(())
            }
        )*
    };
}

names! {
    name set_name name "__name__";
    qualname set_qualname qualified_name "__qualname__";
}

fn state(this: Ref<'_>) -> Option<FrameState> {
    Some(this.payload::<Generator>()?.claim.state())
}

pub(crate) fn is_running(_cx: &Cx, this: Ref<'_>) -> bool {
    state(this) == Some(FrameState::Running)
}

pub(crate) fn is_suspended(_cx: &Cx, this: Ref<'_>) -> bool {
    state(this) == Some(FrameState::Suspended)
}

pub(crate) fn code(_cx: &Cx, this: &Generator) -> Owned {
    crate::types::code::object(this.code.get())
}

/// Whether it is a generator that can be awaited, as `types.coroutine` has it.
pub(crate) fn is_iterable_coroutine(this: Ref<'_>) -> bool {
    let generator = this.payload::<Generator>();
    generator.is_some_and(|generator| generator.code.code.is_iterable_coroutine)
}

/// Looks at a generator while nobody else runs; see the head of this file for what `body` may do.
fn look<R>(cx: &Cx, generator: &Generator, body: impl FnOnce(&Generator) -> R) -> R {
    let world = cx.shared.runtime.world();
    world.stop(Some(cx.ts));
    let result = body(generator);
    world.restart(Some(cx.ts));
    result
}

/// What it waits for, if it yields on somebody's behalf.
pub(crate) fn yield_from(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    let generator = this.payload::<Generator>()?;
    if generator.claim.state() != FrameState::Suspended {
        return None;
    }
    look(cx, generator, |generator| {
        if generator.claim.state() != FrameState::Suspended {
            return None;
        }
        // SAFETY: the world is stopped, and nobody has claimed the frame.
        let frame = generator.frame.with(|frame| unsafe { (*frame).as_ref() })?;
        match &frame.object {
            _ if !frame.is_delegating() => None,
            Some(object) => frames::top_alone(object.borrow()),
            None => frame.words.last().cloned().flatten(),
        }
    })
}

/// The object that stands for the frame, made now if there is none.
pub(crate) fn frame(cx: &Cx, this: &Generator) -> Option<Owned> {
    if this.claim.state() == FrameState::Finished {
        return None;
    }
    let nowhere = Place::Left(Held::default());
    let made = frames::new(cx, this.code.get(), this.function.clone(), nowhere);
    look(cx, this, |generator| match generator.claim.state() {
        FrameState::Created | FrameState::Suspended => of_suspended(generator, &made),
        FrameState::Running => of_running(generator, &made),
        FrameState::Finished => None,
    })
}

/// Hands the words to the object, unless there is one.
fn of_suspended(generator: &Generator, made: &Owned) -> Option<Owned> {
    // SAFETY: the world is stopped, and nobody has claimed the frame.
    let frame = generator
        .frame
        .with_mut(|frame| unsafe { (*frame).as_mut() })?;
    if let Some(object) = &frame.object {
        return Some(object.clone());
    }
    let held = Held {
        words: std::mem::take(&mut frame.words),
        locals: None,
        instruction: frame.instruction,
    };
    frames::place_alone(made.borrow(), Place::Parked(held));
    frame.object = Some(made.clone());
    Some(made.clone())
}

fn of_running(generator: &Generator, made: &Owned) -> Option<Owned> {
    // SAFETY: the world is stopped.
    let place = generator.place.with(|place| unsafe { *place })?;
    let function = generator.function.borrow();
    let adopt = |seen: Seen<'_>| {
        let Seen::Running(frame) = seen else {
            return None;
        };
        if !frame.runs(function) {
            return None;
        }
        if let Some(object) = frame.object() {
            return Some(object.clone());
        }
        frames::place_alone(made.borrow(), Place::Live(place));
        frame.set_object(made.clone());
        Some(made.clone())
    };
    // SAFETY: the world is stopped, and the frame is there, or on its way.
    unsafe { place.look(adopt) }.flatten()
}
