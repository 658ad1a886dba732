//! `functools.partial`: a function with some of its arguments.

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, subscript, text};
use crate::eval::{Args, Outcome};
use crate::objects::dict::Dict;
use crate::objects::header::Header;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items, lend};
use crate::sync::event;
use crate::types::class::Class;
use crate::types::class_getitem::class_getitem;
use crate::types::define::class;
use crate::types::function::bind;
use crate::types::guarded::Guarded;
use crate::types::payload::{self, Boxed, payload};
use crate::types::{TypeId, member, store};

/// A function with some of its arguments; `__setstate__` replaces all three at once.
pub(crate) struct Partial(Guarded<Parts>);

#[derive(Clone)]
struct Parts {
    function: Owned,
    /// A tuple.
    args: Owned,
    /// A dict.
    keywords: Owned,
}

impl Parts {
    fn args(&self) -> &[Ref<'_>] {
        self.args.borrow().downcast::<Tuple>().map_or(&[], items)
    }

    fn keywords(&self, cx: &Cx) -> Vec<(Owned, Owned)> {
        let dict = self.keywords.borrow().downcast::<Dict>();
        dict.map_or(Vec::new(), |dict| store::dict_entries(cx, dict))
    }
}

payload!(Partial as Partial, "partial", |this, visit| this.0.alone(
    |parts| {
        let all = [&parts.function, &parts.args, &parts.keywords];
        all.iter().for_each(|one| visit(one.borrow()));
    }
));

class! {
    pub(crate) PARTIAL: Boxed<Partial> = "partial" (Object) {
        module "functools";
        with_dict;
        with_weak;
        doc "partial(func, /, *args, **keywords) -> a function that has been given some of its arguments\n\nPlaceholder \
            among them stands for one that is given later.";
        slots { new: new, call: call, descr_get: get, repr: repr }
        get __dict__ as dict, set_dict;
        /// The class with types for its items, as annotations have them.
        class __class_getitem__ as class_getitem(self, object, /);
        /// The function.
        read func;
        /// The arguments by position that it has been given.
        read args;
        /// The arguments by name that it has been given.
        read keywords;
        /// What pickle needs to make it again.
        method __reduce__ as reduce(self, /);
        /// Take the state that pickle has kept.
        method __setstate__ as set_state(self, state, /);
    }
}

fn parts(cx: &Cx, this: Ref<'_>) -> Parts {
    let (partial, header) = both(this);
    event::reads(&raw const partial.0, None);
    partial.0.with(cx.ts, header, |parts| parts.clone())
}

fn both(this: Ref<'_>) -> (&Partial, &Header) {
    let partial = this.payload::<Partial>();
    partial.zip(this.header()).expect("a partial")
}

fn is_placeholder(cx: &Cx, value: Ref<'_>) -> bool {
    cx.is_instance(value, TypeId::PlaceholderType)
}

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    let [function, given @ ..] = args.positional else {
        return Err(cx.type_error("type 'partial' takes at least one argument"));
    };
    if !cx.class_of(*function).slot(|slots| slots.call.is_some()) {
        return Err(cx.type_error("the first argument must be callable"));
    }
    if given.last().is_some_and(|last| is_placeholder(cx, *last)) {
        return Err(cx.type_error("trailing Placeholders are not allowed"));
    }
    if args.keywords.iter().any(|one| is_placeholder(cx, *one)) {
        return Err(cx.type_error("Placeholder cannot be passed as a keyword argument"));
    }
    let mut parts = Parts {
        function: function.own(),
        args: cx.tuple(given.iter().map(|one| one.own()).collect()),
        keywords: cx.dict(),
    };
    if let Some(inner) = flattened(cx, *function) {
        for (name, value) in inner.keywords(cx) {
            subscript::set(cx, parts.keywords.borrow(), name.borrow(), value.borrow())?;
        }
        let filled = fill(cx, inner.args(), given, false)?;
        parts.args = cx.tuple(trimmed(cx, filled));
        parts.function = inner.function;
    }
    for (name, value) in args.names.iter().zip(args.keywords) {
        subscript::set(cx, parts.keywords.borrow(), *name, *value)?;
    }
    let parts = Guarded::new("partial", parts);
    Ok(payload::new_in(cx, class, Partial(parts)))
}

/// The parts of a partial that can be taken into another one: it has no attributes of its own.
fn flattened(cx: &Cx, function: Ref<'_>) -> Option<Parts> {
    if !cx.class_of(function).is(TypeId::Partial) {
        return None;
    }
    let dict = attribute::dict_of(cx, function);
    let is_bare = dict.is_none_or(|dict| {
        let dict = dict.borrow().downcast::<Dict>();
        dict.is_none_or(Dict::is_empty)
    });
    is_bare.then(|| parts(cx, function))
}

/// The arguments with placeholders filled from the others, which come after them then. Where some are missing that is an
/// error, or else they stay.
fn fill(cx: &Cx, have: &[Ref<'_>], given: &[Ref<'_>], is_call: bool) -> Outcome<Vec<Owned>> {
    let mut given = given.iter();
    let mut all = Vec::with_capacity(have.len());
    let missing = have.iter().filter(|one| is_placeholder(cx, **one)).count();
    if is_call && missing > given.len() {
        let message = format!(
            "missing positional arguments in 'partial' call; expected at least {missing}, got {}",
            given.len()
        );
        return Err(cx.type_error(message));
    }
    for &one in have {
        let filled = match is_placeholder(cx, one) {
            true => given.next().copied().unwrap_or(one),
            false => one,
        };
        all.push(filled.own());
    }
    all.extend(given.map(|one| one.own()));
    Ok(all)
}

/// Without placeholders at the end, which say nothing.
fn trimmed(cx: &Cx, mut args: Vec<Owned>) -> Vec<Owned> {
    while args
        .last()
        .is_some_and(|last| is_placeholder(cx, last.borrow()))
    {
        args.pop();
    }
    args
}

fn call(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome {
    let parts = parts(cx, this);
    let all = fill(cx, parts.args(), args.positional, true)?;
    let merged = cx.dict();
    for (name, value) in parts.keywords(cx) {
        subscript::set(cx, merged.borrow(), name.borrow(), value.borrow())?;
    }
    for (name, value) in args.names.iter().zip(args.keywords) {
        subscript::set(cx, merged.borrow(), *name, *value)?;
    }
    let dict = merged.borrow().downcast::<Dict>();
    let pairs = dict.map_or(Vec::new(), |dict| store::dict_entries(cx, dict));
    let (names, values): (Vec<Owned>, Vec<Owned>) = pairs.into_iter().unzip();
    let args = Args {
        positional: lend(&all),
        names: lend(&names),
        keywords: lend(&values),
    };
    cx.call(parts.function.borrow(), args)
}

fn get(cx: &Cx, this: Ref<'_>, object: Option<Ref<'_>>, _class: Ref<'_>) -> Outcome {
    match object.and_then(Ref::not_none) {
        None => Ok(this.own()),
        Some(object) => Ok(bind(cx, this, object)),
    }
}

fn func(cx: &Cx, this: Ref<'_>) -> Owned {
    parts(cx, this).function
}

fn args(cx: &Cx, this: Ref<'_>) -> Owned {
    parts(cx, this).args
}

fn keywords(cx: &Cx, this: Ref<'_>) -> Owned {
    parts(cx, this).keywords
}

fn dict(cx: &Cx, this: Ref<'_>) -> Owned {
    attribute::dict_of(cx, this).unwrap_or(Owned::NONE)
}

fn set_dict(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    match this.header() {
        Some(header) => member::set_dict(cx, header, value),
        None => Ok(()),
    }
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let parts = parts(cx, this);
    let class = cx.class_of(this);
    let module = attribute::get_str(cx, class.as_ref(), "__module__")?;
    let name = attribute::get_str(cx, class.as_ref(), "__qualname__")?;
    let start = format!(
        "{}.{}(",
        cx.text_of(module.borrow()),
        cx.text_of(name.borrow())
    );
    text::row(cx, this, (&start, ")"), "...", |out| {
        out.push_str(&text::repr_text(cx, parts.function.borrow())?);
        for one in parts.args() {
            *out += ", ";
            *out += &text::repr_text(cx, *one)?;
        }
        for (name, value) in parts.keywords(cx) {
            *out += &format!(", {}=", cx.text_of(name.borrow()));
            *out += &text::repr_text(cx, value.borrow())?;
        }
        Ok(())
    })
}

fn reduce(cx: &Cx, this: Ref<'_>) -> Outcome {
    let parts = parts(cx, this);
    let class = cx.class_of(this).as_ref().own();
    let dict = match attribute::dict_of(cx, this) {
        Some(dict) if !dict.borrow().downcast::<Dict>().is_none_or(Dict::is_empty) => dict,
        _ => Owned::NONE,
    };
    let function = cx.tuple(vec![parts.function.clone()]);
    let state = cx.tuple(vec![parts.function, parts.args, parts.keywords, dict]);
    Ok(cx.tuple(vec![class, function, state]))
}

fn set_state(cx: &Cx, this: Ref<'_>, state: Ref<'_>) -> Outcome<()> {
    let invalid = || cx.type_error("invalid partial state");
    let Some(&[function, args, keywords, dict]) = state.downcast::<Tuple>().map(items) else {
        return Err(invalid());
    };
    let callable = cx.class_of(function).slot(|slots| slots.call.is_some());
    let is_tuple = cx.is_instance(args, TypeId::Tuple);
    let is_dict = keywords.is_none() || cx.is_instance(keywords, TypeId::Dict);
    if !callable || !is_tuple || !is_dict {
        return Err(invalid());
    }
    let keywords = match keywords.downcast::<Dict>() {
        None => cx.dict(),
        Some(dict) => store::dict_copy(cx, dict),
    };
    let new = Parts {
        function: function.own(),
        args: args.own(),
        keywords,
    };
    let (partial, header) = both(this);
    event::writes(&raw const partial.0, None);
    drop(
        partial
            .0
            .with(cx.ts, header, |parts| std::mem::replace(parts, new)),
    );
    match dict.not_none() {
        None => Ok(()),
        Some(dict) => attribute::set(cx, this, cx.intern("__dict__"), Some(dict)),
    }
}

/// `functools.Placeholder`
pub(crate) struct PlaceholderType;

payload!(
    PlaceholderType as PlaceholderType,
    "placeholder",
    |_this, _visit| {}
);

class! {
    pub(crate) PLACEHOLDER: Boxed<PlaceholderType> = "_PlaceholderType" (Object) {
        module "functools";
        sealed;
        doc "Stands for an argument that is given later.";
        slots { new: new_placeholder, repr: repr_of_placeholder }
        /// What pickle needs to find it again.
        method __reduce__ as reduce_placeholder(self, /);
    }
}

/// The one object of its class.
pub(crate) fn placeholder(cx: &Cx) -> Owned {
    payload::new(cx, PlaceholderType)
}

fn new_placeholder(cx: &Cx, _class: &Class, args: Args<'_>) -> Outcome {
    match args.is_empty() {
        true => Err(cx.type_error("cannot create '_PlaceholderType' instances")),
        false => Err(cx.type_error("_PlaceholderType takes no arguments")),
    }
}

fn repr_of_placeholder(cx: &Cx, _this: Ref<'_>) -> Outcome {
    Ok(cx.str("Placeholder"))
}

fn reduce_placeholder(cx: &Cx, _this: Ref<'_>) -> Owned {
    cx.str("Placeholder")
}
