//! Exception groups, and how they are taken apart.

use super::{Exception, is_exception_class, links, matches, more, of, set_more, with};
use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, iterate, truth};
use crate::eval::{Args, Outcome};
use crate::objects::list::List;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::class_getitem::class_getitem;
use crate::types::define::class;
use crate::types::payload::Boxed;
use crate::types::store;

class! {
    pub(crate) BASE_EXCEPTION_GROUP: Boxed<Exception> = "BaseExceptionGroup" (BaseException) {
        doc "Several exceptions raised as one.";
        slots { new: new, init: init, str: str }
        /// The message.
        get message, refuse;
        /// The exceptions in the group.
        get exceptions, refuse;
        method derive(self, exceptions, /);
        method split(self, matcher, /);
        method subgroup(self, matcher, /);
        class __class_getitem__ as class_getitem(self, item, /);
    }
}

class! {
    pub(crate) EXCEPTION_GROUP: Boxed<Exception> = "ExceptionGroup" (BaseExceptionGroup) {
        also Exception;
        with_weak;
        constant __module__ = |cx| cx.str("builtins");
        /// The first weak reference to the object, or None.
        get __weakref__ as first_weak;
    }
}

fn first_weak(cx: &Cx, this: Ref<'_>) -> Owned {
    crate::types::weakref::first(cx, this)
}

/// The exceptions of a group; nothing for any other exception.
pub(crate) fn parts(cx: &Cx, value: Ref<'_>) -> Option<Vec<Owned>> {
    if !cx.is_instance(value, TypeId::BaseExceptionGroup) {
        return None;
    }
    let held = more(cx, value, "exceptions")?;
    let held = held.borrow().downcast::<Tuple>()?;
    Some(items(held).iter().map(|item| item.own()).collect())
}

pub(super) fn is_group(cx: &Cx, value: Ref<'_>) -> bool {
    cx.is_instance(value, TypeId::BaseExceptionGroup)
}

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    let [message, exceptions] = args.positional else {
        let given = args.positional.len();
        return Err(cx.type_error(format!(
            "BaseExceptionGroup.__new__() takes exactly 2 arguments ({given} given)"
        )));
    };
    if !cx.is_instance(*message, TypeId::Str) {
        let kind = cx.type_name(*message);
        return Err(cx.type_error(format!(
            "BaseExceptionGroup.__new__() argument 1 must be str, not {kind}"
        )));
    }
    let held = members(cx, *exceptions)?;
    let class = class_for(cx, class, &held)?;
    let made = super::new(cx, class, vec![message.own(), exceptions.own()]);
    set_more(cx, made.borrow(), "message", message.own());
    set_more(cx, made.borrow(), "exceptions", cx.tuple(held));
    Ok(made)
}

/// The exceptions that a sequence holds.
fn members(cx: &Cx, exceptions: Ref<'_>) -> Outcome<Vec<Owned>> {
    let class = cx.class_of(exceptions);
    let is_sequence = class.slot(|slots| slots.get_item.is_some() && slots.len.is_some());
    let is_set_or_dict = [TypeId::Set, TypeId::FrozenSet, TypeId::Dict]
        .iter()
        .any(|id| cx.is_instance(exceptions, *id));
    if !is_sequence || is_set_or_dict {
        return Err(cx.type_error("second argument (exceptions) must be a sequence"));
    }
    let held = iterate::collect(cx, exceptions)?;
    if held.is_empty() {
        return Err(cx.value_error("second argument (exceptions) must be a non-empty sequence"));
    }
    match held.iter().position(|item| of(item.borrow()).is_none()) {
        None => Ok(held),
        Some(place) => Err(cx.value_error(format!(
            "Item {place} of second argument (exceptions) is not an exception"
        ))),
    }
}

/// A group of nothing but `Exception`s is an `ExceptionGroup`, and no other exception may get into one.
fn class_for<'a>(cx: &'a Cx, class: &'a Class, held: &[Owned]) -> Outcome<&'a Class> {
    let harmless = held
        .iter()
        .all(|item| cx.is_instance(item.borrow(), TypeId::Exception));
    match harmless {
        true if class.is(TypeId::BaseExceptionGroup) => Ok(cx.class(TypeId::ExceptionGroup)),
        false if class.is(TypeId::ExceptionGroup) => {
            Err(cx.type_error("Cannot nest BaseExceptions in an ExceptionGroup"))
        }
        false if class.derives_from(cx.class(TypeId::Exception)) => {
            let name = class.name(cx);
            Err(cx.type_error(format!("Cannot nest BaseExceptions in '{name}'")))
        }
        _ => Ok(class),
    }
}

fn init(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    if args.names.is_empty() {
        return super::tables::init(cx, this, args);
    }
    let name = cx.type_name(this);
    Err(cx.type_error(format!("{name}() takes no keyword arguments")))
}

fn str(cx: &Cx, this: Ref<'_>) -> Outcome {
    let message = more(cx, this, "message").unwrap_or(Owned::NONE);
    let count = parts(cx, this).map_or(0, |parts| parts.len());
    let plural = if count > 1 { "s" } else { "" };
    let message = cx.text_of(message.borrow());
    Ok(cx.str(&format!("{message} ({count} sub-exception{plural})")))
}

fn message(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    more(cx, this, "message")
}

fn exceptions(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    more(cx, this, "exceptions")
}

fn refuse(cx: &Cx, _this: Ref<'_>, _value: Option<Ref<'_>>) -> Outcome<()> {
    Err(cx.error(TypeId::AttributeError, "readonly attribute"))
}

/// Another group with the same message.
fn derive(cx: &Cx, this: Ref<'_>, exceptions: Ref<'_>) -> Outcome {
    let message = more(cx, this, "message").unwrap_or(Owned::NONE);
    group_of(cx, message, exceptions)
}

pub(super) fn group_of(cx: &Cx, message: Owned, exceptions: Ref<'_>) -> Outcome {
    let class = cx.class(TypeId::BaseExceptionGroup).as_ref();
    cx.call(class, Args::positional(&[message.borrow(), exceptions]))
}

/// What decides whether an exception belongs to the part that is asked for.
#[derive(Clone, Copy)]
pub(super) enum Matcher<'a> {
    /// Its class.
    Class(Ref<'a>),
    /// A function that is asked.
    Function(Ref<'a>),
    /// Whether it is one of these.
    One(&'a [Ref<'a>]),
}

impl<'a> Matcher<'a> {
    fn new(cx: &Cx, value: Ref<'a>) -> Outcome<Self> {
        let is_class =
            |value: Ref<'_>| Class::of(value).is_some_and(|class| is_exception_class(cx, class));
        if is_class(value) {
            return Ok(Matcher::Class(value));
        }
        if let Some(classes) = value.downcast::<Tuple>()
            && items(classes).iter().all(|class| is_class(*class))
        {
            return Ok(Matcher::Class(value));
        }
        if Class::of(value).is_none() && cx.class_of(value).slot(|slots| slots.call.is_some()) {
            return Ok(Matcher::Function(value));
        }
        Err(cx.type_error(
            "expected an exception type, a tuple of exception types, or a callable (other than a class)",
        ))
    }

    fn fits(self, cx: &Cx, value: Ref<'_>) -> Outcome<bool> {
        match self {
            Matcher::Class(class) => matches(cx, value, class),
            Matcher::Function(function) => {
                let answer = cx.call(function, Args::positional(&[value]))?;
                truth::is_true(cx, answer.borrow())
            }
            Matcher::One(known) => Ok(known.contains(&value)),
        }
    }
}

/// The part of a group that fits, and, if that is asked for, the rest; each may be nothing.
pub(super) struct Halves {
    pub(super) fitting: Option<Owned>,
    pub(super) rest: Option<Owned>,
}

pub(super) fn halves(cx: &Cx, value: Ref<'_>, matcher: Matcher<'_>, both: bool) -> Outcome<Halves> {
    let whole_is_asked = !matches!(matcher, Matcher::One(_)) || !is_group(cx, value);
    if whole_is_asked && matcher.fits(cx, value)? {
        return Ok(Halves {
            fitting: Some(value.own()),
            rest: None,
        });
    }
    let Some(parts) = parts(cx, value) else {
        return Ok(Halves {
            fitting: None,
            rest: both.then(|| value.own()),
        });
    };
    let (mut fitting, mut rest) = (Vec::new(), Vec::new());
    for part in parts {
        let inner = cx.nested(|| halves(cx, part.borrow(), matcher, both))?;
        fitting.extend(inner.fitting);
        rest.extend(inner.rest);
    }
    Ok(Halves {
        fitting: subset(cx, value, fitting)?,
        rest: subset(cx, value, rest)?,
    })
}

/// A group of some of a group's exceptions, with its places, links and notes.
fn subset(cx: &Cx, whole: Ref<'_>, chosen: Vec<Owned>) -> Outcome<Option<Owned>> {
    if chosen.is_empty() {
        return Ok(None);
    }
    let chosen = cx.list(chosen);
    let made = cx.call_method(whole, "derive", &[chosen.borrow()])?;
    if !is_group(cx, made.borrow()) {
        return Err(cx.type_error("derive must return an instance of BaseExceptionGroup"));
    }
    copy_history(cx, whole, made.borrow());
    let name = cx.world().names.notes();
    if let Some(notes) = attribute::find(cx, whole, name)?
        && let Some(list) = notes.borrow().downcast::<List>()
    {
        let notes = cx.list(store::list_items(cx, list));
        attribute::set(cx, made.borrow(), name, Some(notes.borrow()))?;
    }
    Ok(Some(made))
}

fn copy_history(cx: &Cx, from: Ref<'_>, to: Ref<'_>) {
    let traceback = with(cx, from, |state| state.traceback.clone()).flatten();
    let (cause, context, suppress) = links(cx, from);
    let old = with(cx, to, |state| {
        state.suppress_context = suppress;
        (
            std::mem::replace(&mut state.traceback, traceback),
            std::mem::replace(&mut state.cause, cause),
            std::mem::replace(&mut state.context, context),
        )
    });
    drop(old);
}

fn split(cx: &Cx, this: Ref<'_>, matcher: Ref<'_>) -> Outcome {
    let halves = halves(cx, this, Matcher::new(cx, matcher)?, true)?;
    let pair = [halves.fitting, halves.rest].map(|half| half.unwrap_or(Owned::NONE));
    Ok(cx.tuple(pair.into()))
}

fn subgroup(cx: &Cx, this: Ref<'_>, matcher: Ref<'_>) -> Outcome<Option<Owned>> {
    let halves = halves(cx, this, Matcher::new(cx, matcher)?, false)?;
    Ok(halves.fitting)
}
