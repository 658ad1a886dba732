//! Methods of built-in classes, as the classes' dicts have them.

use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome, Raised};
use crate::refs::{Owned, Ref};
use crate::types::args;
use crate::types::class::Class;
use crate::types::define::{Function, class};
use crate::types::payload::{self, Boxed, payload};
use crate::types::{TypeId, signature};

use super::{Builtin, doc};

/// A method as its class's dict has it.
pub(crate) struct MethodDescriptor {
    pub(crate) def: &'static Function,
    pub(crate) owner: TypeId,
    /// Whether it gets the class and not an instance.
    pub(crate) of_class: bool,
}

payload!(
    MethodDescriptor as MethodDescriptor,
    "method descriptor",
    |_this, _visit| {}
);

class! {
    pub(crate) METHOD_DESCRIPTOR: Boxed<MethodDescriptor> = "method_descriptor" (Object) {
        sealed;
        methods is_method;
        slots { call: call_method, descr_get: get_method, repr: repr_method }
        get __name__ as method_name;
        get __qualname__ as method_qualname;
        get __doc__ as method_doc;
        read __objclass__ as method_class;
        get __text_signature__ as method_signature;
    }
}

class! {
    pub(crate) CLASS_METHOD_DESCRIPTOR: Boxed<MethodDescriptor> = "classmethod_descriptor" (Object) {
        sealed;
        slots { call: call_method, descr_get: get_method, repr: repr_method }
        get __name__ as method_name;
        get __qualname__ as method_qualname;
        get __doc__ as method_doc;
        read __objclass__ as method_class;
        get __text_signature__ as method_signature;
    }
}

/// Calls a method with its receiver as the first argument.
pub(crate) fn call_method(cx: &Cx, this: Ref<'_>, given: Args<'_>) -> Outcome {
    let method = this.payload::<MethodDescriptor>().expect("a method");
    let owner = cx.class(method.owner);
    let name = owner.def.map_or("", |def| def.name);
    let Some(receiver) = given.positional.first() else {
        let message = format!(
            "unbound method {name}.{}() needs an argument",
            method.def.name
        );
        return Err(cx.type_error(message));
    };
    if method.of_class {
        checked_class(cx, method, *receiver)?;
    } else if !cx.class_of(*receiver).derives_from(owner) {
        return Err(wrong_receiver(cx, method.def.name, name, *receiver));
    }
    args::call(cx, method.def, Some(name), given)
}

#[cold]
pub(super) fn wrong_receiver(cx: &Cx, name: &str, owner: &str, receiver: Ref<'_>) -> Raised {
    let kind = cx.type_name(receiver);
    cx.type_error(format!(
        "descriptor '{name}' for '{owner}' objects doesn't apply to a '{kind}' object"
    ))
}

/// A class that a method of classes can be bound to.
fn checked_class<'a>(cx: &Cx, method: &MethodDescriptor, class: Ref<'a>) -> Outcome<Ref<'a>> {
    let owner = cx.class(method.owner);
    let (name, own) = (method.def.name, owner.name(cx));
    match Class::of(class) {
        Some(derived) if derived.derives_from(owner) => Ok(class),
        Some(other) => {
            let other = other.name(cx);
            Err(cx.type_error(format!(
                "descriptor '{name}' requires a subtype of '{own}' but received '{other}'"
            )))
        }
        None => {
            let kind = cx.type_name(class);
            Err(cx.type_error(format!(
                "descriptor '{name}' for type '{own}' needs a type, not a '{kind}' as arg 2"
            )))
        }
    }
}

fn is_method(this: Ref<'_>) -> bool {
    this.payload::<MethodDescriptor>()
        .is_some_and(|method| !method.of_class)
}

fn get_method(cx: &Cx, this: Ref<'_>, object: Option<Ref<'_>>, class: Ref<'_>) -> Outcome {
    let method = this.payload::<MethodDescriptor>().expect("a method");
    let receiver = match (method.of_class, object) {
        (true, None) => checked_class(cx, method, class)?,
        (true, Some(object)) if class.is_none() => cx.class_of(object).as_ref(),
        (true, Some(_)) => checked_class(cx, method, class)?,
        (false, Some(object)) => object,
        (false, None) => return Ok(this.own()),
    };
    let (receiver, owner) = (Some(receiver.own()), Some(method.owner));
    let builtin = Builtin {
        def: method.def,
        receiver,
        module: None,
        owner,
    };
    Ok(payload::new(cx, builtin))
}

fn repr_method(cx: &Cx, this: Ref<'_>) -> Outcome {
    let method = this.payload::<MethodDescriptor>().expect("a method");
    let owner = cx.class(method.owner).name(cx);
    Ok(cx.str(&format!(
        "<method '{}' of '{owner}' objects>",
        method.def.name
    )))
}

fn method_name(_cx: &Cx, this: &MethodDescriptor) -> &'static str {
    this.def.name
}

fn method_qualname(cx: &Cx, this: &MethodDescriptor) -> String {
    format!("{}.{}", cx.class(this.owner).name(cx), this.def.name)
}

fn method_doc(cx: &Cx, this: &MethodDescriptor) -> Option<Owned> {
    doc(cx, this.def)
}

fn method_class(cx: &Cx, this: &MethodDescriptor) -> Owned {
    cx.class(this.owner).as_ref().own()
}

fn method_signature(_cx: &Cx, this: &MethodDescriptor) -> String {
    signature::of(this.def, this.of_class)
}
