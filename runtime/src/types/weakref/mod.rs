//! Weak references.

mod proxy;

use crate::compile::Comparison;
use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, compare};
use crate::eval::{Args, Outcome, Raised};
use crate::objects::extras;
use crate::objects::weakref::{self, Callback, WeakRef};
use crate::protocols::thread_state::ThreadState;
use crate::protocols::weakref::WeakSlot;
use crate::refs::{Owned, Ref, from_values};
use crate::sync::event;
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::object::address;
use crate::types::{TypeId, generic_alias};

pub(crate) use proxy::{CALLABLE_PROXY, PROXY, proxy};

class! {
    pub(crate) WEAK_REF: WeakRef = "ReferenceType" (Object) {
        module "weakref";
        slots { new: new, init: init, call: call, repr: repr, hash: hash, compare: compare_references }
        get __callback__ as callback;
        class __class_getitem__ as class_getitem(self, item, /);
    }
}

/// The word of an object that can have weak references.
fn slot_of<'a>(cx: &Cx, object: Ref<'a>) -> Outcome<&'a WeakSlot> {
    match object.header().and_then(extras::weak) {
        Some(slot) => Ok(slot),
        None => {
            let kind = cx.type_name(object);
            let message = format!("cannot create weak reference to '{kind}' object");
            Err(cx.type_error(message))
        }
    }
}

/// A weak reference to an object; all without a callback are one.
pub(crate) fn reference(cx: &Cx, object: Ref<'_>, callback: Option<Owned>) -> Outcome {
    let slot = slot_of(cx, object)?;
    let callback = callback.map(Owned::into_value);
    let made = weakref::new(cx.ts, object.value(), slot, callback);
    // SAFETY: the reference is new.
    Ok(unsafe { Owned::from_value(made) })
}

/// One of a class that has the layout.
fn reference_in(cx: &Cx, class: &Class, object: Ref<'_>, callback: Option<Owned>) -> Outcome {
    let slot = slot_of(cx, object)?;
    let callback = callback.map(Owned::into_value);
    // SAFETY: the class is borrowed, and its layout is that of weak references; the reference is new.
    Ok(unsafe {
        let made = weakref::new_in(cx.ts, class.head(), object.value(), slot, callback);
        Owned::from_value(made)
    })
}

/// The object that a reference leads to, while it is alive.
pub(crate) fn referent(cx: &Cx, reference: Ref<'_>) -> Option<Owned> {
    event::leaves("weak references");
    let found = weakref::get(cx.ts, reference.downcast::<WeakRef>()?)?;
    // SAFETY: the reference is new.
    Some(unsafe { Owned::from_value(found) })
}

/// All weak references to an object, proxies among them, the youngest first.
pub(crate) fn all(cx: &Cx, object: Ref<'_>) -> Vec<Owned> {
    event::leaves("weak references");
    let slot = object.header().and_then(extras::weak);
    let found = slot.map(|slot| weakref::all(cx.ts, slot));
    // SAFETY: the references are new.
    unsafe { from_values(found.unwrap_or_default()) }
}

/// `__weakref__`: the first weak reference to an object, or `None`.
pub(crate) fn first(cx: &Cx, object: Ref<'_>) -> Owned {
    all(cx, object).into_iter().next().unwrap_or(Owned::NONE)
}

/// Calls what is due because objects have died, each with its weak reference.
pub(crate) fn run_callbacks(cx: &Cx, ts: &ThreadState, callbacks: Vec<Callback>) {
    for due in callbacks {
        event::leaves("callbacks of weak references");
        // SAFETY: the callback lends both until it is dropped below.
        let (reference, function) = unsafe {
            (
                Ref::from_value(due.reference),
                Ref::from_value(due.function),
            )
        };
        if let Err(raised) = cx.call(function, Args::positional(&[reference])) {
            (cx.shared.above.unraisable)(cx, raised, None, function);
        }
        due.drop(ts);
    }
}

/// The object and the callback that a reference is made of.
fn arguments<'a>(cx: &Cx, name: &str, args: Args<'a>) -> Outcome<(Ref<'a>, Option<Ref<'a>>)> {
    let given = args.positional.len();
    match *args.positional {
        [object] => Ok((object, None)),
        [object, callback] => Ok((object, callback.not_none())),
        [] => Err(cx.type_error(format!("{name} expected at least 1 argument, got 0"))),
        _ => {
            let message = format!("{name} expected at most 2 arguments, got {given}");
            Err(cx.type_error(message))
        }
    }
}

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    let is_exact = class.is(TypeId::WeakRef);
    if is_exact && !args.names.is_empty() {
        return Err(cx.type_error("ref() takes no keyword arguments"));
    }
    let (object, callback) = match *args.positional {
        // A subclass may take more.
        [object, callback, ..] if !is_exact => (object, callback.not_none()),
        _ => arguments(cx, "__new__", args)?,
    };
    let callback = callback.map(Ref::own);
    match is_exact {
        true => reference(cx, object, callback),
        false => reference_in(cx, class, object, callback),
    }
}

/// `new` has done it all.
fn init(cx: &Cx, _this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    arguments(cx, "__init__", args).map(drop)
}

fn call(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome {
    match args.is_empty() {
        true => Ok(referent(cx, this).unwrap_or(Owned::NONE)),
        false => {
            let given = args.positional.len() + args.names.len();
            let message = format!("__call__ expected 0 arguments, got {given}");
            Err(cx.type_error(message))
        }
    }
}

/// What a repr says of the referent: its class and its place.
fn shown(cx: &Cx, object: Ref<'_>) -> String {
    format!("to '{}' at {}", cx.type_name(object), address(object))
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let place = address(this);
    let Some(object) = referent(cx, this) else {
        return Ok(cx.str(&format!("<weakref at {place}; dead>")));
    };
    let name = attribute::find(cx, object.borrow(), cx.world().names.name());
    let name = name.ok().flatten();
    let name = name.filter(|name| cx.is_instance(name.borrow(), TypeId::Str));
    let name = name.map_or(String::new(), |name| {
        format!(" ({})", cx.text_of(name.borrow()))
    });
    let shown = shown(cx, object.borrow());
    Ok(cx.str(&format!("<weakref at {place}; {shown}{name}>")))
}

/// The referent's hash, which lasts longer than it.
fn hash(cx: &Cx, this: Ref<'_>) -> Outcome<i64> {
    let reference = this.layout::<WeakRef>();
    if let Some(hash) = reference.cached_hash() {
        return Ok(hash);
    }
    match referent(cx, this) {
        Some(object) => {
            let hash = compare::hash(cx, object.borrow())?;
            reference.cache_hash(hash);
            Ok(hash)
        }
        None => Err(cx.type_error("weak object has gone away")),
    }
}

/// References are equal when their referents are; dead ones only to themselves.
fn compare_references(cx: &Cx, comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let is_asked = matches!(comparison, Comparison::Eq | Comparison::Ne);
    if !is_asked || right.downcast::<WeakRef>().is_none() {
        return Ok(Owned::not_implemented());
    }
    match (referent(cx, left), referent(cx, right)) {
        (Some(left), Some(right)) => compare::rich(cx, comparison, left.borrow(), right.borrow()),
        _ => Ok(Owned::bool(
            (left == right) == (comparison == Comparison::Eq),
        )),
    }
}

fn callback(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    let found = weakref::callback(cx.ts, this.layout::<WeakRef>())?;
    // SAFETY: the reference is new.
    Some(unsafe { Owned::from_value(found) })
}

fn class_getitem(cx: &Cx, class: Ref<'_>, item: Ref<'_>) -> Owned {
    generic_alias::new(cx, class, item)
}

/// The error of a proxy whose object is gone.
fn gone(cx: &Cx) -> Raised {
    cx.error(
        TypeId::ReferenceError,
        "weakly-referenced object no longer exists",
    )
}
