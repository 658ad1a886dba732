//! `staticmethod` and `classmethod`.

use crate::eval::cx::Cx;
use crate::eval::ops::attribute;
use crate::eval::{Args, Outcome};
use crate::refs::{Owned, Ref};
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::payload::{self, Boxed, payload};
use crate::types::{TypeId, function};

/// A function that gets no receiver.
pub(crate) struct StaticMethod {
    function: Owned,
}

payload!(
    StaticMethod as StaticMethod,
    "staticmethod",
    |this, visit| visit(this.function.borrow())
);

class! {
    pub(crate) STATIC_METHOD: Boxed<StaticMethod> = "staticmethod" (Object) {
        with_dict;
        doc "A function in a class that does not get the object.";
        slots { new: new_static, init: accept, call: call_static, descr_get: get_static, repr: repr_static }
        read __func__ as static_function;
        read __wrapped__ as static_function;
        get __isabstractmethod__ as static_is_abstract;
        get __name__ as static_name;
        get __qualname__ as static_qualname;
        get __doc__ as static_doc;
        get __module__ as static_module;
        get __dict__ as own_dict;
    }
}

/// Wraps a function.
pub(crate) fn new(cx: &Cx, function: Owned) -> Owned {
    payload::new(cx, StaticMethod { function })
}

/// The only argument of either class.
fn only(cx: &Cx, name: &str, args: Args<'_>) -> Outcome {
    match args.positional {
        [function] if args.names.is_empty() => Ok(function.own()),
        all => Err(cx.type_error(format!(
            "{name} expected 1 argument, got {}",
            all.len() + args.names.len()
        ))),
    }
}

fn accept(_cx: &Cx, _this: Ref<'_>, _args: Args<'_>) -> Outcome<()> {
    Ok(())
}

fn new_static(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    let function = only(cx, "staticmethod", args)?;
    Ok(payload::new_in(cx, class, StaticMethod { function }))
}

fn call_static(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome {
    let this = this.payload::<StaticMethod>().expect("a staticmethod");
    cx.call(this.function.borrow(), args)
}

fn get_static(_cx: &Cx, this: Ref<'_>, _: Option<Ref<'_>>, _: Ref<'_>) -> Outcome {
    let this = this.payload::<StaticMethod>().expect("a staticmethod");
    Ok(this.function.clone())
}

fn repr_static(cx: &Cx, this: Ref<'_>) -> Outcome {
    let this = this.payload::<StaticMethod>().expect("a staticmethod");
    let inner = crate::eval::ops::text::repr_text(cx, this.function.borrow())?;
    Ok(cx.str(&format!("<staticmethod({inner})>")))
}

fn static_function(_cx: &Cx, this: &StaticMethod) -> Owned {
    this.function.clone()
}

/// A function that gets the class.
pub(crate) struct ClassMethod {
    function: Owned,
}

payload!(ClassMethod as ClassMethod, "classmethod", |this, visit| {
    visit(this.function.borrow())
});

class! {
    pub(crate) CLASS_METHOD: Boxed<ClassMethod> = "classmethod" (Object) {
        with_dict;
        doc "A function in a class that gets the class.";
        slots { new: new_class_method, init: accept, descr_get: get_class, repr: repr_class }
        read __func__ as class_function;
        read __wrapped__ as class_function;
        get __isabstractmethod__ as class_is_abstract;
        get __name__ as class_name;
        get __qualname__ as class_qualname;
        get __doc__ as class_doc;
        get __module__ as class_module;
        get __dict__ as own_dict;
    }
}

/// Wraps a function.
pub(crate) fn of_class(cx: &Cx, function: Owned) -> Owned {
    payload::new(cx, ClassMethod { function })
}

fn new_class_method(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    let function = only(cx, "classmethod", args)?;
    Ok(payload::new_in(cx, class, ClassMethod { function }))
}

fn get_class(cx: &Cx, this: Ref<'_>, object: Option<Ref<'_>>, class: Ref<'_>) -> Outcome {
    let this = this.payload::<ClassMethod>().expect("a classmethod");
    let class = match (class.not_none(), object) {
        (Some(class), _) => class,
        (None, Some(object)) => cx.class_of(object).as_ref(),
        (None, None) => cx.class(TypeId::NoneType).as_ref(),
    };
    Ok(function::bind(cx, this.function.borrow(), class))
}

fn repr_class(cx: &Cx, this: Ref<'_>) -> Outcome {
    let this = this.payload::<ClassMethod>().expect("a classmethod");
    let inner = crate::eval::ops::text::repr_text(cx, this.function.borrow())?;
    Ok(cx.str(&format!("<classmethod({inner})>")))
}

fn class_function(_cx: &Cx, this: &ClassMethod) -> Owned {
    this.function.clone()
}

fn own_dict(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    attribute::dict_of(cx, this)
}

/// Attributes that both take from what they wrap.
macro_rules! forwarded {
    ($($of_static:ident $of_class:ident $name:literal;)*) => {
        $(
            fn $of_static(cx: &Cx, this: &StaticMethod) -> Outcome {
                attribute::get_str(cx, this.function.borrow(), $name)
            }

            fn $of_class(cx: &Cx, this: &ClassMethod) -> Outcome {
                attribute::get_str(cx, this.function.borrow(), $name)
            }
        )*
    };
}

forwarded! {
    static_name class_name "__name__";
    static_qualname class_qualname "__qualname__";
    static_doc class_doc "__doc__";
    static_module class_module "__module__";
}

/// Whether what is wrapped says that it is abstract.
pub(crate) fn is_abstract(cx: &Cx, function: Ref<'_>) -> Outcome<bool> {
    let name = cx.world().names.is_abstract();
    match attribute::find(cx, function, name)? {
        Some(answer) => crate::eval::ops::truth::is_true(cx, answer.borrow()),
        None => Ok(false),
    }
}

fn static_is_abstract(cx: &Cx, this: &StaticMethod) -> Outcome<bool> {
    is_abstract(cx, this.function.borrow())
}

fn class_is_abstract(cx: &Cx, this: &ClassMethod) -> Outcome<bool> {
    is_abstract(cx, this.function.borrow())
}
