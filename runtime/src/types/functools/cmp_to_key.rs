//! `functools.KeyWrapper`: what `cmp_to_key` makes.

use crate::compile::Comparison;
use crate::eval::cx::Cx;
use crate::eval::ops::compare;
use crate::eval::{Args, Outcome};
use crate::refs::{Owned, Ref};
use crate::types::args;
use crate::types::define::{Function, class, function};
use crate::types::field::Field;
use crate::types::native::with_receiver;
use crate::types::payload::{self, Boxed, payload};

/// A comparison function, and the object that it compares with others.
pub(crate) struct KeyWrapper {
    compare: Owned,
    object: Field,
}

payload!(KeyWrapper as KeyWrapper, "key wrapper", |this, visit| {
    visit(this.compare.borrow());
    this.object.show(visit);
});

class! {
    pub(crate) KEY_WRAPPER: Boxed<KeyWrapper> = "KeyWrapper" (Object) {
        module "functools";
        sealed;
        unhashable;
        slots { new: refuse, call: call, compare: compare_keys }
        get obj, set_obj;
    }
}

fn refuse(cx: &Cx, _class: &crate::types::class::Class, _args: Args<'_>) -> Outcome {
    Err(cx.type_error("cannot create 'functools.KeyWrapper' instances"))
}

/// `functools.cmp_to_key`
pub(crate) fn key_of(cx: &Cx, compare: Owned) -> Owned {
    let object = Field::new("key object");
    payload::new(cx, KeyWrapper { compare, object })
}

const CALL: Function = function!(true, "K", "", wrap, (self, obj));

fn call(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome {
    with_receiver(this, args, |args| args::call(cx, &CALL, None, args))
}

fn wrap(cx: &Cx, this: &KeyWrapper, object: Owned) -> Owned {
    let made = key_of(cx, this.compare.clone());
    let parts = made.borrow().payload::<KeyWrapper>();
    if let Some((key, header)) = parts.zip(made.borrow().header()) {
        key.object.set(cx, header, Some(object));
    }
    made
}

fn object_of(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    let key = this.payload::<KeyWrapper>()?;
    key.object.get(cx, this.header()?)
}

fn obj(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    object_of(cx, this)
}

fn set_obj(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    let parts = this.payload::<KeyWrapper>().zip(this.header());
    if let Some((key, header)) = parts {
        key.object.set(cx, header, value.map(Ref::own));
    }
    Ok(())
}

fn compare_keys(cx: &Cx, comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let (Some(key), Some(_)) = (left.payload::<KeyWrapper>(), right.payload::<KeyWrapper>()) else {
        return Err(cx.type_error("other argument must be K instance"));
    };
    let Some((one, other)) = object_of(cx, left).zip(object_of(cx, right)) else {
        let message = "object";
        return Err(cx.error(crate::types::TypeId::AttributeError, message));
    };
    let both = [one.borrow(), other.borrow()];
    let answer = cx.call(key.compare.borrow(), Args::positional(&both))?;
    let zero = cx.int(0);
    compare::rich(cx, comparison, answer.borrow(), zero.borrow())
}
