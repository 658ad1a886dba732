//! Bases: the metaclass, the layout and the linear order that they give.

use crate::eval::cx::Cx;
use crate::eval::ops::iterate;
use crate::eval::{Args, Outcome, Raised};
use crate::refs::{Owned, Ref, lend};
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::Member;

/// The most derived metaclass of the bases and the one that was asked for.
pub(crate) fn metaclass_of<'a>(
    cx: &'a Cx,
    asked: &'a Class,
    bases: &'a [Ref<'a>],
) -> Outcome<&'a Class> {
    let mut winner = asked;
    for base in bases {
        let meta = cx.class_of(*base);
        if winner.derives_from(meta) {
            continue;
        }
        if !meta.derives_from(winner) {
            return Err(cx.type_error(
                "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases",
            ));
        }
        winner = meta;
    }
    Ok(winner)
}

/// The base whose layout includes those of all others.
pub(super) fn best_base<'a>(cx: &Cx, bases: &[Ref<'a>]) -> Outcome<&'a Class> {
    let mut best: Option<&Class> = None;
    for base in bases {
        let Some(class) = Class::of(*base) else {
            return Err(cx.type_error("bases must be types"));
        };
        if class.def.is_some_and(|def| !def.is_base) {
            let name = class.name(cx);
            return Err(cx.type_error(format!("type '{name}' is not an acceptable base type")));
        }
        best = match best {
            None => Some(class),
            Some(best) if includes(best, class) => Some(best),
            Some(best) if includes(class, best) => Some(class),
            Some(_) => {
                return Err(cx.type_error("multiple bases have instance lay-out conflict"));
            }
        };
    }
    best.ok_or_else(|| cx.type_error("a class needs a base"))
}

/// Whether the layout of one class can stand for that of another.
fn includes(class: &Class, other: &Class) -> bool {
    let layout = |class: &Class| {
        let id = class
            .order()
            .find(|class| class.is_builtin() && has_layout(class));
        id.map_or(TypeId::Object, |class| class.id)
    };
    let (own, theirs) = (layout(class), layout(other));
    let fits =
        theirs == TypeId::Object || own == theirs || class.order().any(|base| base.is(theirs));
    fits && class.slot_names.len() >= other.slot_names.len()
        && (other.slot_names.is_empty()
            || class.order().any(|base| base.same(other))
            || class.same(other))
}

/// Whether a built-in class adds something to its base's layout. Exceptions with fields of their own do, though the
/// fields of all exceptions are kept in one way here.
fn has_layout(class: &Class) -> bool {
    let Some(base) = class.order().nth(1) else {
        return false;
    };
    let is_field = |member: &Member| matches!(member, Member::Property { .. });
    let has_fields = || {
        class
            .def
            .is_some_and(|def| def.members.iter().any(is_field))
    };
    !class.has_layout_of(base)
        || class.order().any(|base| base.is(TypeId::BaseException)) && has_fields()
}

/// C3: the linear order of the bases of a new class.
pub(super) fn linearize(cx: &Cx, bases: &[Ref<'_>]) -> Outcome<Vec<Owned>> {
    for (index, base) in bases.iter().enumerate() {
        if bases[..index].contains(base) {
            let name = Class::of(*base).map_or(String::new(), |class| class.name(cx));
            return Err(cx.type_error(format!("duplicate base class {name}")));
        }
        if Class::of(*base).is_none() {
            return Err(cx.type_error("bases must be types"));
        }
    }
    merge(bases).map_err(|left| no_order(cx, &left))
}

/// The same for classes that are each there once. What cannot be ordered is given back, the first of each row.
fn merge<'a>(bases: &[Ref<'a>]) -> Result<Vec<Owned>, Vec<Ref<'a>>> {
    let classes = bases.iter().filter_map(|base| Class::of(*base));
    let mut rows: Vec<Vec<Ref<'_>>> = classes
        .map(|class| class.order().map(Class::as_ref).collect())
        .collect();
    rows.push(bases.to_vec());
    let mut order: Vec<Owned> = Vec::new();
    loop {
        rows.retain(|row| !row.is_empty());
        if rows.is_empty() {
            return Ok(order);
        }
        let is_free = |head: &Ref<'_>| rows.iter().all(|row| !row[1..].contains(head));
        let Some(head) = rows.iter().map(|row| row[0]).find(is_free) else {
            return Err(rows.iter().map(|row| row[0]).collect());
        };
        order.push(head.own());
        for row in &mut rows {
            row.retain(|class| *class != head);
        }
    }
}

#[cold]
fn no_order(cx: &Cx, left: &[Ref<'_>]) -> Raised {
    let mut names: Vec<String> = Vec::new();
    for class in left {
        let name = Class::of(*class).map_or(String::new(), |class| class.name(cx));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    cx.type_error(format!(
        "Cannot create a consistent method resolution order (MRO) for bases {}",
        names.join(", ")
    ))
}

/// `mro` of the metaclass of a class, if it is not `type`'s.
fn own_mro(cx: &Cx, object: Ref<'_>) -> Option<Owned> {
    let name = cx.world().names.mro();
    let found = cx.class_of(object).lookup_with_class(cx, name);
    found
        .filter(|(_, owner)| !owner.is(TypeId::Type))
        .map(|(hook, _)| hook)
}

/// What `mro` of a metaclass that has its own makes of a class, without the class itself; nothing if it is `type`'s.
pub(super) fn own_order(cx: &Cx, object: Ref<'_>) -> Outcome<Option<Vec<Owned>>> {
    let Some(hook) = own_mro(cx, object) else {
        return Ok(None);
    };
    let order = cx.call_unbound(hook.borrow(), object, Args::NONE)?;
    let mut order = iterate::collect(cx, order.borrow())?;
    if let Some(other) = order.iter().find(|one| Class::of(one.borrow()).is_none()) {
        let kind = cx.type_name(other.borrow());
        return Err(cx.type_error(format!("mro() returned a non-class ('{kind}')")));
    }
    order.retain(|one| one.borrow() != object);
    Ok(Some(order))
}

/// Puts the order of a metaclass's own `mro` in the place of the usual one.
pub(super) fn apply_own_order(cx: &Cx, object: Ref<'_>, class: &Class) -> Outcome<()> {
    if let Some(order) = own_order(cx, object)? {
        class.replace_order(cx, order);
    }
    Ok(())
}

/// `cls.__bases__ = bases`
pub(crate) fn set_bases(cx: &Cx, class: &Class, bases: &[Ref<'_>]) -> Outcome<()> {
    check_bases(cx, class, bases)?;
    let owned: Vec<Owned> = bases.iter().map(|base| base.own()).collect();
    let old: Vec<Owned> = class.inherited().bases.clone();
    // What derives from the new bases is among their subclasses before its order says so.
    for base in bases.iter().filter_map(|base| Class::of(*base)) {
        base.add_subclass(cx, class);
    }
    let refused = reorder(cx, class, Some(owned)).err();
    let left = if refused.is_some() { bases } else { lend(&old) };
    for base in left.iter().filter_map(|base| Class::of(*base)) {
        base.remove_subclass(cx, class);
    }
    if let Some(raised) = refused {
        return Err(raised);
    }
    apply_own_order(cx, class.as_ref(), class)?;
    class.refresh(cx);
    Ok(())
}

/// Gives a class other bases, if there are any, and all that derives from it the orders that follow, at one moment.
fn reorder(cx: &Cx, class: &Class, bases: Option<Vec<Owned>>) -> Outcome<()> {
    let order = |bases: &[Owned]| merge(lend(bases)).map_err(|left| own_all(&left));
    let result = class.reorder(cx, bases, order);
    result.map_err(|left| no_order(cx, lend(&left)))
}

fn own_all(classes: &[Ref<'_>]) -> Vec<Owned> {
    classes.iter().map(|class| class.own()).collect()
}

/// What a class missed that became known as a subclass only now: its bases may have got other ones since its order was
/// made of theirs.
pub(super) fn catch_up(cx: &Cx, class: &Class) -> Outcome<()> {
    let inherited = class.inherited();
    let stale = |order: &[Owned]| {
        let same = |(one, other): (&Owned, &Owned)| one.borrow() == other.borrow();
        order.len() != inherited.mro.len() || !order.iter().zip(&inherited.mro).all(same)
    };
    match merge(lend(&inherited.bases)) {
        Ok(order) if !stale(&order) => Ok(()),
        _ if own_mro(cx, class.as_ref()).is_some() => Ok(()),
        _ => reorder(cx, class, None),
    }
}

/// What can become the bases of a class that is there.
fn check_bases(cx: &Cx, class: &Class, bases: &[Ref<'_>]) -> Outcome<()> {
    if bases.is_empty() {
        let name = class.name(cx);
        return Err(cx.type_error(format!(
            "can only assign non-empty tuple to {name}.__bases__, not ()"
        )));
    }
    for base in bases {
        let Some(base) = Class::of(*base) else {
            let (name, kind) = (class.name(cx), cx.type_name(*base));
            return Err(cx.type_error(format!(
                "{name}.__bases__ must be tuple of classes, not '{kind}'"
            )));
        };
        if base.derives_from(class) {
            return Err(cx.type_error("a __bases__ item causes an inheritance cycle"));
        }
    }
    let best = best_base(cx, bases)?;
    let old = best_base(cx, lend(&class.inherited().bases))?;
    if !same_shape(best, old) || best.is_builtin() != old.is_builtin() {
        let (name, old_name) = (best.name(cx), old.name(cx));
        let what = match is_collected(best) == is_collected(old) {
            true => "object layout",
            false => "deallocator",
        };
        return Err(cx.type_error(format!(
            "__bases__ assignment: '{name}' {what} differs from '{old_name}'"
        )));
    }
    linearize(cx, bases).map(drop)
}

/// Whether CPython's collector knows the instances, which are freed in another way then.
fn is_collected(class: &Class) -> bool {
    use TypeId::{Bytearray, Bytes, Complex, Float, Int, Object, Str};
    let plain = [Object, Int, Float, Complex, Str, Bytes, Bytearray];
    !plain.into_iter().any(|id| class.is(id))
}

/// Whether instances of two classes lie in memory alike.
pub(crate) fn same_shape(one: &Class, other: &Class) -> bool {
    one.has_layout_of(other)
        && one.kind().extras == other.kind().extras
        && one.slot_names == other.slot_names
}
