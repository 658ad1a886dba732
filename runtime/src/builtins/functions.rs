//! The functions that need no import.

use num_bigint::BigInt;

use crate::compile::{BinaryOperator, Comparison, Conversion};
use crate::eval::attributes;
use crate::eval::context::Context;
use crate::eval::iterator::{self, Iteration, Next, Source};
use crate::eval::operators::{self, Unary};
use crate::eval::other::{Function, Native, Other, class};
use crate::eval::types::{TypeId, type_name, type_of};
use crate::eval::{Args, Outcome, compare as rich, convert, format, payload, text};
use crate::objects::compare;
use crate::objects::float::{self, Float};
use crate::objects::int;
use crate::objects::list;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;
use crate::sync::identity;

use super::arguments::{allow, either, keyword};
use super::tables::{ANY, function, with_keywords};

pub(super) const FUNCTIONS: &[Native] = &[
    with_keywords(function("print", 0, ANY, print)),
    function("len", 1, 1, len),
    function("repr", 1, 1, repr),
    function("ascii", 1, 1, ascii),
    function("abs", 1, 1, abs),
    with_keywords(function("min", 1, ANY, min)),
    with_keywords(function("max", 1, ANY, max)),
    with_keywords(function("sum", 1, 2, sum)),
    with_keywords(function("sorted", 1, 1, sorted)),
    function("iter", 1, 2, iter),
    function("next", 1, 2, next),
    function("id", 1, 1, id),
    function("hash", 1, 1, hash),
    function("getattr", 2, 3, getattr),
    function("setattr", 3, 3, setattr),
    function("delattr", 2, 2, delattr),
    function("hasattr", 2, 2, hasattr),
    function("isinstance", 2, 2, isinstance),
    function("issubclass", 2, 2, issubclass),
    function("callable", 1, 1, callable),
    function("chr", 1, 1, chr),
    function("ord", 1, 1, ord),
    function("hex", 1, 1, hex),
    function("oct", 1, 1, oct),
    function("bin", 1, 1, bin),
    with_keywords(function("round", 1, 2, round)),
    function("divmod", 2, 2, divmod),
    with_keywords(function("pow", 2, 3, pow)),
    function("any", 1, 1, any),
    function("all", 1, 1, all),
    function("format", 1, 2, format_builtin),
    function("input", 0, 1, input),
    function("globals", 0, 0, globals),
];

fn print(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    allow(cx, "print", args, &["sep", "end", "file", "flush"])?;
    let separator = text_option(cx, args, "sep", " ")?;
    let end = text_option(cx, args, "end", "\n")?;
    let mut out = String::new();
    for (index, value) in args.positional.iter().enumerate() {
        if index > 0 {
            out += &separator;
        }
        match value.downcast::<Str>() {
            Some(text) => out += text.as_str(),
            None => out += &text::str(cx, *value)?,
        }
    }
    out += &end;
    let to_error = keyword(args, "file")
        .is_some_and(|file| matches!(Other::of(&file), Some(Other::Stream { error: true })));
    cx.shared.write(to_error, &out);
    if let Some(flush) = keyword(args, "flush")
        && convert::is_true(cx, flush)?
    {
        cx.shared.flush();
    }
    Ok(Value::NONE)
}

/// An option of `print` that is a string or `None`.
fn text_option(cx: &mut Context<'_>, args: Args<'_>, name: &str, default: &str) -> Outcome<String> {
    match keyword(args, name).filter(|value| !value.is_none()) {
        None => Ok(default.to_owned()),
        Some(value) => match value.downcast::<Str>() {
            Some(text) => Ok(text.as_str().to_owned()),
            None => {
                let message = format!("{name} must be None or a string, not {}", type_name(&value));
                Err(cx.type_error(message))
            }
        },
    }
}

fn len(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let length = convert::len(cx, args.positional[0])?;
    Ok(cx.int(length as i64))
}

fn repr(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    text::convert(cx, Conversion::Repr, args.positional[0])
}

fn ascii(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    text::convert(cx, Conversion::Ascii, args.positional[0])
}

fn abs(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let value = args.positional[0];
    if let Some(number) = value.downcast::<Float>() {
        return Ok(float::new(cx.ts, number.get().abs()));
    }
    match int::to_big(&value) {
        Some(number) if number.sign() == num_bigint::Sign::Minus => {
            operators::unary(cx, Unary::Negative, value)
        }
        Some(_) => operators::unary(cx, Unary::Positive, value),
        None => Err(cx.type_error(format!(
            "bad operand type for abs(): '{}'",
            type_name(&value)
        ))),
    }
}

fn min(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    extreme(cx, args, "min", Comparison::Lt)
}

fn max(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    extreme(cx, args, "max", Comparison::Gt)
}

fn extreme(cx: &mut Context<'_>, args: Args<'_>, name: &str, wanted: Comparison) -> Outcome {
    allow(cx, name, args, &["key", "default"])?;
    let key = keyword(args, "key").filter(|key| !key.is_none());
    let candidates = match args.positional {
        [iterable] => iterator::collect(cx, *iterable)?,
        several => several.iter().map(|value| cx.new_ref(*value)).collect(),
    };
    let best = best_of(cx, &candidates, key, wanted);
    let best = best.map(|best| best.map(|best| cx.new_ref(best)));
    let empty = candidates.is_empty();
    cx.drop_all(candidates);
    match (best?, keyword(args, "default")) {
        (Some(best), _) => Ok(best),
        (None, Some(default)) if empty => Ok(cx.new_ref(default)),
        _ => Err(cx.value_error(format!("{name}() iterable argument is empty"))),
    }
}

/// The first candidate that no other beats, borrowed.
fn best_of(
    cx: &mut Context<'_>,
    candidates: &[Value],
    key: Option<Value>,
    wanted: Comparison,
) -> Outcome<Option<Value>> {
    let mut best: Option<(Value, Value)> = None;
    for candidate in candidates {
        let rank = match key {
            Some(key) => cx.call(key, Args::positional(&[*candidate]))?,
            None => cx.new_ref(*candidate),
        };
        let better = match best {
            None => true,
            Some((_, best)) => rich::rich(cx, wanted, rank, best)?,
        };
        let loser = if better {
            best.replace((*candidate, rank)).map(|(_, rank)| rank)
        } else {
            Some(rank)
        };
        cx.drop_all(loser);
    }
    cx.drop_all(best.map(|(_, rank)| rank));
    Ok(best.map(|(candidate, _)| candidate))
}

fn sum(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    allow(cx, "sum", args, &["start"])?;
    let start = either(args, 1, "start").unwrap_or(cx.int(0));
    if start.downcast::<Str>().is_some() {
        return Err(cx.type_error("sum() can't sum strings [use ''.join(seq) instead]"));
    }
    let mut total = cx.new_ref(start);
    let result = iterator::each(cx, args.positional[0], |cx, item| {
        let next = operators::binary(cx, BinaryOperator::Add as u32, total, item);
        cx.drop(item);
        cx.drop(std::mem::replace(&mut total, next?));
        Ok(())
    });
    match result {
        Ok(()) => Ok(total),
        Err(raised) => {
            cx.drop(total);
            Err(raised)
        }
    }
}

fn sorted(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let mut items = iterator::collect(cx, args.positional[0])?;
    let result = super::lists::sort_items(cx, &mut items, "sorted", args);
    match result {
        Ok(()) => Ok(list::new(cx.ts, &items)),
        Err(raised) => {
            cx.drop_all(items);
            Err(raised)
        }
    }
}

fn iter(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let Some(sentinel) = args.get(1) else {
        return iterator::iter(cx, args.positional[0]);
    };
    let (function, sentinel) = (cx.new_ref(args.positional[0]), cx.new_ref(sentinel));
    Ok(Iteration::alloc(
        cx,
        Source::Callable { function, sentinel },
        0,
    ))
}

fn next(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    match (iterator::next(cx, args.positional[0])?, args.get(1)) {
        (Next::Item(item), _) => Ok(item),
        (Next::End, Some(default)) => Ok(cx.new_ref(default)),
        (Next::End, None) => Err(cx.error_with(TypeId::StopIteration, &[])),
    }
}

fn id(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let value = args.positional[0];
    let number = match value.header() {
        Some(header) => identity(header.as_ptr()) as i64,
        // Small integers and singletons are no objects; each has a number that no address has.
        None => hash_of(cx, value)?.wrapping_mul(16) | 0b1000,
    };
    Ok(cx.int(number))
}

fn hash_of(cx: &mut Context<'_>, value: Value) -> Outcome<i64> {
    if let Some(Other::Bytes(bytes)) = Other::of(&value) {
        let text = bytes
            .iter()
            .map(|byte| char::from(*byte))
            .collect::<String>();
        let text = cx.str(&text);
        let hash = compare::hash(cx.ts, text);
        cx.drop(text);
        return cx.lift(hash);
    }
    let hash = compare::hash(cx.ts, value);
    cx.lift(hash)
}

fn hash(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let hash = hash_of(cx, args.positional[0])?;
    Ok(cx.int(hash))
}

/// The interned name of an attribute.
fn attribute_name(cx: &mut Context<'_>, value: Value) -> Outcome {
    match value.downcast::<Str>() {
        Some(text) => Ok(cx.intern(text.as_str())),
        None => {
            let message = format!("attribute name must be string, not '{}'", type_name(&value));
            Err(cx.type_error(message))
        }
    }
}

fn getattr(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let name = attribute_name(cx, args.positional[1])?;
    match (attributes::get(cx, args.positional[0], name), args.get(2)) {
        (Err(raised), Some(default)) if raised.is(TypeId::AttributeError) => {
            cx.drop(raised.0);
            Ok(cx.new_ref(default))
        }
        (result, _) => result,
    }
}

fn setattr(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let name = attribute_name(cx, args.positional[1])?;
    attributes::set(cx, args.positional[0], name, Some(args.positional[2]))?;
    Ok(Value::NONE)
}

fn delattr(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let name = attribute_name(cx, args.positional[1])?;
    attributes::set(cx, args.positional[0], name, None)?;
    Ok(Value::NONE)
}

fn hasattr(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let name = attribute_name(cx, args.positional[1])?;
    match attributes::get(cx, args.positional[0], name) {
        Ok(value) => {
            cx.drop(value);
            Ok(Value::TRUE)
        }
        Err(raised) if raised.is(TypeId::AttributeError) => {
            cx.drop(raised.0);
            Ok(Value::FALSE)
        }
        Err(raised) => Err(raised),
    }
}

fn isinstance(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let id = type_of(&args.positional[0]);
    derives(
        cx,
        id,
        args.positional[1],
        "isinstance() arg 2 must be a type, a tuple of types, or a union",
    )
    .map(Value::bool)
}

fn issubclass(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    match class(&args.positional[0]) {
        Some(class) => derives(
            cx,
            class.id,
            args.positional[1],
            "issubclass() arg 2 must be a class, a tuple of classes, or a union",
        )
        .map(Value::bool),
        None => Err(cx.type_error("issubclass() arg 1 must be a class")),
    }
}

fn derives(cx: &mut Context<'_>, id: TypeId, classes: Value, complaint: &str) -> Outcome<bool> {
    if let Some(tuple) = classes.downcast::<Tuple>() {
        for class in tuple.items() {
            if derives(cx, id, *class, complaint)? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    match class(&classes) {
        Some(class) => Ok(id.derives_from(class.id)),
        None => Err(cx.type_error(complaint)),
    }
}

fn callable(_cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let value = args.positional[0];
    let is_native = matches!(
        Other::of(&value),
        Some(Other::Native(_) | Other::Method { .. })
    );
    let is_callable =
        is_native || class(&value).is_some() || payload::of::<Function>(&value).is_some();
    Ok(Value::bool(is_callable))
}

fn chr(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let code = convert::index(cx, args.positional[0])?;
    match u32::try_from(code).ok().filter(|code| *code < 0x11_0000) {
        Some(code) => match char::from_u32(code) {
            Some(character) => Ok(cx.str(character.encode_utf8(&mut [0; 4]))),
            None => Err(cx.value_error("surrogates are not supported by raddle")),
        },
        None => Err(cx.value_error("chr() arg not in range(0x110000)")),
    }
}

fn ord(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let value = args.positional[0];
    if let Some(Other::Bytes(bytes)) = Other::of(&value)
        && let [byte] = bytes[..]
    {
        return Ok(cx.int(i64::from(byte)));
    }
    let Some(text) = value.downcast::<Str>() else {
        let message = format!(
            "ord() expected string of length 1, but {} found",
            type_name(&value)
        );
        return Err(cx.type_error(message));
    };
    let mut characters = text.as_str().chars();
    match (characters.next(), characters.next()) {
        (Some(character), None) => Ok(cx.int(i64::from(character as u32))),
        _ => {
            let message = format!(
                "ord() expected a character, but string of length {} found",
                text.len()
            );
            Err(cx.type_error(message))
        }
    }
}

fn in_radix(cx: &mut Context<'_>, value: Value, radix: u32, prefix: &str) -> Outcome {
    let number = convert::integer(cx, value)?;
    let sign = if number.sign() == num_bigint::Sign::Minus {
        "-"
    } else {
        ""
    };
    let digits = number.magnitude().to_str_radix(radix);
    Ok(cx.str(&format!("{sign}{prefix}{digits}")))
}

fn hex(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    in_radix(cx, args.positional[0], 16, "0x")
}

fn oct(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    in_radix(cx, args.positional[0], 8, "0o")
}

fn bin(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    in_radix(cx, args.positional[0], 2, "0b")
}

fn round(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    allow(cx, "round", args, &["ndigits"])?;
    let value = args.positional[0];
    let digits = either(args, 1, "ndigits").filter(|digits| !digits.is_none());
    match value.downcast::<Float>() {
        Some(number) => super::numbers::round_float(cx, number.get(), digits),
        None if int::to_big(&value).is_some() => super::numbers::round_integer(cx, value, digits),
        None => {
            let message = format!("type {} doesn't define __round__ method", type_name(&value));
            Err(cx.type_error(message))
        }
    }
}

fn divmod(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let (left, right) = (args.positional[0], args.positional[1]);
    if let (Some(left), Some(right)) = (int::to_big(&left), int::to_big(&right)) {
        let (quotient, rest) = operators::divide_modulo(cx, &left, &right)?;
        let pair = [int::from_big(cx.ts, quotient), int::from_big(cx.ts, rest)];
        return Ok(cx.tuple(&pair));
    }
    let (Some(first), Some(second)) = (convert::try_real(&left), convert::try_real(&right)) else {
        let (left, right) = (type_name(&left), type_name(&right));
        let message = format!("unsupported operand type(s) for divmod(): '{left}' and '{right}'");
        return Err(cx.type_error(message));
    };
    if second == 0.0 {
        return Err(cx.error(TypeId::ZeroDivisionError, "division by zero"));
    }
    let (quotient, rest) = operators::float_divide_modulo(first, second);
    let pair = [float::new(cx.ts, quotient), float::new(cx.ts, rest)];
    Ok(cx.tuple(&pair))
}

fn pow(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    allow(cx, "pow", args, &["mod"])?;
    let (base, exponent) = (args.positional[0], args.positional[1]);
    match either(args, 2, "mod").filter(|modulus| !modulus.is_none()) {
        None => operators::binary(cx, BinaryOperator::Power as u32, base, exponent),
        Some(modulus) => modular_power(cx, base, exponent, modulus),
    }
}

fn modular_power(cx: &mut Context<'_>, base: Value, exponent: Value, modulus: Value) -> Outcome {
    let number = |value: &Value| int::to_big(value).map(std::borrow::Cow::into_owned);
    let (Some(base), Some(exponent), Some(modulus)) =
        (number(&base), number(&exponent), number(&modulus))
    else {
        return Err(
            cx.type_error("pow() 3rd argument not allowed unless all arguments are integers")
        );
    };
    if modulus == BigInt::ZERO {
        return Err(cx.value_error("pow() 3rd argument cannot be 0"));
    }
    let (base, exponent) = match exponent.sign() == num_bigint::Sign::Minus {
        false => (base, exponent),
        true => match base.modinv(&modulus) {
            Some(inverse) => (inverse, -exponent),
            None => return Err(cx.value_error("base is not invertible for the given modulus")),
        },
    };
    Ok(int::from_big(cx.ts, base.modpow(&exponent, &modulus)))
}

/// Whether an item has the wanted truth.
fn has_truth(cx: &mut Context<'_>, iterable: Value, wanted: bool) -> Outcome<bool> {
    let iterator = iterator::iter(cx, iterable)?;
    let result = loop {
        match iterator::next(cx, iterator) {
            Ok(Next::Item(item)) => {
                let truth = convert::is_true(cx, item);
                cx.drop(item);
                match truth {
                    Ok(truth) if truth != wanted => {}
                    other => break other.map(|_| true),
                }
            }
            Ok(Next::End) => break Ok(false),
            Err(raised) => break Err(raised),
        }
    };
    cx.drop(iterator);
    result
}

fn any(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    has_truth(cx, args.positional[0], true).map(Value::bool)
}

fn all(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    has_truth(cx, args.positional[0], false).map(|found| Value::bool(!found))
}

fn format_builtin(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    match args.get(1) {
        Some(specification) => format::format_value(cx, args.positional[0], specification),
        None => format::format(cx, args.positional[0], ""),
    }
}

fn input(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    if let Some(prompt) = args.get(0) {
        let prompt = text::str(cx, prompt)?;
        cx.shared.write(false, &prompt);
    }
    cx.shared.flush();
    let mut line = String::new();
    let read = cx.blocking(|| std::io::stdin().read_line(&mut line));
    match read {
        Ok(0) => Err(cx.error(TypeId::EOFError, "EOF when reading a line")),
        Ok(_) => Ok(cx.str(line.trim_end_matches(['\n', '\r']))),
        Err(error) => Err(cx.error(TypeId::OSError, error.to_string())),
    }
}

fn globals(cx: &mut Context<'_>, _args: Args<'_>) -> Outcome {
    let globals = cx.globals();
    Ok(cx.new_ref(globals))
}
