//! `threading.local`: an object with another dict in every thread.
//!
//! # State            the object: (thread, dict) for every thread that used it      a thread: numbers of what it used
//!
//! # Invariants
//! 1. An object is in the registry from its making to its end, and leaves before its block is freed; who finds it there
//!    asks under the mutex whether it is still alive.
//! 2. A thread that ends takes its dicts out of everything that it used.

use std::ptr::NonNull;

use crate::eval::cx::Cx;
use crate::eval::ops::attribute;
use crate::eval::shared::Shared;
use crate::eval::{Args, Outcome, Raised};
use crate::objects::header::Header;
use crate::objects::try_new_ref;
use crate::objects::value::Value;
use crate::refs::{Owned, Ref};
use crate::sync::atomic::Ordering::Relaxed;
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::collected::with_collected;
use crate::types::define::class;
use crate::types::guarded::Guarded;
use crate::types::payload::{self, Boxed, payload};
use crate::types::slots::Dunder;

use super::ident;
use super::registry::Locals;

impl Locals {
    /// The object with a number, if it is still alive.
    fn find(&self, cx: &Cx, number: u64) -> Option<Owned> {
        self.alive.with(cx.lot(), |alive| {
            let value = Value::object(*alive.get(&number)?);
            // SAFETY: the reference was taken.
            try_new_ref(cx.ts, value).then(|| unsafe { Owned::from_value(value) })
        })
    }
}

/// `threading.local`
pub(crate) struct Local {
    number: u64,
    /// Where the registry is.
    shared: NonNull<Shared>,
    /// One for each thread that used it.
    dicts: Guarded<Vec<(u64, Owned)>>,
    /// What `__init__` gets in every thread.
    args: Owned,
    kwargs: Owned,
}

// SAFETY: the pointer is to what all threads share.
unsafe impl Send for Local {}
// SAFETY: as above; the rest is immutable or guarded.
unsafe impl Sync for Local {}

payload!(
    Local as Local,
    "local",
    |this, visit| {
        this.dicts
            .alone(|dicts| dicts.iter().for_each(|(_, dict)| visit(dict.borrow())));
        visit(this.args.borrow());
        visit(this.kwargs.borrow());
    },
    |gone, ts, object| drop(gone.dicts.with(ts, object, std::mem::take))
);

impl Drop for Local {
    fn drop(&mut self) {
        // SAFETY: the interpreter keeps the shared part until its last object has ended.
        let shared = unsafe { self.shared.as_ref() };
        let (locals, lot) = (&shared.world().threads.locals, &shared.runtime.parking.lot);
        locals.alive.with(lot, |alive| alive.remove(&self.number));
    }
}

class! {
    pub(crate) LOCAL: Boxed<Local> = "_local" (Object) {
        with_weak;
        module "_thread";
        doc "Attributes that every thread has for itself.";
        slots { new: new, get_attr: get_attr, set_attr: set_attr }
    }
}

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    let init = cx.world().names.dunder(Dunder::Init);
    let has_init = class
        .lookup_with_class(cx, init)
        .is_some_and(|(_, owner)| !owner.is(TypeId::Object));
    if !args.is_empty() && !has_init {
        return Err(cx.type_error("Initialization arguments are not supported"));
    }
    let registry = &cx.world().threads.locals;
    // ORDERING: relaxed: only uniqueness matters.
    let number = registry.next.fetch_add(1, Relaxed);
    let kwargs = cx.dict();
    for (name, value) in args.names.iter().zip(args.keywords) {
        attribute::set_in(cx, kwargs.borrow(), *name, Some(*value))?;
    }
    let local = Local {
        number,
        shared: NonNull::from(cx.shared),
        dicts: Guarded::new("local dicts", Vec::new()),
        args: cx.tuple(args.positional.iter().map(|arg| arg.own()).collect()),
        kwargs,
    };
    let made = payload::new_in(cx, class, local);
    let header = made.borrow().header().expect("an object");
    // Threads that end take references through the registry.
    header.count.set_maybe_weakref();
    registry.alive.with(cx.lot(), |alive| {
        alive.insert(number, NonNull::from(header))
    });
    // The class calls `__init__` itself for the thread that makes the object.
    add_dict(cx, made.borrow());
    Ok(made)
}

/// The fields, and the header for the lock.
fn parts<'a>(this: Ref<'a>) -> (&'a Local, &'a Header) {
    let local = this.payload::<Local>().expect("a local");
    (local, this.header().expect("an object"))
}

/// The calling thread's dict, if it has one.
fn find_dict(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    let ((local, header), me) = (parts(this), ident(cx));
    local.dicts.with(cx.ts, header, |dicts| {
        let (_, dict) = dicts.iter().find(|(thread, _)| *thread == me)?;
        Some(dict.clone())
    })
}

/// A new dict for the calling thread, which has none.
fn add_dict(cx: &Cx, this: Ref<'_>) -> Owned {
    let ((local, header), me) = (parts(this), ident(cx));
    let dict = cx.dict();
    let entry = (me, dict.clone());
    local.dicts.with(cx.ts, header, |dicts| dicts.push(entry));
    cx.locals.borrow_mut().push(local.number);
    dict
}

/// The calling thread's dict; `__init__` fills a new one.
fn dict(cx: &Cx, this: Ref<'_>) -> Outcome {
    if let Some(dict) = find_dict(cx, this) {
        return Ok(dict);
    }
    let dict = add_dict(cx, this);
    let Some(init) = cx.class_of(this).slot(|slots| slots.init) else {
        return Ok(dict);
    };
    let (local, _) = parts(this);
    let (args, kwargs) = (local.args.borrow(), local.kwargs.borrow());
    match with_collected(cx, args, kwargs, |args| init(cx, this, args)) {
        Ok(()) => Ok(dict),
        Err(raised) => {
            drop(take_dict(cx, this));
            Err(raised)
        }
    }
}

/// Takes the calling thread's dict out.
fn take_dict(cx: &Cx, this: Ref<'_>) -> Option<(u64, Owned)> {
    let ((local, header), me) = (parts(this), ident(cx));
    local.dicts.with(cx.ts, header, |dicts| {
        let place = dicts.iter().position(|(thread, _)| *thread == me)?;
        Some(dicts.swap_remove(place))
    })
}

fn get_attr(cx: &Cx, this: Ref<'_>, name: Ref<'_>) -> Outcome {
    let own = dict(cx, this)?;
    if cx.text_of(name) == "__dict__" {
        return Ok(own);
    }
    let found = cx.class_of(this).lookup(cx, name);
    let is_data = found.is_some_and(|found| {
        let class = cx.class_of(found.borrow());
        class.slot(|slots| slots.descr_set.is_some())
    });
    if !is_data && let Some(value) = attribute::in_dict(cx, own.borrow(), name)? {
        return Ok(value);
    }
    attribute::generic_get(cx, this, name)
}

fn set_attr(cx: &Cx, this: Ref<'_>, name: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    let own = dict(cx, this)?;
    if cx.text_of(name) == "__dict__" {
        return Err(read_only(cx, this));
    }
    if let Some(found) = cx.class_of(this).lookup(cx, name)
        && let Some(set) = cx.class_of(found.borrow()).slot(|slots| slots.descr_set)
    {
        return set(cx, found.borrow(), this, value);
    }
    match attribute::set_in(cx, own.borrow(), name, value)? {
        true => Ok(()),
        false => Err(attribute::missing(cx, this, name)),
    }
}

#[cold]
fn read_only(cx: &Cx, this: Ref<'_>) -> Raised {
    let kind = cx.type_name(this);
    let message = format!("'{kind}' object attribute '__dict__' is read-only");
    cx.error(TypeId::AttributeError, message)
}

/// Takes the dicts of the calling thread, which ends, out of all that it used.
pub(crate) fn forget_thread(cx: &Cx) {
    // A finalizer of what goes may use others.
    while let Some(number) = cx.locals.borrow_mut().pop() {
        let local = cx.world().threads.locals.find(cx, number);
        drop(
            local
                .as_ref()
                .and_then(|local| take_dict(cx, local.borrow())),
        );
    }
}
