//! `frame`: a call as Python sees it, while it runs and after.
//!
//! The words of a call lie on its thread's stack. A frame object is made when somebody asks, or when an exception passes;
//! it says where the frame is, and takes the words over when the call ends and the object lives on ([`observe`]).
//!
//! [`observe`]: crate::eval::observe

mod proxy;

use std::cell::RefCell;

use crate::eval::Outcome;
use crate::eval::code::{CodeRef, HeldCode};
use crate::eval::cx::Cx;
use crate::eval::observe::{Held, Live, Place, Seen};
use crate::protocols::whereabouts::{self, Found};
use crate::refs::{Owned, Ref};
use crate::syntax::Source;
use crate::types::define::class;
use crate::types::function::Function;
use crate::types::guarded::Guarded;
use crate::types::payload::{self, Boxed, payload};
use crate::types::{TypeId, code};

pub(crate) use proxy::FRAME_LOCALS;

/// What changes in a frame object.
struct State {
    place: Place,
    /// The frame that called it, once it was left.
    back: Option<Owned>,
    /// Names that were set through `f_locals` and that the code does not have.
    extra: Option<Owned>,
    /// What operands of the live frame may still borrow.
    replaced: Vec<Owned>,
    trace: Option<Owned>,
    trace_lines: bool,
    trace_opcodes: bool,
}

/// A frame object.
pub(crate) struct FrameObject {
    pub(crate) code: HeldCode,
    /// Keeps the globals and the cells alive.
    function: Owned,
    state: Guarded<State>,
}

payload!(
    FrameObject as Frame,
    "frame",
    |this, visit| {
        visit(this.function.borrow());
        visit(this.code.object());
        this.state.alone(|state| show(state, visit));
    },
    |gone, ts, object| {
        let gone = gone.state.with(ts, object, |state| {
            let held = match &mut state.place {
                Place::Parked(held) | Place::Left(held) => std::mem::take(&mut held.words),
                Place::Live(_) => Vec::new(),
            };
            (
                held,
                state.back.take(),
                state.extra.take(),
                state.trace.take(),
            )
        });
        drop(gone);
    }
);

fn show(state: &State, visit: &mut dyn FnMut(Ref<'_>)) {
    if let Place::Parked(held) | Place::Left(held) = &state.place {
        let words = held.words.iter().flatten();
        words
            .chain(&held.locals)
            .for_each(|one| visit(one.borrow()));
    }
    let links = [&state.back, &state.extra, &state.trace];
    let links = links.into_iter().flatten().chain(&state.replaced);
    links.for_each(|one| visit(one.borrow()));
}

class! {
    pub(crate) FRAME: Boxed<FrameObject> = "frame" (Object) {
        sealed;
        slots { repr: repr }
        get f_code as code_of;
        get f_back as back;
        get f_lineno as line, set_line;
        get f_lasti as last_instruction;
        get f_locals as locals;
        get f_globals as globals;
        get f_builtins as builtins;
        get f_trace as trace, set_trace;
        get f_trace_lines as trace_lines, set_trace_lines;
        get f_trace_opcodes as trace_opcodes, set_trace_opcodes;
        /// Gives back what the frame's variables hold.
        method clear(self, /);
    }
}

/// A new object for a frame.
pub(crate) fn new(cx: &Cx, code: CodeRef, function: Owned, place: Place) -> Owned {
    let state = State {
        place,
        back: None,
        extra: None,
        replaced: Vec::new(),
        trace: None,
        trace_lines: true,
        trace_opcodes: false,
    };
    payload::new(
        cx,
        FrameObject {
            code: HeldCode::new(code),
            function,
            state: Guarded::new("frame", state),
        },
    )
}

/// Reads or changes the state under the object's lock.
fn with<R>(cx: &Cx, this: Ref<'_>, body: impl FnOnce(&mut State) -> R) -> Option<R> {
    let (header, frame) = (this.header()?, this.payload::<FrameObject>()?);
    Some(frame.state.with(cx.ts, header, body))
}

/// Says where the frame is. Nobody else knows the object, or the world is stopped.
pub(crate) fn place_alone(this: Ref<'_>, place: Place) {
    if let Some(frame) = this.payload::<FrameObject>() {
        frame.state.alone_mut(|state| state.place = place);
    }
}

/// The operand on top of a frame that waits, while the world is stopped.
pub(crate) fn top_alone(this: Ref<'_>) -> Option<Owned> {
    let frame = this.payload::<FrameObject>()?;
    frame.state.alone(|state| match &state.place {
        Place::Parked(held) => held.words.last().cloned().flatten(),
        _ => None,
    })
}

/// The frame has ended: the object keeps what it held.
pub(crate) fn leave(cx: &Cx, this: Ref<'_>, held: Held) {
    let gone = with(cx, this, |state| {
        let replaced = std::mem::take(&mut state.replaced);
        (
            std::mem::replace(&mut state.place, Place::Left(held)),
            replaced,
        )
    });
    drop(gone);
}

/// Sets what `f_back` gives from now on.
pub(crate) fn set_back(cx: &Cx, this: Ref<'_>, back: Owned) {
    drop(with(cx, this, |state| state.back.replace(back)));
}

/// The frame waits, as a generator's: the object keeps its words.
pub(crate) fn park(cx: &Cx, this: Ref<'_>, held: Held) {
    let gone = with(cx, this, |state| {
        let replaced = std::mem::take(&mut state.replaced);
        (
            std::mem::replace(&mut state.place, Place::Parked(held)),
            replaced,
        )
    });
    drop(gone);
}

/// The frame goes on at a place of a stack: gives its words back, if it still has them.
pub(crate) fn unpark(cx: &Cx, this: Ref<'_>, live: Live) -> Option<Held> {
    let before = with(cx, this, |state| {
        std::mem::replace(&mut state.place, Place::Live(live))
    });
    match before? {
        Place::Parked(held) => Some(held),
        _ => None,
    }
}

/// The frame will not go on: the object keeps its words for whoever has it.
pub(crate) fn stay(cx: &Cx, this: Ref<'_>) {
    with(cx, this, |state| {
        if let Place::Parked(held) = &mut state.place {
            let held = std::mem::take(held);
            state.place = Place::Left(held);
        }
    });
}

/// Looks at the frame, wherever it is. `body` neither allocates, nor locks, nor gives a reference back.
fn look<R>(cx: &Cx, this: Ref<'_>, body: impl FnMut(Seen<'_>) -> R) -> Option<R> {
    let (header, frame) = (this.header()?, this.payload::<FrameObject>()?);
    let body = RefCell::new(body);
    let find = |state: &mut State| match &mut state.place {
        Place::Live(live) if live.is_own(cx) => Found::Own(*live),
        Place::Live(live) => Found::Elsewhere(*live),
        Place::Parked(held) | Place::Left(held) => Found::Kept(body.borrow_mut()(Seen::Held(held))),
    };
    let again = |state: &State| match state.place {
        Place::Live(live) => Some(live),
        _ => None,
    };
    Some(whereabouts::look(
        cx.ts,
        || frame.state.with(cx.ts, header, find),
        || frame.state.alone(again),
        // SAFETY: the frame is this thread's, or the world is stopped (`whereabouts` 1).
        |live: Live| unsafe { live.look(|seen| body.borrow_mut()(seen)) },
    ))
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let code = &of(this).code;
    let (address, line) = (super::object::address(this), line(cx, this));
    Ok(cx.str(&format!(
        "<frame at {address}, file '{}', line {line}, code {}>",
        code.source().name(),
        code.code.name
    )))
}

fn of(this: Ref<'_>) -> &FrameObject {
    this.payload::<FrameObject>().expect("a frame")
}

fn code_of(_cx: &Cx, this: &FrameObject) -> Owned {
    code::object(this.code.get())
}

/// The frame that called it: from the stack, or as it was when it ended. A generator that waits has none.
fn back(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    let live = with(cx, this, |state| match state.place {
        Place::Live(live) => Ok(live),
        _ => Err(state.back.clone()),
    })?;
    match live {
        Err(back) => back,
        Ok(live) if live.is_own(cx) => {
            let below = live.index().checked_sub(1)?;
            Some(cx.frame_object_at(below))
        }
        Ok(_) => None,
    }
}

/// The line of some instruction.
pub(crate) fn line_of(code: CodeRef, instruction: u32) -> i64 {
    match code.code.spans.get(instruction as usize) {
        Some(span) => i64::from(code.source().line_of(span.start)),
        None => i64::from(code.code.first_line),
    }
}

impl Cx<'_> {
    /// The instruction where a frame is.
    pub(crate) fn instruction_of(&self, frame: Ref<'_>) -> u32 {
        look(self, frame, |seen| seen.instruction()).unwrap_or(0)
    }
}

/// The name of the module that a frame's code belongs to.
pub(crate) fn module_name(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    let globals = globals(cx, this.payload::<FrameObject>()?);
    let name = cx.world().names.name();
    crate::eval::ops::attribute::in_dict(cx, globals.borrow(), name).ok()?
}

/// The name of the function that a frame runs.
pub(crate) fn function_name(this: Ref<'_>) -> Option<&str> {
    let frame = this.payload::<FrameObject>()?;
    Some(&frame.code.code.name)
}

/// The source text of a frame's code, and the line where it is.
pub(crate) fn source_and_line<'a>(cx: &Cx, this: Ref<'a>) -> Option<(&'a Source, i64)> {
    let frame = this.payload::<FrameObject>()?;
    Some((frame.code.source(), line(cx, this)))
}

fn line(cx: &Cx, this: Ref<'_>) -> i64 {
    line_of(of(this).code.get(), cx.instruction_of(this))
}

fn set_line(cx: &Cx, _this: Ref<'_>, _value: Option<Ref<'_>>) -> Outcome<()> {
    Err(cx.value_error("f_lineno can only be set in a trace function"))
}

fn last_instruction(cx: &Cx, this: Ref<'_>) -> i64 {
    i64::from(cx.instruction_of(this)) * 2
}

/// A view of the variables, or the mapping of names where they have no slots.
fn locals(cx: &Cx, this: Ref<'_>) -> Owned {
    match of(this).code.code.is_optimized() {
        true => proxy::new(cx, this.own()),
        false => look(cx, this, |seen| seen.locals())
            .flatten()
            .unwrap_or_else(|| globals(cx, of(this))),
    }
}

fn globals(_cx: &Cx, this: &FrameObject) -> Owned {
    let function = this.function.borrow().payload::<Function>();
    function.map_or(Owned::NONE, |function| function.globals.clone())
}

fn builtins(cx: &Cx, _this: &FrameObject) -> Owned {
    cx.world().builtins().own()
}

fn trace(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    with(cx, this, |state| state.trace.clone())?
}

fn set_trace(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    let value = value.and_then(Ref::not_none).map(Ref::own);
    drop(with(cx, this, |state| {
        std::mem::replace(&mut state.trace, value)
    }));
    Ok(())
}

/// Attributes that are true or false.
macro_rules! flags {
    ($($field:ident $set:ident;)*) => {
        $(
            fn $field(cx: &Cx, this: Ref<'_>) -> bool {
                with(cx, this, |state| state.$field).unwrap_or(false)
            }

            fn $set(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
                let Some(value) = value.and_then(Ref::as_bool) else {
                    return Err(cx.type_error("attribute value type must be bool"));
                };
                with(cx, this, |state| state.$field = value);
                Ok(())
            }
        )*
    };
}

flags! {
    trace_lines set_trace_lines;
    trace_opcodes set_trace_opcodes;
}

/// Lets go of what a frame that was left still holds.
fn clear(cx: &Cx, this: Ref<'_>) -> Outcome<()> {
    let gone = with(cx, this, |state| match &mut state.place {
        Place::Live(_) => Err("executing"),
        Place::Parked(_) => Err("suspended"),
        Place::Left(held) => {
            let words = held.words.iter_mut().map(Option::take);
            Ok((words.collect::<Vec<_>>(), state.extra.take()))
        }
    });
    match gone {
        Some(Err(what)) => {
            let message = format!("cannot clear {} {what} frame", article(what));
            Err(cx.error(TypeId::RuntimeError, message))
        }
        _ => Ok(()),
    }
}

fn article(word: &str) -> &'static str {
    if word.starts_with('e') { "an" } else { "a" }
}
