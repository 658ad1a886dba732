//! Functions written in Python, their cells, and methods bound to a receiver.

use crate::eval::code::CodeRef;
use crate::eval::cx::Cx;
use crate::eval::ops::attribute;
use crate::eval::{Args, Outcome};
use crate::objects::cell::Cell;
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref};
use crate::types::define::class;
use crate::types::guarded::Guarded;
use crate::types::native::with_receiver;
use crate::types::payload::{self, Boxed, payload};
use crate::types::{TypeId, store};

/// What can be changed in a function.
pub(crate) struct Parts {
    pub(crate) code: CodeRef,
    /// A tuple, or nothing.
    pub(crate) defaults: Option<Owned>,
    /// A dict, or nothing.
    pub(crate) keyword_defaults: Option<Owned>,
    pub(crate) name: Owned,
    pub(crate) qualified_name: Owned,
    pub(crate) doc: Owned,
    pub(crate) module: Owned,
    pub(crate) annotations: Option<Owned>,
    /// What makes the annotations.
    pub(crate) annotate: Option<Owned>,
    pub(crate) type_params: Option<Owned>,
}

/// A function written in Python.
pub(crate) struct Function {
    /// The code that it was made with, which a call without anything special needs to look at only.
    pub(crate) code: CodeRef,
    /// The dict of its module.
    pub(crate) globals: Owned,
    /// What stands in for the builtins, when `__builtins__` of the globals says so.
    pub(crate) builtins: Option<Owned>,
    /// A tuple of cells, or nothing.
    pub(crate) closure: Option<Owned>,
    pub(crate) parts: Guarded<Parts>,
}

payload!(
    Function as Function,
    "function",
    |this, visit| {
        visit(this.globals.borrow());
        this.builtins.iter().for_each(|one| visit(one.borrow()));
        this.closure.iter().for_each(|one| visit(one.borrow()));
        this.parts.alone(|parts| show(parts, visit));
    },
    |gone, ts, object| {
        let gone = gone.parts.with(ts, object, |parts| {
            (
                parts.defaults.take(),
                parts.keyword_defaults.take(),
                parts.annotations.take(),
            )
        });
        drop(gone);
    }
);

fn show(parts: &Parts, visit: &mut dyn FnMut(Ref<'_>)) {
    let always = [
        &parts.name,
        &parts.qualified_name,
        &parts.doc,
        &parts.module,
    ];
    always.into_iter().for_each(|one| visit(one.borrow()));
    let sometimes = [
        &parts.defaults,
        &parts.keyword_defaults,
        &parts.annotations,
        &parts.annotate,
        &parts.type_params,
    ];
    sometimes
        .into_iter()
        .flatten()
        .for_each(|one| visit(one.borrow()));
}

class! {
    pub(crate) FUNCTION: Boxed<Function> = "function" (Object) {
        sealed;
        methods |_| true;
        with_dict;
        with_weak;
        doc "Create a function object.";
        slots { call: call, descr_get: get, repr: repr }
        get __name__ as name, set_name;
        get __qualname__ as qualname, set_qualname;
        get __doc__ as doc, set_doc;
        get __module__ as module, set_module;
        get __defaults__ as defaults, set_defaults;
        get __kwdefaults__ as keyword_defaults, set_keyword_defaults;
        get __annotations__ as annotations, set_annotations;
        get __annotate__ as annotate, set_annotate;
        get __type_params__ as type_params, set_type_params;
        read __globals__ as globals;
        read __closure__ as closure;
        get __code__ as code;
        read __builtins__ as builtins;
        get __dict__ as dict, set_dict;
    }
}

fn call(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome {
    cx.call_python(this, args)
}

fn get(cx: &Cx, this: Ref<'_>, object: Option<Ref<'_>>, _class: Ref<'_>) -> Outcome {
    match object {
        Some(object) => Ok(bind(cx, this, object)),
        None => Ok(this.own()),
    }
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let name = part(cx, this, |parts| parts.qualified_name.clone());
    let address = crate::types::object::address(this);
    let name = name.as_ref().map_or("", |name| cx.text_of(name.borrow()));
    Ok(cx.str(&format!("<function {name} at {address}>")))
}

/// Reads or changes a function's parts.
pub(crate) fn part<R>(cx: &Cx, this: Ref<'_>, body: impl FnOnce(&mut Parts) -> R) -> Option<R> {
    let (header, function) = (this.header()?, this.payload::<Function>()?);
    Some(function.parts.with(cx.ts, header, body))
}

macro_rules! parts {
    ($($get:ident $set:ident $field:ident;)*) => {
        $(
            fn $get(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
                part(cx, this, |parts| Option::from(parts.$field.clone()))?
            }

            fn $set(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
                let value = checked(cx, stringify!($field), value)?;
                drop(part(cx, this, |parts| replace(&mut parts.$field, value)));
                Ok(())
            }
        )*
    };
}

/// A field that may be empty, or may not.
trait Field {
    fn put(&mut self, value: Option<Owned>) -> Option<Owned>;
}

impl Field for Owned {
    fn put(&mut self, value: Option<Owned>) -> Option<Owned> {
        Some(std::mem::replace(self, value.unwrap_or(Owned::NONE)))
    }
}

impl Field for Option<Owned> {
    fn put(&mut self, value: Option<Owned>) -> Option<Owned> {
        std::mem::replace(self, value)
    }
}

fn replace(field: &mut impl Field, value: Option<Owned>) -> Option<Owned> {
    field.put(value)
}

/// What may be assigned to a part; `None` and a deletion empty it.
fn checked(cx: &Cx, field: &str, value: Option<Ref<'_>>) -> Outcome<Option<Owned>> {
    let value = value.and_then(Ref::not_none);
    let (good, message) = match (field, value) {
        ("name", value) => (
            value.is_some_and(|value| cx.is_instance(value, TypeId::Str)),
            "__name__ must be set to a string object",
        ),
        ("qualified_name", value) => (
            value.is_some_and(|value| cx.is_instance(value, TypeId::Str)),
            "__qualname__ must be set to a string object",
        ),
        ("defaults", Some(value)) => (
            value.downcast::<Tuple>().is_some(),
            "__defaults__ must be set to a tuple object",
        ),
        ("keyword_defaults", Some(value)) => (
            value.downcast::<Dict>().is_some(),
            "__kwdefaults__ must be set to a dict object",
        ),
        ("annotations", Some(value)) => (
            value.downcast::<Dict>().is_some(),
            "__annotations__ must be set to a dict object",
        ),
        _ => (true, ""),
    };
    match good {
        true => Ok(value.map(Ref::own)),
        false => Err(cx.type_error(message)),
    }
}

parts! {
    name set_name name;
    qualname set_qualname qualified_name;
    doc set_doc doc;
    module set_module module;
    defaults set_defaults defaults;
    keyword_defaults set_keyword_defaults keyword_defaults;
    made_annotations set_annotations annotations;
    annotate set_annotate annotate;
    given_type_params set_type_params type_params;
}

/// Made when somebody asks for them.
fn annotations(cx: &Cx, this: Ref<'_>) -> Outcome {
    if let Some(made) = made_annotations(cx, this) {
        return Ok(made);
    }
    let made = match annotate(cx, this) {
        Some(annotate) if !annotate.borrow().is_none() => {
            let one = cx.int(1);
            cx.call(annotate.borrow(), Args::positional(&[one.borrow()]))?
        }
        _ => cx.dict(),
    };
    set_annotations(cx, this, Some(made.borrow()))?;
    Ok(made)
}

fn type_params(cx: &Cx, this: Ref<'_>) -> Owned {
    given_type_params(cx, this).unwrap_or_else(|| cx.tuple(Vec::new()))
}

fn globals(_cx: &Cx, this: &Function) -> Owned {
    this.globals.clone()
}

fn closure(_cx: &Cx, this: &Function) -> Option<Owned> {
    this.closure.clone()
}

fn code(_cx: &Cx, this: &Function) -> Owned {
    crate::types::code::object(this.code)
}

fn builtins(cx: &Cx, this: &Function) -> Owned {
    let own = this.builtins.as_ref();
    own.map_or(cx.world().builtins(), Owned::borrow).own()
}

fn dict(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    attribute::dict_of(cx, this)
}

fn set_dict(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    let dict = value.filter(|value| value.downcast::<Dict>().is_some());
    match (dict, this.header()) {
        (Some(dict), Some(header)) => {
            attribute::set_dict(cx, header, dict.own());
            Ok(())
        }
        _ => Err(cx.type_error("__dict__ must be set to a dictionary")),
    }
}

class! {
    pub(crate) CELL: Cell = "cell" (Object) {
        sealed;
        doc "Create a new cell object.";
        slots { new: new_cell, repr: repr_cell }
        get cell_contents, set_cell_contents;
    }
}

fn new_cell(cx: &Cx, _class: &crate::types::class::Class, args: Args<'_>) -> Outcome {
    match args.positional {
        [] => Ok(store::cell(cx, None)),
        [one] => Ok(store::cell(cx, Some(one.own()))),
        all => Err(cx.type_error(format!(
            "cell expected at most 1 argument, got {}",
            all.len()
        ))),
    }
}

fn repr_cell(cx: &Cx, this: Ref<'_>) -> Outcome {
    let address = crate::types::object::address(this);
    Ok(cx.str(&match store::cell_get(cx, this.layout::<Cell>()) {
        None => format!("<cell at {address}: empty>"),
        Some(held) => format!(
            "<cell at {address}: {} object at {}>",
            cx.type_name(held.borrow()),
            crate::types::object::address(held.borrow())
        ),
    }))
}

fn cell_contents(cx: &Cx, this: &Cell) -> Outcome {
    match store::cell_get(cx, this) {
        Some(held) => Ok(held),
        None => Err(cx.value_error("cell is empty")),
    }
}

fn set_cell_contents(cx: &Cx, this: &Cell, value: Option<Ref<'_>>) -> Outcome<()> {
    store::cell_set(cx, this, value.map(Ref::own));
    Ok(())
}

/// A function bound to a receiver.
pub(crate) struct Method {
    pub(crate) function: Owned,
    pub(crate) receiver: Owned,
}

payload!(Method as Method, "method", |this, visit| {
    visit(this.function.borrow());
    visit(this.receiver.borrow());
});

class! {
    pub(crate) METHOD: Boxed<Method> = "method" (Object) {
        sealed;
        with_weak;
        doc "Create a bound instance method object.";
        slots {
            new: new_method, call: call_method, repr: repr_method, get_attr: get_method_attr,
            compare: compare_methods, hash: hash_method,
        }
        read __self__ as method_self;
        read __func__ as method_function;
    }
}

/// A callable bound to a receiver.
pub(crate) fn bind(cx: &Cx, function: Ref<'_>, receiver: Ref<'_>) -> Owned {
    let (function, receiver) = (function.own(), receiver.own());
    payload::new(cx, Method { function, receiver })
}

fn new_method(cx: &Cx, _class: &crate::types::class::Class, args: Args<'_>) -> Outcome {
    let [function, receiver] = args.positional else {
        let given = args.positional.len();
        return Err(cx.type_error(format!("method expected 2 arguments, got {given}")));
    };
    if cx.class_of(*function).slot(|slots| slots.call.is_none()) {
        return Err(cx.type_error("first argument must be callable"));
    }
    match receiver.is_none() {
        true => Err(cx.type_error("instance must not be None")),
        false => Ok(bind(cx, *function, *receiver)),
    }
}

fn call_method(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome {
    let method = this.payload::<Method>().expect("a method");
    with_receiver(method.receiver.borrow(), args, |args| {
        cx.call(method.function.borrow(), args)
    })
}

fn repr_method(cx: &Cx, this: Ref<'_>) -> Outcome {
    let method = this.payload::<Method>().expect("a method");
    let names = &cx.world().names;
    let function = method.function.borrow();
    let name = match attribute::find(cx, function, names.qualname())? {
        Some(name) => Some(name),
        None => attribute::find(cx, function, names.name())?,
    };
    let name = name.as_ref().map_or("?", |name| cx.text_of(name.borrow()));
    let receiver = crate::eval::ops::text::repr_text(cx, method.receiver.borrow())?;
    Ok(cx.str(&format!("<bound method {name} of {receiver}>")))
}

/// What a method does not have itself it takes from its function.
fn get_method_attr(cx: &Cx, this: Ref<'_>, name: Ref<'_>) -> Outcome {
    let class = cx.class_of(this);
    if class.lookup(cx, name).is_some() {
        return attribute::generic_get(cx, this, name);
    }
    let method = this.payload::<Method>().expect("a method");
    attribute::get(cx, method.function.borrow(), name)
}

fn compare_methods(
    cx: &Cx,
    comparison: crate::compile::Comparison,
    this: Ref<'_>,
    other: Ref<'_>,
) -> Outcome {
    use crate::compile::Comparison;
    let (Some(left), Some(right)) = (this.payload::<Method>(), other.payload::<Method>()) else {
        return Ok(Owned::not_implemented());
    };
    let same_receiver = left.receiver.borrow() == right.receiver.borrow();
    let equal = same_receiver
        && crate::eval::ops::compare::equal(cx, left.function.borrow(), right.function.borrow())?;
    Ok(match comparison {
        Comparison::Eq => Owned::bool(equal),
        Comparison::Ne => Owned::bool(!equal),
        _ => Owned::not_implemented(),
    })
}

fn hash_method(cx: &Cx, this: Ref<'_>) -> Outcome<i64> {
    let method = this.payload::<Method>().expect("a method");
    let receiver = crate::types::object::hash(cx, method.receiver.borrow())?;
    Ok(receiver ^ crate::eval::ops::compare::hash(cx, method.function.borrow())?)
}

fn method_self(_cx: &Cx, this: &Method) -> Owned {
    this.receiver.clone()
}

fn method_function(_cx: &Cx, this: &Method) -> Owned {
    this.function.clone()
}
