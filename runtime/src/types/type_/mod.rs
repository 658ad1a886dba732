//! `type`: the class of classes.

mod attributes;

use crate::eval::cx::Cx;
use crate::eval::ops::attribute;
use crate::eval::{Args, Outcome, Raised};
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::sync::event;
use crate::types::build;
use crate::types::class::{Class, attribute_part};
use crate::types::define::class;
use crate::types::payload::Boxed;
use crate::types::slots::Call;
use crate::types::{TypeId, store};

use attributes::*;

class! {
    pub(crate) TYPE: Boxed<Class> = "type" (Object) {
        with_weak;
        doc "The class of an object; or, with a name, bases and a dict, a new class.";
        slots {
            call: call, new: new, init: init, repr: repr, get_attr: get_attr, set_attr: set_attr,
            or: crate::types::union::or,
        }
        get __name__ as name, set_name;
        get __qualname__ as qualname, set_qualname;
        get __module__ as module, set_module;
        get __doc__ as doc, set_doc;
        get __dict__ as dict;
        get __mro__ as mro;
        get __bases__ as bases, set_bases;
        get __base__ as base;
        get __abstractmethods__ as abstract_methods, set_abstract_methods;
        get __annotations__ as annotations, set_annotations;
        get __annotate__ as annotate, set_annotate;
        get __type_params__ as type_params, set_type_params;
        get __flags__ as flags;
        get __basicsize__ as basic_size;
        get __itemsize__ as item_size;
        get __dictoffset__ as dict_offset;
        get __weakrefoffset__ as weak_offset;
        get __text_signature__ as text_signature;
        /// The classes in the order in which names are looked up.
        method mro as mro_list(self, /);
        /// The classes that inherit from it directly.
        method __subclasses__ as subclasses(self, /);
        /// Whether the object belongs to the class.
        method __instancecheck__ as instance_check(self, instance, /);
        /// Whether the other class inherits from this one.
        method __subclasscheck__ as subclass_check(self, subclass, /);
        /// The mapping in which a class statement's body runs.
        class __prepare__ as prepare(self, *args, **kwds);
        /// The names of the class and its bases.
        method __dir__ as dir(self, /);
    }
}

/// `class(..)`: makes an object and initialises it; `type(object)` gives its class.
fn call(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome {
    let class = Class::of(this).expect("a class");
    if let (true, [one], []) = (class.is(TypeId::Type), args.positional, args.names) {
        return Ok(cx.class_of(*one).as_ref().own());
    }
    if class.is(TypeId::Type) && args.positional.len() != 3 {
        return Err(cx.type_error("type() takes 1 or 3 arguments"));
    }
    let Some(new) = class.slot(|slots| slots.new) else {
        let name = class.name(cx);
        return Err(cx.type_error(format!("cannot create '{name}' instances")));
    };
    let made = cx.nested(|| new(cx, class, args))?;
    let made_class = cx.class_of(made.borrow());
    if made_class.derives_from(class)
        && let Some(init) = made_class.slot(|slots| slots.init)
    {
        cx.nested(|| init(cx, made.borrow(), args))?;
    }
    Ok(made)
}

/// Whether calling the class comes to [`call`].
pub(super) fn is_called_plainly(cx: &Cx, class: &Class) -> bool {
    let slot = cx.class_of(class.as_ref()).slot(|slots| slots.call);
    slot.is_some_and(|slot| std::ptr::fn_addr_eq(slot, call as Call))
}

/// `type(name, bases, dict)`
pub(crate) fn new(cx: &Cx, meta: &Class, args: Args<'_>) -> Outcome {
    let [name, bases, namespace] = args.positional else {
        let given = args.positional.len();
        let message = format!("type.__new__() takes exactly 3 arguments ({given} given)");
        return Err(cx.type_error(message));
    };
    let Some(bases) = bases.downcast::<Tuple>() else {
        let kind = cx.type_name(*bases);
        return Err(cx.type_error(format!(
            "type.__new__() argument 2 must be tuple, not {kind}"
        )));
    };
    build::new_class(cx, meta, *name, items(bases), *namespace, args)
}

fn init(cx: &Cx, _this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    match args.positional.len() {
        1 | 3 => Ok(()),
        _ => Err(cx.type_error("type.__init__() takes 1 or 3 arguments")),
    }
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let class = Class::of(this).expect("a class");
    let name = qualified_name(cx, class);
    Ok(cx.str(&match module_name(cx, class) {
        Some(module) if module != "builtins" => format!("<class '{module}.{name}'>"),
        _ => format!("<class '{name}'>"),
    }))
}

/// Descriptors of the metaclass that set, attributes of the class and its bases, then what else the metaclass has.
fn get_attr(cx: &Cx, this: Ref<'_>, name: Ref<'_>) -> Outcome {
    let class = Class::of(this).expect("a class");
    let meta = cx.class_of(this);
    let found = meta.lookup(cx, name);
    let getter = found.as_ref().and_then(|found| {
        let kind = cx.class_of(found.borrow());
        kind.slot(|slots| slots.descr_get.map(|get| (get, slots.descr_set.is_some())))
    });
    if let (Some(found), Some((get, true))) = (&found, getter) {
        return get(cx, found.borrow(), Some(this), meta.as_ref());
    }
    if let Some(own) = class.lookup(cx, name) {
        return match cx.class_of(own.borrow()).slot(|slots| slots.descr_get) {
            Some(get) => get(cx, own.borrow(), None, this),
            None => Ok(own),
        };
    }
    match (found, getter) {
        (Some(found), Some((get, _))) => get(cx, found.borrow(), Some(this), meta.as_ref()),
        (Some(found), None) => Ok(found),
        (None, _) => Err(attribute::missing(cx, this, name)),
    }
}

fn set_attr(cx: &Cx, this: Ref<'_>, name: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    let class = Class::of(this).expect("a class");
    if class.is_builtin() {
        return Err(immutable(cx, class, name));
    }
    let found = cx.class_of(this).lookup(cx, name);
    if let Some(found) = &found
        && let Some(set) = cx.class_of(found.borrow()).slot(|slots| slots.descr_set)
    {
        return set(cx, found.borrow(), this, value);
    }
    event::writes(&raw const cx.shared.type_cache, attribute_part(cx, name));
    match class.set(cx, name, value)? {
        true => Ok(()),
        false => Err(attribute::missing(cx, this, name)),
    }
}

#[cold]
fn immutable(cx: &Cx, class: &Class, name: Ref<'_>) -> Raised {
    let (text, kind) = (cx.text_of(name), class.name(cx));
    cx.type_error(format!(
        "cannot set '{text}' attribute of immutable type '{kind}'"
    ))
}

fn name(cx: &Cx, class: &Class) -> String {
    class.name(cx)
}

/// `__qualname__`
pub(crate) fn qualified_name(cx: &Cx, class: &Class) -> String {
    match class.names() {
        Some(names) => {
            let name = names.with(cx.ts, class.header(), |names| names.qualified_name.clone());
            cx.text_of(name.borrow()).to_owned()
        }
        None => class.name(cx),
    }
}

/// `__module__`, if it is a string.
pub(crate) fn module_name(cx: &Cx, class: &Class) -> Option<String> {
    if let Some(def) = class.def {
        return Some(def.module.to_owned());
    }
    let name = cx.world().names.module();
    let found = store::dict_get(cx, class.namespace(), name).ok()??;
    let is_text = cx.is_instance(found.borrow(), TypeId::Str);
    is_text.then(|| cx.text_of(found.borrow()).to_owned())
}

fn qualname(cx: &Cx, class: &Class) -> String {
    qualified_name(cx, class)
}

#[cold]
fn undeletable(cx: &Cx, class: &Class, what: &str) -> Raised {
    let name = class.name(cx);
    cx.type_error(format!(
        "cannot delete '{what}' attribute of immutable type '{name}'"
    ))
}

/// A string for a name, or an error that says what it is for.
fn text_for(cx: &Cx, class: &Class, what: &str, value: Option<Ref<'_>>) -> Outcome {
    let Some(value) = value else {
        return Err(undeletable(cx, class, what));
    };
    if class.is_builtin() {
        return Err(immutable(cx, class, cx.intern(what)));
    }
    if !cx.is_instance(value, TypeId::Str) {
        let (name, kind) = (class.name(cx), cx.type_name(value));
        return Err(cx.type_error(format!(
            "can only assign string to {name}.{what}, not '{kind}'"
        )));
    }
    Ok(value.own())
}

fn set_name(cx: &Cx, class: &Class, value: Option<Ref<'_>>) -> Outcome<()> {
    let text = text_for(cx, class, "__name__", value)?;
    if cx.text_of(text.borrow()).contains('\0') {
        return Err(cx.value_error("type name must not contain null characters"));
    }
    if let Some(names) = class.names() {
        drop(names.with(cx.ts, class.header(), |names| {
            std::mem::replace(&mut names.name, text)
        }));
    }
    Ok(())
}

fn set_qualname(cx: &Cx, class: &Class, value: Option<Ref<'_>>) -> Outcome<()> {
    let text = text_for(cx, class, "__qualname__", value)?;
    if let Some(names) = class.names() {
        let old = names.with(cx.ts, class.header(), |names| {
            std::mem::replace(&mut names.qualified_name, text)
        });
        drop(old);
    }
    Ok(())
}

/// What the class's own dict has under a name.
fn own(cx: &Cx, class: &Class, name: Ref<'_>) -> Outcome<Option<Owned>> {
    store::dict_get(cx, class.namespace(), name)
}

/// Sets a name in the class's own dict, or deletes it.
fn set_own(cx: &Cx, class: &Class, name: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    if class.is_builtin() {
        return Err(immutable(cx, class, name));
    }
    match class.set(cx, name, value)? {
        true => Ok(()),
        false => Err(cx.error(TypeId::AttributeError, cx.text_of(name))),
    }
}

fn module(cx: &Cx, class: &Class) -> Outcome {
    match class.def {
        Some(def) => Ok(cx.str(def.module)),
        None => match own(cx, class, cx.world().names.module())? {
            Some(module) => Ok(module),
            None => Err(cx.error(TypeId::AttributeError, "__module__")),
        },
    }
}

fn set_module(cx: &Cx, class: &Class, value: Option<Ref<'_>>) -> Outcome<()> {
    if value.is_none() {
        return Err(undeletable(cx, class, "__module__"));
    }
    set_own(cx, class, cx.world().names.module(), value)
}

fn doc(cx: &Cx, class: &Class) -> Outcome {
    if let Some(def) = class.def {
        let has = !def.doc.is_empty();
        return Ok(if has { cx.str(def.doc) } else { Owned::NONE });
    }
    let Some(found) = own(cx, class, cx.world().names.doc())? else {
        return Ok(Owned::NONE);
    };
    match cx.class_of(found.borrow()).slot(|slots| slots.descr_get) {
        Some(get) => get(cx, found.borrow(), None, class.as_ref()),
        None => Ok(found),
    }
}

fn set_doc(cx: &Cx, class: &Class, value: Option<Ref<'_>>) -> Outcome<()> {
    if value.is_none() {
        return Err(undeletable(cx, class, "__doc__"));
    }
    set_own(cx, class, cx.world().names.doc(), value)
}

fn dict(cx: &Cx, class: &Class) -> Owned {
    crate::types::mapping_proxy::new(cx, class.dict().own())
}

fn mro(cx: &Cx, class: &Class) -> Owned {
    cx.tuple(mro_list(cx, class))
}

fn mro_list(_cx: &Cx, class: &Class) -> Vec<Owned> {
    class.order().map(|class| class.as_ref().own()).collect()
}

fn bases(cx: &Cx, class: &Class) -> Owned {
    cx.tuple(class.inherited().bases.clone())
}

fn set_bases(cx: &Cx, class: &Class, value: Option<Ref<'_>>) -> Outcome<()> {
    let Some(value) = value else {
        return Err(undeletable(cx, class, "__bases__"));
    };
    if class.is_builtin() {
        return Err(immutable(cx, class, cx.world().names.bases()));
    }
    match value.downcast::<Tuple>() {
        Some(bases) => {
            event::writes(&raw const cx.shared.type_cache, None);
            build::set_bases(cx, class, items(bases))
        }
        None => {
            let (name, kind) = (class.name(cx), cx.type_name(value));
            Err(cx.type_error(format!(
                "can only assign tuple to {name}.__bases__, not {kind}"
            )))
        }
    }
}

fn base(_cx: &Cx, class: &Class) -> Option<Owned> {
    class.inherited().bases.first().cloned()
}

fn subclasses(cx: &Cx, class: &Class) -> Vec<Owned> {
    class.subclasses(cx)
}

fn instance_check(cx: &Cx, class: &Class, instance: Ref<'_>) -> Outcome<bool> {
    crate::eval::ops::instance::plainly(cx, instance, class.as_ref())
}

fn subclass_check(cx: &Cx, class: &Class, subclass: Ref<'_>) -> Outcome<bool> {
    crate::eval::ops::instance::derives_plainly(cx, subclass, class.as_ref())
}

fn prepare(cx: &Cx, _class: &Class, _args: Ref<'_>, _kwds: Ref<'_>) -> Owned {
    cx.dict()
}

/// The names that a class and its bases have.
pub(crate) fn names(cx: &Cx, class: &Class) -> Vec<Owned> {
    let each = |class: &Class| store::dict_entries(cx, class.namespace());
    let pairs = class.order().flat_map(each);
    pairs.map(|(name, _)| name).collect()
}

/// Names sorted, each once.
pub(crate) fn sorted_names(cx: &Cx, names: Vec<Owned>) -> Vec<Owned> {
    let mut names = names;
    names.sort_by(|a, b| cx.text_of(a.borrow()).cmp(cx.text_of(b.borrow())));
    names.dedup_by(|a, b| cx.text_of(a.borrow()) == cx.text_of(b.borrow()));
    names
}

fn dir(cx: &Cx, class: &Class) -> Vec<Owned> {
    sorted_names(cx, names(cx, class))
}
