//! `except*`: what a clause catches, and what is raised at the end.

use super::group::{Matcher, group_of, halves, is_group, parts};
use super::{is_exception_class, links, matches, with};
use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::iterate;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::types::TypeId;
use crate::types::class::Class;

/// What an `except*` clause makes of an exception: the part that it does not catch, and the one that it does.
pub(crate) fn match_clause(cx: &Cx, value: Ref<'_>, class: Ref<'_>) -> Outcome<(Owned, Owned)> {
    check_clause(cx, class)?;
    if value.is_none() {
        return Ok((Owned::NONE, Owned::NONE));
    }
    if matches(cx, value, class)? {
        let caught = match is_group(cx, value) {
            true => value.own(),
            false => wrap(cx, value)?,
        };
        return Ok((Owned::NONE, caught));
    }
    if !is_group(cx, value) {
        return Ok((value.own(), Owned::NONE));
    }
    let pair = cx.call_method(value, "split", &[class])?;
    match pair.borrow().downcast::<Tuple>().map(items) {
        Some([caught, rest, ..]) => Ok((rest.own(), caught.own())),
        Some(few) => {
            let kind = cx.type_name(value);
            let given = few.len();
            Err(cx.type_error(format!(
                "{kind}.split must return a 2-tuple, got tuple of size {given}"
            )))
        }
        None => {
            let (kind, given) = (cx.type_name(value), cx.type_name(pair.borrow()));
            Err(cx.type_error(format!("{kind}.split must return a tuple, not {given}")))
        }
    }
}

/// A clause names classes of exceptions, but not of groups.
fn check_clause(cx: &Cx, class: Ref<'_>) -> Outcome<()> {
    let all = match class.downcast::<Tuple>() {
        Some(classes) => items(classes).to_vec(),
        None => vec![class],
    };
    let groups = cx.class(TypeId::BaseExceptionGroup);
    for class in all {
        match Class::of(class).filter(|class| is_exception_class(cx, class)) {
            None => {
                return Err(cx.type_error(
                    "catching classes that do not inherit from BaseException is not allowed",
                ));
            }
            Some(class) if class.derives_from(groups) => {
                return Err(cx.type_error(
                    "catching ExceptionGroup with except* is not allowed. Use except instead.",
                ));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// A group of one exception, without a message.
fn wrap(cx: &Cx, value: Ref<'_>) -> Outcome {
    let parts = cx.tuple(vec![value.own()]);
    group_of(cx, cx.str(""), parts.borrow())
}

/// What an `except*` raises at its end: what its clauses raised, and what none of them caught.
pub(crate) fn reraise(cx: &Cx, original: Ref<'_>, results: Ref<'_>) -> Outcome {
    let results = iterate::collect(cx, results)?;
    let results: Vec<Owned> = results
        .into_iter()
        .filter(|result| !result.borrow().is_none())
        .collect();
    if !is_group(cx, original) {
        return Ok(results.into_iter().next().unwrap_or(Owned::NONE));
    }
    let (passed_on, mut raised): (Vec<Owned>, Vec<Owned>) = results
        .into_iter()
        .partition(|result| has_same_history(cx, result.borrow(), original));
    let rest = projection(cx, original, &passed_on)?;
    if raised.is_empty() {
        return Ok(rest.unwrap_or(Owned::NONE));
    }
    raised.extend(rest);
    match raised.len() {
        1 => Ok(raised.swap_remove(0)),
        _ => {
            let all = cx.list(raised);
            group_of(cx, cx.str(""), all.borrow())
        }
    }
}

/// Whether a group is a part of another, or that one itself: it has the same places and links.
fn has_same_history(cx: &Cx, value: Ref<'_>, original: Ref<'_>) -> bool {
    if !is_group(cx, value) {
        return false;
    }
    let same = |left: &Option<Owned>, right: &Option<Owned>| match (left, right) {
        (Some(left), Some(right)) => left.borrow() == right.borrow(),
        (left, right) => left.is_none() && right.is_none(),
    };
    let history = |value: Ref<'_>| {
        let traceback = with(cx, value, |state| state.traceback.clone()).flatten();
        let (cause, context, _) = links(cx, value);
        [traceback, cause, context]
    };
    let (left, right) = (history(value), history(original));
    left.iter()
        .zip(&right)
        .all(|(left, right)| same(left, right))
}

/// The part of a group that consists of the exceptions in some of its parts.
fn projection(cx: &Cx, whole: Ref<'_>, chosen: &[Owned]) -> Outcome<Option<Owned>> {
    let mut leaves = Vec::new();
    for part in chosen {
        collect_leaves(cx, part.borrow(), &mut leaves)?;
    }
    let known: Vec<Ref<'_>> = leaves.iter().map(Owned::borrow).collect();
    Ok(halves(cx, whole, Matcher::One(&known), false)?.fitting)
}

fn collect_leaves(cx: &Cx, value: Ref<'_>, leaves: &mut Vec<Owned>) -> Outcome<()> {
    let Some(parts) = parts(cx, value) else {
        leaves.push(value.own());
        return Ok(());
    };
    for part in parts {
        cx.nested(|| collect_leaves(cx, part.borrow(), leaves))?;
    }
    Ok(())
}
