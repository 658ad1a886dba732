//! Methods of dicts.

use crate::eval::context::Context;
use crate::eval::iterator;
use crate::eval::other::{Native, Other, Part};
use crate::eval::subscript::key_error;
use crate::eval::types::{TypeId, type_name};
use crate::eval::{Args, Outcome};
use crate::objects::dict::{self, Dict};
use crate::objects::value::Value;

use super::tables::{method, of_class, with_keywords};

pub(super) const METHODS: &[Native] = &[
    method("get", 1, 2, get),
    method("setdefault", 1, 2, setdefault),
    method("pop", 1, 2, pop),
    method("popitem", 0, 0, popitem),
    with_keywords(method("update", 0, 1, update)),
    method("clear", 0, 0, clear),
    method("copy", 0, 0, copy),
    method("keys", 0, 0, keys),
    method("values", 0, 0, values),
    method("items", 0, 0, items),
    of_class("fromkeys", 1, 2, fromkeys),
];

fn receiver<'a>(cx: &mut Context<'_>, args: &Args<'a>) -> Outcome<&'a Dict> {
    match args.positional[0].downcast::<Dict>() {
        // SAFETY: the dict is borrowed from the arguments, which the caller keeps alive for their lifetime.
        Some(dict) => Ok(unsafe { &*std::ptr::from_ref(dict) }),
        None => Err(cx.type_error("descriptor requires a 'dict' object")),
    }
}

/// The argument at an index, or `None`; a new reference.
fn or_none(cx: &Context<'_>, args: Args<'_>, index: usize) -> Value {
    args.get(index)
        .map_or(Value::NONE, |value| cx.new_ref(value))
}

fn get(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let map = receiver(cx, &args)?;
    let found = dict::get(cx.ts, map, args.positional[1]);
    Ok(cx.lift(found)?.unwrap_or_else(|| or_none(cx, args, 2)))
}

fn setdefault(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let map = receiver(cx, &args)?;
    let (key, default) = (cx.new_ref(args.positional[1]), or_none(cx, args, 2));
    let found = dict::setdefault(cx.ts, map, key, default);
    cx.lift(found)
}

fn pop(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let map = receiver(cx, &args)?;
    let found = dict::pop(cx.ts, map, args.positional[1]);
    match (cx.lift(found)?, args.get(2)) {
        (Some(value), _) => Ok(value),
        (None, Some(default)) => Ok(cx.new_ref(default)),
        (None, None) => Err(key_error(cx, args.positional[1])),
    }
}

fn popitem(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let map = receiver(cx, &args)?;
    match dict::pop_item(cx.ts, map) {
        Some((key, value)) => Ok(cx.tuple(&[key, value])),
        None => {
            let message = cx.str("popitem(): dictionary is empty");
            Err(cx.error_with(TypeId::KeyError, &[message]))
        }
    }
}

fn update(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let target = args.positional[0];
    let rest = Args {
        positional: &args.positional[1..],
        ..args
    };
    update_from(cx, target, rest)?;
    Ok(Value::NONE)
}

/// Adds the entries of a mapping or of pairs, and those of keyword arguments.
pub(super) fn update_from(cx: &mut Context<'_>, target: Value, args: Args<'_>) -> Outcome<()> {
    let Some(map) = target.downcast::<Dict>() else {
        return Err(cx.type_error("descriptor requires a 'dict' object"));
    };
    if let Some(source) = args.get(0) {
        match source.downcast::<Dict>() {
            Some(source) => {
                let updated = dict::update(cx.ts, map, source);
                cx.lift(updated)?;
            }
            None => add_pairs(cx, map, source)?,
        }
    }
    for (name, value) in args.names.iter().zip(args.keywords) {
        let (name, value) = (cx.new_ref(*name), cx.new_ref(*value));
        let stored = dict::insert(cx.ts, map, name, value);
        cx.lift(stored)?;
    }
    Ok(())
}

fn add_pairs(cx: &mut Context<'_>, map: &Dict, pairs: Value) -> Outcome<()> {
    let mut index = 0;
    iterator::each(cx, pairs, |cx, pair| {
        if !iterator::is_iterable(cx, pair) {
            cx.drop(pair);
            let message =
                format!("cannot convert dictionary update sequence element #{index} to a sequence");
            return Err(cx.type_error(message));
        }
        let items = iterator::collect(cx, pair);
        cx.drop(pair);
        let items = items?;
        let &[key, value] = items.as_slice() else {
            let length = items.len();
            cx.drop_all(items);
            let message = format!(
                "dictionary update sequence element #{index} has length {length}; 2 is required"
            );
            return Err(cx.value_error(message));
        };
        index += 1;
        let stored = dict::insert(cx.ts, map, key, value);
        cx.lift(stored)
    })
}

fn clear(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let map = receiver(cx, &args)?;
    dict::clear(cx.ts, map);
    Ok(Value::NONE)
}

fn copy(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let map = receiver(cx, &args)?;
    Ok(dict::copy(cx.ts, map))
}

fn view(cx: &mut Context<'_>, args: Args<'_>, part: Part) -> Outcome {
    receiver(cx, &args)?;
    let dict = cx.new_ref(args.positional[0]);
    Ok(Other::View { dict, part }.alloc(cx.ts))
}

fn keys(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    view(cx, args, Part::Keys)
}

fn values(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    view(cx, args, Part::Values)
}

fn items(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    view(cx, args, Part::Items)
}

fn fromkeys(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let new = dict::new(cx.ts);
    let Some(map) = new.downcast::<Dict>() else {
        return Err(cx.type_error(format!("expected a dict, not {}", type_name(&new))));
    };
    let filled = iterator::each(cx, args.positional[0], |cx, key| {
        let value = or_none(cx, args, 1);
        let stored = dict::insert(cx.ts, map, key, value);
        cx.lift(stored)
    });
    match filled {
        Ok(()) => Ok(new),
        Err(raised) => {
            cx.drop(new);
            Err(raised)
        }
    }
}
