//! `generator` and `coroutine`.

use super::peek::{set_name, set_qualname};
use super::{
    Generator, Resumption, Step, close, code, finalize, frame, is_running, is_suspended, name,
    noun, qualname, resume, yield_from,
};
use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome, Raised};
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::types::class::Class;
use crate::types::class_getitem::class_getitem;
use crate::types::define::class;
use crate::types::exception::warn;
use crate::types::iterator::itself;
use crate::types::payload::Boxed;
use crate::types::{TypeId, awaitable, exception};

class! {
    pub(crate) GENERATOR: Boxed<Generator> = "generator" (Object) {
        sealed;
        with_weak;
        slots { iter: itself, next: next, repr: repr, finalize: finalize }
        /// Goes on with a value that the yield gets,
        /// up to the next one.
        method send(self, value, /);
        /// Goes on with an exception that the yield raises, up to the next one.
        method throw(self, typ, val = Ref::NONE, tb = Ref::NONE, /);
        /// End it: GeneratorExit is raised where it waits.
        method close(self, /);
        class __class_getitem__ as class_getitem(self, item, /);
        get __name__ as name, set_name;
        get __qualname__ as qualname, set_qualname;
        get gi_running as is_running;
        get gi_suspended as is_suspended;
        get gi_code as code;
        get gi_frame as frame;
        /// What yield from goes through, or None.
        get gi_yieldfrom as yield_from;
    }
}

class! {
    pub(crate) COROUTINE: Boxed<Generator> = "coroutine" (Object) {
        sealed;
        with_weak;
        slots { await_: awaitable::of_coroutine, repr: repr, finalize: finalize }
        /// Goes on with a value that the await gets,
        /// up to the next pause.
        method send(self, value, /);
        /// Goes on with an exception that the await raises, up to the next pause.
        method throw(self, typ, val = Ref::NONE, tb = Ref::NONE, /);
        /// End it: GeneratorExit is raised where it waits.
        method close(self, /);
        class __class_getitem__ as class_getitem(self, item, /);
        get __name__ as name, set_name;
        get __qualname__ as qualname, set_qualname;
        get cr_running as is_running;
        get cr_suspended as is_suspended;
        get cr_code as code;
        get cr_frame as frame;
        /// What it waits for, or None.
        get cr_await as yield_from;
        /// Where it was made: file, line and function of each call, or None if that was not to be remembered.
        read cr_origin as origin;
    }
}

fn origin(_cx: &Cx, this: &Generator) -> Option<Owned> {
    this.origin.clone()
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
    if value != Ref::NONE || traceback != Ref::NONE {
        warn::deprecation(
            cx,
            "the (type, exc, tb) signature of throw() is deprecated, use the single-arg signature instead.",
        )?;
    }
    if traceback
        .not_none()
        .is_some_and(|given| !cx.is_instance(given, TypeId::Traceback))
    {
        return Err(cx.type_error("throw() third argument must be a traceback object"));
    }
    let made = match (exception::of(kind), value.not_none()) {
        (Some(_), Some(_)) => {
            return Err(cx.type_error("instance exception may not have a separate value"));
        }
        (Some(_), None) => kind.own(),
        (None, value) => of_class(cx, kind, value)?,
    };
    if let Some(traceback) = traceback.not_none() {
        exception::traceback::set(cx, made.borrow(), Some(traceback))?;
    }
    Ok(Raised(made))
}

/// An exception of a class; the value is one already, or its arguments.
fn of_class(cx: &Cx, kind: Ref<'_>, value: Option<Ref<'_>>) -> Outcome {
    let Some(class) = Class::of(kind).filter(|class| exception::is_exception_class(cx, class))
    else {
        let given = cx.type_name(kind);
        return Err(cx.type_error(format!(
            "exceptions must be classes or instances deriving from BaseException, not {given}"
        )));
    };
    match value {
        None => exception::instance(cx, kind),
        Some(value) if cx.class_of(value).derives_from(class) => Ok(value.own()),
        Some(value) => match value.downcast::<Tuple>() {
            Some(args) => cx.call(kind, Args::positional(items(args))),
            None => cx.call(kind, Args::positional(&[value])),
        },
    }
}

fn throw(cx: &Cx, this: Ref<'_>, kind: Ref<'_>, value: Ref<'_>, traceback: Ref<'_>) -> Outcome {
    let raised = thrown(cx, kind, value, traceback)?;
    let step = resume(cx, this, Resumption::Exception(raised))?;
    answer(cx, step)
}

pub(crate) fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let generator = this.payload::<Generator>().expect("a generator");
    let name = qualname(cx, this);
    let noun = noun(generator.sort).replace(' ', "_");
    let address = crate::types::object::address(this);
    let name = cx.text_of(name.borrow());
    Ok(cx.str(&format!("<{noun} object {name} at {address}>")))
}
