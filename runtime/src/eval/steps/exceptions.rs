//! `raise`, and what `except*` does with groups.

use crate::eval::cx::Cx;
use crate::eval::frame::Cursor;
use crate::eval::{Outcome, Raised};
use crate::refs::{Owned, Ref};
use crate::types::class::Class;
use crate::types::{TypeId, exception};

/// What a `raise` raises, and whether it becomes part of the traceback here.
pub(in crate::eval) struct Raising {
    pub(in crate::eval) raised: Raised,
    pub(in crate::eval) new: bool,
}

/// The exception that a `raise` with so many operands raises.
#[cold]
pub(in crate::eval) fn raise(cx: &Cx, at: &mut Cursor, operands: u32) -> Raising {
    if operands == 0 {
        return match cx.handled() {
            Some(handled) => Raising {
                raised: Raised(handled),
                new: false,
            },
            None => Raising {
                raised: cx.error(TypeId::RuntimeError, "No active exception to reraise"),
                new: true,
            },
        };
    }
    let cause = (operands == 2).then(|| at.pop().into_owned());
    let value = at.pop().into_owned();
    let raised = match with_cause(cx, value.borrow(), cause) {
        Ok(value) => cx.raise(value),
        Err(raised) => raised,
    };
    Raising { raised, new: true }
}

fn with_cause(cx: &Cx, value: Ref<'_>, cause: Option<Owned>) -> Outcome {
    let raised = exception::instance(cx, value)?;
    if let Some(cause) = cause {
        let cause = cause_instance(cx, cause.borrow())?;
        exception::set_cause(cx, raised.borrow(), cause);
    }
    Ok(raised)
}

fn cause_instance(cx: &Cx, cause: Ref<'_>) -> Outcome<Option<Owned>> {
    if cause.is_none() {
        return Ok(None);
    }
    let is_class = Class::of(cause).is_some_and(|class| exception::is_exception_class(cx, class));
    if !is_class && exception::of(cause).is_none() {
        return Err(cx.type_error("exception causes must derive from BaseException"));
    }
    exception::instance(cx, cause).map(Some)
}

/// The part of an exception that an `except*` clause does not catch, and the one that it does; each may be `None`.
pub(in crate::eval) fn match_group(
    cx: &Cx,
    value: Ref<'_>,
    class: Ref<'_>,
) -> Outcome<(Owned, Owned)> {
    let (rest, caught) = exception::star::match_clause(cx, value, class)?;
    if let Some(caught) = caught.borrow().not_none() {
        drop(cx.set_handled(Some(caught.own())));
    }
    Ok((rest, caught))
}

/// What an `except*` raises at its end, or `None`.
pub(in crate::eval) fn reraise_star(cx: &Cx, original: Ref<'_>, raised: Ref<'_>) -> Outcome {
    exception::star::reraise(cx, original, raised)
}

/// The exception that is caught becomes the handled one; the one before goes below it.
pub(in crate::eval) fn push_handled(cx: &Cx, at: &mut Cursor) {
    let caught = at.pop().into_owned();
    let before = cx.set_handled(Some(caught.clone()));
    at.push(before.unwrap_or(Owned::NONE));
    at.push(caught);
}

/// The exception that was handled before is so again.
pub(in crate::eval) fn pop_handled(cx: &Cx, at: &mut Cursor) {
    let before = at.pop().into_owned();
    let none = before.borrow().is_none();
    drop(cx.set_handled((!none).then_some(before)));
}
