//! `abc.ABCMeta`: classes that others can be registered with, or that decide by a hook who is their subclass.
//!
//! Each keeps what it was told and what it found out in its `_abc_impl`. The answers are kept by the numbers of the
//! classes asked about, so that they keep no class alive.

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, instance, iterate, truth};
use crate::eval::{Args, Outcome, Raised};
use crate::objects::dict::Dict;
use crate::protocols::registrations::Answers;
use crate::refs::{Owned, Ref};
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::guarded::Guarded;
use crate::types::payload::{self, Boxed, payload};
use crate::types::static_method::is_abstract;
use crate::types::{TypeId, store, type_, weakref};

/// What one class was told and has found out.
#[derive(Default)]
struct Known {
    /// Weak references to the classes that were registered.
    registry: Vec<Owned>,
    answers: Answers,
}

/// `_abc._abc_data`
pub(crate) struct Data(Guarded<Known>);

payload!(
    Data as AbcData,
    "abc data",
    |this, visit| this.0.alone(|known| known
        .registry
        .iter()
        .for_each(|class| visit(class.borrow()))),
    |gone, ts, object| drop(
        gone.0
            .with(ts, object, |known| std::mem::take(&mut known.registry))
    )
);

class! {
    pub(crate) DATA: Boxed<Data> = "_abc_data" (Object) {
        sealed;
        module "_abc";
        doc "What an abstract class knows of its subclasses.";
    }
}

class! {
    pub(crate) META: Boxed<Class> = "ABCMeta" (Type) {
        module "abc";
        doc "The class of abstract base classes.";
        slots { new: new }
        /// Let a class count as a subclass without inheriting.
        method register(self, subclass);
        /// What isinstance() asks of an abstract class.
        method __instancecheck__ as instance_check(self, instance);
        /// What issubclass() asks of an abstract class.
        method __subclasscheck__ as subclass_check(self, subclass);
        method _abc_registry_clear as clear_registry(self, /);
        method _abc_caches_clear as clear_caches(self, /);
    }
}

/// How often a class was registered anywhere: what was no subclass before may be one now.
pub(crate) fn token(cx: &Cx) -> u64 {
    cx.shared.registrations.now()
}

fn new(cx: &Cx, meta: &Class, args: Args<'_>) -> Outcome {
    let [_, _, namespace] = *args.positional else {
        return Err(wrong_count(cx, args.positional.len()));
    };
    let name = cx.world().names.module();
    let has_module = match namespace.downcast::<Dict>() {
        Some(namespace) => store::dict_contains(cx, namespace, name)?,
        None => true,
    };
    let made = type_::new(cx, meta, args)?;
    if !has_module && let Some(class) = Class::of(made.borrow()) {
        class.set(cx, name, Some(cx.intern("abc")))?;
    }
    let data = payload::new(cx, Data(Guarded::new("abc data", Known::default())));
    let class = Class::of(made.borrow()).expect("a class");
    class.set(cx, cx.intern(DATA_NAME), Some(data.borrow()))?;
    update(cx, class)?;
    Ok(made)
}

#[cold]
fn wrong_count(cx: &Cx, given: usize) -> Raised {
    let missing = match given {
        0 => "3 required positional arguments: 'name', 'bases', and 'namespace'",
        1 => "2 required positional arguments: 'bases' and 'namespace'",
        2 => "1 required positional argument: 'namespace'",
        _ => {
            let given = given + 1;
            return cx.type_error(format!(
                "ABCMeta.__new__() takes 4 positional arguments but {given} were given"
            ));
        }
    };
    cx.type_error(format!("ABCMeta.__new__() missing {missing}"))
}

const DATA_NAME: &str = "_abc_impl";

/// Sets `__abstractmethods__` by what the class and its bases have.
fn update(cx: &Cx, class: &Class) -> Outcome<()> {
    let names = cx.world().names.abstract_methods();
    let mut found: Vec<Owned> = Vec::new();
    for (name, value) in store::dict_entries(cx, class.namespace()) {
        if is_abstract(cx, value.borrow())? {
            found.push(name);
        }
    }
    for base in class.inherited().bases.clone() {
        let Some(inherited) = attribute::find(cx, base.borrow(), names)? else {
            continue;
        };
        for name in iterate::collect(cx, inherited.borrow())? {
            let value = attribute::find(cx, class.as_ref(), name.borrow())?;
            if let Some(value) = value
                && is_abstract(cx, value.borrow())?
            {
                found.push(name);
            }
        }
    }
    let found = cx.list(found);
    let set = cx.class(TypeId::FrozenSet).as_ref();
    let set = cx.call(set, Args::positional(&[found.borrow()]))?;
    class.set(cx, names, Some(set.borrow())).map(drop)
}

/// `abc.update_abstractmethods`
pub(crate) fn update_abstract_methods(cx: &Cx, class: Ref<'_>) -> Outcome {
    let names = cx.world().names.abstract_methods();
    if let Some(found) = Class::of(class)
        && attribute::find(cx, class, names)?.is_some()
    {
        update(cx, found)?;
    }
    Ok(class.own())
}

/// Reads or changes what a class knows.
fn known<R>(cx: &Cx, class: &Class, body: impl FnOnce(&mut Known) -> R) -> Outcome<R> {
    let found = store::dict_get(cx, class.namespace(), cx.intern(DATA_NAME))?;
    let parts = found.as_ref().and_then(|found| {
        let found = found.borrow();
        found.payload::<Data>().zip(found.header())
    });
    match parts {
        Some((data, header)) => Ok(data.0.with(cx.ts, header, body)),
        None => Err(cx.type_error("_abc_impl is set to a wrong type")),
    }
}

fn register(cx: &Cx, class: &Class, subclass: Ref<'_>) -> Outcome {
    if Class::of(subclass).is_none() {
        return Err(cx.type_error("Can only register classes"));
    }
    if instance::is_subclass(cx, subclass, class.as_ref())? {
        return Ok(subclass.own());
    }
    if instance::is_subclass(cx, class.as_ref(), subclass)? {
        let message = "Refusing to create an inheritance cycle";
        return Err(cx.error(TypeId::RuntimeError, message));
    }
    let entry = weakref::reference(cx, subclass, None)?;
    cx.shared
        .registrations
        .register(|| known(cx, class, |known| known.registry.push(entry)))?;
    let entries = known(cx, class, |known| known.registry.clone())?;
    forget_dead(cx, class, entries)?;
    Ok(subclass.own())
}

/// Drops the entries of classes that are gone.
fn forget_dead(cx: &Cx, class: &Class, entries: Vec<Owned>) -> Outcome<()> {
    let is_dead = |entry: &&Owned| weakref::referent(cx, entry.borrow()).is_none();
    let dead: Vec<Ref<'_>> = entries.iter().filter(is_dead).map(Owned::borrow).collect();
    if dead.is_empty() {
        return Ok(());
    }
    let gone = known(cx, class, |known| {
        let all = std::mem::take(&mut known.registry);
        let (gone, kept) = all
            .into_iter()
            .partition::<Vec<_>, _>(|entry| dead.contains(&entry.borrow()));
        known.registry = kept;
        gone
    })?;
    drop(gone);
    Ok(())
}

fn instance_check(cx: &Cx, class: &Class, instance: Ref<'_>) -> Outcome<bool> {
    let actual = cx.class_of(instance);
    if let Some(answer) = remembered(cx, class, actual)?
        && actual.is_builtin()
    {
        return Ok(answer);
    }
    let said = attribute::get(cx, instance, cx.world().names.class())?;
    if check(cx, class, said.borrow())? {
        return Ok(true);
    }
    let is_other = said.borrow() != actual.as_ref();
    Ok(is_other && check(cx, class, actual.as_ref())?)
}

/// `class.__subclasscheck__(subclass)`, which a metaclass may override.
fn check(cx: &Cx, class: &Class, subclass: Ref<'_>) -> Outcome<bool> {
    let name = cx.world().names.subclass_check();
    match attribute::special(cx, class.as_ref(), name)? {
        Some(check) => {
            let answer = cx.call(check.borrow(), Args::positional(&[subclass]))?;
            truth::is_true(cx, answer.borrow())
        }
        None => subclass_check(cx, class, subclass),
    }
}

/// What was found out before.
fn remembered(cx: &Cx, class: &Class, subclass: &Class) -> Outcome<Option<bool>> {
    recall(cx, class, subclass, token(cx))
}

fn recall(cx: &Cx, class: &Class, subclass: &Class, token: u64) -> Outcome<Option<bool>> {
    let number = subclass.number(cx);
    known(cx, class, |known| known.answers.recall(number, token))
}

fn subclass_check(cx: &Cx, class: &Class, subclass: Ref<'_>) -> Outcome<bool> {
    let Some(given) = Class::of(subclass) else {
        return Err(cx.type_error("issubclass() arg 1 must be a class"));
    };
    let number = given.number(cx);
    let search = || match hook(cx, class, subclass)? {
        Some(answer) => Ok(answer),
        None => Ok(given.derives_from(class) || any_related(cx, class, subclass)?),
    };
    cx.shared.registrations.ask(
        |token| recall(cx, class, given, token),
        search,
        |asked, answer| known(cx, class, |known| known.answers.keep(number, asked, answer)),
    )
}

/// What `__subclasshook__` says.
fn hook(cx: &Cx, class: &Class, subclass: Ref<'_>) -> Outcome<Option<bool>> {
    let answer = cx.call_method(class.as_ref(), "__subclasshook__", &[subclass])?;
    match answer.borrow().as_bool() {
        Some(answer) => Ok(Some(answer)),
        None if answer.is_not_implemented() => Ok(None),
        None => Err(wrong_hook(cx)),
    }
}

#[cold]
fn wrong_hook(cx: &Cx) -> Raised {
    cx.error(
        TypeId::AssertionError,
        "__subclasshook__ must return either False, True, or NotImplemented",
    )
}

/// Whether a class is a subclass of one that was registered, or of one that derives from this.
fn any_related(cx: &Cx, class: &Class, subclass: Ref<'_>) -> Outcome<bool> {
    let registered = known(cx, class, |known| known.registry.clone())?;
    let registered = registered
        .iter()
        .filter_map(|entry| weakref::referent(cx, entry.borrow()));
    for other in registered.chain(class.subclasses(cx)) {
        if cx.nested(|| instance::is_subclass(cx, subclass, other.borrow()))? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn clear_registry(cx: &Cx, class: &Class) -> Outcome<()> {
    let gone = known(cx, class, |known| std::mem::take(&mut known.registry))?;
    drop(gone);
    Ok(())
}

fn clear_caches(cx: &Cx, class: &Class) -> Outcome<()> {
    known(cx, class, |known| known.answers.clear())
}
