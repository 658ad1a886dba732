//! The slots of the user's classes: each looks a name up on the class and calls what it finds.
//!
//! One function for each field of [`Slots`](super::slots::Slots), named after it.

use crate::compile::Comparison;
use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, number};
use crate::eval::{Args, Outcome};
use crate::refs::{Owned, Ref};
use crate::sync::event;
use crate::types::class::Class;
use crate::types::slots::{Dunder, Slots, slot_table};
use crate::types::{TypeId, exception};

macro_rules! through_code {
    ($($field:ident: $type:ident { $($dunder:ident $name:literal),* };)*) => {
        /// Makes a name go through Python code.
        pub(super) fn take(slots: &mut Slots, dunder: Dunder) {
            match dunder {
                $($(Dunder::$dunder => slots.$field = Some($field),)*)*
            }
        }
    };
}

slot_table!(through_code);

/// Calls a name's method on an object that has it; nothing if its class has no such name.
fn call_if_there(
    cx: &Cx,
    dunder: Dunder,
    this: Ref<'_>,
    rest: &[Ref<'_>],
) -> Outcome<Option<Owned>> {
    let name = cx.world().names.dunder(dunder);
    let Some(method) = cx.class_of(this).lookup(cx, name) else {
        return Ok(None);
    };
    cx.call_unbound(method.borrow(), this, Args::positional(rest))
        .map(Some)
}

/// The same when the class must have it.
fn call_dunder(cx: &Cx, dunder: Dunder, this: Ref<'_>, rest: &[Ref<'_>]) -> Outcome {
    match call_if_there(cx, dunder, this, rest)? {
        Some(result) => Ok(result),
        None => {
            let name = cx.world().names.dunder(dunder);
            Err(attribute::missing(cx, this, name))
        }
    }
}

macro_rules! unary {
    ($($field:ident $dunder:ident;)*) => {
        $(fn $field(cx: &Cx, this: Ref<'_>) -> Outcome {
            call_dunder(cx, Dunder::$dunder, this, &[])
        })*
    };
}

unary! {
    iter Iter;
    index Index;
    int Int;
    float Float;
    negative Neg;
    positive Pos;
    invert Invert;
    absolute Abs;
    await_ Await;
    aiter AIter;
    anext ANext;
}

/// A method that must give a string.
fn text(cx: &Cx, dunder: Dunder, this: Ref<'_>) -> Outcome {
    let result = call_dunder(cx, dunder, this, &[])?;
    if cx.is_instance(result.borrow(), TypeId::Str) {
        return Ok(result);
    }
    let kind = cx.type_name(result.borrow());
    let name = dunder.name();
    Err(cx.type_error(format!("{name} returned non-string (type {kind})")))
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    text(cx, Dunder::Repr, this)
}

fn str(cx: &Cx, this: Ref<'_>) -> Outcome {
    text(cx, Dunder::Str, this)
}

fn hash(cx: &Cx, this: Ref<'_>) -> Outcome<i64> {
    let name = cx.world().names.dunder(Dunder::Hash);
    let method = cx.class_of(this).lookup(cx, name);
    let Some(method) = method.filter(|method| !method.borrow().is_none()) else {
        let kind = cx.type_name(this);
        return Err(cx.type_error(format!("unhashable type: '{kind}'")));
    };
    let result = cx.call_unbound(method.borrow(), this, Args::NONE)?;
    match cx.is_instance(result.borrow(), TypeId::Int) {
        true => number::hash_of_integer(cx, result.borrow()),
        false => Err(cx.type_error("__hash__ method should return an integer")),
    }
}

fn call(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome {
    let name = cx.world().names.dunder(Dunder::Call);
    match cx.class_of(this).lookup(cx, name) {
        Some(method) => cx.nested(|| cx.call_unbound(method.borrow(), this, args)),
        None => Err(attribute::missing(cx, this, name)),
    }
}

/// The name of a comparison.
fn dunder_of(comparison: Comparison) -> Dunder {
    match comparison {
        Comparison::Lt => Dunder::Lt,
        Comparison::Le => Dunder::Le,
        Comparison::Eq => Dunder::Eq,
        Comparison::Ne => Dunder::Ne,
        Comparison::Gt => Dunder::Gt,
        Comparison::Ge => Dunder::Ge,
    }
}

fn compare(cx: &Cx, comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let result = cx.nested(|| call_if_there(cx, dunder_of(comparison), left, &[right]))?;
    Ok(result.unwrap_or_else(Owned::not_implemented))
}

/// `__getattribute__`, and `__getattr__` when that finds nothing.
fn get_attr(cx: &Cx, this: Ref<'_>, name: Ref<'_>) -> Outcome {
    let names = &cx.world().names;
    let class = cx.class_of(this);
    let getter = class.lookup_with_class(cx, names.dunder(Dunder::GetAttribute));
    let found = match getter {
        Some((getter, owner)) if !owner.is_builtin() => {
            cx.call_unbound(getter.borrow(), this, Args::positional(&[name]))
        }
        Some((_, owner)) => match owner.slot(|slots| slots.get_attr) {
            Some(get) => get(cx, this, name),
            None => attribute::generic_get(cx, this, name),
        },
        None => attribute::generic_get(cx, this, name),
    };
    let raised = match found {
        Err(raised) if raised.is(cx, TypeId::AttributeError) => raised,
        found => return found,
    };
    match class.lookup(cx, names.dunder(Dunder::GetAttr)) {
        Some(fallback) => {
            drop(raised);
            cx.call_unbound(fallback.borrow(), this, Args::positional(&[name]))
        }
        None => Err(raised),
    }
}

/// A name that sets, or another that deletes.
fn set(
    cx: &Cx,
    dunders: (Dunder, Dunder),
    this: Ref<'_>,
    key: Ref<'_>,
    value: Option<Ref<'_>>,
) -> Outcome<()> {
    let result = match value {
        Some(value) => call_dunder(cx, dunders.0, this, &[key, value]),
        None => call_dunder(cx, dunders.1, this, &[key]),
    };
    result.map(drop)
}

fn set_attr(cx: &Cx, this: Ref<'_>, name: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    set(cx, (Dunder::SetAttr, Dunder::DelAttr), this, name, value)
}

fn set_item(cx: &Cx, this: Ref<'_>, key: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    set(cx, (Dunder::SetItem, Dunder::DelItem), this, key, value)
}

fn descr_set(cx: &Cx, this: Ref<'_>, object: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    let dunders = (Dunder::DescrSet, Dunder::DescrDelete);
    let dunder = if value.is_some() {
        dunders.0
    } else {
        dunders.1
    };
    let name = cx.world().names.dunder(dunder);
    if cx.class_of(this).lookup(cx, name).is_none() {
        return Err(cx.error(TypeId::AttributeError, dunder.name()));
    }
    set(cx, dunders, this, object, value)
}

fn descr_get(cx: &Cx, this: Ref<'_>, object: Option<Ref<'_>>, class: Ref<'_>) -> Outcome {
    let object = object.unwrap_or(Ref::NONE);
    match call_if_there(cx, Dunder::DescrGet, this, &[object, class])? {
        Some(found) => Ok(found),
        None => Ok(this.own()),
    }
}

/// At the end it raises, since the StopIteration may say more.
fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    call_dunder(cx, Dunder::Next, this, &[]).map(Some)
}

fn len(cx: &Cx, this: Ref<'_>) -> Outcome<usize> {
    let result = call_dunder(cx, Dunder::Len, this, &[])?;
    let len = number::index(cx, result.borrow())?;
    usize::try_from(len).map_err(|_| cx.value_error("__len__() should return >= 0"))
}

fn truth(cx: &Cx, this: Ref<'_>) -> Outcome<bool> {
    let result = call_dunder(cx, Dunder::Bool, this, &[])?;
    result.borrow().as_bool().ok_or_else(|| {
        let kind = cx.type_name(result.borrow());
        cx.type_error(format!("__bool__ should return bool, returned {kind}"))
    })
}

fn contains(cx: &Cx, this: Ref<'_>, item: Ref<'_>) -> Outcome<bool> {
    let name = cx.world().names.dunder(Dunder::Contains);
    let method = cx.class_of(this).lookup(cx, name);
    match method.filter(|method| !method.borrow().is_none()) {
        Some(method) => {
            let args = [item];
            let answer = cx.call_unbound(method.borrow(), this, Args::positional(&args))?;
            crate::eval::ops::truth::is_true(cx, answer.borrow())
        }
        None => {
            let kind = cx.type_name(this);
            Err(cx.type_error(format!("'{kind}' object is not a container")))
        }
    }
}

fn get_item(cx: &Cx, this: Ref<'_>, key: Ref<'_>) -> Outcome {
    call_dunder(cx, Dunder::GetItem, this, &[key])
}

/// An operator of which a class defines one form, or the other, or both: the one that belongs to the side on which its
/// instance stands. The other side's slot is asked by the operation.
fn operator(cx: &Cx, forms: (Dunder, Dunder), left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let names = &cx.world().names;
    let (left_class, right_class) = (cx.class_of(left), cx.class_of(right));
    let name = names.dunder(forms.1);
    if !left_class.same(right_class) && right_class.derives_from(left_class) {
        let own = right_class.lookup(cx, name);
        let inherited = left_class.lookup(cx, name);
        let differs = match (&own, &inherited) {
            (Some(own), Some(inherited)) => own.borrow() != inherited.borrow(),
            (own, _) => own.is_some(),
        };
        if let (true, Some(method)) = (differs, own) {
            let result = cx.call_unbound(method.borrow(), right, Args::positional(&[left]))?;
            if !result.is_not_implemented() {
                return Ok(result);
            }
        }
    }
    if let Some(result) = call_if_there(cx, forms.0, left, &[right])?
        && !result.is_not_implemented()
    {
        return Ok(result);
    }
    if !left_class.same(right_class)
        && let Some(result) = call_if_there(cx, forms.1, right, &[left])?
    {
        return Ok(result);
    }
    Ok(Owned::not_implemented())
}

macro_rules! operators {
    ($($field:ident $dunder:ident $reflected:ident;)*) => {
        $(fn $field(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
            cx.nested(|| operator(cx, (Dunder::$dunder, Dunder::$reflected), left, right))
        })*
    };
}

operators! {
    add Add ReflectedAdd;
    subtract Sub ReflectedSub;
    multiply Mul ReflectedMul;
    matrix_multiply MatMul ReflectedMatMul;
    divide TrueDiv ReflectedTrueDiv;
    modulo Mod ReflectedMod;
    power Pow ReflectedPow;
    left_shift LShift ReflectedLShift;
    right_shift RShift ReflectedRShift;
    or Or ReflectedOr;
    xor Xor ReflectedXor;
    and And ReflectedAnd;
    floor_divide FloorDiv ReflectedFloorDiv;
    divmod DivMod ReflectedDivMod;
}

macro_rules! in_place {
    ($($field:ident $dunder:ident;)*) => {
        $(fn $field(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
            let result = cx.nested(|| call_if_there(cx, Dunder::$dunder, left, &[right]))?;
            Ok(result.unwrap_or_else(Owned::not_implemented))
        })*
    };
}

in_place! {
    in_place_add IAdd;
    in_place_subtract ISub;
    in_place_multiply IMul;
    in_place_matrix_multiply IMatMul;
    in_place_divide ITrueDiv;
    in_place_modulo IMod;
    in_place_power IPow;
    in_place_left_shift ILShift;
    in_place_right_shift IRShift;
    in_place_or IOr;
    in_place_xor IXor;
    in_place_and IAnd;
    in_place_floor_divide IFloorDiv;
}

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    let name = cx.world().names.dunder(Dunder::New);
    let function = attribute::get(cx, class.as_ref(), name)?;
    super::native::with_receiver(class.as_ref(), args, |args| {
        cx.call(function.borrow(), args)
    })
}

pub(super) fn init(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    let name = cx.world().names.dunder(Dunder::Init);
    let Some(method) = cx.class_of(this).lookup(cx, name) else {
        return Ok(());
    };
    let result = cx.call_unbound(method.borrow(), this, args)?;
    check_returned(cx, result.borrow())
}

/// `__init__` returns nothing.
pub(crate) fn check_returned(cx: &Cx, value: Ref<'_>) -> Outcome<()> {
    if value.is_none() {
        return Ok(());
    }
    let kind = cx.type_name(value);
    Err(cx.type_error(format!("__init__() should return None, not '{kind}'")))
}

/// `__del__`; what it raises is told and forgotten.
fn finalize(cx: &Cx, this: Ref<'_>) -> Outcome<()> {
    let name = cx.world().names.dunder(Dunder::Del);
    let Some(method) = cx.class_of(this).lookup(cx, name) else {
        return Ok(());
    };
    event::leaves("finalizers");
    if let Err(raised) = cx.call_unbound(method.borrow(), this, Args::NONE) {
        exception::unraisable(cx, raised, method.borrow());
    }
    Ok(())
}
