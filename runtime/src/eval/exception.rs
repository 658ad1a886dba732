//! Exceptions: their class, arguments, cause, context, and the places that they passed.

use crate::eval::code::CodeRef;
use crate::eval::context::Context;
use crate::eval::other::{Other, exception};
use crate::eval::types::{TypeId, exception_class, type_of};
use crate::eval::{Outcome, Raised};
use crate::objects::new_ref;
use crate::objects::value::Value;
use crate::protocols::critical_section;
use crate::protocols::thread_state::ThreadState;
use crate::sync::cell::Cell;

/// A place that an exception passed: an instruction of a frame.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) code: CodeRef,
    pub(crate) instruction: u32,
}

/// What an exception carries; read and written under the object's lock.
pub(crate) struct State {
    pub(crate) args: Value,
    pub(crate) cause: Option<Value>,
    pub(crate) context: Option<Value>,
    /// Whether the context is not shown, as after `raise .. from`.
    pub(crate) suppress_context: bool,
    /// The innermost place first.
    pub(crate) traceback: Vec<Entry>,
    pub(crate) notes: Vec<Box<str>>,
}

/// An exception.
pub(crate) struct Exception {
    pub(crate) class: TypeId,
    state: Cell<State>,
}

// SAFETY: the state is reached under the object's lock only.
unsafe impl Sync for Exception {}

impl Exception {
    /// Shows every reference; nobody else uses the exception.
    pub(in crate::eval) fn references(&self, visit: &mut dyn FnMut(Value)) {
        // SAFETY: the caller keeps other threads out.
        self.state.with(|state| unsafe {
            visit((*state).args);
            (*state).cause.into_iter().for_each(&mut *visit);
            (*state).context.into_iter().for_each(&mut *visit);
        });
    }
}

/// A new exception; takes over the reference to the tuple of its arguments.
pub(crate) fn new(ts: &ThreadState, class: TypeId, args: Value) -> Value {
    let state = State {
        args,
        cause: None,
        context: None,
        suppress_context: false,
        traceback: Vec::new(),
        notes: Vec::new(),
    };
    let state = Cell::new("exception", state);
    Other::Exception(Box::new(Exception { class, state })).alloc(ts)
}

/// Reads or changes the state of an exception under its lock; nothing happens to other values.
pub(crate) fn with<R>(
    ts: &ThreadState,
    value: &Value,
    body: impl FnOnce(&mut State) -> R,
) -> Option<R> {
    let (header, exception) = (value.as_header()?, exception(value)?);
    let locked = || {
        // SAFETY: the lock keeps other threads out, and `body` does not come back here.
        exception
            .state
            .with_mut(|state| body(unsafe { &mut *state }))
    };
    Some(critical_section::with(ts, &header.lock, locked))
}

/// The arguments, a new reference.
pub(crate) fn args(ts: &ThreadState, value: &Value) -> Option<Value> {
    with(ts, value, |state| new_ref(ts, state.args))
}

/// The cause, the context, and whether the context is hidden; new references.
pub(crate) fn links(ts: &ThreadState, value: &Value) -> (Option<Value>, Option<Value>, bool) {
    let found = with(ts, value, |state| {
        let take = |link: Option<Value>| link.map(|link| new_ref(ts, link));
        (
            take(state.cause),
            take(state.context),
            state.suppress_context,
        )
    });
    found.unwrap_or((None, None, false))
}

/// Sets the cause and hides the context; takes over the reference.
pub(crate) fn set_cause(cx: &Context<'_>, value: Value, cause: Option<Value>) {
    let old = with(cx.ts, &value, |state| {
        state.suppress_context = true;
        std::mem::replace(&mut state.cause, cause)
    });
    cx.drop_all(old.flatten());
}

/// Makes the handled exception the context of another, unless they are the same. Cycles are cut.
pub(crate) fn chain(cx: &Context<'_>, value: Value, handled: Option<Value>) {
    let Some(handled) = handled.filter(|handled| *handled != value) else {
        return;
    };
    cut_cycle(cx, value, handled);
    let context = cx.new_ref(handled);
    let old = with(cx.ts, &value, |state| state.context.replace(context));
    cx.drop_all(old.flatten());
}

/// Removes `value` from the contexts of `from`, so that the chain stays a chain.
fn cut_cycle(cx: &Context<'_>, value: Value, from: Value) {
    let mut link = cx.new_ref(from);
    loop {
        let (cause, context, _) = links(cx.ts, &link);
        cx.drop_all(cause);
        let Some(context) = context else {
            break;
        };
        if context == value {
            let old = with(cx.ts, &link, |state| state.context.take());
            cx.drop_all(old.flatten());
            cx.drop(context);
            break;
        }
        cx.drop(std::mem::replace(&mut link, context));
    }
    cx.drop(link);
}

/// Adds a place that the exception passed.
pub(crate) fn passed(ts: &ThreadState, value: &Value, entry: Entry) {
    with(ts, value, |state| state.traceback.push(entry));
}

/// The exception that `raise value` raises: an instance as it is, a class called without arguments. Borrows `value`.
pub(crate) fn instance(cx: &mut Context<'_>, value: Value) -> Outcome {
    if type_of(&value).is_exception() && exception(&value).is_some() {
        return Ok(cx.new_ref(value));
    }
    match exception_class(&value) {
        Some(class) => {
            let args = cx.tuple(&[]);
            Ok(new(cx.ts, class, args))
        }
        None => Err(cx.type_error("exceptions must derive from BaseException")),
    }
}

/// Whether an exception is of a class, or of one in a tuple of classes. Borrows both.
pub(crate) fn matches(cx: &mut Context<'_>, value: Value, class: Value) -> Outcome<bool> {
    use crate::objects::tuple::Tuple;
    if let Some(classes) = class.downcast::<Tuple>() {
        for &class in classes.items() {
            if matches(cx, value, class)? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    match exception_class(&class) {
        Some(class) => Ok(type_of(&value).derives_from(class)),
        None => {
            let message = "catching classes that do not inherit from BaseException is not allowed";
            Err(cx.type_error(message))
        }
    }
}

impl Raised {
    /// Whether the exception is of a class.
    pub(crate) fn is(&self, class: TypeId) -> bool {
        type_of(&self.0).derives_from(class)
    }
}
