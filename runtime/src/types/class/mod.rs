//! Classes: one object for every class, built in or the user's.
//!
//! # State            head { kind, slots } ◀── header of each instance       dict, bases, mro, version, subclasses
//!   kind, slots, bases, mro   change only while the world is stopped; a thread that is inside reads them as they are
//!   dict                      a dict of its own: changed through [`Class::set`] only, within `Versions::modify`
//!   version                   of the class as look-ups see it: taken away before every change here or in a base
//!   subclasses                addresses, under the object's lock; a class takes itself out before its block is freed
//!
//! # Invariants
//! 1. An instance owns a reference to its class unless the class is immortal, as every built-in one is.
//! 2. The head is the first field, so that its address is the class's.
//! 3. The mro of a class names live classes: it owns references to them.
//! 4. A class that has a version is among the subclasses of all its bases, so that their changes reach it.

mod change;
mod object;
mod of;
mod order;

use std::cell::OnceCell;
use std::ptr::NonNull;

use crate::eval::cx::Cx;
use crate::objects::dict::{self, Dict};
use crate::objects::header::{Header, Kind, Tag};
use crate::objects::local;
use crate::objects::str::Str;
use crate::objects::value::Value;
use crate::protocols::version::ClassVersion;
use crate::refs::{Owned, Ref};
use crate::sync::atomic::AtomicU64;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::cell::Cell;
use crate::sync::event;
use crate::types::TypeId;
use crate::types::define::TypeDef;
use crate::types::guarded::Guarded;
use crate::types::slots::Slots;

/// The names of a user's class.
#[derive(Debug)]
pub(crate) struct Names {
    pub(crate) name: Owned,
    pub(crate) qualified_name: Owned,
}

/// What changes only while the world is stopped.
pub(crate) struct Inherited {
    pub(crate) bases: Vec<Owned>,
    /// The linear order of bases, without the class itself.
    pub(crate) mro: Vec<Owned>,
    pub(crate) slots: Slots,
}

/// A class.
#[repr(C)]
pub(crate) struct Class {
    /// The head, to which the instances' headers point.
    kind: Cell<Kind>,
    inherited: Cell<Inherited>,
    /// Set before the class is known to anybody else.
    dict: OnceCell<Owned>,
    /// Nothing for a built-in class.
    names: Option<Guarded<Names>>,
    pub(crate) id: TypeId,
    /// The table of a built-in class.
    pub(crate) def: Option<&'static TypeDef>,
    /// The names of `__slots__`, in the order of their slots behind the layout, those of the bases first.
    pub(crate) slot_names: Vec<Box<str>>,
    /// What the cache of look-ups knows the class by; none while it changes.
    version: ClassVersion,
    /// Zero until somebody asks.
    number: AtomicU64,
    subclasses: Guarded<Vec<NonNull<Header>>>,
    /// Orders and bases that it had before, and classes that its instances had.
    retired: Guarded<Vec<Vec<Owned>>>,
}

// SAFETY: the state above says how each field is shared.
unsafe impl Sync for Class {}
// SAFETY: as above.
unsafe impl Send for Class {}

/// Everything that a new class is made of.
pub(crate) struct Parts {
    pub(crate) kind: Kind,
    pub(crate) inherited: Inherited,
    pub(crate) dict: Option<Owned>,
    pub(crate) names: Option<Names>,
    pub(crate) id: TypeId,
    pub(crate) def: Option<&'static TypeDef>,
    pub(crate) slot_names: Vec<Box<str>>,
}

impl Class {
    /// A class that nobody knows yet.
    pub(crate) fn new(parts: Parts) -> Self {
        let dict = OnceCell::new();
        if let Some(namespace) = parts.dict {
            let _ = dict.set(namespace);
        }
        Self {
            kind: Cell::new("class head", parts.kind),
            inherited: Cell::new("class", parts.inherited),
            dict,
            names: parts.names.map(|names| Guarded::new("class names", names)),
            id: parts.id,
            def: parts.def,
            slot_names: parts.slot_names,
            version: ClassVersion::new(),
            number: AtomicU64::new("class number", 0),
            subclasses: Guarded::new("subclasses", Vec::new()),
            retired: Guarded::new("retired", Vec::new()),
        }
    }

    /// The class, when the value is one.
    #[inline]
    pub(crate) fn of(value: Ref<'_>) -> Option<&Class> {
        value.payload::<Class>()
    }

    /// The class of an object.
    #[inline]
    pub(crate) fn of_header(header: &Header) -> &Class {
        // SAFETY: Invariant 2: in an interpreter every head is part of a class; Invariant 1 keeps it alive.
        unsafe { header.head().cast::<Class>().as_ref() }
    }

    /// The head.
    #[inline]
    pub(crate) fn head(&self) -> NonNull<Kind> {
        NonNull::from(&self.kind).cast()
    }

    /// What the layers below know of the class.
    #[inline]
    pub(crate) fn kind(&self) -> &Kind {
        // SAFETY: it changes only while the world is stopped, and the calling thread is inside.
        self.kind.with(|kind| unsafe { &*kind })
    }

    /// The class as a value.
    #[inline]
    pub(crate) fn as_ref(&self) -> Ref<'_> {
        let object = self.kind().class.expect("a class knows its object");
        // SAFETY: the object is the one that `self` lies in.
        unsafe { Ref::from_value(Value::object(object)) }
    }

    /// The object that the class is.
    pub(crate) fn header(&self) -> &Header {
        self.as_ref().header().expect("classes are objects")
    }

    /// Tells the class which object it is, and what else its kind is to say, before anybody else knows it.
    pub(crate) fn adopt(object: Ref<'_>, change: impl FnOnce(&mut Kind)) {
        let (Some(class), Some(header)) = (Class::of(object), object.header()) else {
            return;
        };
        // SAFETY: the caller has just made the class.
        let kind = class.kind.with_mut(|kind| unsafe { &mut *kind });
        kind.class = Some(NonNull::from(header));
        change(kind);
    }

    /// What its instances can do, as `pick` chooses.
    #[inline]
    pub(crate) fn slot<T>(&self, pick: impl FnOnce(&Slots) -> T) -> T {
        pick(&self.inherited().slots)
    }

    /// Bases, order and slots.
    #[inline]
    pub(crate) fn inherited(&self) -> &Inherited {
        // SAFETY: it changes only while the world is stopped, and the calling thread is inside.
        self.inherited.with(|inherited| unsafe { &*inherited })
    }

    /// Changes bases, order or slots with the world stopped; `change` runs no code and gives back no reference: it
    /// returns what is to be given back.
    pub(crate) fn change<R>(
        &self,
        cx: &Cx,
        change: impl FnOnce(&mut Inherited, &mut Kind) -> R,
    ) -> R {
        let world = cx.shared.runtime.world();
        world.stop(Some(cx.ts));
        // Every other thread is stopped or outside, and this one holds no reference into the class.
        let result = self.change_alone(change);
        world.restart(Some(cx.ts));
        result
    }

    /// Changes the class; the caller is alone with it.
    fn change_alone<R>(&self, change: impl FnOnce(&mut Inherited, &mut Kind) -> R) -> R {
        self.inherited.with_mut(|inherited| {
            // SAFETY: the caller's clause.
            self.kind
                .with_mut(|kind| unsafe { change(&mut *inherited, &mut *kind) })
        })
    }

    /// The tag of the instances' layout.
    #[inline]
    pub(crate) fn tag(&self) -> Tag {
        self.kind().tag
    }

    /// Whether instances of both have the same layout.
    pub(crate) fn has_layout_of(&self, other: &Class) -> bool {
        self.tag() == other.tag() && self.kind().part == other.kind().part
    }

    /// Whether this is a certain built-in class.
    #[inline]
    pub(crate) fn is(&self, id: TypeId) -> bool {
        self.id == id && self.def.is_some()
    }

    /// Whether this is the same class.
    #[inline]
    pub(crate) fn same(&self, other: &Class) -> bool {
        std::ptr::eq(self, other)
    }

    /// Whether this is a built-in class, which is immutable.
    #[inline]
    pub(crate) fn is_builtin(&self) -> bool {
        self.def.is_some()
    }

    /// The dict of the class's attributes.
    #[inline]
    pub(crate) fn namespace(&self) -> &Dict {
        let namespace = self
            .dict
            .get()
            .and_then(|dict| dict.borrow().downcast::<Dict>());
        namespace.expect("a class has a dict")
    }

    /// Whether the class has its dict, which one of the library gets when its module is imported.
    pub(crate) fn has_namespace(&self) -> bool {
        self.dict.get().is_some()
    }

    /// The same as a value.
    pub(crate) fn dict(&self) -> Ref<'_> {
        self.dict.get().map_or(Ref::NONE, Owned::borrow)
    }

    /// Sets the dict of a class that nobody else knows yet.
    pub(crate) fn set_dict(&self, dict: Owned) {
        let _ = self.dict.set(dict);
    }

    /// The classes in which attributes are looked for, in order.
    pub(crate) fn order(&self) -> impl Iterator<Item = &Class> {
        let bases = self.inherited().mro.iter();
        std::iter::once(self).chain(bases.filter_map(|base| Class::of(base.borrow())))
    }

    /// Whether this is the other class or derives from it.
    #[inline]
    pub(crate) fn derives_from(&self, other: &Class) -> bool {
        self.same(other) || self.order().skip(1).any(|class| class.same(other))
    }

    /// The attribute of a name in this class or a base: from the cache, if it was looked up before.
    #[inline]
    pub(crate) fn lookup(&self, cx: &Cx, name: Ref<'_>) -> Option<Owned> {
        let walk = || {
            let found = event::unobserved(|| self.lookup_with_class(cx, name));
            Ok(found.map(|(value, _)| value.into_value()))
        };
        let cache = &cx.shared.type_cache;
        event::reads(&raw const *cache, attribute_part(cx, name));
        let found = cache.lookup(cx.ts, &self.version, name.value(), walk);
        // SAFETY: the reference is new. Names are strings, whose look-up cannot fail.
        found.ok()?.map(|value| unsafe { Owned::from_value(value) })
    }

    /// The same, with the class that has it, and without the cache.
    pub(crate) fn lookup_with_class(&self, cx: &Cx, name: Ref<'_>) -> Option<(Owned, &Class)> {
        for class in self.order() {
            // Names are strings, whose look-up cannot fail.
            if let Ok(Some(value)) = dict::get(cx.ts, class.namespace(), name.value()) {
                // SAFETY: the reference is new.
                return Some((unsafe { Owned::from_value(value) }, class));
            }
        }
        None
    }

    /// The class's name as messages about its instances show it. CPython's own modules in C put theirs in front.
    pub(crate) fn name_of_instances(&self, cx: &Cx) -> String {
        const WITHOUT: [&str; 3] = ["builtins", "threading", "_frozen_importlib"];
        match self.def {
            Some(def) if !WITHOUT.contains(&def.module) => format!("{}.{}", def.module, def.name),
            _ => self.name(cx),
        }
    }

    /// The class's name.
    pub(crate) fn name(&self, cx: &Cx) -> String {
        match (&self.names, self.def) {
            (Some(names), _) => {
                let name = names.with(cx.ts, self.header(), |names| names.name.clone());
                cx.text_of(name.borrow()).to_owned()
            }
            (None, Some(def)) => def.name.to_owned(),
            (None, None) => String::new(),
        }
    }

    /// The names of a user's class, for [`Guarded::with`].
    pub(crate) fn names(&self) -> Option<&Guarded<Names>> {
        self.names.as_ref()
    }

    /// A number that no other class has or will have.
    pub(crate) fn number(&self, cx: &Cx) -> u64 {
        // ORDERING: relaxed: the number is about nothing but itself.
        match self.number.load(Relaxed) {
            0 => {
                // ORDERING: relaxed: only uniqueness matters.
                let fresh = cx.shared.class_numbers.fetch_add(1, Relaxed);
                // ORDERING: as above.
                let set = self.number.compare_exchange(0, fresh, Relaxed, Relaxed);
                set.map_or_else(|number| number, |_| fresh)
            }
            number => number,
        }
    }
}

impl Drop for Class {
    fn drop(&mut self) {
        let Some(object) = self.kind().class else {
            return;
        };
        crate::refs::here(|ts| {
            for base in &self.inherited().bases {
                if let Some(base) = Class::of(base.borrow()) {
                    base.forget_subclass(ts, object);
                }
            }
        });
    }
}

/// The part of the memory of classes that the attributes of a name are, in any class; the whole for what is no plain string.
pub(crate) fn attribute_part(cx: &Cx, name: Ref<'_>) -> Option<u64> {
    let text = name.exact::<Str>();
    text.map(|text| text.hash(local::seed(cx.ts)))
}
