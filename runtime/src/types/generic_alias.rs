//! `types.GenericAlias`: what `list[int]` gives.

mod parameters;

use crate::compile::Comparison;
use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, compare, text};
use crate::eval::{Args, Outcome};
use crate::objects::compare::hash_by_layout;
use crate::objects::list::List;
use crate::objects::position::Position;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::field::Field;
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};
use crate::types::{TypeId, type_, union};

pub(crate) use parameters::{parameters_of, substitute};

/// A class with the arguments that it was subscripted with.
pub(crate) struct GenericAlias {
    origin: Owned,
    /// A tuple.
    args: Owned,
    /// Whether it stands for its items, as in `*tuple[int, ...]`.
    is_unpacked: bool,
    /// The type variables in the arguments, found when somebody asks.
    parameters: Field,
}

payload!(
    GenericAlias as GenericAlias,
    "generic alias",
    |this, visit| {
        visit(this.origin.borrow());
        visit(this.args.borrow());
        this.parameters.show(visit);
    }
);

class! {
    pub(crate) GENERIC_ALIAS: Boxed<GenericAlias> = "GenericAlias" (Object) {
        module "types";
        with_weak;
        doc "A class with type arguments (PEP 585).\n\nOf dict[str, int] the origin is dict and the arguments are (str, int).";
        slots {
            new: make, repr: repr, hash: hash, compare: compare_aliases, call: call, get_attr: get_attr,
            iter: iter, or: union::or, get_item: get_item,
        }
        read __origin__ as origin;
        read __args__ as args;
        read __unpacked__ as is_unpacked;
        get __parameters__ as parameters;
        get __typing_unpacked_tuple_args__ as unpacked_args;
        method __mro_entries__ as mro_entries(self, bases, /);
        method __instancecheck__ as instance_check(self, instance, /);
        method __subclasscheck__ as subclass_check(self, class, /);
        /// What pickle needs to make it again.
        method __reduce__ as reduce(self, /);
        method __dir__ as dir(self, /);
    }
}

/// `origin[args]`; what is no tuple is the only argument.
pub(crate) fn new(cx: &Cx, origin: Ref<'_>, args: Ref<'_>) -> Owned {
    build(cx, origin, args, false)
}

impl Cx<'_> {
    /// `origin[args]` for a class that has no way of its own.
    pub(crate) fn generic_alias(&self, origin: Ref<'_>, args: Ref<'_>) -> Owned {
        new(self, origin, args)
    }
}

fn build(cx: &Cx, origin: Ref<'_>, args: Ref<'_>, is_unpacked: bool) -> Owned {
    let args = match args.downcast::<Tuple>() {
        Some(_) => args.own(),
        None => cx.tuple(vec![args.own()]),
    };
    let alias = GenericAlias {
        origin: origin.own(),
        args,
        is_unpacked,
        parameters: Field::new("parameters"),
    };
    payload::new(cx, alias)
}

fn make(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    if !args.names.is_empty() {
        return Err(cx.type_error("GenericAlias() takes no keyword arguments"));
    }
    let [origin, inner] = args.positional else {
        let given = args.positional.len();
        return Err(cx.type_error(format!("GenericAlias expected 2 arguments, got {given}")));
    };
    let inner = match inner.downcast::<Tuple>() {
        Some(_) => inner.own(),
        None => cx.tuple(vec![inner.own()]),
    };
    let alias = GenericAlias {
        origin: origin.own(),
        args: inner,
        is_unpacked: false,
        parameters: Field::new("parameters"),
    };
    Ok(payload::new_in(cx, class, alias))
}

fn of(this: Ref<'_>) -> &GenericAlias {
    this.payload::<GenericAlias>().expect("an alias")
}

impl GenericAlias {
    /// The arguments.
    fn items(&self) -> &[Ref<'_>] {
        self.args.borrow().downcast::<Tuple>().map_or(&[], items)
    }
}

/// How an argument, or a member of a union, is shown: classes by their names.
pub(crate) fn show(cx: &Cx, item: Ref<'_>) -> Outcome<String> {
    if cx.class_of(item).is(TypeId::EllipsisType) {
        return Ok("...".to_owned());
    }
    if let Some(class) = Class::of(item) {
        let name = type_::qualified_name(cx, class);
        return Ok(match type_::module_name(cx, class) {
            Some(module) if module != "builtins" => format!("{module}.{name}"),
            _ => name,
        });
    }
    if let Some(list) = item.downcast::<List>() {
        let inside = crate::types::store::list_items(cx, list);
        let shown = inside
            .iter()
            .map(|item| cx.nested_in(text::REPR, || show(cx, item.borrow())));
        let shown: Outcome<Vec<String>> = shown.collect();
        return Ok(format!("[{}]", shown?.join(", ")));
    }
    text::repr_text(cx, item)
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let alias = of(this);
    let origin = show(cx, alias.origin.borrow())?;
    let star = if alias.is_unpacked { "*" } else { "" };
    let shown = alias.items().iter().map(|item| show(cx, *item));
    let shown = shown.collect::<Outcome<Vec<String>>>()?.join(", ");
    let shown = if shown.is_empty() {
        "()".to_owned()
    } else {
        shown
    };
    Ok(cx.str(&format!("{star}{origin}[{shown}]")))
}

fn hash(cx: &Cx, this: Ref<'_>) -> Outcome<i64> {
    let alias = of(this);
    let args = cx.lift(hash_by_layout(cx.ts, alias.args.borrow().value()))?;
    Ok(compare::hash(cx, alias.origin.borrow())? ^ args)
}

fn compare_aliases(cx: &Cx, comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let (Some(one), Some(other)) = (
        left.payload::<GenericAlias>(),
        right.payload::<GenericAlias>(),
    ) else {
        return Ok(Owned::not_implemented());
    };
    let equal = || {
        Ok(one.is_unpacked == other.is_unpacked
            && compare::equal(cx, one.origin.borrow(), other.origin.borrow())?
            && compare::equal(cx, one.args.borrow(), other.args.borrow())?)
    };
    match comparison {
        Comparison::Eq => equal().map(Owned::bool),
        Comparison::Ne => equal().map(|equal| Owned::bool(!equal)),
        _ => Ok(Owned::not_implemented()),
    }
}

/// Makes an instance of the origin, which notes what it was made through, if it can.
fn call(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome {
    let made = cx.call(of(this).origin.borrow(), args)?;
    let name = cx.intern("__orig_class__");
    match attribute::set(cx, made.borrow(), name, Some(this)) {
        Err(raised)
            if !raised.is(cx, TypeId::AttributeError) && !raised.is(cx, TypeId::TypeError) =>
        {
            Err(raised)
        }
        _ => Ok(made),
    }
}

/// Attributes that are the alias's own; all others are the origin's.
const OWN: &[&str] = &[
    "__class__",
    "__origin__",
    "__args__",
    "__unpacked__",
    "__parameters__",
    "__typing_unpacked_tuple_args__",
    "__mro_entries__",
    "__reduce_ex__",
    "__reduce__",
];

/// Those that it does not have, though the origin has.
const NONE: &[&str] = &["__bases__", "__copy__", "__deepcopy__"];

fn get_attr(cx: &Cx, this: Ref<'_>, name: Ref<'_>) -> Outcome {
    let text = cx.text_of(name);
    match OWN.contains(&text) || NONE.contains(&text) {
        true => attribute::generic_get(cx, this, name),
        false => attribute::get(cx, of(this).origin.borrow(), name),
    }
}

fn get_item(cx: &Cx, this: Ref<'_>, item: Ref<'_>) -> Outcome {
    let alias = of(this);
    let known = parameters(cx, this)?;
    let args = substitute(cx, this, alias.items(), known.borrow(), item)?;
    Ok(build(
        cx,
        alias.origin.borrow(),
        args.borrow(),
        alias.is_unpacked,
    ))
}

fn origin(_cx: &Cx, this: &GenericAlias) -> Owned {
    this.origin.clone()
}

fn args(_cx: &Cx, this: &GenericAlias) -> Owned {
    this.args.clone()
}

fn is_unpacked(_cx: &Cx, this: &GenericAlias) -> bool {
    this.is_unpacked
}

fn parameters(cx: &Cx, this: Ref<'_>) -> Outcome {
    let (alias, header) = (of(this), this.header().expect("an object"));
    if let Some(known) = alias.parameters.get(cx, header) {
        return Ok(known);
    }
    let found = cx.tuple(parameters_of(cx, alias.items())?);
    alias.parameters.set(cx, header, Some(found.clone()));
    Ok(found)
}

/// The arguments of an unpacked tuple.
fn unpacked_args(cx: &Cx, this: &GenericAlias) -> Option<Owned> {
    let is_tuple = this.origin.borrow() == cx.class(TypeId::Tuple).as_ref();
    (this.is_unpacked && is_tuple).then(|| this.args.clone())
}

fn mro_entries(cx: &Cx, this: &GenericAlias, _bases: Ref<'_>) -> Owned {
    cx.tuple(vec![this.origin.clone()])
}

fn instance_check(cx: &Cx, _this: Ref<'_>, _instance: Ref<'_>) -> Outcome<bool> {
    Err(cx.type_error("isinstance() argument 2 cannot be a parameterized generic"))
}

fn subclass_check(cx: &Cx, _this: Ref<'_>, _class: Ref<'_>) -> Outcome<bool> {
    Err(cx.type_error("issubclass() argument 2 cannot be a parameterized generic"))
}

fn reduce(cx: &Cx, this: Ref<'_>) -> Outcome {
    let alias = of(this);
    let class = cx.class(TypeId::GenericAlias).as_ref().own();
    let args = cx.tuple(vec![alias.origin.clone(), alias.args.clone()]);
    Ok(cx.tuple(vec![class, args]))
}

/// The names of the origin and its own.
fn dir(cx: &Cx, this: Ref<'_>) -> Outcome<Vec<Owned>> {
    let origin = of(this).origin.borrow();
    let hook = attribute::special(cx, origin, cx.world().names.dir())?;
    let mut names = match hook {
        Some(hook) => {
            let names = cx.call(hook.borrow(), Args::NONE)?;
            crate::eval::ops::iterate::collect(cx, names.borrow())?
        }
        None => Vec::new(),
    };
    names.extend(OWN.iter().map(|name| cx.intern(name).own()));
    Ok(type_::sorted_names(cx, names))
}

/// What a star in front of an alias goes over: the alias, marked, once.
pub(crate) struct Unpacking {
    alias: Owned,
    position: Position,
}

payload!(
    Unpacking as GenericAliasIterator,
    "generic alias iterator",
    |this, visit| {
        visit(this.alias.borrow());
    }
);

class! {
    pub(crate) ITERATOR: Boxed<Unpacking> = "generic_alias_iterator" (Object) {
        sealed;
        module "types";
        slots { iter: itself, next: next }
    }
}

fn iter(cx: &Cx, this: Ref<'_>) -> Outcome {
    let alias = of(this);
    let alias = build(cx, alias.origin.borrow(), alias.args.borrow(), true);
    let position = Position::new(0);
    Ok(payload::new(cx, Unpacking { alias, position }))
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (Some(inside), Some(header)) = (this.payload::<Unpacking>(), this.header()) else {
        return Ok(None);
    };
    let taken = inside.position.take(cx.ts, header, 1);
    Ok((taken == Some(0)).then(|| inside.alias.clone()))
}
