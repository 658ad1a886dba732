//! Functions that iterate.

use crate::compile::Comparison;
use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, compare, iterate, truth};
use crate::eval::{Args, Outcome};
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::types::collected::with_collected;
use crate::types::convert::Given;
use crate::types::{TypeId, anext_awaitable, callable_iterator};

pub(super) fn all(cx: &Cx, iterable: Ref<'_>) -> Outcome<bool> {
    Ok(!meets(cx, iterable, false)?)
}

pub(super) fn any(cx: &Cx, iterable: Ref<'_>) -> Outcome<bool> {
    meets(cx, iterable, true)
}

/// Whether some item has this truth.
fn meets(cx: &Cx, iterable: Ref<'_>, truth: bool) -> Outcome<bool> {
    let iterator = iterate::iter(cx, iterable)?;
    while let Some(item) = iterate::next(cx, iterator.borrow())? {
        if truth::is_true(cx, item.borrow())? == truth {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(super) fn iter(cx: &Cx, object: Ref<'_>, sentinel: Given<'_>) -> Outcome {
    let Some(sentinel) = sentinel.0 else {
        return iterate::iter(cx, object);
    };
    match super::callable(cx, object) {
        true => Ok(callable_iterator::new(cx, object, sentinel)),
        false => Err(cx.type_error("iter(v, w): v must be callable")),
    }
}

pub(super) fn next(cx: &Cx, iterator: Ref<'_>, default: Given<'_>) -> Outcome {
    let found = match (iterate::step(cx, iterator), default.0) {
        (Err(raised), Some(_)) if raised.is(cx, TypeId::StopIteration) => None,
        (found, _) => found?,
    };
    match (found, default.0) {
        (Some(item), _) => Ok(item),
        (None, Some(default)) => Ok(default.own()),
        (None, None) => Err(cx.error_with(TypeId::StopIteration, Vec::new())),
    }
}

pub(super) fn aiter(cx: &Cx, iterable: Ref<'_>) -> Outcome {
    let Some(aiter) = cx.class_of(iterable).slot(|slots| slots.aiter) else {
        let kind = cx.type_name(iterable);
        return Err(cx.type_error(format!("'{kind}' object is not an async iterable")));
    };
    let made = aiter(cx, iterable)?;
    if cx
        .class_of(made.borrow())
        .slot(|slots| slots.anext.is_some())
    {
        return Ok(made);
    }
    let kind = cx.type_name(made.borrow());
    Err(cx.type_error(format!(
        "aiter() returned not an async iterator of type '{kind}'"
    )))
}

pub(super) fn anext(cx: &Cx, iterator: Ref<'_>, default: Given<'_>) -> Outcome {
    let Some(anext) = cx.class_of(iterator).slot(|slots| slots.anext) else {
        let kind = cx.type_name(iterator);
        return Err(cx.type_error(format!("'{kind}' object is not an async iterator")));
    };
    let awaited = anext(cx, iterator)?;
    match default.0 {
        Some(default) => Ok(anext_awaitable::new(cx, awaited, default)),
        None => Ok(awaited),
    }
}

pub(super) fn max(cx: &Cx, args: Ref<'_>, key: Ref<'_>, default: Given<'_>) -> Outcome {
    extreme(cx, ("max", Comparison::Gt), args, key, default)
}

pub(super) fn min(cx: &Cx, args: Ref<'_>, key: Ref<'_>, default: Given<'_>) -> Outcome {
    extreme(cx, ("min", Comparison::Lt), args, key, default)
}

/// The first of the items that no later one beats.
fn extreme(
    cx: &Cx,
    (name, wins): (&str, Comparison),
    args: Ref<'_>,
    key: Ref<'_>,
    default: Given<'_>,
) -> Outcome {
    let iterable = match args.downcast::<Tuple>().map_or(&[][..], items) {
        [] => {
            return Err(cx.type_error(format!("{name} expected at least 1 argument, got 0")));
        }
        [iterable] => *iterable,
        _ if default.0.is_some() => {
            return Err(cx.type_error(format!(
                "Cannot specify a default for {name}() with multiple positional arguments"
            )));
        }
        _ => args,
    };
    let mut best: Option<(Owned, Owned)> = None;
    iterate::each(cx, iterable, |item| {
        let rank = match key.not_none() {
            Some(key) => cx.call(key, Args::positional(&[item.borrow()]))?,
            None => item.clone(),
        };
        let better = match &best {
            Some((_, best)) => compare::holds_for(cx, wins, rank.borrow(), best.borrow())?,
            None => true,
        };
        if better {
            best = Some((item, rank));
        }
        Ok(())
    })?;
    match (best, default.0) {
        (Some((best, _)), _) => Ok(best),
        (None, Some(default)) => Ok(default.own()),
        (None, None) => Err(cx.value_error(format!("{name}() iterable argument is empty"))),
    }
}

pub(super) fn sorted(cx: &Cx, args: Ref<'_>, keywords: Ref<'_>) -> Outcome {
    let given = args.downcast::<Tuple>().map_or(&[][..], items);
    let [iterable] = given else {
        let given = given.len();
        return Err(cx.type_error(format!("sorted expected 1 argument, got {given}")));
    };
    let list = cx.list(iterate::row(cx, *iterable)?);
    let sort = attribute::get_str(cx, list.borrow(), "sort")?;
    let none = cx.tuple(Vec::new());
    with_collected(cx, none.borrow(), keywords, |args| {
        cx.call(sort.borrow(), args)
    })?;
    Ok(list)
}
