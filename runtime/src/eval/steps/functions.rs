//! Functions and generators as they are made.

use crate::compile::{CodeKind, Execution, SlotKind, function_parts};
use crate::eval::Outcome;
use crate::eval::call::{generator as frames, make_function as plain_function};
use crate::eval::code::CodeRef;
use crate::eval::cx::Cx;
use crate::eval::frame::Cursor;
use crate::eval::names;
use crate::eval::sharing;
use crate::eval::unwind::Left;
use crate::refs::{Owned, Ref};
use crate::types::function::Function;
use crate::types::{TypeId, generator};

/// Makes a function of nested code; its parts are on the stack.
pub(in crate::eval) fn make_function(
    cx: &Cx,
    at: &mut Cursor,
    code: CodeRef,
    globals: Ref<'_>,
    operand: u32,
) {
    let mut part = |bit: u32| (operand & bit != 0).then(|| at.pop().into_owned());
    let closure = part(function_parts::CLOSURE);
    let annotate = part(function_parts::ANNOTATE);
    let annotations = part(function_parts::ANNOTATIONS);
    let keyword_defaults = part(function_parts::KEYWORD_DEFAULTS);
    let defaults = part(function_parts::DEFAULTS);
    let nested = code.nested[(operand >> function_parts::BITS) as usize];
    let made = plain_function(cx, nested, globals, closure);
    let function = made.borrow().payload::<Function>().expect("a function");
    function.change_defaults_alone(|all| {
        (all.positional, all.keyword) = (defaults, keyword_defaults);
    });
    function.parts.alone_mut(|parts| {
        (parts.annotations, parts.annotate) = (annotations, annotate);
    });
    if matches!(code.code.kind, CodeKind::Module | CodeKind::Class) {
        sharing::share(cx, made.borrow());
    }
    at.push(made);
}

/// `__build_class__`, which a program may replace.
pub(in crate::eval) fn build_class_function(cx: &Cx) -> Outcome {
    let name = cx.world().names.build_class();
    match names::builtin(cx, name)? {
        Some(function) => Ok(function),
        None => Err(cx.error(TypeId::NameError, "__build_class__ not found")),
    }
}

/// Turns the running frame into an object, which the caller gets.
pub(in crate::eval) fn return_generator<'a>(cx: &Cx, code: CodeRef) -> Left<'a> {
    let (function, result, entry, at) = {
        let all = cx.frames.borrow();
        let frame = all.last().expect("a frame is running");
        // SAFETY: the frame borrows the function from whoever called it.
        let function = unsafe { Ref::from_value(frame.function) }.own();
        (function, frame.result, frame.is_entry(), frame.cursor)
    };
    let suspended = cx.take_suspended(function, code);
    let class = match code.code.execution {
        Execution::Coroutine => TypeId::Coroutine,
        Execution::AsyncGenerator => TypeId::AsyncGenerator,
        _ => TypeId::Generator,
    };
    let made = generator::new(cx, class, suspended);
    frames::drop_below(cx, result, at);
    if entry {
        return Left::Done(made);
    }
    let mut top = cx.top();
    top.cursor.cut(result);
    top.cursor.push(made);
    Left::GoOn(top)
}

/// The first argument and the class that `super()` without arguments means: from the frame that calls it.
pub(crate) fn super_arguments(cx: &Cx) -> Outcome<(Owned, Owned)> {
    let failed = |text: &str| Err(cx.error(TypeId::RuntimeError, text));
    let (at, code) = {
        let all = cx.frames.borrow();
        match all.last() {
            Some(frame) => (frame.cursor, frame.code),
            None => return failed("super(): no current frame"),
        }
    };
    let slots = &code.code.slots;
    if code.code.parameters.positional == 0 {
        return failed("super(): no arguments");
    }
    let Some(first) = at.slot(0) else {
        return failed("super(): arg[0] deleted");
    };
    let first = match slots[0].kind {
        SlotKind::Local => first.own(),
        _ => match names::load_deref(cx, code, &at, 0) {
            Ok(first) => first,
            Err(_) => return failed("super(): arg[0] deleted"),
        },
    };
    let free = slots.len() - code.code.free as usize;
    let place = (free..slots.len()).find(|index| &*slots[*index].name == "__class__");
    let Some(place) = place else {
        return failed("super(): __class__ cell not found");
    };
    match names::load_deref(cx, code, &at, place as u32) {
        Ok(class) => Ok((first, class)),
        Err(_) => failed("super(): empty __class__ cell"),
    }
}
