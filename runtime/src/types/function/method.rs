//! `method`: a function bound to a receiver.

use crate::compile::Comparison;
use crate::eval::cx::Cx;
use crate::eval::ops::attribute;
use crate::eval::{Args, Outcome};
use crate::refs::{Owned, Ref};
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::native::with_receiver;
use crate::types::payload::{self, Boxed, payload};

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
        doc "A function with the object that it is called on.";
        slots {
            new: new_method, call: call_method, repr: repr_method, get_attr: get_method_attr,
            compare: compare_methods, hash: hash_method,
        }
        read __self__ as method_self;
        read __func__ as method_function;
        get __doc__ as method_doc;
    }
}

fn method_doc(cx: &Cx, this: &Method) -> Outcome {
    attribute::get_str(cx, this.function.borrow(), "__doc__")
}

/// A callable bound to a receiver.
pub(crate) fn bind(cx: &Cx, function: Ref<'_>, receiver: Ref<'_>) -> Owned {
    let (function, receiver) = (function.own(), receiver.own());
    payload::new(cx, Method { function, receiver })
}

fn new_method(cx: &Cx, _class: &Class, args: Args<'_>) -> Outcome {
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

fn compare_methods(cx: &Cx, comparison: Comparison, this: Ref<'_>, other: Ref<'_>) -> Outcome {
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
