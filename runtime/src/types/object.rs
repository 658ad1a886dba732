//! `object`, and the singletons `None`, `NotImplemented` and `...`.

use crate::compile::Comparison;
use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, text};
use crate::eval::{Args, Outcome};
use crate::objects::header::{Header, Kind, Object, Size, Tag};
use crate::objects::value::Unpacked;
use crate::objects::{alloc_in_class, header};
use crate::refs::{Owned, Ref};
use crate::sync;
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::class;

/// An object without fields of its own.
#[repr(C)]
pub(crate) struct Instance {
    header: Header,
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for Instance {
    const KIND: &'static Kind = &Kind {
        size: Size::Fixed(size_of::<header::Header>()),
        ..Kind::leaf("object", Tag::Instance)
    };
}

class! {
    pub(crate) OBJECT: Instance = "object" (Object) {
        doc "The class that all others inherit from.\n\nAn instance has no attributes of its own and takes none.";
        slots {
            new: new, init: init, repr: repr, str: text::repr, hash: hash, compare: compare,
            get_attr: attribute::generic_get, set_attr: attribute::generic_set,
        }
        get __class__ as class, set_class;
        /// str() of the object; a format is refused.
        method __format__ as format(self, format_spec, /);
        /// The names of the object and its classes.
        method __dir__ as dir(self, /);
        /// Called for each new subclass.
        class __init_subclass__ as init_subclass(self, /);
        /// What an abstract class may say of a subclass; NotImplemented leaves it open.
        class __subclasshook__ as subclass_hook(self, class, /);
        /// What pickle needs to make it again.
        method __reduce__ as reduce(self, /);
        method __reduce_ex__ as reduce_ex(self, protocol, /);
        method __getstate__ as get_state(self, /);
        /// Bytes that the object takes by itself.
        method __sizeof__ as size_of_object(self, /);
    }
}

/// A new object without fields of its own.
pub(crate) fn instance(cx: &Cx, class: &Class) -> Owned {
    debug_assert_eq!(class.tag(), Tag::Instance);
    // SAFETY: the class is borrowed, and its layout is this one.
    let block = unsafe { alloc_in_class(cx.ts, class.head(), |header| Instance { header }, 0) };
    // SAFETY: the reference is new.
    unsafe { Owned::from_value(crate::objects::Value::object(block.cast())) }
}

pub(super) fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    refuse_arguments(cx, class, args)?;
    if let Some(names) = abstract_names(cx, class)? {
        let name = class.name(cx);
        let plural = if names.contains(", ") { "s" } else { "" };
        return Err(cx.type_error(format!(
            "Can't instantiate abstract class {name} without an implementation for abstract method{plural} {names}"
        )));
    }
    if class.tag() != Tag::Instance {
        let name = class.name(cx);
        return Err(cx.type_error(format!(
            "object.__new__({name}) is not safe, use {name}.__new__()"
        )));
    }
    Ok(instance(cx, class))
}

/// Arguments are fine when a class brings its own `__init__` or `__new__` to take them.
fn refuse_arguments(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome<()> {
    if args.is_empty() {
        return Ok(());
    }
    let names = &cx.world().names;
    let object = cx.class(TypeId::Object);
    let own = |name| {
        class
            .lookup_with_class(cx, name)
            .is_some_and(|(_, owner)| !owner.same(object))
    };
    use crate::types::slots::Dunder;
    if own(names.dunder(Dunder::New)) {
        return Err(
            cx.type_error("object.__new__() takes exactly one argument (the type to instantiate)")
        );
    }
    if own(names.dunder(Dunder::Init)) {
        return Ok(());
    }
    Err(cx.type_error(format!("{}() takes no arguments", class.name(cx))))
}

/// Whether the class has `__abstractmethods__`, empty or not.
pub(super) fn is_abstract(cx: &Cx, class: &Class) -> bool {
    let name = cx.world().names.abstract_methods();
    let found = crate::types::store::dict_contains(cx, class.namespace(), name);
    found.unwrap_or(true)
}

/// The names in `__abstractmethods__`, quoted; nothing if there are none.
fn abstract_names(cx: &Cx, class: &Class) -> Outcome<Option<String>> {
    if class.is_builtin() {
        return Ok(None);
    }
    let name = cx.world().names.abstract_methods();
    let Some(names) = crate::types::store::dict_get(cx, class.namespace(), name)? else {
        return Ok(None);
    };
    let mut all = Vec::new();
    crate::eval::ops::iterate::each(cx, names.borrow(), |name| {
        all.push(format!("'{}'", cx.text_of(name.borrow())));
        Ok(())
    })?;
    all.sort();
    Ok((!all.is_empty()).then(|| all.join(", ")))
}

fn init(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    if args.is_empty() {
        return Ok(());
    }
    use crate::types::slots::Dunder;
    let (class, names) = (cx.class_of(this), &cx.world().names);
    let object = cx.class(TypeId::Object);
    let own = |name| {
        class
            .lookup_with_class(cx, name)
            .is_some_and(|(_, owner)| !owner.same(object))
    };
    if own(names.dunder(Dunder::Init)) {
        return Err(cx.type_error(
            "object.__init__() takes exactly one argument (the instance to initialize)",
        ));
    }
    match own(names.dunder(Dunder::New)) {
        true => Ok(()),
        false => Err(cx.type_error(format!(
            "{}.__init__() takes exactly one argument (the instance to initialize)",
            class.name(cx)
        ))),
    }
}

/// `<module.name object at 0x..>`
pub(crate) fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let class = cx.class_of(this);
    let name = crate::types::type_::qualified_name(cx, class);
    let address = address(this);
    Ok(match crate::types::type_::module_name(cx, class) {
        Some(module) if module != "builtins" => {
            cx.str(&format!("<{module}.{name} object at {address}>"))
        }
        _ => cx.str(&format!("<{name} object at {address}>")),
    })
}

/// An object's identity as representations show it.
pub(crate) fn address(this: Ref<'_>) -> String {
    format!("{:#x}", identity(this))
}

/// `id(value)`
pub(crate) fn identity(this: Ref<'_>) -> u64 {
    match this.unpack() {
        Unpacked::Object(header) => sync::identity(header.as_ptr()),
        Unpacked::Int(number) => (number as u64) << 1 | 1,
        Unpacked::None => 8,
        Unpacked::Bool(truth) => 16 + 8 * u64::from(truth),
        Unpacked::NotImplemented => 32,
        Unpacked::Ellipsis => 40,
    }
}

/// By identity.
pub(crate) fn hash(cx: &Cx, this: Ref<'_>) -> Outcome<i64> {
    cx.lift(crate::objects::compare::hash_by_layout(cx.ts, this.value()))
}

/// Equality is identity, and `!=` is the contrary of whatever `==` says.
fn compare(cx: &Cx, comparison: Comparison, this: Ref<'_>, other: Ref<'_>) -> Outcome {
    match comparison {
        Comparison::Eq if this == other => Ok(Owned::bool(true)),
        Comparison::Ne => {
            let Some(equal) = cx.class_of(this).slot(|slots| slots.compare) else {
                return Ok(Owned::not_implemented());
            };
            let result = equal(cx, Comparison::Eq, this, other)?;
            if result.is_not_implemented() {
                return Ok(result);
            }
            let equal = crate::eval::ops::truth::is_true(cx, result.borrow())?;
            Ok(Owned::bool(!equal))
        }
        _ => Ok(Owned::not_implemented()),
    }
}

fn class(cx: &Cx, this: Ref<'_>) -> Owned {
    cx.class_of(this).as_ref().own()
}

fn set_class(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    let Some(value) = value else {
        return Err(cx.type_error("can't delete __class__ attribute"));
    };
    let Some(class) = Class::of(value) else {
        let kind = cx.type_name(value);
        return Err(cx.type_error(format!(
            "__class__ must be set to a class, not '{kind}' object"
        )));
    };
    let old = cx.class_of(this);
    let are_modules = [old, class]
        .iter()
        .all(|one| one.derives_from(cx.class(TypeId::Module)));
    if (old.is_builtin() || class.is_builtin()) && !are_modules {
        return Err(cx.type_error(
            "__class__ assignment only supported for mutable types or ModuleType subclasses",
        ));
    }
    let Some(header) = this
        .header()
        .filter(|_| super::build::same_shape(old, class))
    else {
        return Err(cx.type_error(format!(
            "__class__ assignment: '{}' object layout differs from '{}'",
            class.name(cx),
            old.name(cx)
        )));
    };
    super::build::change_class(cx, header, class);
    Ok(())
}

fn format(cx: &Cx, this: Ref<'_>, specification: Ref<'_>) -> Outcome {
    if !cx.is_instance(specification, TypeId::Str) {
        let kind = cx.type_name(specification);
        return Err(cx.type_error(format!("__format__() argument must be str, not {kind}")));
    }
    if !cx.text_of(specification).is_empty() {
        let kind = cx.type_name(this);
        return Err(cx.type_error(format!(
            "unsupported format string passed to {kind}.__format__"
        )));
    }
    text::str(cx, this)
}

/// Names of the object's dict, its class and the bases.
fn dir(cx: &Cx, this: Ref<'_>) -> Outcome<Vec<Owned>> {
    let mut names = Vec::new();
    if let Some(own) = attribute::find(cx, this, cx.world().names.dict())? {
        crate::eval::ops::iterate::each(cx, own.borrow(), |name| {
            names.push(name);
            Ok(())
        })?;
    }
    names.extend(super::type_::names(cx, cx.class_of(this)));
    Ok(super::type_::sorted_names(cx, names))
}

fn init_subclass(_cx: &Cx, _class: &Class) {}

fn subclass_hook(_cx: &Cx, _class: &Class, _other: Ref<'_>) -> Owned {
    Owned::not_implemented()
}

fn reduce(cx: &Cx, this: Ref<'_>) -> Outcome {
    (cx.shared.above.reduce)(cx, this, 0)
}

/// A class with a `__reduce__` of its own is asked by that.
fn reduce_ex(cx: &Cx, this: Ref<'_>, protocol: i64) -> Outcome {
    let name = cx.intern("__reduce__");
    let own = attribute::get(cx, cx.class_of(this).as_ref(), name)?;
    let usual = attribute::get(cx, cx.class(TypeId::Object).as_ref(), name)?;
    match own.borrow() == usual.borrow() {
        true => (cx.shared.above.reduce)(cx, this, protocol),
        false => cx.call_method(this, "__reduce__", &[]),
    }
}

fn get_state(cx: &Cx, this: Ref<'_>) -> Outcome {
    (cx.shared.above.state)(cx, this)
}

fn size_of_object(cx: &Cx, this: Ref<'_>) -> usize {
    let kind = cx.class_of(this).kind();
    let inside = match (kind.size, this.header()) {
        (Size::Of(size), Some(header)) => {
            // SAFETY: the object is a live one of its kind.
            unsafe { size(std::ptr::NonNull::from(header)) }
        }
        (Size::Fixed(size), _) => size,
        (Size::Of(_), None) => size_of::<Header>(),
    };
    inside + kind.extras.count() * size_of::<usize>()
}

class! {
    pub(crate) NONE: Instance = "NoneType" (Object) {
        sealed;
        doc "The class of None.";
        slots { new: new_none, repr: repr_singleton, truth: |_, _| Ok(false), hash: hash }
    }
}

class! {
    pub(crate) NOT_IMPLEMENTED: Instance = "NotImplementedType" (Object) {
        sealed;
        doc "The class of NotImplemented.";
        slots { new: new_not_implemented, repr: repr_singleton, hash: hash }
    }
}

class! {
    pub(crate) ELLIPSIS: Instance = "ellipsis" (Object) {
        sealed;
        doc "The class of the three dots.";
        slots { new: new_ellipsis, repr: repr_singleton, hash: hash }
    }
}

fn repr_singleton(cx: &Cx, this: Ref<'_>) -> Outcome {
    Ok(cx.str(match this.unpack() {
        Unpacked::None => "None",
        Unpacked::NotImplemented => "NotImplemented",
        _ => "Ellipsis",
    }))
}

fn singleton(cx: &Cx, class: &Class, args: Args<'_>, value: crate::objects::Value) -> Outcome {
    if !args.is_empty() {
        return Err(cx.type_error(format!("{} takes no arguments", class.name(cx))));
    }
    // SAFETY: singletons need no reference.
    Ok(unsafe { Owned::from_value(value) })
}

fn new_none(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    singleton(cx, class, args, crate::objects::Value::NONE)
}

fn new_not_implemented(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    singleton(cx, class, args, crate::objects::Value::NOT_IMPLEMENTED)
}

fn new_ellipsis(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    singleton(cx, class, args, crate::objects::Value::ELLIPSIS)
}
