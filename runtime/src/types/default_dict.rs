//! `collections.defaultdict`: a dict with a function that makes values for keys that are missing.

use crate::eval::cx::Cx;
use crate::eval::ops::{iterate, subscript, text};
use crate::eval::{Args, Outcome};
use crate::objects::dict::Dict;
use crate::objects::extras;
use crate::objects::lazy::Lazy;
use crate::refs::{Owned, Ref};
use crate::sync::event;
use crate::types::class_getitem::class_getitem;
use crate::types::define::class;
use crate::types::{TypeId, dict, exception, store};

class! {
    pub(crate) DEFAULT_DICT: Dict = "defaultdict" (Dict) {
        module "collections";
        doc "defaultdict(default_factory=None, /, [...]) -> a dict that calls the factory for a key that is missing\n\nThe \
            factory gets no arguments, and the key gets what it gives. The other arguments are those of dict.";
        fields { "default_factory" }
        slots { init: init, repr: repr, or: or }
        /// The class with types for its items, as annotations have them.
        class __class_getitem__ as class_getitem(self, object, /);
        /// What a missing key gets: the factory makes it; KeyError without a factory.
        method __missing__ as missing(self, key, /);
        /// A new dict with the same factory, keys and values.
        method copy(self, /);
        /// A new dict with the same factory, keys and values.
        method __copy__ as copy(self, /);
        /// What pickle needs to make it again.
        method __reduce__ as reduce(self, /);
        /// Makes the values of missing keys, or None.
        get default_factory as factory, set_factory;
    }
}

/// Where the factory lies.
fn slot(this: Ref<'_>) -> &Lazy {
    let slot = this.header().and_then(|header| extras::named(header, 0));
    slot.expect("a defaultdict has room for its factory")
}

fn factory(cx: &Cx, this: Ref<'_>) -> Owned {
    let slot = slot(this);
    event::reads(slot, None);
    let found = this.header().and_then(|header| slot.get(cx.ts, header));
    // SAFETY: the reference is new.
    found.map_or(Owned::NONE, |value| unsafe { Owned::from_value(value) })
}

fn set_factory(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    let slot = slot(this);
    event::writes(slot, None);
    if let Some(header) = this.header() {
        slot.replace(cx.ts, header, value.map(|value| value.own().into_value()));
    }
    Ok(())
}

fn init(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    let (factory, rest) = match args.positional {
        [] => (Ref::NONE, &[][..]),
        [factory, rest @ ..] => (*factory, rest),
    };
    if !factory.is_none() && !cx.class_of(factory).slot(|slots| slots.call.is_some()) {
        return Err(cx.type_error("first argument must be callable or None"));
    }
    set_factory(cx, this, factory.not_none())?;
    let rest = Args {
        positional: rest,
        ..args
    };
    dict::fill(cx, "dict", this, rest)
}

/// Another thread may do the same for the same key at the same time: then both get what they made, and the dict keeps what
/// came later, as in CPython.
fn missing(cx: &Cx, this: Ref<'_>, key: Ref<'_>) -> Outcome {
    let factory = factory(cx, this);
    if factory.borrow().is_none() {
        return Err(exception::key_error(cx, key));
    }
    let value = cx.call(factory.borrow(), Args::NONE)?;
    subscript::set(cx, this, key, value.borrow())?;
    Ok(value)
}

fn copy(cx: &Cx, this: Ref<'_>) -> Outcome {
    let (class, factory) = (cx.class_of(this), factory(cx, this));
    cx.call(class.as_ref(), Args::positional(&[factory.borrow(), this]))
}

fn reduce(cx: &Cx, this: Ref<'_>) -> Outcome {
    let factory = factory(cx, this);
    let args = match factory.borrow().is_none() {
        true => Vec::new(),
        false => vec![factory],
    };
    let items = cx.call_method(this, "items", &[])?;
    let items = iterate::iter(cx, items.borrow())?;
    let class = cx.class_of(this).as_ref().own();
    let parts = vec![class, cx.tuple(args), Owned::NONE, Owned::NONE, items];
    Ok(cx.tuple(parts))
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let name = cx.class_of(this).name(cx);
    let pairs = dict::repr(cx, this)?;
    let pairs = cx.text_of(pairs.borrow());
    let factory = factory(cx, this);
    let shown = match cx.is_shown(factory.borrow()) {
        true => "...".to_owned(),
        false => {
            let since = cx.start_showing(factory.borrow());
            let shown = cx.nested(|| text::repr_text(cx, factory.borrow()));
            cx.stop_showing(since);
            shown?
        }
    };
    Ok(cx.str(&format!("{name}({shown}, {pairs})")))
}

fn or(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    if left.downcast::<Dict>().is_none() || right.downcast::<Dict>().is_none() {
        return Ok(Owned::not_implemented());
    }
    let made = match cx.is_instance(left, TypeId::DefaultDict) {
        true => copy(cx, left)?,
        false => {
            let (class, factory) = (cx.class_of(right), factory(cx, right));
            cx.call(class.as_ref(), Args::positional(&[factory.borrow(), left]))?
        }
    };
    dict::fill(cx, "dict", made.borrow(), Args::positional(&[right]))?;
    Ok(made)
}

/// `collections._count_elements`: adds one for each item. What threads add to one mapping can get lost, as in CPython.
pub(crate) fn count_elements(cx: &Cx, mapping: Ref<'_>, iterable: Ref<'_>) -> Outcome<()> {
    use crate::compile::BinaryOperator::Add;
    use crate::eval::ops::{attribute, binary};
    let one = cx.int(1);
    let more = |old: Option<Owned>| match old {
        None => Ok(one.clone()),
        Some(old) => binary::apply(cx, Add, old.borrow(), one.borrow()),
    };
    let plain = mapping
        .downcast::<Dict>()
        .filter(|_| counts_plainly(cx, mapping));
    if let Some(dict) = plain {
        return iterate::each(cx, iterable, |key| {
            let new = more(store::dict_get(cx, dict, key.borrow())?)?;
            store::dict_set(cx, dict, key, new)
        });
    }
    let get = attribute::get_str(cx, mapping, "get")?;
    let zero = cx.int(0);
    iterate::each(cx, iterable, |key| {
        let old = cx.call(
            get.borrow(),
            Args::positional(&[key.borrow(), zero.borrow()]),
        )?;
        let new = more(Some(old))?;
        subscript::set(cx, mapping, key.borrow(), new.borrow())
    })
}

/// Whether a mapping has the `get` and the `__setitem__` of `dict`.
fn counts_plainly(cx: &Cx, mapping: Ref<'_>) -> bool {
    let (class, dict) = (cx.class_of(mapping), cx.class(TypeId::Dict));
    let same = |name: &str| {
        let name = cx.intern(name);
        let found = class.lookup(cx, name).zip(dict.lookup(cx, name));
        found.is_some_and(|(one, other)| one.borrow() == other.borrow())
    };
    same("get") && same("__setitem__")
}
