//! The first moments of an interpreter: class objects from the tables, and what is in their dicts.
//!
//! Classes come before everything that has one: first all class objects, without dicts, then the table from which the
//! objects below take their classes, then dicts and members.

use std::ptr::NonNull;

use crate::eval::cx::Cx;
use crate::eval::letters::Letters;
use crate::eval::shared::{Names, World};
use crate::objects::header::{Extras, Header, Kind, Object, Tag};
use crate::objects::interned::immortal;
use crate::objects::local::{self, Classes};
use crate::objects::value::Value;
use crate::objects::{alloc, extras};
use crate::protocols::thread_state::ThreadState;
use crate::protocols::weakref::WeakSlot;
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::class::{Class, Inherited, Parts};
use crate::types::define::{Member, TypeDef};
use crate::types::native::{Builtin, GetSet, MethodDescriptor, Wrapper};
use crate::types::payload::{self, Boxed};
use crate::types::slots::Dunder;

/// The class objects, immortal, by [`TypeId`].
pub(crate) fn classes(ts: &ThreadState) -> Vec<Value> {
    let mut classes: Vec<Value> = Vec::new();
    for &id in TypeId::ALL {
        let value = class_object(ts, bare(id, &classes));
        immortal(ts, value);
        classes.push(value);
    }
    for (&id, value) in TypeId::ALL.iter().zip(&classes) {
        // SAFETY: the class is immortal.
        let object = unsafe { Ref::from_value(*value) };
        Class::adopt(object, |kind| give_extras(id.def(), kind));
    }
    // SAFETY: as above.
    let meta = unsafe { Ref::from_value(classes[TypeId::Type as usize]) };
    let head = Class::of(meta).expect("type is a class").head();
    for value in &classes {
        let header = value.header().expect("classes are objects");
        // SAFETY: nobody else knows the class yet, and `type` is immortal.
        unsafe { (*header.as_ptr()).set_class(head) };
    }
    classes
}

fn give_extras(def: &'static TypeDef, kind: &mut Kind) {
    let extras = Extras {
        dict: has(def, |def| def.has_dict),
        weak: has(def, |def| def.has_weak),
        slots: def.fields.len() as u16,
    };
    if extras != Extras::NONE {
        kind.extras = extras;
        kind.layout = Some(def.kind);
        kind.traverse = Some(extras::traverse);
        kind.clear = Some(extras::clear);
    }
}

/// Whether a class or one of its bases has something behind its layout.
fn has(def: &'static TypeDef, part: fn(&TypeDef) -> bool) -> bool {
    part(def) || def.base != TypeId::Object && has(def.base.def(), part)
}

/// A class with its place in the hierarchy and its own slots, still without a dict.
fn bare(id: TypeId, known: &[Value]) -> Class {
    let def = id.def();
    let mut slots = def.slots;
    let (mut bases, mut mro) = (Vec::new(), Vec::new());
    let mut kind = *def.kind;
    kind.shares = id.is_of_library() && kind.tag.0 < Tag::FIRST_ABOVE && def.base != TypeId::Object;
    if id != TypeId::Object {
        let base = known_class(known, def.base);
        if let Some(class) = base.as_ref().and_then(|base| Class::of(base.borrow())) {
            slots.inherit(&class.inherited().slots);
            kind.finalized = slots.finalize.is_some();
            mro.extend(base.clone());
            mro.extend(class.inherited().mro.iter().cloned());
        }
        bases.extend(base);
        if let Some(second) = def.also.and_then(|also| known_class(known, also)) {
            add_second(&mut mro, &second);
            bases.push(second);
        }
    }
    if def.unhashable {
        slots.hash = None;
    }
    Class::new(Parts {
        kind,
        inherited: Inherited { bases, mro, slots },
        dict: None,
        names: None,
        id,
        def: Some(def),
        slot_names: def.fields.iter().map(|name| (*name).into()).collect(),
    })
}

/// Puts a second base, of whose bases the order names all but itself, into the order of bases.
fn add_second(mro: &mut Vec<Owned>, second: &Owned) {
    let Some(class) = Class::of(second.borrow()) else {
        return;
    };
    let above = &class.inherited().mro;
    let is_above = |one: &Owned| above.iter().any(|base| base.borrow() == one.borrow());
    let place = mro.iter().position(is_above).unwrap_or(mro.len());
    mro.insert(place, second.clone());
}

/// A class that there is already. It is immortal, so that nobody counts it.
fn known_class(known: &[Value], id: TypeId) -> Option<Owned> {
    let base = known.get(id as usize)?;
    // SAFETY: the class is immortal.
    Some(unsafe { Owned::from_value(*base) })
}

/// Makes the world of a new interpreter; the calling thread is its first.
pub(crate) fn world(cx: &Cx, seed: u64) {
    let classes = classes(cx.ts);
    let heads = heads(&classes);
    cx.shared.set_heads(heads);
    if let Some(heads) = cx.shared.heads() {
        // SAFETY: the shared part keeps the heads until the last thread has ended.
        unsafe { local::use_classes(cx.ts, heads) };
    }
    let names = Names::new(
        cx.shared,
        cx.ts,
        Dunder::ALL.iter().map(|dunder| dunder.name()),
    );
    let letters = Letters::new(|text| cx.intern(text));
    cx.shared.set_world(World {
        classes,
        names,
        letters,
        builtins: keep(cx, cx.dict()),
        modules: keep(cx, cx.dict()),
        sys: keep(cx, cx.dict()),
        threads: crate::types::thread::registry::Threads::new(seed, cx.ts.id()),
        exits: crate::eval::exits::Exits::new(),
        no_default: std::cell::OnceCell::new(),
    });
    let no_default = keep(cx, crate::types::type_parameters::make_no_default(cx));
    // Nobody has set it yet.
    let _ = cx.world().no_default.set(no_default);
    fill(cx);
}

/// The heads of the classes whose layouts the objects know.
pub(crate) fn heads(classes: &[Value]) -> Box<Classes> {
    let head = |value: &Value| {
        // SAFETY: the class is immortal.
        let class = unsafe { Ref::from_value(*value) };
        Class::of(class).expect("a class").head()
    };
    let object = head(&classes[TypeId::Object as usize]);
    let mut heads = [object; Tag::FIRST_ABOVE as usize];
    for (&id, value) in TypeId::ALL.iter().zip(classes).rev() {
        let tag = id.def().kind.tag.0;
        if tag < Tag::FIRST_ABOVE && id.def().kind.tag != Tag::Instance {
            heads[usize::from(tag)] = head(value);
        }
    }
    Box::new(Classes(heads))
}

/// Gives every class its dict and what belongs there.
pub(crate) fn fill(cx: &Cx) {
    let built_in = || TypeId::ALL.iter().filter(|id| !id.is_of_library());
    built_in().for_each(|id| give_dict(cx, *id));
    built_in().for_each(|id| complete(cx, *id));
    cx.class(TypeId::Object).forget_lookups(cx);
}

/// Gives classes of the library, of which nobody has had an instance yet, what belongs in their dicts. Their module is
/// being imported, which one thread does.
pub(crate) fn fill_library(cx: &Cx, types: &[TypeId]) {
    let fresh = |id: &&TypeId| id.is_of_library() && !cx.class(**id).has_namespace();
    for id in types.iter().filter(fresh) {
        give_dict(cx, *id);
        complete(cx, *id);
        cx.class(*id).forget_lookups(cx);
    }
}

fn give_dict(cx: &Cx, id: TypeId) {
    let dict = immortal(cx.ts, cx.dict().into_value());
    // SAFETY: it is immortal now.
    cx.class(id).set_dict(unsafe { Owned::from_value(dict) });
}

fn complete(cx: &Cx, id: TypeId) {
    fill_one(cx, id);
    for base in &cx.class(id).inherited().bases {
        if let Some(base) = Class::of(base.borrow()) {
            base.add_subclass(cx, cx.class(id));
        }
    }
}

fn fill_one(cx: &Cx, id: TypeId) {
    let (class, def) = (cx.class(id), id.def());
    let dict = class.dict();
    for &dunder in Dunder::ALL.iter().filter(|dunder| def.slots.has(**dunder)) {
        if dunder == Dunder::New {
            let new = Builtin {
                def: crate::types::native::NEW,
                receiver: Some(class.as_ref().own()),
                module: None,
                owner: Some(id),
            };
            set_for_ever(cx, dict, dunder.name(), payload::new(cx, new));
        } else if dunder == Dunder::ReflectedAdd && def.slots.subtract.is_none() {
            // Sequences are joined by the left one.
        } else if dunder != Dunder::GetAttr {
            let wrapper = Wrapper { dunder, owner: id };
            set_for_ever(cx, dict, dunder.name(), payload::new(cx, wrapper));
        }
    }
    if def.unhashable {
        set(cx, dict, "__hash__", Owned::NONE);
    }
    for member in def.members {
        let (name, value) = of_class(cx, id, member);
        set_for_ever(cx, dict, name, value);
    }
    let doc = if def.doc.is_empty() {
        Owned::NONE
    } else {
        cx.str(def.doc)
    };
    // Where it is an attribute of the instances, the class knows its own otherwise.
    if !def.members.iter().any(|member| member.name() == "__doc__") {
        set(cx, dict, "__doc__", doc);
    }
}

/// What a class's dict has for a row of its table.
fn of_class(cx: &Cx, owner: TypeId, member: &'static Member) -> (&'static str, Owned) {
    match member {
        Member::Method(def) | Member::Class(def) => {
            let method = MethodDescriptor {
                def,
                owner,
                of_class: matches!(member, Member::Class(_)),
            };
            let class = match method.of_class {
                true => TypeId::ClassMethodDescriptor,
                false => TypeId::MethodDescriptor,
            };
            (def.name, payload::new_in(cx, cx.class(class), method))
        }
        Member::Static(def) => {
            let function = Builtin {
                def,
                receiver: None,
                module: None,
                owner: Some(owner),
            };
            let function = payload::new(cx, function);
            (def.name, crate::types::static_method::new(cx, function))
        }
        Member::Property {
            name,
            doc,
            get,
            set,
        } => {
            let getset = GetSet {
                name,
                doc,
                owner,
                get: *get,
                set: *set,
            };
            (name, payload::new(cx, getset))
        }
        Member::Constant { name, make } => (name, make(cx)),
    }
}

/// What a module's dict has for a row of its table.
pub(crate) fn of_module(
    cx: &Cx,
    module: Ref<'_>,
    member: &'static Member,
) -> Option<(&'static str, Owned)> {
    match member {
        Member::Static(def) => {
            let function = Builtin {
                def,
                receiver: None,
                module: Some(module.own()),
                owner: None,
            };
            let function = keep(cx, payload::new(cx, function));
            // SAFETY: it is immortal now.
            Some((def.name, unsafe { Owned::from_value(function) }))
        }
        Member::Constant { name, make } => Some((name, make(cx))),
        _ => None,
    }
}

/// Binds a name in a dict of names.
pub(crate) fn set(cx: &Cx, dict: Ref<'_>, name: &str, value: Owned) {
    let name = cx.intern(name);
    // Names are strings, and those have a hash.
    let _ = crate::eval::ops::attribute::set_in(cx, dict, name, Some(value.borrow()));
}

/// Binds a name to what every thread finds there, so that nobody counts it.
fn set_for_ever(cx: &Cx, dict: Ref<'_>, name: &str, value: Owned) {
    let value = keep(cx, value);
    // SAFETY: it is immortal now.
    set(cx, dict, name, unsafe { Owned::from_value(value) });
}

/// Makes a value part of the world for ever.
pub(crate) fn keep(cx: &Cx, value: Owned) -> Value {
    immortal(cx.ts, value.into_value())
}

/// A class object from a time when there is no class of classes yet.
fn class_object(ts: &ThreadState, class: Class) -> Value {
    let kind = NonNull::from(<Boxed<Class> as Object>::KIND);
    // SAFETY: the constant lives for ever; the header gets its class before anybody reads it.
    let header = unsafe { Header::of_class(ts, kind) };
    let block = alloc(ts, Boxed::assemble(header, class), size_of::<WeakSlot>());
    // SAFETY: the block ends with room for the list of weak references, which instances of `type` have.
    unsafe { block.add(1).cast::<WeakSlot>().write(WeakSlot::new()) };
    Value::object(block.cast())
}
