//! What happens when a built-in class is called.

use num_bigint::BigInt;

use crate::eval::context::Context;
use crate::eval::iterator::{self, Iteration, Source};
use crate::eval::other::{NativeFn, Other};
use crate::eval::types::{TypeId, type_name, type_of};
use crate::eval::{Args, Outcome, convert, text};
use crate::objects::dict;
use crate::objects::float::{self, Float};
use crate::objects::int;
use crate::objects::list::{self, List};
use crate::objects::range;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;

use super::arguments::{allow, count, either, keyword};
use super::{numbers, threading};

/// The constructor of a class that the program may call.
pub(super) fn constructor(id: TypeId) -> Option<NativeFn> {
    Some(match id {
        TypeId::Object => object,
        TypeId::Type => type_,
        TypeId::Int => int_,
        TypeId::Bool => bool_,
        TypeId::Float => float_,
        TypeId::Str => str_,
        TypeId::Bytes => bytes,
        TypeId::Tuple => tuple,
        TypeId::List => list_,
        TypeId::Dict => dict_,
        TypeId::Range => range_,
        TypeId::Slice => slice,
        TypeId::Enumerate => enumerate,
        TypeId::Zip => zip,
        TypeId::Map => map,
        TypeId::Filter => filter,
        TypeId::Reversed => reversed,
        TypeId::Lock => threading::new_lock,
        TypeId::RLock => threading::new_rlock,
        TypeId::Event => threading::new_event,
        TypeId::Thread => threading::new_thread,
        _ => return None,
    })
}

fn object(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    if !args.positional.is_empty() || !args.names.is_empty() {
        return Err(cx.type_error("object() takes no arguments"));
    }
    Err(cx.type_error("plain objects are not supported by raddle"))
}

fn type_(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    match args.positional {
        [value] => Ok(cx.world().types.get(type_of(value))),
        [_, _, _] => Err(cx.type_error("class definitions are not supported by raddle")),
        _ => Err(cx.type_error("type() takes 1 or 3 arguments")),
    }
}

fn int_(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    allow(cx, "int", args, &["base"])?;
    count(cx, "int", args, 0, 2)?;
    let Some(value) = args.get(0) else {
        return Ok(cx.int(0));
    };
    if let Some(base) = either(args, 1, "base") {
        let base = convert::index(cx, base)?;
        return match value.downcast::<Str>() {
            Some(text) => numbers::parse_integer(cx, text.as_str(), base),
            None => Err(cx.type_error("int() can't convert non-string with explicit base")),
        };
    }
    if let Some(text) = value.downcast::<Str>() {
        return numbers::parse_integer(cx, text.as_str(), 10);
    }
    if let Some(number) = value.downcast::<Float>() {
        return numbers::truncate(cx, number.get());
    }
    match int::to_big(&value) {
        Some(number) => Ok(int::from_big(cx.ts, number.into_owned())),
        None => {
            let kind = type_name(&value);
            let message = format!(
                "int() argument must be a string, a bytes-like object or a real number, not '{kind}'"
            );
            Err(cx.type_error(message))
        }
    }
}

fn bool_(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    count(cx, "bool", args, 0, 1)?;
    match args.get(0) {
        Some(value) => convert::is_true(cx, value).map(Value::bool),
        None => Ok(Value::FALSE),
    }
}

fn float_(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    count(cx, "float", args, 0, 1)?;
    let Some(value) = args.get(0) else {
        return Ok(float::new(cx.ts, 0.0));
    };
    if let Some(text) = value.downcast::<Str>() {
        return numbers::parse_float(cx, text.as_str());
    }
    if convert::try_real(&value).is_none() {
        let kind = type_name(&value);
        return Err(cx.type_error(format!(
            "float() argument must be a string or a real number, not '{kind}'"
        )));
    }
    let number = convert::real(cx, value)?;
    Ok(float::new(cx.ts, number))
}

fn str_(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    count(cx, "str", args, 0, 3)?;
    match args.positional {
        [] => Ok(cx.str("")),
        [value] => text::convert(cx, crate::compile::Conversion::Str, *value),
        [value, ..] => match Other::of(value) {
            Some(Other::Bytes(bytes)) => super::sequences::decode_utf8(cx, bytes),
            _ => {
                let kind = type_name(value);
                Err(cx.type_error(format!(
                    "decoding to str: need a bytes-like object, {kind} found"
                )))
            }
        },
    }
}

fn bytes(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    count(cx, "bytes", args, 0, 3)?;
    let Some(value) = args.get(0) else {
        return Ok(Other::Bytes([].into()).alloc(cx.ts));
    };
    if let Some(text) = value.downcast::<Str>() {
        if args.positional.len() == 1 && keyword(args, "encoding").is_none() {
            return Err(cx.type_error("string argument without an encoding"));
        }
        return Ok(Other::Bytes(text.as_str().as_bytes().into()).alloc(cx.ts));
    }
    if let Some(length) = int::to_i64(&value) {
        return match usize::try_from(length) {
            Ok(length) => Ok(Other::Bytes(vec![0; length].into()).alloc(cx.ts)),
            Err(_) => Err(cx.value_error("negative count")),
        };
    }
    let mut bytes = Vec::new();
    iterator::each(cx, value, |cx, item| {
        let byte = convert::index(cx, item);
        cx.drop(item);
        match u8::try_from(byte?) {
            Ok(byte) => bytes.push(byte),
            Err(_) => return Err(cx.value_error("bytes must be in range(0, 256)")),
        }
        Ok(())
    })?;
    Ok(Other::Bytes(bytes.into()).alloc(cx.ts))
}

fn tuple(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    count(cx, "tuple", args, 0, 1)?;
    match args.get(0) {
        Some(value) if value.downcast::<Tuple>().is_some() => Ok(cx.new_ref(value)),
        Some(value) => {
            let items = iterator::collect(cx, value)?;
            Ok(cx.tuple(&items))
        }
        None => Ok(cx.tuple(&[])),
    }
}

fn list_(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    count(cx, "list", args, 0, 1)?;
    let items = match args.get(0) {
        Some(value) => iterator::collect(cx, value)?,
        None => Vec::new(),
    };
    Ok(list::new(cx.ts, &items))
}

fn dict_(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    count(cx, "dict", args, 0, 1)?;
    let new = dict::new(cx.ts);
    let filled = super::dicts::update_from(cx, new, args);
    match filled {
        Ok(()) => Ok(new),
        Err(raised) => {
            cx.drop(new);
            Err(raised)
        }
    }
}

fn range_(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    count(cx, "range", args, 1, 3)?;
    let mut bounds = Vec::with_capacity(3);
    for value in args.positional {
        bounds.push(convert::integer(cx, *value)?);
    }
    let one = || BigInt::from(1);
    let (start, stop, step) = match bounds.as_slice() {
        [stop] => (BigInt::ZERO, stop.clone(), one()),
        [start, stop] => (start.clone(), stop.clone(), one()),
        [start, stop, step] => (start.clone(), stop.clone(), step.clone()),
        _ => (BigInt::ZERO, BigInt::ZERO, one()),
    };
    if step == BigInt::ZERO {
        return Err(cx.value_error("range() arg 3 must not be zero"));
    }
    let number = |value: BigInt| int::from_big(cx.ts, value);
    Ok(range::new(cx.ts, number(start), number(stop), number(step)))
}

fn slice(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    count(cx, "slice", args, 1, 3)?;
    let (start, stop, step) = match args.positional {
        [stop] => (Value::NONE, *stop, Value::NONE),
        [start, stop] => (*start, *stop, Value::NONE),
        [start, stop, step, ..] => (*start, *stop, *step),
        [] => (Value::NONE, Value::NONE, Value::NONE),
    };
    [start, stop, step].into_iter().for_each(|value| {
        cx.new_ref(value);
    });
    Ok(Other::Slice { start, stop, step }.alloc(cx.ts))
}

fn enumerate(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    allow(cx, "enumerate", args, &["iterable", "start"])?;
    let Some(iterable) = either(args, 0, "iterable") else {
        return Err(cx.type_error("enumerate() missing required argument 'iterable' (pos 1)"));
    };
    let start = match either(args, 1, "start") {
        Some(start) => convert::index(cx, start)?,
        None => 0,
    };
    let inner = iterator::iter(cx, iterable)?;
    Ok(Iteration::alloc(cx, Source::Enumerate(inner), start))
}

/// Iterators over all of the iterables.
fn iterators(cx: &mut Context<'_>, iterables: &[Value]) -> Outcome<Vec<Value>> {
    let mut all = Vec::with_capacity(iterables.len());
    for iterable in iterables {
        match iterator::iter(cx, *iterable) {
            Ok(iterator) => all.push(iterator),
            Err(raised) => {
                cx.drop_all(all);
                return Err(raised);
            }
        }
    }
    Ok(all)
}

fn zip(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    allow(cx, "zip", args, &["strict"])?;
    let strict = match keyword(args, "strict") {
        Some(strict) => convert::is_true(cx, strict)?,
        None => false,
    };
    let iterators = iterators(cx, args.positional)?;
    Ok(Iteration::alloc(cx, Source::Zip { iterators, strict }, 0))
}

fn map(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let [function, iterables @ ..] = args.positional else {
        return Err(cx.type_error("map() must have at least two arguments."));
    };
    if iterables.is_empty() {
        return Err(cx.type_error("map() must have at least two arguments."));
    }
    let iterators = iterators(cx, iterables)?;
    let function = cx.new_ref(*function);
    Ok(Iteration::alloc(
        cx,
        Source::Map {
            function,
            iterators,
        },
        0,
    ))
}

fn filter(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    count(cx, "filter", args, 2, 2)?;
    let iterator = iterator::iter(cx, args.positional[1])?;
    let function = cx.new_ref(args.positional[0]);
    Ok(Iteration::alloc(
        cx,
        Source::Filter { function, iterator },
        0,
    ))
}

fn reversed(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    count(cx, "reversed", args, 1, 1)?;
    let value = args.positional[0];
    let is_row = value.downcast::<List>().is_some() || value.downcast::<Tuple>().is_some();
    let is_known = is_row
        || matches!(
            type_of(&value),
            TypeId::Range | TypeId::Str | TypeId::Dict | TypeId::Bytes
        );
    if !is_known {
        let message = format!("'{}' object is not reversible", type_name(&value));
        return Err(cx.type_error(message));
    }
    let row = match is_row {
        true => cx.new_ref(value),
        false => {
            let items = iterator::collect(cx, value)?;
            cx.tuple(&items)
        }
    };
    let last = convert::len(cx, row)? as i64 - 1;
    Ok(Iteration::alloc(cx, Source::Reversed(row), last))
}
