//! Exceptions: their arguments, cause, context, and the places that they passed.

mod details;
pub(crate) mod group;
mod os;
mod raising;
pub(crate) mod report;
pub(crate) mod star;
mod suggest;
mod syntax;
mod tables;
pub(crate) mod traceback;
mod unicode;
pub(crate) mod warn;

use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome, Raised};
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::sync::event;
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::guarded::Guarded;
use crate::types::payload::{self, payload};

pub(crate) use details::*;
pub(crate) use group::{BASE_EXCEPTION_GROUP, EXCEPTION_GROUP};
pub(crate) use os::*;
pub(crate) use raising::system_error;
pub(crate) use syntax::*;
pub(crate) use tables::*;
pub(crate) use traceback::TRACEBACK;
pub(crate) use unicode::*;

/// What an exception carries.
pub(crate) struct State {
    /// A tuple.
    pub(crate) args: Owned,
    pub(crate) cause: Option<Owned>,
    pub(crate) context: Option<Owned>,
    /// Whether the context is not shown, as after `raise .. from`.
    pub(crate) suppress_context: bool,
    /// The outermost place that it passed so far; each leads to the next one inside.
    pub(crate) traceback: Option<Owned>,
    /// What only some classes have: the value of a StopIteration, the name and the object of an AttributeError, the
    /// parts of a group, ...
    pub(crate) more: Vec<(&'static str, Owned)>,
}

/// An exception.
pub(crate) struct Exception {
    state: Guarded<State>,
}

payload!(
    Exception as BaseException,
    "exception",
    |this, visit| this.state.alone(|state| {
        visit(state.args.borrow());
        state.cause.iter().for_each(|link| visit(link.borrow()));
        state.context.iter().for_each(|link| visit(link.borrow()));
        state.traceback.iter().for_each(|one| visit(one.borrow()));
        let more = state.more.iter();
        more.for_each(|(_, value)| visit(value.borrow()));
    }),
    |gone, ts, object| {
        let gone = gone.state.with(ts, object, |state| {
            (
                state.cause.take(),
                state.context.take(),
                state.traceback.take(),
                std::mem::take(&mut state.more),
            )
        });
        drop(gone);
    }
);

/// The exception, when the value is one.
#[inline]
pub(crate) fn of(value: Ref<'_>) -> Option<&Exception> {
    value.payload()
}

/// A new exception of a class, not initialised by Python code.
pub(crate) fn new(cx: &Cx, class: &Class, args: Vec<Owned>) -> Owned {
    let state = State {
        args: cx.tuple(args),
        cause: None,
        context: None,
        suppress_context: false,
        traceback: None,
        more: Vec::new(),
    };
    let state = Guarded::new("exception", state);
    payload::new_in(cx, class, Exception { state })
}

/// Reads or changes the state of an exception under its lock; see [`Guarded::with`].
pub(crate) fn with<R>(cx: &Cx, value: Ref<'_>, body: impl FnOnce(&mut State) -> R) -> Option<R> {
    let (header, exception) = (value.header()?, of(value)?);
    event::writes(&raw const exception.state, None);
    Some(exception.state.with(cx.ts, header, body))
}

/// The arguments.
pub(crate) fn args(cx: &Cx, value: Ref<'_>) -> Vec<Owned> {
    let args = with(cx, value, |state| state.args.clone());
    let Some(args) = args else {
        return Vec::new();
    };
    let tuple = args.borrow().downcast::<Tuple>();
    tuple.map_or(Vec::new(), |tuple| {
        items(tuple).iter().map(|item| item.own()).collect()
    })
}

/// What an exception has under one of the names that only some classes have.
pub(crate) fn more(cx: &Cx, value: Ref<'_>, name: &str) -> Option<Owned> {
    with(cx, value, |state| {
        let found = state.more.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.clone())
    })?
}

/// Sets it.
pub(crate) fn set_more(cx: &Cx, value: Ref<'_>, name: &'static str, to: Owned) {
    let old = with(cx, value, |state| {
        match state.more.iter_mut().find(|(known, _)| *known == name) {
            Some((_, held)) => Some(std::mem::replace(held, to)),
            None => {
                state.more.push((name, to));
                None
            }
        }
    });
    drop(old);
}

/// Takes it away.
pub(crate) fn take_more(cx: &Cx, value: Ref<'_>, name: &str) -> Option<Owned> {
    with(cx, value, |state| {
        let place = state.more.iter().position(|(known, _)| *known == name)?;
        Some(state.more.swap_remove(place).1)
    })?
}

/// Notes which attribute was missing of which object.
pub(crate) fn note_attribute(cx: &Cx, value: Ref<'_>, name: Ref<'_>, object: Ref<'_>) {
    set_more(cx, value, "name", name.own());
    set_more(cx, value, "obj", object.own());
}

/// Cause, context, and whether the context is hidden.
pub(crate) fn links(cx: &Cx, value: Ref<'_>) -> (Option<Owned>, Option<Owned>, bool) {
    let found = with(cx, value, |state| {
        let links = (state.cause.clone(), state.context.clone());
        (links.0, links.1, state.suppress_context)
    });
    found.unwrap_or((None, None, false))
}

/// Sets the cause and hides the context.
pub(crate) fn set_cause(cx: &Cx, value: Ref<'_>, cause: Option<Owned>) {
    let old = with(cx, value, |state| {
        state.suppress_context = true;
        std::mem::replace(&mut state.cause, cause)
    });
    drop(old);
}

/// Sets the context.
pub(crate) fn set_context(cx: &Cx, value: Ref<'_>, context: Option<Owned>) {
    let old = with(cx, value, |state| {
        std::mem::replace(&mut state.context, context)
    });
    drop(old);
}

/// Makes the handled exception the context of another, unless they are the same. Cycles are cut.
pub(crate) fn chain(cx: &Cx, value: Ref<'_>, handled: Owned) {
    if handled.borrow() == value {
        return;
    }
    cut_cycle(cx, value, handled.clone());
    set_context(cx, value, Some(handled));
}

/// Removes `value` from the contexts of `from`, so that the chain stays a chain.
fn cut_cycle(cx: &Cx, value: Ref<'_>, from: Owned) {
    let mut link = from;
    while let (_, Some(context), _) = links(cx, link.borrow()) {
        if context.borrow() == value {
            set_context(cx, link.borrow(), None);
            return;
        }
        link = context;
    }
}

/// Adds a place that the exception passed: an instruction of a frame.
pub(crate) fn passed(cx: &Cx, value: Ref<'_>, frame: Owned, instruction: u32) {
    let inner = with(cx, value, |state| state.traceback.clone()).flatten();
    let outer = traceback::new(cx, frame, instruction, inner);
    drop(with(cx, value, |state| state.traceback.replace(outer)));
}

/// The exception that `raise value` raises: an instance as it is, a class called without arguments.
pub(crate) fn instance(cx: &Cx, value: Ref<'_>) -> Outcome {
    if of(value).is_some() {
        return Ok(value.own());
    }
    if Class::of(value).is_some_and(|class| is_exception_class(cx, class)) {
        let made = cx.call(value, Args::NONE)?;
        if of(made.borrow()).is_some() {
            return Ok(made);
        }
        let message = format!(
            "calling {} should have returned an instance of BaseException, not {}",
            crate::eval::ops::text::repr_text(cx, value)?,
            crate::eval::ops::text::repr_text(cx, cx.class_of(made.borrow()).as_ref())?
        );
        return Err(cx.type_error(message));
    }
    Err(cx.type_error("exceptions must derive from BaseException"))
}

/// Whether instances of a class can be raised.
pub(crate) fn is_exception_class(cx: &Cx, class: &Class) -> bool {
    class.derives_from(cx.class(TypeId::BaseException))
}

/// Whether an exception is of a class, or of one in a tuple of classes.
pub(crate) fn matches(cx: &Cx, value: Ref<'_>, class: Ref<'_>) -> Outcome<bool> {
    if let Some(classes) = class.downcast::<Tuple>() {
        for &class in items(classes) {
            if matches(cx, value, class)? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    match Class::of(class).filter(|class| is_exception_class(cx, class)) {
        Some(class) => Ok(cx.class_of(value).derives_from(class)),
        None => Err(
            cx.type_error("catching classes that do not inherit from BaseException is not allowed")
        ),
    }
}

/// A new `StopIteration`, with the value that a generator returned.
pub(crate) fn stop_iteration(cx: &Cx, value: Option<Owned>) -> Raised {
    let class = cx.class(TypeId::StopIteration);
    let raised = new(cx, class, value.iter().cloned().collect());
    set_more(cx, raised.borrow(), "value", value.unwrap_or(Owned::NONE));
    Raised(raised)
}

/// A new `KeyError` for a key.
pub(crate) fn key_error(cx: &Cx, key: Ref<'_>) -> Raised {
    cx.error_with(TypeId::KeyError, vec![key.own()])
}

/// Tells of an exception that nobody can catch, raised while something was done with an object.
pub(crate) fn unraisable(cx: &Cx, raised: Raised, object: Ref<'_>) {
    if traceback::object(cx, raised.0.borrow()).borrow().is_none()
        && let Some(running) = cx.frame_object(0)
    {
        let instruction = cx.instruction_of(running.borrow());
        passed(cx, raised.0.borrow(), running, instruction);
    }
    (cx.shared.above.unraisable)(cx, raised, None, object);
}

impl Raised {
    /// Whether the exception is of a class.
    pub(crate) fn is(&self, cx: &Cx, class: TypeId) -> bool {
        cx.is_instance(self.0.borrow(), class)
    }

    /// The exception, or for a TypeError one that says what was wrong with the operation.
    #[cold]
    pub(crate) fn instead(self, cx: &Cx, wrong: &str) -> Self {
        match self.is(cx, TypeId::TypeError) {
            true => cx.type_error(wrong),
            false => self,
        }
    }
}
