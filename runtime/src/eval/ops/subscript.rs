//! Items: `container[key]`, and `in`.

use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome, Raised};
use crate::objects::list::List;
use crate::refs::{Owned, Ref};
use crate::types::class::Class;
use crate::types::slots::Dunder;
use crate::types::{TypeId, store};

/// `container[key]`
#[inline]
pub(crate) fn get(cx: &Cx, container: Ref<'_>, key: Ref<'_>) -> Outcome {
    if let (Some(list), Some(index)) = (container.exact::<List>(), key.as_small())
        && let Some(item) = store::list_get(cx, list, index)
    {
        return Ok(item);
    }
    match cx.class_of(container).slot(|slots| slots.get_item) {
        Some(get) => get(cx, container, key),
        None => of_class(cx, container, key),
    }
}

/// `list[int]`: what a class makes of a subscript.
fn of_class(cx: &Cx, container: Ref<'_>, key: Ref<'_>) -> Outcome {
    if Class::of(container).is_some_and(|class| class.is(TypeId::Type)) {
        return Ok(cx.generic_alias(container, key));
    }
    let name = cx.world().names.class_getitem();
    if Class::of(container).is_some()
        && let Some(method) = super::attribute::find(cx, container, name)?
    {
        return cx.call(method.borrow(), Args::positional(&[key]));
    }
    if let Some(class) = Class::of(container) {
        let message = format!("type '{}' is not subscriptable", class.name(cx));
        return Err(cx.type_error(message));
    }
    let kind = cx.type_name(container);
    Err(cx.type_error(format!("'{kind}' object is not subscriptable")))
}

/// `container[key] = value`
#[inline]
pub(crate) fn set(cx: &Cx, container: Ref<'_>, key: Ref<'_>, value: Ref<'_>) -> Outcome<()> {
    if let (Some(list), Some(index)) = (container.exact::<List>(), key.as_small())
        && store::list_set(cx, list, index, value.own())
    {
        return Ok(());
    }
    match cx.class_of(container).slot(|slots| slots.set_item) {
        Some(set) => set(cx, container, key, Some(value)),
        None => Err(refused(cx, container, "assignment")),
    }
}

/// `del container[key]`
pub(crate) fn delete(cx: &Cx, container: Ref<'_>, key: Ref<'_>) -> Outcome<()> {
    match cx.class_of(container).slot(|slots| slots.set_item) {
        Some(set) => set(cx, container, key, None),
        None => Err(refused(cx, container, "deletion")),
    }
}

#[cold]
fn refused(cx: &Cx, container: Ref<'_>, what: &str) -> Raised {
    let kind = cx.type_name(container);
    let does = if what == "deletion" {
        "doesn't"
    } else {
        "does not"
    };
    cx.type_error(format!("'{kind}' object {does} support item {what}"))
}

/// `item in container`
pub(crate) fn contains(cx: &Cx, container: Ref<'_>, item: Ref<'_>) -> Outcome<bool> {
    if let Some(contains) = cx.class_of(container).slot(|slots| slots.contains) {
        return contains(cx, container, item);
    }
    let kind = || cx.type_name(container);
    let wrong = || {
        format!(
            "argument of type '{}' is not a container or iterable",
            kind()
        )
    };
    let iterator = super::iterate::iter(cx, container);
    let iterator = iterator.map_err(|raised| raised.instead(cx, &wrong()))?;
    while let Some(next) = super::iterate::next(cx, iterator.borrow())? {
        if super::compare::same(cx, next.borrow(), item)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What a mapping has under a key, if it has it: the look-up of `LOAD_NAME` and its like.
pub(crate) fn find(cx: &Cx, mapping: Ref<'_>, key: Ref<'_>) -> Outcome<Option<Owned>> {
    use crate::objects::dict::Dict;
    if mapping.exact::<Dict>().is_some() {
        return super::attribute::in_dict(cx, mapping, key);
    }
    match get(cx, mapping, key) {
        Ok(value) => Ok(Some(value)),
        Err(raised) if raised.is(cx, TypeId::KeyError) => Ok(None),
        Err(raised) => Err(raised),
    }
}

/// Whether an object's class has a name, as the language asks for protocols.
pub(crate) fn has(cx: &Cx, object: Ref<'_>, dunder: Dunder) -> bool {
    cx.class_of(object).slot(|slots| slots.has(dunder))
}
