//! `types.UnionType`: what `int | str` gives.

use crate::compile::Comparison;
use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::{compare, instance};
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::generic_alias::{parameters_of, show, substitute};
use crate::types::payload::{self, Boxed, payload};
use crate::types::slots::Binary;
use crate::types::{TypeId, set};

/// One of several types.
pub(crate) struct Union {
    /// A tuple of at least two.
    args: Owned,
}

payload!(Union as UnionType, "union", |this, visit| visit(
    this.args.borrow()
));

class! {
    pub(crate) UNION: Boxed<Union> = "UnionType" (Object) {
        sealed;
        module "types";
        with_weak;
        doc "One of several types (PEP 604), as int | str.";
        slots { repr: repr, hash: hash, compare: compare_unions, or: or, get_item: get_item }
        read __args__ as args;
        get __parameters__ as parameters;
        method __instancecheck__ as instance_check(self, instance, /);
        method __subclasscheck__ as subclass_check(self, class, /);
    }
}

impl Union {
    fn members(&self) -> &[Ref<'_>] {
        self.args.borrow().downcast::<Tuple>().map_or(&[], items)
    }
}

/// Whether a value can be part of a union: a class, or what makes unions when it is one side of `|`.
fn fits(cx: &Cx, value: Ref<'_>) -> bool {
    let is_this = |slot: Binary| std::ptr::fn_addr_eq(slot, or as Binary);
    value.is_none()
        || Class::of(value).is_some()
        || cx
            .class_of(value)
            .slot(|slots| slots.or.is_some_and(is_this))
}

/// `left | right` of types.
pub(crate) fn or(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    match fits(cx, left) && fits(cx, right) {
        true => of(cx, &[left, right]),
        false => Ok(Owned::not_implemented()),
    }
}

/// The union of types; one that is left alone is itself.
pub(crate) fn of(cx: &Cx, types: &[Ref<'_>]) -> Outcome {
    let mut all: Vec<Owned> = Vec::new();
    for &one in types {
        match one.payload::<Union>() {
            Some(union) => {
                for &member in union.members() {
                    add(cx, &mut all, member)?;
                }
            }
            None if one.is_none() => add(cx, &mut all, cx.class(TypeId::NoneType).as_ref())?,
            None => add(cx, &mut all, one)?,
        }
    }
    if let [_] = &all[..] {
        return Ok(all.remove(0));
    }
    let args = cx.tuple(all);
    Ok(payload::new(cx, Union { args }))
}

/// Adds a member unless it is there.
fn add(cx: &Cx, all: &mut Vec<Owned>, member: Ref<'_>) -> Outcome<()> {
    for one in all.iter() {
        if compare::same(cx, one.borrow(), member)? {
            return Ok(());
        }
    }
    all.push(member.own());
    Ok(())
}

fn inside(this: Ref<'_>) -> &Union {
    this.payload::<Union>().expect("a union")
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let none = cx.class(TypeId::NoneType).as_ref();
    let mut shown = Vec::new();
    for &member in inside(this).members() {
        shown.push(match member == none {
            true => "None".to_owned(),
            false => show(cx, member)?,
        });
    }
    Ok(cx.str(&shown.join(" | ")))
}

/// The members as a frozenset, for what does not ask for their order.
fn unordered(cx: &Cx, union: &Union) -> Outcome {
    let made = set::store::new_frozen(cx);
    let set = set::any(made.borrow()).expect("a frozenset");
    for member in union.members() {
        set::store::add(cx, set, member.own())?;
    }
    Ok(made)
}

fn hash(cx: &Cx, this: Ref<'_>) -> Outcome<i64> {
    let members = unordered(cx, inside(this))?;
    compare::hash(cx, members.borrow())
}

fn compare_unions(cx: &Cx, comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let (Some(one), Some(other)) = (left.payload::<Union>(), right.payload::<Union>()) else {
        return Ok(Owned::not_implemented());
    };
    if !matches!(comparison, Comparison::Eq | Comparison::Ne) {
        return Ok(Owned::not_implemented());
    }
    let (one, other) = (unordered(cx, one)?, unordered(cx, other)?);
    compare::rich(cx, comparison, one.borrow(), other.borrow())
}

fn args(_cx: &Cx, this: &Union) -> Owned {
    this.args.clone()
}

fn parameters(cx: &Cx, this: &Union) -> Outcome {
    Ok(cx.tuple(parameters_of(cx, this.members())?))
}

fn get_item(cx: &Cx, this: Ref<'_>, item: Ref<'_>) -> Outcome {
    let union = inside(this);
    let known = parameters(cx, union)?;
    let args = substitute(cx, this, union.members(), known.borrow(), item)?;
    of(cx, args.borrow().downcast::<Tuple>().map_or(&[], items))
}

fn instance_check(cx: &Cx, this: &Union, value: Ref<'_>) -> Outcome<bool> {
    for &member in this.members() {
        if cx.nested_in(instance::INSTANCE_CHECK, || {
            instance::is_instance(cx, value, member)
        })? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn subclass_check(cx: &Cx, this: &Union, class: Ref<'_>) -> Outcome<bool> {
    if Class::of(class).is_none() {
        return Err(cx.type_error("issubclass() arg 1 must be a class"));
    }
    for &member in this.members() {
        if cx.nested_in(instance::SUBCLASS_CHECK, || {
            instance::is_subclass(cx, class, member)
        })? {
            return Ok(true);
        }
    }
    Ok(false)
}
