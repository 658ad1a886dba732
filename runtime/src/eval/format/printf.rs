//! `text % values`

use std::iter::Peekable;
use std::str::Chars;

use super::number;
use super::specification::{Align, Specification};
use crate::eval::Outcome;
use crate::eval::context::Context;
use crate::eval::text;
use crate::eval::types::{TypeId, type_name, type_of};
use crate::objects::dict::{self, Dict};
use crate::objects::float::Float;
use crate::objects::int;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;

/// The values of a `%` formatting, used up one after the other.
struct Values<'a> {
    whole: Value,
    items: &'a [Value],
    used: usize,
}

impl Values<'_> {
    /// The next value, a new reference.
    fn next(&mut self, cx: &mut Context<'_>) -> Outcome {
        match self.items.get(self.used) {
            Some(value) => {
                self.used += 1;
                Ok(cx.new_ref(*value))
            }
            None => Err(cx.type_error("not enough arguments for format string")),
        }
    }

    /// The value of a key, a new reference.
    fn named(&mut self, cx: &mut Context<'_>, name: &str) -> Outcome {
        let Some(map) = self.whole.downcast::<Dict>() else {
            return Err(cx.type_error("format requires a mapping"));
        };
        self.used = self.items.len();
        let key = cx.str(name);
        let found = dict::get(cx.ts, map, key);
        let result = match cx.lift(found) {
            Ok(Some(value)) => Ok(value),
            Ok(None) => Err(crate::eval::subscript::key_error(cx, key)),
            Err(raised) => Err(raised),
        };
        cx.drop(key);
        result
    }
}

/// `text % values`. Borrows the values.
pub(crate) fn printf(cx: &mut Context<'_>, text: &str, values: Value) -> Outcome {
    let single = [values];
    let items = values.downcast::<Tuple>().map_or(&single[..], Tuple::items);
    let mut values = Values {
        whole: values,
        items,
        used: 0,
    };
    let mut out = String::new();
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '%' => out += &conversion(cx, &mut characters, &mut values)?,
            c => out.push(c),
        }
    }
    if values.used < items.len() && values.whole.downcast::<Dict>().is_none() {
        return Err(cx.type_error("not all arguments converted during string formatting"));
    }
    Ok(cx.str(&out))
}

fn conversion(
    cx: &mut Context<'_>,
    characters: &mut Peekable<Chars<'_>>,
    values: &mut Values<'_>,
) -> Outcome<String> {
    let name: Option<String> = characters
        .next_if_eq(&'(')
        .map(|_| characters.by_ref().take_while(|c| *c != ')').collect());
    let mut flags = String::new();
    while let Some(flag) = characters.next_if(|c| "#0- +".contains(*c)) {
        flags.push(flag);
    }
    let width = amount(cx, characters, values)?;
    let precision = match characters.next_if_eq(&'.') {
        Some(_) => Some(amount(cx, characters, values)?.unwrap_or(0)),
        None => None,
    };
    let Some(kind) = characters.find(|c| !"hlL".contains(*c)) else {
        return Err(cx.value_error("incomplete format"));
    };
    if kind == '%' {
        return Ok("%".into());
    }
    let value = match &name {
        Some(name) => values.named(cx, name)?,
        None => values.next(cx)?,
    };
    let result = formatted(cx, value, kind, specification(&flags, width, precision));
    cx.drop(value);
    result
}

/// A number, or `*` for the next value.
fn amount(
    cx: &mut Context<'_>,
    characters: &mut Peekable<Chars<'_>>,
    values: &mut Values<'_>,
) -> Outcome<Option<usize>> {
    if characters.next_if_eq(&'*').is_some() {
        let value = values.next(cx)?;
        return match int::to_i64(&value) {
            Some(amount) => Ok(Some(amount.max(0) as usize)),
            None => Err(cx.type_error("* wants int")),
        };
    }
    let mut digits = String::new();
    while let Some(digit) = characters.next_if(char::is_ascii_digit) {
        digits.push(digit);
    }
    Ok(digits.parse::<u16>().ok().map(usize::from))
}

fn specification(flags: &str, width: Option<usize>, precision: Option<usize>) -> Specification {
    let left = flags.contains('-');
    let zero = flags.contains('0') && !left;
    Specification {
        fill: if zero { '0' } else { ' ' },
        align: Some(if left {
            Align::Left
        } else if zero {
            Align::AfterSign
        } else {
            Align::Right
        }),
        sign: "+ ".chars().find(|sign| flags.contains(*sign)),
        no_negative_zero: false,
        alternate: flags.contains('#'),
        zero,
        width: width.unwrap_or(0),
        grouping: None,
        precision,
        kind: None,
    }
}

fn formatted(
    cx: &mut Context<'_>,
    value: Value,
    kind: char,
    specification: Specification,
) -> Outcome<String> {
    let mut specification = specification;
    match kind {
        's' | 'r' | 'a' => {
            let full = match kind {
                's' => text::str(cx, value)?,
                'r' => text::repr(cx, value)?,
                _ => text::ascii(cx, value)?,
            };
            if specification.zero {
                specification.fill = ' ';
                specification.align = Some(Align::Right);
            }
            Ok(specification.pad(&cut(&full, specification.precision), Align::Right))
        }
        'c' => {
            let character = character(cx, value)?;
            Ok(specification.pad(&character, Align::Right))
        }
        'd' | 'i' | 'u' | 'x' | 'X' | 'o' => whole(cx, value, kind, specification),
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' => {
            specification.kind = Some(kind);
            number::float(cx, value, &specification)
        }
        other => Err(cx.value_error(format!(
            "unsupported format character '{other}' ({:#x})",
            other as u32
        ))),
    }
}

fn cut(text: &str, precision: Option<usize>) -> String {
    text.chars().take(precision.unwrap_or(usize::MAX)).collect()
}

fn character(cx: &mut Context<'_>, value: Value) -> Outcome<String> {
    if let Some(text) = value.downcast::<Str>().filter(|text| text.len() == 1) {
        return Ok(text.as_str().to_owned());
    }
    match int::to_i64(&value)
        .and_then(|code| u32::try_from(code).ok())
        .and_then(char::from_u32)
    {
        Some(character) => Ok(character.into()),
        None => Err(cx.type_error("%c requires an int or a unicode character")),
    }
}

fn whole(
    cx: &mut Context<'_>,
    value: Value,
    kind: char,
    specification: Specification,
) -> Outcome<String> {
    let mut specification = specification;
    specification.kind = Some(if "iu".contains(kind) { 'd' } else { kind });
    specification.precision = None;
    if let Some(float) = value.downcast::<Float>().filter(|_| "diu".contains(kind)) {
        let cut = num_bigint::BigInt::from(float.get() as i64);
        let cut = int::from_big(cx.ts, cut);
        return number::integer(cx, cut, &specification);
    }
    if !matches!(type_of(&value), TypeId::Int | TypeId::Bool) {
        let wanted = if "diu".contains(kind) {
            "a real number is required"
        } else {
            "an integer is required"
        };
        let message = format!("%{kind} format: {wanted}, not {}", type_name(&value));
        return Err(cx.type_error(message));
    }
    number::integer(cx, value, &specification)
}
