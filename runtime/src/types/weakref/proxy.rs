//! Proxies: weak references that do what their referents do.

use super::{all, arguments, callback, gone, reference_in, referent, shown};
use crate::compile::{BinaryOperator, Comparison};
use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, binary, compare, iterate, subscript, text, truth};
use crate::eval::{Args, Outcome};
use crate::objects::weakref::WeakRef;
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::object::address;
use crate::types::slots::{Slots, Unary};

/// Both classes of proxies differ in one slot only.
macro_rules! proxy_class {
    ($id:ident, $name:literal, { $($more:tt)* }) => {
        class! {
            pub(crate) $id: WeakRef = $name (Object) {
                sealed;
                unhashable;
                module "weakref";
                slots {
                    new: refuse, repr: repr, str: str, get_attr: get_attr, set_attr: set_attr,
                    compare: compare_proxies, iter: iter, next: next, len: len, truth: is_true,
                    contains: contains, get_item: get_item, set_item: set_item,
                    index: index, int: int, float: float,
                    negative: negative, positive: positive, invert: invert, absolute: absolute,
                    add: add, subtract: subtract, multiply: multiply, matrix_multiply: matrix_multiply,
                    divide: divide, floor_divide: floor_divide, modulo: modulo, power: power,
                    left_shift: left_shift, right_shift: right_shift, or: or, xor: xor, and: and,
                    divmod: divmod,
                    in_place_add: in_place_add, in_place_subtract: in_place_subtract,
                    in_place_multiply: in_place_multiply,
                    in_place_matrix_multiply: in_place_matrix_multiply,
                    in_place_divide: in_place_divide, in_place_floor_divide: in_place_floor_divide,
                    in_place_modulo: in_place_modulo, in_place_power: in_place_power,
                    in_place_left_shift: in_place_left_shift,
                    in_place_right_shift: in_place_right_shift,
                    in_place_or: in_place_or, in_place_xor: in_place_xor, in_place_and: in_place_and,
                    $($more)*
                }
                method __bytes__ as bytes(self, /);
                method __reversed__ as reversed(self, /);
            }
        }
    };
}

proxy_class!(PROXY, "ProxyType", {});
proxy_class!(CALLABLE_PROXY, "CallableProxyType", { call: call });

/// A proxy for an object; all without a callback are one.
pub(crate) fn proxy(cx: &Cx, object: Ref<'_>, callback: Option<Ref<'_>>) -> Outcome {
    let is_callable = cx.class_of(object).slot(|slots| slots.call.is_some());
    let id = match is_callable {
        true => TypeId::CallableProxyType,
        false => TypeId::ProxyType,
    };
    if callback.is_none()
        && let Some(known) = all(cx, object)
            .into_iter()
            .find(|known| is_plain(cx, known, id))
    {
        return Ok(known);
    }
    reference_in(cx, cx.class(id), object, callback.map(Ref::own))
}

/// Whether a weak reference is a proxy without a callback.
fn is_plain(cx: &Cx, known: &Owned, id: TypeId) -> bool {
    cx.class_of(known.borrow()).is(id) && callback(cx, known.borrow()).is_none()
}

fn refuse(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    let _ = arguments(cx, "proxy", args);
    let name = class.name(cx);
    Err(cx.type_error(format!("cannot create 'weakref.{name}' instances")))
}

/// The referent of a proxy, or else the value itself.
fn target(cx: &Cx, value: Ref<'_>) -> Outcome {
    let class = cx.class_of(value);
    match class.is(TypeId::ProxyType) || class.is(TypeId::CallableProxyType) {
        true => referent(cx, value).ok_or_else(|| gone(cx)),
        false => Ok(value.own()),
    }
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let place = address(this);
    Ok(cx.str(&match referent(cx, this) {
        Some(object) => format!("<weakproxy at {place}; {}>", shown(cx, object.borrow())),
        None => format!("<weakproxy at {place}; dead>"),
    }))
}

fn str(cx: &Cx, this: Ref<'_>) -> Outcome {
    text::str(cx, target(cx, this)?.borrow())
}

fn call(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome {
    cx.call(target(cx, this)?.borrow(), args)
}

fn get_attr(cx: &Cx, this: Ref<'_>, name: Ref<'_>) -> Outcome {
    attribute::get(cx, target(cx, this)?.borrow(), name)
}

fn set_attr(cx: &Cx, this: Ref<'_>, name: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    attribute::set(cx, target(cx, this)?.borrow(), name, value)
}

fn compare_proxies(cx: &Cx, comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let (left, right) = (target(cx, left)?, target(cx, right)?);
    compare::rich(cx, comparison, left.borrow(), right.borrow())
}

fn iter(cx: &Cx, this: Ref<'_>) -> Outcome {
    iterate::iter(cx, target(cx, this)?.borrow())
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let target = target(cx, this)?;
    let target = target.borrow();
    match cx.class_of(target).slot(|slots| slots.next) {
        Some(next) => next(cx, target),
        None => {
            let kind = cx.type_name(target);
            let message = format!("Weakref proxy referenced a non-iterator '{kind}' object");
            Err(cx.type_error(message))
        }
    }
}

fn len(cx: &Cx, this: Ref<'_>) -> Outcome<usize> {
    truth::len(cx, target(cx, this)?.borrow())
}

fn is_true(cx: &Cx, this: Ref<'_>) -> Outcome<bool> {
    truth::is_true(cx, target(cx, this)?.borrow())
}

fn contains(cx: &Cx, this: Ref<'_>, item: Ref<'_>) -> Outcome<bool> {
    subscript::contains(cx, target(cx, this)?.borrow(), item)
}

fn get_item(cx: &Cx, this: Ref<'_>, key: Ref<'_>) -> Outcome {
    subscript::get(cx, target(cx, this)?.borrow(), key)
}

fn set_item(cx: &Cx, this: Ref<'_>, key: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    let target = target(cx, this)?;
    match value {
        Some(value) => subscript::set(cx, target.borrow(), key, value),
        None => subscript::delete(cx, target.borrow(), key),
    }
}

fn bytes(cx: &Cx, this: Ref<'_>) -> Outcome {
    cx.call_method(target(cx, this)?.borrow(), "__bytes__", &[])
}

fn reversed(cx: &Cx, this: Ref<'_>) -> Outcome {
    cx.call_method(target(cx, this)?.borrow(), "__reversed__", &[])
}

/// Calls a unary slot of the referent.
fn unary(cx: &Cx, this: Ref<'_>, what: &str, pick: fn(&Slots) -> Option<Unary>) -> Outcome {
    let target = target(cx, this)?;
    let target = target.borrow();
    match cx.class_of(target).slot(pick) {
        Some(slot) => slot(cx, target),
        None => {
            let kind = cx.type_name(target);
            Err(cx.type_error(format!("bad operand type for {what}: '{kind}'")))
        }
    }
}

macro_rules! unaries {
    ($($name:ident $what:literal;)*) => {
        $(fn $name(cx: &Cx, this: Ref<'_>) -> Outcome {
            unary(cx, this, $what, |slots| slots.$name)
        })*
    };
}

unaries! {
    index "index";
    int "int()";
    float "float()";
    negative "unary -";
    positive "unary +";
    invert "unary ~";
    absolute "abs()";
}

macro_rules! binaries {
    ($($name:ident $in_place:ident $operator:ident;)*) => {
        $(
            fn $name(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
                let (left, right) = (target(cx, left)?, target(cx, right)?);
                binary::apply(cx, BinaryOperator::$operator, left.borrow(), right.borrow())
            }

            fn $in_place(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
                let (left, right) = (target(cx, left)?, target(cx, right)?);
                binary::in_place(cx, BinaryOperator::$operator, left.borrow(), right.borrow())
            }
        )*
    };
}

binaries! {
    add in_place_add Add;
    subtract in_place_subtract Subtract;
    multiply in_place_multiply Multiply;
    matrix_multiply in_place_matrix_multiply MatrixMultiply;
    divide in_place_divide Divide;
    floor_divide in_place_floor_divide FloorDivide;
    modulo in_place_modulo Modulo;
    power in_place_power Power;
    left_shift in_place_left_shift LeftShift;
    right_shift in_place_right_shift RightShift;
    or in_place_or Or;
    xor in_place_xor Xor;
    and in_place_and And;
}

fn divmod(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let (left, right) = (target(cx, left)?, target(cx, right)?);
    binary::either(cx, left.borrow(), right.borrow(), |slots| slots.divmod)
}
