//! `itertools.repeat`.

use super::construct;
use crate::eval::cx::Cx;
use crate::eval::ops::text;
use crate::eval::{Args, Outcome};
use crate::objects::position::Position;
use crate::refs::{Owned, Ref};
use crate::types::class::Class;
use crate::types::define::{Function, class, function};
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};

/// One object, again and again.
pub(crate) struct Repeat {
    object: Owned,
    /// One less than how often it is still to come; nothing where there is no end.
    left: Option<Position>,
}

payload!(Repeat as Repeat, "repeat", |this, visit| visit(
    this.object.borrow()
));

class! {
    pub(crate) REPEAT: Boxed<Repeat> = "repeat" (Object) {
        module "itertools";
        doc "The same object, so many times or without end.";
        slots { new: new, iter: itself, next: next, repr: repr }
        /// How many items are left.
        method __length_hint__ as length_hint(self, /);
    }
}

const MAKE: Function = function!(true, "repeat", "", make, (self, object, times = NO_END));

/// How many times there are when nobody says.
const NO_END: Times = Times(None);

/// A number of times, which None is not.
struct Times(Option<i64>);

impl<'a> crate::types::convert::Take<'a> for Times {
    fn take(cx: &Cx, value: Ref<'a>) -> Outcome<Self> {
        i64::take(cx, value).map(|times| Self(Some(times)))
    }
}

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    construct(cx, &MAKE, class, args)
}

fn make(cx: &Cx, class: &Class, object: Owned, times: Times) -> Outcome {
    let left = times.0.map(|times| Position::new(times.max(0) - 1));
    Ok(payload::new_in(cx, class, Repeat { object, left }))
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (repeat, header) = super::parts::<Repeat>(this);
    let taken = match &repeat.left {
        None => Some(0),
        Some(left) => left.take(cx.ts, header, -1),
    };
    Ok(taken.map(|_| repeat.object.clone()))
}

fn left(repeat: &Repeat) -> Option<i64> {
    repeat.left.as_ref().map(|left| left.get() + 1)
}

fn length_hint(cx: &Cx, this: &Repeat) -> Outcome<i64> {
    left(this).ok_or_else(|| cx.type_error("len() of unsized object"))
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let (repeat, _) = super::parts::<Repeat>(this);
    let name = cx.class_of(this).name(cx);
    let object = text::repr_text(cx, repeat.object.borrow())?;
    Ok(cx.str(&match left(repeat) {
        None => format!("{name}({object})"),
        Some(left) => format!("{name}({object}, {left})"),
    }))
}
