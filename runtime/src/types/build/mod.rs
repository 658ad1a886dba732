//! New classes: `__build_class__` and `type(name, bases, dict)`.

mod bases;
mod namespace;
mod statement;

use std::ptr::NonNull;

use crate::eval::cx::Cx;
use crate::eval::ops::attribute;
use crate::eval::sharing;
use crate::eval::{Args, Outcome};
use crate::objects::dict::Dict;
use crate::objects::extras;
use crate::objects::header::{Header, Kind};
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::types::class::{Class, Inherited, Names, Parts};
use crate::types::payload;
use crate::types::slots::Slots;
use crate::types::{TypeId, store};

use bases::{apply_own_order, best_base, linearize, metaclass_of};
pub(crate) use bases::{same_shape, set_bases};
use namespace::{add_descriptors, finish, prepare_namespace, take};
pub(crate) use statement::build_class;

/// `type.__new__(meta, name, bases, namespace, **keywords)`
pub(crate) fn new_class(
    cx: &Cx,
    meta: &Class,
    name: Ref<'_>,
    bases: &[Ref<'_>],
    namespace: Ref<'_>,
    args: Args<'_>,
) -> Outcome {
    let Some(text) = name.downcast::<Str>() else {
        let kind = cx.type_name(name);
        return Err(cx.type_error(format!("type.__new__() argument 1 must be str, not {kind}")));
    };
    let Some(namespace) = namespace.downcast::<Dict>() else {
        let kind = cx.type_name(namespace);
        return Err(cx.type_error(format!(
            "type.__new__() argument 3 must be dict, not {kind}"
        )));
    };
    if text.as_str().contains('\0') {
        return Err(cx.value_error("type name must not contain null characters"));
    }
    for base in bases.iter().filter(|base| Class::of(**base).is_none()) {
        if attribute::find(cx, *base, cx.world().names.mro_entries())?.is_some() {
            return Err(
                cx.type_error("type() doesn't support MRO entry resolution; use types.new_class()")
            );
        }
    }
    let object = [cx.class(TypeId::Object).as_ref()];
    let bases = if bases.is_empty() { &object[..] } else { bases };
    let winner = metaclass_of(cx, meta, bases)?;
    if !winner.same(meta)
        && let Some(new) = winner.slot(|slots| slots.new)
    {
        return new(cx, winner, args);
    }
    let begun = cx.shared.inheritance.begin();
    let class = Draft::new(cx, bases, namespace)?.make(cx, meta, text, name)?;
    finish(cx, class.borrow(), bases, args, begun)?;
    Ok(class)
}

/// A class that is being made.
struct Draft {
    bases: Vec<Owned>,
    mro: Vec<Owned>,
    /// The kind of the base whose layout it uses.
    kind: Kind,
    base_id: TypeId,
    slot_names: Vec<Box<str>>,
    /// How many of them the bases have.
    inherited_slots: usize,
    dict: Owned,
}

impl Draft {
    fn new(cx: &Cx, bases: &[Ref<'_>], namespace: &Dict) -> Outcome<Self> {
        let base = best_base(cx, bases)?;
        let dict = store::dict_copy(cx, namespace);
        let mut draft = Draft {
            bases: bases.iter().map(|base| base.own()).collect(),
            mro: linearize(cx, bases)?,
            kind: *base.kind(),
            base_id: base.id,
            slot_names: base.slot_names.clone(),
            inherited_slots: base.slot_names.len(),
            dict,
        };
        draft.lay_out(cx, base, bases)?;
        Ok(draft)
    }

    fn namespace(&self) -> &Dict {
        self.dict.borrow().downcast::<Dict>().expect("a dict")
    }

    /// What instances have behind the layout.
    fn lay_out(&mut self, cx: &Cx, base: &Class, bases: &[Ref<'_>]) -> Outcome<()> {
        let of_bases = |pick: fn(&Kind) -> bool| {
            let mut classes = bases.iter().filter_map(|base| Class::of(*base));
            classes.any(|class| pick(class.kind()))
        };
        let extras = &mut self.kind.extras;
        let slots_name = cx.world().names.slots();
        let declared = store::dict_get(
            cx,
            self.dict.borrow().downcast().expect("a dict"),
            slots_name,
        )?;
        let Some(declared) = declared else {
            extras.dict |= !has_dict_inside(base);
            extras.weak |= !is_sized(base);
            self.set_functions(base);
            return Ok(());
        };
        extras.dict |= of_bases(|kind| kind.extras.dict);
        extras.weak |= of_bases(|kind| kind.extras.weak);
        let mut fresh = slot_names(cx, declared.borrow())?;
        for special in ["__dict__", "__weakref__"] {
            if let Some(place) = fresh.iter().position(|name| &**name == special) {
                fresh.remove(place);
                let flag = if special == "__dict__" {
                    &mut self.kind.extras.dict
                } else {
                    &mut self.kind.extras.weak
                };
                if *flag || fresh.iter().any(|name| &**name == special) {
                    let what = special.trim_matches('_');
                    return Err(
                        cx.type_error(format!("__{what}__ slot disallowed: we already got one"))
                    );
                }
                *flag = true;
            }
        }
        fresh.sort();
        let namespace = self.namespace();
        for name in &fresh {
            if store::dict_contains(cx, namespace, cx.intern(name))? {
                return Err(cx.value_error(format!(
                    "'{name}' in __slots__ conflicts with class variable"
                )));
            }
        }
        if !fresh.is_empty() && is_sized(base) {
            return Err(cx.type_error(format!(
                "nonempty __slots__ not supported for subtype of '{}'",
                base.name(cx)
            )));
        }
        self.kind.extras.slots += fresh.len() as u16;
        self.slot_names.extend(fresh);
        self.set_functions(base);
        Ok(())
    }

    /// The functions by which instances live and die.
    fn set_functions(&mut self, base: &Class) {
        let layout = base.kind().layout.or(base.def.map(|def| def.kind));
        self.kind.layout = layout;
        self.kind.shares = true;
        self.kind.traverse = Some(extras::traverse);
        self.kind.clear = Some(extras::clear);
        self.kind.release = layout.and_then(|layout| layout.release);
        self.kind.name = layout.map_or("object", |layout| layout.name);
        self.kind.class = None;
    }

    fn make(self, cx: &Cx, meta: &Class, text: &Str, name: Ref<'_>) -> Outcome {
        let namespace = self.dict.clone();
        let namespace = namespace.borrow();
        let qualified = take(cx, namespace, cx.world().names.qualname())?;
        let qualified_name = match qualified {
            Some(text) if cx.is_instance(text.borrow(), TypeId::Str) => text,
            Some(other) => {
                let kind = cx.type_name(other.borrow());
                return Err(cx.type_error(format!("type __qualname__ must be a str, not {kind}")));
            }
            None => cx.str(text.as_str()),
        };
        prepare_namespace(cx, namespace)?;
        let first_new = self.inherited_slots;
        let parts = Parts {
            kind: self.kind,
            inherited: Inherited {
                bases: self.bases,
                mro: self.mro,
                slots: Slots::NONE,
            },
            dict: Some(self.dict),
            names: Some(Names {
                name: name.own(),
                qualified_name,
            }),
            id: self.base_id,
            def: None,
            slot_names: self.slot_names,
        };
        let made = payload::new_in(cx, meta, Class::new(parts));
        Class::adopt(made.borrow(), |_| {});
        sharing::share(cx, made.borrow());
        let class = Class::of(made.borrow()).expect("a class");
        apply_own_order(cx, made.borrow(), class)?;
        add_descriptors(cx, made.borrow(), class, first_new)?;
        class.fill_slots(cx);
        Ok(made)
    }
}

/// Whether the layout of the instances has a dict already.
fn has_dict_inside(base: &Class) -> bool {
    let has = |class: &Class| class.is(TypeId::Type) || class.is(TypeId::Module);
    base.order().any(has)
}

/// Whether instances of a class differ in size in CPython, so that no names and no weak references go with them.
fn is_sized(base: &Class) -> bool {
    matches!(base.id, TypeId::Int | TypeId::Tuple | TypeId::Bytes)
}

/// The names in `__slots__`.
fn slot_names(cx: &Cx, declared: Ref<'_>) -> Outcome<Vec<Box<str>>> {
    let declared = match declared.downcast::<Str>() {
        Some(_) => vec![declared.own()],
        None => crate::eval::ops::iterate::collect(cx, declared)?,
    };
    declared
        .iter()
        .map(|name| slot_name(cx, name.borrow()))
        .collect()
}

fn slot_name(cx: &Cx, name: Ref<'_>) -> Outcome<Box<str>> {
    match name.downcast::<Str>() {
        Some(text) if is_identifier(text.as_str()) => Ok(text.as_str().into()),
        Some(_) => Err(cx.type_error("__slots__ must be identifiers")),
        None => {
            let kind = cx.type_name(name);
            Err(cx.type_error(format!("__slots__ items must be strings, not '{kind}'")))
        }
    }
}

fn is_identifier(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c == '_' || c.is_alphabetic())
        && chars.all(|c| c == '_' || c.is_alphanumeric())
}

/// `object.__class__ = class`; both have the same shape.
pub(crate) fn change_class(cx: &Cx, object: &Header, class: &Class) {
    let old = Class::of_header(object).as_ref().own();
    // The object's own reference to the new class.
    let _kept = class.as_ref().own().into_value();
    let world = cx.shared.runtime.world();
    world.stop(Some(cx.ts));
    let object = NonNull::from(object).as_ptr();
    // SAFETY: every other thread is stopped, and this one looks at the header through this pointer only.
    unsafe { (*object).set_class(class.head()) };
    world.restart(Some(cx.ts));
    let given_back = old.borrow().value();
    class.keep_predecessor(cx, old);
    // SAFETY: the object owned a reference to its old class, and gave it up above.
    drop(unsafe { Owned::from_value(given_back) });
}
