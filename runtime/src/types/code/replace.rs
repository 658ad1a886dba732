//! `code.replace`: what of a code object can be changed in a copy.
//!
//! Names, the file, the first line, the constants, and whether a generator can be awaited. What describes the
//! instructions can only be given as it is.

use super::{Code, of, text, text_of};
use crate::compile::ITERABLE_COROUTINE;
use crate::eval::Outcome;
use crate::eval::code::{CodeObject, CodeRef};
use crate::eval::cx::Cx;
use crate::eval::load;
use crate::eval::ops::number;
use crate::objects::dict::Dict;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::types::store;

/// A change that was asked for.
enum Change {
    Nothing,
    Name(Box<str>),
    QualifiedName(Box<str>),
    FileName(Box<str>),
    FirstLine(u32),
    IterableCoroutine(bool),
    /// What goes into the places of the constants, and into those of the code inside.
    Constants(Vec<Owned>, Vec<Owned>),
}

pub(super) fn replace(cx: &Cx, this: &Code, changes: Ref<'_>) -> Outcome {
    let asked = changes.downcast::<Dict>();
    let asked = asked.map_or(Vec::new(), |asked| store::dict_entries(cx, asked));
    let mut changes = Vec::new();
    for (name, value) in &asked {
        changes.push(parse(cx, this, cx.text_of(name.borrow()), value.borrow())?);
    }
    Ok(load::copy(cx, this.code, |code| {
        let brought = changes.into_iter().map(|change| apply(cx, code, change));
        brought.flatten().collect()
    }))
}

fn parse(cx: &Cx, this: &Code, name: &str, value: Ref<'_>) -> Outcome<Change> {
    let text = || match value.downcast::<Str>() {
        Some(text) => Ok(Box::from(text.as_str())),
        None => Err(not_a(cx, name, "str", value)),
    };
    match name {
        "co_name" => text().map(Change::Name),
        "co_qualname" => text().map(Change::QualifiedName),
        "co_filename" => text().map(Change::FileName),
        "co_firstlineno" => match u32::try_from(number::index(cx, value)?) {
            Ok(line) => Ok(Change::FirstLine(line)),
            Err(_) => Err(cx.value_error("co_firstlineno must be a positive integer")),
        },
        "co_flags" => flags(cx, this.code, number::index(cx, value)?),
        "co_consts" => match value.downcast::<Tuple>() {
            Some(wanted) => constants(cx, this.code, items(wanted)),
            None => Err(not_a(cx, name, "tuple", value)),
        },
        _ => as_it_is(cx, this, name, value),
    }
}

fn not_a(cx: &Cx, name: &str, wanted: &str, value: Ref<'_>) -> crate::eval::Raised {
    let kind = cx.type_name(value);
    cx.type_error(format!(
        "replace() argument '{name}' must be {wanted}, not {kind}"
    ))
}

/// Only whether generators can be awaited may differ: the other flags say what the code does.
fn flags(cx: &Cx, code: CodeRef, wanted: i64) -> Outcome<Change> {
    let flag = i64::from(ITERABLE_COROUTINE);
    if wanted & !flag == i64::from(code.code.flags()) & !flag {
        return Ok(Change::IterableCoroutine(wanted & flag != 0));
    }
    Err(cx.value_error("replace() cannot change what 'co_flags' says of the code"))
}

/// Each place of `co_consts` gets another object; code stays where instructions make functions of it.
fn constants(cx: &Cx, code: CodeRef, wanted: &[Ref<'_>]) -> Outcome<Change> {
    let inside = code.constants.len();
    if wanted.len() != inside + code.nested.len() {
        return Err(cx.value_error("replace() cannot change how long 'co_consts' is"));
    }
    let (values, nested) = wanted.split_at(inside);
    if nested.iter().any(|code| code.payload::<Code>().is_none()) {
        return Err(cx.value_error("replace() needs code where 'co_consts' has code"));
    }
    let own = |values: &[Ref<'_>]| values.iter().map(|value| value.own()).collect();
    Ok(Change::Constants(own(values), own(nested)))
}

/// What else a code object says can be given, but not changed.
fn as_it_is(cx: &Cx, this: &Code, name: &str, value: Ref<'_>) -> Outcome<Change> {
    let number = |is: i64| match number::index(cx, value)? {
        wanted if wanted < 0 => Err(cx.value_error(format!("{name} must be a positive integer"))),
        wanted => Ok(wanted == is),
    };
    let tuple = |is: Owned| match value.downcast::<Tuple>() {
        Some(_) => crate::eval::ops::compare::same(cx, is.borrow(), value),
        None => Err(not_a(cx, name, "tuple", value)),
    };
    let same = match name {
        "co_argcount" => number(super::argument_count(cx, this)),
        "co_posonlyargcount" => number(super::positional_only_count(cx, this)),
        "co_kwonlyargcount" => number(super::keyword_only_count(cx, this)),
        "co_nlocals" => number(super::local_count(cx, this) as i64),
        "co_stacksize" => number(super::stack_size(cx, this)),
        "co_names" => tuple(super::names(cx, this)),
        "co_varnames" => tuple(super::variables(cx, this)),
        "co_cellvars" => tuple(super::cells(cx, this)),
        "co_freevars" => tuple(super::free(cx, this)),
        "co_code" | "co_linetable" | "co_exceptiontable" => Ok(false),
        _ => {
            let message = format!("replace() got an unexpected keyword argument '{name}'");
            Err(cx.type_error(message))
        }
    };
    match same? {
        true => Ok(Change::Nothing),
        false => Err(cx.value_error(format!("replace() cannot change '{name}'"))),
    }
}

/// Changes the code; gives the objects of what is new in it.
fn apply(cx: &Cx, object: &mut CodeObject, change: Change) -> Vec<Owned> {
    match change {
        Change::Nothing => {}
        Change::Name(name) => {
            object.name = cx.intern(&name).value();
            object.code.name = name;
        }
        Change::QualifiedName(name) => {
            object.qualified_name = cx.intern(&name).value();
            object.code.qualified_name = name;
        }
        Change::FileName(name) => {
            let renamed = text(cx, object.source().renamed(&name));
            object.source = text_of(&renamed);
            return vec![renamed];
        }
        Change::FirstLine(line) => object.code.first_line = line,
        Change::IterableCoroutine(is) => object.code.is_iterable_coroutine = is,
        Change::Constants(mut values, nested) => {
            object.constants = values.iter().map(|value| value.borrow().value()).collect();
            object.nested = nested.iter().map(of).collect();
            values.extend(nested);
            return values;
        }
    }
    Vec::new()
}
