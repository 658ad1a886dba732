//! `traceback`: the places that an exception passed, from the outermost one to the one where it was raised.

use crate::eval::code::CodeRef;
use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome};
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::frame::{self, FrameObject};
use crate::types::guarded::Guarded;
use crate::types::payload::{self, Boxed, payload};

/// A place that an exception passed.
pub(crate) struct Traceback {
    frame: Owned,
    instruction: u32,
    /// What a program says that the line is; else the instruction tells.
    line: Option<i64>,
    /// The place inside, towards the one where the exception was raised.
    next: Guarded<Option<Owned>>,
}

payload!(
    Traceback as Traceback,
    "traceback",
    |this, visit| {
        visit(this.frame.borrow());
        this.next
            .alone(|next| next.iter().for_each(|next| visit(next.borrow())));
    },
    |gone, ts, object| drop(gone.next.with(ts, object, Option::take))
);

class! {
    pub(crate) TRACEBACK: Boxed<Traceback> = "traceback" (Object) {
        sealed;
        doc "One line of a traceback: a frame and a place in it.";
        slots { new: make }
        get tb_frame as frame;
        get tb_lasti as last_instruction;
        get tb_lineno as line;
        get tb_next as next, set_next;
        method __dir__ as names(self, /);
    }
}

/// A place in front of others.
pub(crate) fn new(cx: &Cx, frame: Owned, instruction: u32, next: Option<Owned>) -> Owned {
    of_parts(cx, frame, instruction, None, next)
}

fn of_parts(
    cx: &Cx,
    frame: Owned,
    instruction: u32,
    line: Option<i64>,
    next: Option<Owned>,
) -> Owned {
    payload::new(
        cx,
        Traceback {
            frame,
            instruction,
            line,
            next: Guarded::new("traceback", next),
        },
    )
}

const PARAMETERS: [&str; 4] = ["tb_next", "tb_frame", "tb_lasti", "tb_lineno"];

/// `TracebackType(tb_next, tb_frame, tb_lasti, tb_lineno)`
fn make(cx: &Cx, _class: &Class, args: Args<'_>) -> Outcome {
    let mut given = [None; 4];
    for (place, value) in given.iter_mut().zip(args.positional) {
        *place = Some(*value);
    }
    for (name, value) in args.names.iter().zip(args.keywords) {
        let name = cx.text_of(*name);
        match PARAMETERS.iter().position(|known| *known == name) {
            Some(place) => given[place] = Some(*value),
            None => {
                return Err(cx.type_error(format!(
                    "TracebackType() got an unexpected keyword argument '{name}'"
                )));
            }
        }
    }
    let [Some(next), Some(frame), Some(instruction), Some(line)] = given else {
        let missing = given.iter().position(Option::is_none).unwrap_or(0);
        return Err(cx.type_error(format!(
            "TracebackType() missing required argument '{}' (pos {})",
            PARAMETERS[missing],
            missing + 1
        )));
    };
    let next = link(cx, next)?;
    if frame.payload::<FrameObject>().is_none() {
        let kind = cx.type_name(frame);
        return Err(cx.type_error(format!(
            "TracebackType() argument 'tb_frame' must be frame, not {kind}"
        )));
    }
    let instruction = crate::eval::ops::number::index(cx, instruction)?;
    let line = crate::eval::ops::number::index(cx, line)?;
    let instruction = u32::try_from(instruction / 2).unwrap_or(u32::MAX);
    Ok(of_parts(cx, frame.own(), instruction, Some(line), next))
}

/// A traceback or nothing.
fn link(cx: &Cx, value: Ref<'_>) -> Outcome<Option<Owned>> {
    match value.payload::<Traceback>() {
        Some(_) => Ok(Some(value.own())),
        None if value.is_none() => Ok(None),
        None => {
            let kind = cx.type_name(value);
            Err(cx.type_error(format!("expected traceback object or None, got '{kind}'")))
        }
    }
}

fn names(cx: &Cx, _this: Ref<'_>) -> Vec<Owned> {
    let names = ["tb_frame", "tb_next", "tb_lasti", "tb_lineno"];
    names.iter().map(|name| cx.str(name)).collect()
}

fn frame(_cx: &Cx, this: &Traceback) -> Owned {
    this.frame.clone()
}

fn last_instruction(_cx: &Cx, this: &Traceback) -> i64 {
    i64::from(this.instruction) * 2
}

fn line(_cx: &Cx, this: &Traceback) -> i64 {
    this.line()
}

/// The next place inside.
pub(crate) fn next(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    let (header, traceback) = (this.header()?, this.payload::<Traceback>()?);
    traceback.next.with(cx.ts, header, |next| next.clone())
}

fn set_next(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    let Some(value) = value else {
        return Err(cx.type_error("can't delete tb_next attribute"));
    };
    let to = link(cx, value)?;
    let mut inside = to.clone();
    while let Some(one) = inside {
        if one.borrow() == this {
            return Err(cx.value_error("traceback loop detected"));
        }
        inside = next(cx, one.borrow());
    }
    let (Some(header), Some(traceback)) = (this.header(), this.payload::<Traceback>()) else {
        return Ok(());
    };
    let old = traceback
        .next
        .with(cx.ts, header, |next| std::mem::replace(next, to));
    drop(old);
    Ok(())
}

impl Traceback {
    /// The code whose frame it was.
    pub(crate) fn code(&self) -> Option<CodeRef> {
        let frame = self.frame.borrow().payload::<FrameObject>();
        frame.map(|frame| frame.code.get())
    }

    /// The instruction, if the code has it.
    pub(crate) fn instruction(&self) -> Option<u32> {
        let count = self.code()?.code.spans.len();
        ((self.instruction as usize) < count).then_some(self.instruction)
    }

    /// The line.
    pub(crate) fn line(&self) -> i64 {
        match (self.line, self.code()) {
            (Some(line), _) => line,
            (None, Some(code)) => frame::line_of(code, self.instruction),
            (None, None) => 0,
        }
    }

    /// The frame.
    pub(crate) fn frame(&self) -> Ref<'_> {
        self.frame.borrow()
    }
}

/// `__traceback__`
pub(crate) fn object(cx: &Cx, value: Ref<'_>) -> Owned {
    let held = super::with(cx, value, |state| state.traceback.clone());
    held.flatten().unwrap_or(Owned::NONE)
}

/// All places, the outermost one first.
pub(crate) fn places(cx: &Cx, value: Ref<'_>) -> Vec<Owned> {
    let mut all = Vec::new();
    let mut place = super::with(cx, value, |state| state.traceback.clone()).flatten();
    while let Some(one) = place {
        place = next(cx, one.borrow());
        all.push(one);
    }
    all
}

/// Sets `__traceback__`.
pub(crate) fn set(cx: &Cx, value: Ref<'_>, traceback: Option<Ref<'_>>) -> Outcome<()> {
    let to = match traceback {
        None => return Err(cx.type_error("__traceback__ may not be deleted")),
        Some(one) if one.is_none() => None,
        Some(one) if cx.is_instance(one, TypeId::Traceback) => Some(one.own()),
        Some(_) => return Err(cx.type_error("__traceback__ must be a traceback or None")),
    };
    drop(super::with(cx, value, |state| {
        std::mem::replace(&mut state.traceback, to)
    }));
    Ok(())
}
