//! Type variables in the arguments of aliases and unions, and what is put in their place.

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, compare, iterate, subscript, text};
use crate::eval::{Args, Outcome};
use crate::objects::list::List;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::types::class::Class;
use crate::types::store;

/// The method of a type variable that says what it becomes.
const SUBSTITUTE: &str = "__typing_subst__";

/// What an object other than a class has under a name.
fn attribute_of(cx: &Cx, object: Ref<'_>, name: &str) -> Outcome<Option<Owned>> {
    match Class::of(object) {
        Some(_) => Ok(None),
        None => attribute::find(cx, object, cx.intern(name)),
    }
}

/// The type variables in a row of arguments, each once, in order.
pub(crate) fn parameters_of(cx: &Cx, args: &[Ref<'_>]) -> Outcome<Vec<Owned>> {
    let mut found: Vec<Owned> = Vec::new();
    for &arg in args {
        let more = match (list_or_tuple(cx, arg), is_variable(cx, arg)?) {
            (Some(inside), _) => cx.nested(|| parameters_of(cx, crate::refs::lend(&inside)))?,
            (None, true) => vec![arg.own()],
            (None, false) => match attribute_of(cx, arg, "__parameters__")? {
                Some(its) if its.borrow().downcast::<Tuple>().is_some() => {
                    iterate::collect(cx, its.borrow())?
                }
                _ => Vec::new(),
            },
        };
        for one in more {
            if position(cx, &found, one.borrow())?.is_none() {
                found.push(one);
            }
        }
    }
    Ok(found)
}

fn is_variable(cx: &Cx, arg: Ref<'_>) -> Outcome<bool> {
    let method = attribute_of(cx, arg, SUBSTITUTE)?;
    Ok(method.is_some_and(|method| !method.borrow().is_none()))
}

fn list_or_tuple(cx: &Cx, arg: Ref<'_>) -> Option<Vec<Owned>> {
    match (arg.downcast::<List>(), arg.downcast::<Tuple>()) {
        (Some(list), _) => Some(store::list_items(cx, list)),
        (_, Some(tuple)) => Some(items(tuple).iter().map(|item| item.own()).collect()),
        _ => None,
    }
}

fn position(cx: &Cx, row: &[Owned], item: Ref<'_>) -> Outcome<Option<usize>> {
    for (index, one) in row.iter().enumerate() {
        if compare::same(cx, one.borrow(), item)? {
            return Ok(Some(index));
        }
    }
    Ok(None)
}

/// The arguments of `owner[item]`: those of `owner` with its parameters replaced.
pub(crate) fn substitute(
    cx: &Cx,
    owner: Ref<'_>,
    args: &[Ref<'_>],
    parameters: Ref<'_>,
    item: Ref<'_>,
) -> Outcome {
    let parameters = iterate::collect(cx, parameters)?;
    if parameters.is_empty() {
        let shown = text::repr_text(cx, owner)?;
        return Err(cx.type_error(format!("{shown} is not a generic class")));
    }
    let mut given = match item.downcast::<Tuple>() {
        Some(tuple) => items(tuple).iter().map(|item| item.own()).collect(),
        None => vec![item.own()],
    };
    for parameter in &parameters {
        given = prepared(cx, parameter.borrow(), owner, given)?;
    }
    if given.len() != parameters.len() {
        let how = if given.len() > parameters.len() {
            "many"
        } else {
            "few"
        };
        let shown = text::repr_text(cx, owner)?;
        return Err(cx.type_error(format!(
            "Too {how} arguments for {shown}; actual {}, expected {}",
            given.len(),
            parameters.len()
        )));
    }
    let mut result = Vec::new();
    for &arg in args {
        replaced(cx, arg, &parameters, &given, &mut result)?;
    }
    Ok(cx.tuple(result))
}

/// The given arguments as a parameter wants them, such as with its default added.
fn prepared(cx: &Cx, parameter: Ref<'_>, owner: Ref<'_>, given: Vec<Owned>) -> Outcome<Vec<Owned>> {
    let Some(prepare) = attribute_of(cx, parameter, "__typing_prepare_subst__")? else {
        return Ok(given);
    };
    if prepare.borrow().is_none() {
        return Ok(given);
    }
    let given = cx.tuple(given);
    let args = [owner, given.borrow()];
    let prepared = cx.call(prepare.borrow(), Args::positional(&args))?;
    iterate::collect(cx, prepared.borrow())
}

/// Adds what an argument becomes.
fn replaced(
    cx: &Cx,
    arg: Ref<'_>,
    parameters: &[Owned],
    given: &[Owned],
    result: &mut Vec<Owned>,
) -> Outcome<()> {
    if let Some(inside) = list_or_tuple(cx, arg) {
        let mut new = Vec::new();
        for one in &inside {
            cx.nested(|| replaced(cx, one.borrow(), parameters, given, &mut new))?;
        }
        let is_list = arg.downcast::<List>().is_some();
        result.push(if is_list { cx.list(new) } else { cx.tuple(new) });
        return Ok(());
    }
    let unpacked = attribute_of(cx, arg, "__typing_is_unpacked_typevartuple__")?;
    let is_row = match unpacked {
        Some(answer) => crate::eval::ops::truth::is_true(cx, answer.borrow())?,
        None => false,
    };
    let new = match attribute_of(cx, arg, SUBSTITUTE)?.filter(|it| !it.borrow().is_none()) {
        Some(substitute) => match position(cx, parameters, arg)? {
            Some(index) => {
                let args = [given[index].borrow()];
                cx.call(substitute.borrow(), Args::positional(&args))?
            }
            None => arg.own(),
        },
        None => with_arguments(cx, arg, parameters, given)?,
    };
    match new.borrow().downcast::<Tuple>().filter(|_| is_row) {
        Some(row) => result.extend(items(row).iter().map(|item| item.own())),
        None => result.push(new),
    }
    Ok(())
}

/// `arg[..]` with those of the given arguments that stand for its own parameters.
fn with_arguments(cx: &Cx, arg: Ref<'_>, parameters: &[Owned], given: &[Owned]) -> Outcome {
    let Some(its) = attribute_of(cx, arg, "__parameters__")? else {
        return Ok(arg.own());
    };
    let Some(its) = its.borrow().downcast::<Tuple>().map(items) else {
        return Ok(arg.own());
    };
    if its.is_empty() {
        return Ok(arg.own());
    }
    let mut inner = Vec::new();
    for &parameter in its {
        match position(cx, parameters, parameter)? {
            Some(index) => match given[index].borrow().downcast::<Tuple>() {
                Some(row) => inner.extend(items(row).iter().map(|item| item.own())),
                None => inner.push(given[index].clone()),
            },
            None => inner.push(parameter.own()),
        }
    }
    let inner = cx.tuple(inner);
    subscript::get(cx, arg, inner.borrow())
}
