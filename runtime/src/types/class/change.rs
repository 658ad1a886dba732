//! Changes of a class: its attributes, its slots, the classes that derive from it.

use std::ptr::NonNull;

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::objects::dict::{self};
use crate::objects::header::Header;
use crate::objects::value::Value;
use crate::refs::{Owned, Ref};
use crate::types::slots::{Dunder, Slots};
use crate::types::user;

use super::Class;

impl Class {
    /// Sets or deletes an attribute, and whatever depends on it here and in subclasses; says whether it was there.
    pub(crate) fn set(&self, cx: &Cx, name: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<bool> {
        let namespace = self.namespace();
        let found = self.modify(cx, || match value {
            Some(value) => {
                let (key, value) = (name.own().into_value(), value.own().into_value());
                let stored = dict::insert(cx.ts, namespace, key, value);
                cx.lift(stored).map(|()| true)
            }
            None => cx.lift(dict::delete(cx.ts, namespace, name.value())),
        })?;
        let text = cx.text_of(name);
        if let Some(dunder) = Dunder::ALL.iter().find(|dunder| dunder.name() == text) {
            let inheritance = &cx.shared.inheritance;
            inheritance.pass_down(|| self.update_slots(cx, &[*dunder]));
        }
        Ok(found)
    }

    /// Changes what look-ups here and in all subclasses find.
    pub(super) fn modify<R>(&self, cx: &Cx, change: impl FnOnce() -> R) -> R {
        let versions = &cx.shared.type_cache.versions;
        versions.modify(|| self.invalidate(cx), change)
    }

    /// Forgets what the cache knows of the class and its subclasses: whoever changed them did it without
    /// [`Self::modify`], while they were not yet known to all.
    pub(crate) fn forget_lookups(&self, cx: &Cx) {
        self.modify(cx, || ());
    }

    /// Takes the version away here and in all subclasses.
    fn invalidate(&self, cx: &Cx) {
        self.version.invalidate();
        for subclass in self.subclasses(cx) {
            if let Some(subclass) = Class::of(subclass.borrow()) {
                subclass.invalidate(cx);
            }
        }
    }

    /// Finds out anew what names do, here and in all subclasses. All of it is one stop: what a class has is looked up
    /// while nobody can change it.
    fn update_slots(&self, cx: &Cx, dunders: &[Dunder]) {
        let world = cx.shared.runtime.world();
        world.stop(Some(cx.ts));
        let heirs = self.heirs(cx);
        for heir in heirs.iter().filter_map(|heir| Class::of(heir.borrow())) {
            dunders.iter().for_each(|dunder| heir.settle(cx, *dunder));
        }
        world.restart(Some(cx.ts));
    }

    /// Fills every slot of a new class from what its dict and its bases have.
    pub(crate) fn fill_slots(&self, cx: &Cx) {
        for &dunder in Dunder::ALL {
            self.settle(cx, dunder);
        }
    }

    /// Finds out what a name does; the caller is alone with the class.
    fn settle(&self, cx: &Cx, dunder: Dunder) {
        let source = self.source_of(cx, dunder);
        self.change_alone(|inherited, kind| {
            source.apply(dunder, &mut inherited.slots);
            kind.finalized = inherited.slots.finalize.is_some();
        });
    }

    /// Where the slot of a name comes from: one name that Python code defines is enough for it to go that way.
    fn source_of(&self, cx: &Cx, dunder: Dunder) -> Source {
        let mut source = Source::Nothing;
        for &sibling in dunder.siblings() {
            let name = cx.world().names.dunder(sibling);
            match self.lookup_with_class(cx, name) {
                Some((_, class)) if !class.is_builtin() => return Source::Python,
                Some((_, class)) if matches!(source, Source::Nothing) => {
                    source = Source::Native(Box::new(class.inherited().slots));
                }
                _ => {}
            }
        }
        source
    }

    /// The classes that name this one as a base.
    pub(crate) fn subclasses(&self, cx: &Cx) -> Vec<Owned> {
        self.subclasses.with(cx.ts, self.header(), |all| {
            let alive = all.iter().filter_map(|&header| {
                let value = Value::object(header);
                // SAFETY: a class takes itself out of here, under this lock, before its block is freed.
                let taken = crate::objects::try_new_ref(cx.ts, value);
                // SAFETY: the reference was taken.
                taken.then(|| unsafe { Owned::from_value(value) })
            });
            alive.collect()
        })
    }

    /// Notes that a class names this one as a base.
    pub(crate) fn add_subclass(&self, cx: &Cx, subclass: &Class) {
        let address = NonNull::from(subclass.header());
        // Other threads take references through the list.
        subclass.header().count.set_maybe_weakref();
        self.subclasses
            .with(cx.ts, self.header(), |all| all.push(address));
    }

    /// Notes that it does no more.
    pub(crate) fn remove_subclass(&self, cx: &Cx, subclass: &Class) {
        self.forget_subclass(cx.ts, NonNull::from(subclass.header()));
    }

    /// Keeps a class alive whose instance became one of this class: somebody may be using it for the instance.
    pub(crate) fn keep_predecessor(&self, cx: &Cx, old: Owned) {
        let known = self.retired.with(cx.ts, self.header(), |all| {
            let known = all.iter().flatten().any(|one| one.borrow() == old.borrow());
            match known {
                true => Some(old),
                false => {
                    all.push(vec![old]);
                    None
                }
            }
        });
        drop(known);
    }

    /// Finds out anew what all names do after the bases, or what they have, changed, here and in all subclasses.
    pub(crate) fn refresh(&self, cx: &Cx) {
        self.forget_lookups(cx);
        let inheritance = &cx.shared.inheritance;
        inheritance.pass_down(|| self.update_slots(cx, Dunder::ALL));
    }

    pub(super) fn forget_subclass(
        &self,
        ts: &crate::protocols::thread_state::ThreadState,
        gone: NonNull<Header>,
    ) {
        self.subclasses
            .with(ts, self.header(), |all| all.retain(|one| *one != gone));
    }
}

/// Where a slot comes from.
enum Source {
    Native(Box<Slots>),
    Python,
    Nothing,
}

impl Source {
    fn apply(&self, dunder: Dunder, slots: &mut Slots) {
        match self {
            Source::Native(from) => slots.take(dunder, from),
            Source::Python => user::take(slots, dunder),
            Source::Nothing => slots.take(dunder, &Slots::NONE),
        }
    }
}
