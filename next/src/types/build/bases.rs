//! Bases: the metaclass, the layout and the linear order that they give.

use crate::eval::cx::Cx;
use crate::eval::{Outcome, Raised};
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::class::Class;

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

/// Whether a built-in class adds something to its base's layout.
fn has_layout(class: &Class) -> bool {
    class.tag() != crate::objects::Tag::Instance
}

/// C3: the linear order of the bases of a new class.
pub(super) fn linearize(cx: &Cx, bases: &[Ref<'_>]) -> Outcome<Vec<Owned>> {
    let mut rows: Vec<Vec<Ref<'_>>> = Vec::new();
    for (index, base) in bases.iter().enumerate() {
        if bases[..index].contains(base) {
            let name = Class::of(*base).map_or(String::new(), |class| class.name(cx));
            return Err(cx.type_error(format!("duplicate base class {name}")));
        }
        let Some(class) = Class::of(*base) else {
            return Err(cx.type_error("bases must be types"));
        };
        rows.push(class.order().map(Class::as_ref).collect());
    }
    rows.push(bases.to_vec());
    let mut order: Vec<Owned> = Vec::new();
    loop {
        rows.retain(|row| !row.is_empty());
        if rows.is_empty() {
            return Ok(order);
        }
        let is_free = |head: &Ref<'_>| rows.iter().all(|row| !row[1..].contains(head));
        let Some(head) = rows.iter().map(|row| row[0]).find(is_free) else {
            return Err(no_order(cx, &rows));
        };
        order.push(head.own());
        for row in &mut rows {
            row.retain(|class| *class != head);
        }
    }
}

#[cold]
fn no_order(cx: &Cx, rows: &[Vec<Ref<'_>>]) -> Raised {
    let mut names: Vec<String> = Vec::new();
    for row in rows {
        let name = Class::of(row[0]).map_or(String::new(), |class| class.name(cx));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    cx.type_error(format!(
        "Cannot create a consistent method resolution order (MRO) for bases {}",
        names.join(", ")
    ))
}

/// `cls.__bases__ = bases`
pub(crate) fn set_bases(cx: &Cx, class: &Class, bases: &[Ref<'_>]) -> Outcome<()> {
    if bases.is_empty() {
        let name = class.name(cx);
        return Err(cx.type_error(format!(
            "can only assign non-empty tuple to {name}.__bases__, not ()"
        )));
    }
    for base in bases.iter().filter_map(|base| Class::of(*base)) {
        if base.derives_from(class) {
            return Err(cx.type_error("a __bases__ item causes an inheritance cycle"));
        }
    }
    let best = best_base(cx, bases)?;
    if best.tag() != class.tag() {
        let (name, old) = (best.name(cx), class.name(cx));
        return Err(cx.type_error(format!(
            "__bases__ assignment: '{name}' object layout differs from '{old}'"
        )));
    }
    let mro = linearize(cx, bases)?;
    let owned: Vec<Owned> = bases.iter().map(|base| base.own()).collect();
    let old = class.change(cx, |inherited, _| {
        (
            std::mem::replace(&mut inherited.mro, mro),
            std::mem::replace(&mut inherited.bases, owned),
        )
    });
    for base in old.1.iter().filter_map(|base| Class::of(base.borrow())) {
        base.remove_subclass(cx, class);
    }
    for base in bases.iter().filter_map(|base| Class::of(*base)) {
        base.add_subclass(cx, class);
    }
    drop(old);
    class.refresh(cx);
    Ok(())
}
