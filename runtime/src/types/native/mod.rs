//! Functions written in Rust, as Python sees them: those of modules and classes, methods, and computed attributes.

mod method;
mod slot;

use crate::compile::Comparison;
use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, compare};
use crate::eval::{Args, Outcome};
use crate::refs::{Owned, Ref, present};
use crate::types::args;
use crate::types::class::Class;
use crate::types::define::{Function, class};
use crate::types::payload::{Boxed, payload};
use crate::types::slots::New;
use crate::types::{TypeId, object, signature, type_};

pub(crate) use method::*;
pub(crate) use slot::*;

/// A function of a module, or a method that is bound to its receiver.
pub(crate) struct Builtin {
    pub(crate) def: &'static Function,
    pub(crate) receiver: Option<Owned>,
    /// The name of the module.
    pub(crate) module: Option<Owned>,
    /// The class that it belongs to.
    pub(crate) owner: Option<TypeId>,
}

payload!(Builtin as Builtin, "builtin function", |this, visit| {
    this.receiver.iter().for_each(|one| visit(one.borrow()));
    this.module.iter().for_each(|one| visit(one.borrow()));
});

class! {
    pub(crate) BUILTIN: Boxed<Builtin> = "builtin_function_or_method" (Object) {
        sealed;
        with_weak;
        slots { call: call_builtin, repr: repr_builtin, hash: hash_builtin, compare: compare_builtins }
        get __name__ as builtin_name;
        get __qualname__ as builtin_qualname;
        get __doc__ as builtin_doc;
        get __self__ as builtin_self;
        get __module__ as builtin_module;
        get __text_signature__ as builtin_signature;
    }
}

/// `__new__` of the built-in classes: bound to the class whose slot it is, called with the class to be made.
pub(crate) const NEW: &Function = &Function {
    name: "__new__",
    doc: "A new object of this class.  The class says what it takes.",
    params: &[],
    call: |cx, _| Err(cx.error(TypeId::SystemError, "__new__ without its class")),
    receives: true,
    is_plain: false,
};

fn call_new(cx: &Cx, owner: &Class, given: Args<'_>) -> Outcome {
    let name = owner.name(cx);
    let Some((first, positional)) = given.positional.split_first() else {
        return Err(cx.type_error(format!("{name}.__new__(): not enough arguments")));
    };
    let Some(class) = Class::of(*first) else {
        let kind = cx.type_name(*first);
        return Err(cx.type_error(format!(
            "{name}.__new__(X): X is not a type object ({kind})"
        )));
    };
    if !class.derives_from(owner) {
        let other = class.name(cx);
        return Err(cx.type_error(format!(
            "{name}.__new__({other}): {other} is not a subtype of {name}"
        )));
    }
    match owner.slot(|slots| slots.new) {
        Some(new) if makes(class, new) => new(
            cx,
            class,
            Args {
                positional,
                ..given
            },
        ),
        _ => {
            let other = class.name(cx);
            Err(cx.type_error(format!(
                "{name}.__new__({other}) is not safe, use {other}.__new__()"
            )))
        }
    }
}

/// Whether the built-in class from which a class has its layout makes its instances with a function.
fn makes(class: &Class, new: New) -> bool {
    let base = class.order().find(|class| class.is_builtin());
    let own = base.and_then(|base| base.slot(|slots| slots.new));
    own.is_some_and(|own| std::ptr::fn_addr_eq(own, new))
}

fn call_builtin(cx: &Cx, this: Ref<'_>, given: Args<'_>) -> Outcome {
    let builtin = &this.payload::<Builtin>().expect("a builtin");
    if let (Some(owner), true) = (builtin.owner, builtin.def.name == NEW.name) {
        return call_new(cx, cx.class(owner), given);
    }
    let owner = builtin
        .owner
        .map(|id| cx.class(id).def.map_or("", |def| def.name));
    let module = builtin
        .module
        .as_ref()
        .map(|name| cx.text_of(name.borrow()));
    let owner = owner.or(module.filter(|name| *name != "builtins"));
    // A method of a class that is bound to a user's class is called by that class's name.
    let receiver = builtin.receiver.as_ref();
    let class = receiver.and_then(|receiver| Class::of(receiver.borrow()));
    let class = class.filter(|class| builtin.owner.is_some() && !class.is_builtin());
    let class = class.map(|class| type_::qualified_name(cx, class));
    let owner = class.as_deref().or(owner);
    match &builtin.receiver {
        None => args::call(cx, builtin.def, owner, given),
        Some(receiver) => with_receiver(receiver.borrow(), given, |given| {
            args::call(cx, builtin.def, owner, given)
        }),
    }
}

/// Calls a native function or method with positional arguments that need no binding; nothing if they need some, or if
/// `target` is something else.
#[inline(never)]
pub(crate) fn call_as_is(cx: &Cx, target: Ref<'_>, values: &[Ref<'_>]) -> Option<Outcome> {
    let fits = |def: &Function| def.is_plain && values.len() == def.params.len();
    let def = if let Some(method) = target.payload::<MethodDescriptor>() {
        let receiver = *values.first()?;
        let owner = cx.class(method.owner);
        (!method.of_class && cx.class_of(receiver).derives_from(owner)).then_some(method.def)?
    } else {
        let builtin = target.payload::<Builtin>()?;
        builtin.receiver.is_none().then_some(builtin.def)?
    };
    fits(def).then(|| (def.call)(cx, present(values)))
}

/// How many arguments are put behind a receiver without asking the heap.
const FEW: usize = 6;

/// Arguments with a receiver in front.
pub(crate) fn with_receiver<R>(
    receiver: Ref<'_>,
    given: Args<'_>,
    body: impl FnOnce(Args<'_>) -> R,
) -> R {
    let count = given.positional.len();
    if count < FEW {
        let mut all = [receiver; FEW];
        all[1..=count].copy_from_slice(given.positional);
        return body(Args {
            positional: &all[..=count],
            names: given.names,
            keywords: given.keywords,
        });
    }
    let mut all = vec![receiver];
    all.extend_from_slice(given.positional);
    body(Args {
        positional: &all,
        names: given.names,
        keywords: given.keywords,
    })
}

fn repr_builtin(cx: &Cx, this: Ref<'_>) -> Outcome {
    let builtin = this.payload::<Builtin>().expect("a builtin");
    let name = builtin.def.name;
    let text = match &builtin.receiver {
        Some(receiver) if Class::of(receiver.borrow()).is_none() => {
            let kind = cx.type_name(receiver.borrow());
            let address = crate::types::object::address(receiver.borrow());
            format!("<built-in method {name} of {kind} object at {address}>")
        }
        Some(receiver) => {
            let address = crate::types::object::address(receiver.borrow());
            format!("<built-in method {name} of type object at {address}>")
        }
        None if builtin.owner.is_some() => {
            let class = builtin.owner.map(|owner| cx.class(owner).as_ref());
            let address = object::address(class.unwrap_or(Ref::NONE));
            format!("<built-in method {name} of type object at {address}>")
        }
        None => format!("<built-in function {name}>"),
    };
    Ok(cx.str(&text))
}

fn builtin_name(_cx: &Cx, this: &Builtin) -> &'static str {
    this.def.name
}

fn builtin_qualname(cx: &Cx, this: &Builtin) -> String {
    let receiver = this.receiver.as_ref().map(Owned::borrow);
    let class = receiver.map(|it| Class::of(it).unwrap_or_else(|| cx.class_of(it)));
    match this.owner {
        _ if class.is_some_and(|class| !class.is_builtin()) => {
            let class = class.map_or(String::new(), |class| type_::qualified_name(cx, class));
            format!("{class}.{}", this.def.name)
        }
        Some(owner) => format!("{}.{}", cx.class(owner).name(cx), this.def.name),
        None => this.def.name.to_owned(),
    }
}

fn builtin_doc(cx: &Cx, this: &Builtin) -> Option<Owned> {
    doc(cx, this.def)
}

/// What it is bound to: an object, its class, or its module.
fn builtin_self(cx: &Cx, this: &Builtin) -> Outcome<Option<Owned>> {
    match (&this.receiver, this.owner, &this.module) {
        (Some(receiver), _, _) => Ok(Some(receiver.clone())),
        (None, Some(owner), _) => Ok(Some(cx.class(owner).as_ref().own())),
        (None, None, Some(name)) => attribute::in_dict(cx, cx.world().modules(), name.borrow()),
        (None, None, None) => Ok(None),
    }
}

/// The same function, bound to the same object.
fn compare_builtins(_cx: &Cx, comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let (Some(one), Some(other)) = (left.payload::<Builtin>(), right.payload::<Builtin>()) else {
        return Ok(Owned::not_implemented());
    };
    let receiver = |this: &Builtin| this.receiver.as_ref().map(|it| it.borrow().value());
    let same = std::ptr::eq(one.def, other.def) && receiver(one) == receiver(other);
    Ok(compare::identity(comparison, same))
}

fn hash_builtin(_cx: &Cx, this: Ref<'_>) -> Outcome<i64> {
    let builtin = this.payload::<Builtin>().expect("a builtin");
    let receiver = builtin.receiver.as_ref();
    let receiver = receiver.map_or(0, |receiver| object::identity(receiver.borrow()));
    Ok(bound_hash(receiver, std::ptr::from_ref(builtin.def).addr()))
}

/// The hash of what is bound, from who is bound and to what.
pub(super) fn bound_hash(receiver: u64, function: usize) -> i64 {
    (receiver.rotate_right(4) ^ (function as u64).rotate_right(4)) as i64
}

fn builtin_module(_cx: &Cx, this: &Builtin) -> Option<Owned> {
    this.module.clone()
}

fn builtin_signature(_cx: &Cx, this: &Builtin) -> String {
    let receiver = this.receiver.as_ref();
    let is_class = receiver.is_some_and(|receiver| Class::of(receiver.borrow()).is_some());
    let shown = signature::of(this.def, is_class && this.owner != Some(TypeId::Type));
    match this.owner.is_none() && this.module.is_some() {
        true => signature::of_module(this.def, &shown),
        false => shown,
    }
}

pub(super) fn doc(cx: &Cx, def: &Function) -> Option<Owned> {
    let text = def.doc.trim();
    (!text.is_empty()).then(|| cx.str(text))
}
