//! New classes: `__build_class__` and `type(name, bases, dict)`.

use std::ptr::NonNull;

use crate::eval::cx::Cx;
use crate::eval::ops::attribute;
use crate::eval::{Args, Outcome, Raised};
use crate::objects::cell::Cell;
use crate::objects::dict::Dict;
use crate::objects::extras;
use crate::objects::header::{Header, Kind};
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items, lend};
use crate::types::class::{Class, Inherited, Names, Parts};
use crate::types::payload;
use crate::types::slots::{Dunder, Slots};
use crate::types::{TypeId, member, static_method, store};

/// The most derived metaclass of the bases and the one that was asked for.
pub(crate) fn metaclass_of<'a>(
    cx: &'a Cx,
    asked: &'a Class,
    bases: &'a [Ref<'a>],
) -> Outcome<&'a Class> {
    let mut winner = asked;
    for base in bases {
        let meta = cx.class_of(*base);
        if winner.derives_from(meta) {
            continue;
        }
        if !meta.derives_from(winner) {
            return Err(cx.type_error(
                "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases",
            ));
        }
        winner = meta;
    }
    Ok(winner)
}

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
    let object = [cx.class(TypeId::Object).as_ref()];
    let bases = if bases.is_empty() { &object[..] } else { bases };
    let winner = metaclass_of(cx, meta, bases)?;
    if !winner.same(meta)
        && let Some(new) = winner.slot(|slots| slots.new)
    {
        return new(cx, winner, args);
    }
    let class = Draft::new(cx, bases, namespace)?.make(cx, meta, text, name)?;
    finish(cx, class.borrow(), bases, args)?;
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
            extras.dict |= true;
            extras.weak |= base.kind().layout.is_some() || can_be_weak(base);
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
                if *flag {
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
        if !fresh.is_empty() && base.tag() != crate::objects::Tag::Instance && is_sized(base) {
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
        let class = Class::of(made.borrow()).expect("a class");
        add_descriptors(cx, made.borrow(), class, first_new)?;
        class.fill_slots(cx);
        Ok(made)
    }
}

/// Whether instances of a built-in class differ in size, so that nothing named can lie behind them.
fn is_sized(base: &Class) -> bool {
    matches!(base.kind().size, crate::objects::Size::Of(_))
}

/// Whether instances of subclasses get a list of weak references.
fn can_be_weak(base: &Class) -> bool {
    !matches!(base.id, TypeId::Int | TypeId::Tuple | TypeId::Bytes) || !base.is_builtin()
}

/// The names in `__slots__`.
fn slot_names(cx: &Cx, declared: Ref<'_>) -> Outcome<Vec<Box<str>>> {
    if let Some(one) = declared.downcast::<Str>() {
        return Ok(vec![one.as_str().into()]);
    }
    let mut names = Vec::new();
    crate::eval::ops::iterate::each(cx, declared, |name| {
        let Some(text) = name.borrow().downcast::<Str>() else {
            let kind = cx.type_name(name.borrow());
            return Err(cx.type_error(format!("__slots__ items must be strings, not '{kind}'")));
        };
        if !is_identifier(text.as_str()) {
            return Err(cx.type_error("__slots__ must be identifiers"));
        }
        names.push(text.as_str().into());
        Ok(())
    })?;
    Ok(names)
}

fn is_identifier(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c == '_' || c.is_alphabetic())
        && chars.all(|c| c == '_' || c.is_alphanumeric())
}

/// The base whose layout includes those of all others.
fn best_base<'a>(cx: &Cx, bases: &[Ref<'a>]) -> Outcome<&'a Class> {
    let mut best: Option<&Class> = None;
    for base in bases {
        let Some(class) = Class::of(*base) else {
            return Err(cx.type_error("bases must be types"));
        };
        if class.def.is_some_and(|def| !def.is_base) {
            let name = class.name(cx);
            return Err(cx.type_error(format!("type '{name}' is not an acceptable base type")));
        }
        best = match best {
            None => Some(class),
            Some(best) if includes(best, class) => Some(best),
            Some(best) if includes(class, best) => Some(class),
            Some(_) => {
                return Err(cx.type_error("multiple bases have instance lay-out conflict"));
            }
        };
    }
    best.ok_or_else(|| cx.type_error("a class needs a base"))
}

/// Whether the layout of one class can stand for that of another.
fn includes(class: &Class, other: &Class) -> bool {
    let layout = |class: &Class| {
        let id = class
            .order()
            .find(|class| class.is_builtin() && has_layout(class));
        id.map_or(TypeId::Object, |class| class.id)
    };
    let (own, theirs) = (layout(class), layout(other));
    let fits =
        theirs == TypeId::Object || own == theirs || class.order().any(|base| base.is(theirs));
    fits && class.slot_names.len() >= other.slot_names.len()
        && (other.slot_names.is_empty()
            || class.order().any(|base| base.same(other))
            || class.same(other))
}

/// Whether a built-in class adds something to its base's layout.
fn has_layout(class: &Class) -> bool {
    class.tag() != crate::objects::Tag::Instance
}

/// C3: the linear order of the bases of a new class.
fn linearize(cx: &Cx, bases: &[Ref<'_>]) -> Outcome<Vec<Owned>> {
    let mut rows: Vec<Vec<Ref<'_>>> = Vec::new();
    for (index, base) in bases.iter().enumerate() {
        if bases[..index].contains(base) {
            let name = Class::of(*base).map_or(String::new(), |class| class.name(cx));
            return Err(cx.type_error(format!("duplicate base class {name}")));
        }
        let Some(class) = Class::of(*base) else {
            return Err(cx.type_error("bases must be types"));
        };
        rows.push(class.order().map(Class::as_ref).collect());
    }
    rows.push(bases.to_vec());
    let mut order: Vec<Owned> = Vec::new();
    loop {
        rows.retain(|row| !row.is_empty());
        if rows.is_empty() {
            return Ok(order);
        }
        let is_free = |head: &Ref<'_>| rows.iter().all(|row| !row[1..].contains(head));
        let Some(head) = rows.iter().map(|row| row[0]).find(is_free) else {
            return Err(no_order(cx, &rows));
        };
        order.push(head.own());
        for row in &mut rows {
            row.retain(|class| *class != head);
        }
    }
}

#[cold]
fn no_order(cx: &Cx, rows: &[Vec<Ref<'_>>]) -> Raised {
    let mut names: Vec<String> = Vec::new();
    for row in rows {
        let name = Class::of(row[0]).map_or(String::new(), |class| class.name(cx));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    cx.type_error(format!(
        "Cannot create a consistent method resolution order (MRO) for bases {}",
        names.join(", ")
    ))
}

/// Takes a name out of a dict of names.
fn take(cx: &Cx, namespace: Ref<'_>, name: Ref<'_>) -> Outcome<Option<Owned>> {
    match namespace.downcast::<Dict>() {
        Some(namespace) => store::dict_pop(cx, namespace, name),
        None => Ok(None),
    }
}

/// What every class's dict has, and which functions in it are static or get the class.
fn prepare_namespace(cx: &Cx, namespace: Ref<'_>) -> Outcome<()> {
    let names = &cx.world().names;
    let dict = namespace.downcast::<Dict>().expect("a dict");
    if !store::dict_contains(cx, dict, names.module())?
        && let Some(module) = cx.current_module_name()
    {
        attribute::set_in(cx, namespace, names.module(), Some(module.borrow()))?;
    }
    if !store::dict_contains(cx, dict, names.doc())? {
        attribute::set_in(cx, namespace, names.doc(), Some(Ref::NONE))?;
    }
    let eq = names.dunder(Dunder::Eq);
    let hash = names.dunder(Dunder::Hash);
    if store::dict_contains(cx, dict, eq)? && !store::dict_contains(cx, dict, hash)? {
        attribute::set_in(cx, namespace, hash, Some(Ref::NONE))?;
    }
    let is_function = |value: &Owned| {
        value
            .borrow()
            .payload::<crate::types::function::Function>()
            .is_some()
    };
    let new = names.dunder(Dunder::New);
    if let Some(function) = store::dict_get(cx, dict, new)?.filter(is_function) {
        let wrapped = static_method::new(cx, function);
        attribute::set_in(cx, namespace, new, Some(wrapped.borrow()))?;
    }
    for name in [names.init_subclass(), names.class_getitem()] {
        if let Some(function) = store::dict_get(cx, dict, name)?.filter(is_function) {
            let wrapped = static_method::of_class(cx, function);
            attribute::set_in(cx, namespace, name, Some(wrapped.borrow()))?;
        }
    }
    Ok(())
}

/// Descriptors for the new slots, the dict and the weak references.
fn add_descriptors(cx: &Cx, object: Ref<'_>, class: &Class, first_new: usize) -> Outcome<()> {
    for (number, name) in class.slot_names.iter().enumerate().skip(first_new) {
        let member = member::new(cx, object, number as u16, name);
        let name = cx.intern(&mangled(class.name(cx).as_str(), name)).own();
        store::dict_set(cx, class.namespace(), name, member)?;
    }
    let bases = &class.inherited().bases;
    let of_bases = |pick: fn(&Kind) -> bool| {
        let mut classes = bases.iter().filter_map(|base| Class::of(base.borrow()));
        classes.any(|class| pick(class.kind()))
    };
    if class.kind().extras.dict && !of_bases(|kind| kind.extras.dict) {
        let dict = member::dict(cx, object);
        store::dict_set(cx, class.namespace(), cx.intern("__dict__").own(), dict)?;
    }
    if class.kind().extras.weak && !of_bases(|kind| kind.extras.weak) {
        let weak = member::weak(cx, object);
        store::dict_set(cx, class.namespace(), cx.intern("__weakref__").own(), weak)?;
    }
    Ok(())
}

/// A private name as the class's code spells it.
fn mangled(class: &str, name: &str) -> String {
    let class = class.trim_start_matches('_');
    match name.starts_with("__") && !name.ends_with("__") && !class.is_empty() {
        true => format!("_{class}{name}"),
        false => name.to_owned(),
    }
}

/// Tells bases and attributes of the new class.
fn finish(cx: &Cx, made: Ref<'_>, bases: &[Ref<'_>], args: Args<'_>) -> Outcome<()> {
    let class = Class::of(made).expect("a class");
    let names = &cx.world().names;
    for name in [names.class_cell(), names.class_dict_cell()] {
        let Some(cell) = store::dict_pop(cx, class.namespace(), name)? else {
            continue;
        };
        let content = if name == names.class_cell() {
            made
        } else {
            class.dict()
        };
        match cell.borrow().downcast::<Cell>() {
            Some(cell) => store::cell_set(cx, cell, Some(content.own())),
            None => {
                let kind = cx.type_name(cell.borrow());
                return Err(cx.type_error(format!(
                    "{} must be a nonlocal cell, not <class '{kind}'>",
                    cx.text_of(name)
                )));
            }
        }
    }
    for base in bases.iter().filter_map(|base| Class::of(*base)) {
        base.add_subclass(cx, class);
    }
    set_names(cx, made, class)?;
    init_subclass(cx, made, class, args)
}

/// `__set_name__` of every attribute that has it.
fn set_names(cx: &Cx, made: Ref<'_>, class: &Class) -> Outcome<()> {
    let set_name = cx.world().names.set_name();
    for (name, value) in store::dict_entries(cx, class.namespace()) {
        let Some(hook) = attribute::special(cx, value.borrow(), set_name)? else {
            continue;
        };
        let args = [made, name.borrow()];
        if let Err(raised) = cx.call(hook.borrow(), Args::positional(&args)) {
            let note = format!(
                "Error calling __set_name__ on '{}' instance {} in '{}'",
                cx.type_name(value.borrow()),
                crate::eval::ops::text::repr_text(cx, name.borrow())?,
                class.name(cx)
            );
            add_note(cx, raised.0.borrow(), &note);
            return Err(raised);
        }
    }
    Ok(())
}

fn add_note(cx: &Cx, exception: Ref<'_>, note: &str) {
    let note = cx.str(note);
    let add = attribute::get_str(cx, exception, "add_note");
    if let Ok(add) = add {
        let _ = cx.call(add.borrow(), Args::positional(&[note.borrow()]));
    }
}

/// `super(cls, cls).__init_subclass__(**keywords)`
fn init_subclass(cx: &Cx, made: Ref<'_>, class: &Class, args: Args<'_>) -> Outcome<()> {
    let name = cx.world().names.init_subclass();
    let bases = class.order().skip(1);
    for base in bases {
        let Some(found) = store::dict_get(cx, base.namespace(), name)? else {
            continue;
        };
        let bound = match cx.class_of(found.borrow()).slot(|slots| slots.descr_get) {
            Some(get) => get(cx, found.borrow(), None, made)?,
            None => found,
        };
        let keywords = Args {
            positional: &[],
            ..args
        };
        return cx.call(bound.borrow(), keywords).map(drop);
    }
    Ok(())
}

/// `__build_class__(function, name, *bases, metaclass=.., **keywords)`
pub(crate) fn build_class(cx: &Cx, args: Args<'_>) -> Outcome {
    let [function, name, given @ ..] = args.positional else {
        return Err(cx.type_error("__build_class__: not enough arguments"));
    };
    let resolved = resolve_bases(cx, given)?;
    let bases = lend(&resolved);
    let meta_name = cx.world().names.metaclass();
    let place = args
        .names
        .iter()
        .position(|name| cx.text_of(*name) == cx.text_of(meta_name));
    let without = |row: &[Ref<'_>]| -> Vec<Owned> {
        let kept = row
            .iter()
            .enumerate()
            .filter(|(index, _)| Some(*index) != place);
        kept.map(|(_, value)| value.own()).collect()
    };
    let (names, keywords) = (without(args.names), without(args.keywords));
    let asked = match (place, bases.first()) {
        (Some(place), _) => args.keywords[place],
        (None, Some(base)) => cx.class_of(*base).as_ref(),
        (None, None) => cx.class(TypeId::Type).as_ref(),
    };
    let meta = match Class::of(asked) {
        Some(asked) => metaclass_of(cx, asked, bases)?.as_ref(),
        None => asked,
    };
    let bases_tuple = cx.tuple(resolved.clone());
    let keywords = (lend(&names), lend(&keywords));
    let namespace = prepare(cx, meta, *name, bases_tuple.borrow(), keywords)?;
    let cell = cx.run_class_body(*function, namespace.borrow())?;
    if bases.len() != given.len() || bases.iter().zip(given).any(|(a, b)| a != b) {
        let original = cx.tuple(given.iter().map(|base| base.own()).collect());
        let name = cx.world().names.orig_bases();
        crate::eval::ops::subscript::set(cx, namespace.borrow(), name, original.borrow())?;
    }
    let positional = [*name, bases_tuple.borrow(), namespace.borrow()];
    let made = cx.call(
        meta,
        Args {
            positional: &positional,
            names: keywords.0,
            keywords: keywords.1,
        },
    )?;
    check_cell(cx, cell.borrow(), *name, made.borrow())?;
    Ok(made)
}

fn check_cell(cx: &Cx, cell: Ref<'_>, name: Ref<'_>, made: Ref<'_>) -> Outcome<()> {
    let Some(cell) = cell.downcast::<Cell>() else {
        return Ok(());
    };
    let name = cx.text_of(name);
    match store::cell_get(cx, cell) {
        Some(class) if class.borrow() == made => Ok(()),
        Some(class) => {
            let class = crate::eval::ops::text::repr_text(cx, class.borrow())?;
            let made = crate::eval::ops::text::repr_text(cx, made)?;
            Err(cx.type_error(format!(
                "__class__ set to {class} defining '{name}' as {made}"
            )))
        }
        None if Class::of(made).is_none() => Ok(()),
        None => Err(cx.error(
            TypeId::RuntimeError,
            format!(
                "__class__ not set defining '{name}' as {}. Was __classcell__ propagated to type.__new__?",
                crate::eval::ops::text::repr_text(cx, made)?
            ),
        )),
    }
}

/// The bases, with those replaced that have `__mro_entries__`.
fn resolve_bases(cx: &Cx, given: &[Ref<'_>]) -> Outcome<Vec<Owned>> {
    let mut bases = Vec::new();
    for &base in given {
        if Class::of(base).is_some() {
            bases.push(base.own());
            continue;
        }
        let name = cx.world().names.mro_entries();
        let Some(hook) = attribute::find(cx, base, name)? else {
            bases.push(base.own());
            continue;
        };
        let all = cx.tuple(given.iter().map(|base| base.own()).collect());
        let entries = cx.call(hook.borrow(), Args::positional(&[all.borrow()]))?;
        match entries.borrow().downcast::<Tuple>() {
            Some(entries) => bases.extend(items(entries).iter().map(|base| base.own())),
            None => return Err(cx.type_error("__mro_entries__ must return a tuple")),
        }
    }
    Ok(bases)
}

/// `meta.__prepare__(name, bases, **keywords)`
fn prepare(
    cx: &Cx,
    meta: Ref<'_>,
    name: Ref<'_>,
    bases: Ref<'_>,
    keywords: (&[Ref<'_>], &[Ref<'_>]),
) -> Outcome {
    let prepare = cx.world().names.prepare();
    let Some(hook) = attribute::find(cx, meta, prepare)? else {
        return Ok(cx.dict());
    };
    let positional = [name, bases];
    let args = Args {
        positional: &positional,
        names: keywords.0,
        keywords: keywords.1,
    };
    let namespace = cx.call(hook.borrow(), args)?;
    if cx
        .class_of(namespace.borrow())
        .slot(|slots| slots.get_item.is_some())
    {
        return Ok(namespace);
    }
    let kind = cx.type_name(namespace.borrow());
    let meta = Class::of(meta).map_or("<metaclass>".to_owned(), |meta| meta.name(cx));
    Err(cx.type_error(format!(
        "{meta}.__prepare__() must return a mapping, not {kind}"
    )))
}

/// `cls.__bases__ = bases`
pub(crate) fn set_bases(cx: &Cx, class: &Class, bases: &[Ref<'_>]) -> Outcome<()> {
    if bases.is_empty() {
        let name = class.name(cx);
        return Err(cx.type_error(format!(
            "can only assign non-empty tuple to {name}.__bases__, not ()"
        )));
    }
    for base in bases.iter().filter_map(|base| Class::of(*base)) {
        if base.derives_from(class) {
            return Err(cx.type_error("a __bases__ item causes an inheritance cycle"));
        }
    }
    let best = best_base(cx, bases)?;
    if best.tag() != class.tag() {
        let (name, old) = (best.name(cx), class.name(cx));
        return Err(cx.type_error(format!(
            "__bases__ assignment: '{name}' object layout differs from '{old}'"
        )));
    }
    let mro = linearize(cx, bases)?;
    let owned: Vec<Owned> = bases.iter().map(|base| base.own()).collect();
    let old = class.change(cx, |inherited, _| {
        (
            std::mem::replace(&mut inherited.mro, mro),
            std::mem::replace(&mut inherited.bases, owned),
        )
    });
    for base in old.1.iter().filter_map(|base| Class::of(base.borrow())) {
        base.remove_subclass(cx, class);
    }
    for base in bases.iter().filter_map(|base| Class::of(*base)) {
        base.add_subclass(cx, class);
    }
    drop(old);
    class.refresh(cx);
    Ok(())
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
    drop(old);
    // SAFETY: the object owned a reference to its old class, and gave it up above.
    drop(unsafe { Owned::from_value(given_back) });
}
