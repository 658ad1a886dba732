//! `str.format`

use std::iter::Peekable;
use std::str::Chars;

use crate::compile::Conversion;
use crate::eval::attributes;
use crate::eval::call::keyword_text;
use crate::eval::context::Context;
use crate::eval::subscript;
use crate::eval::types::TypeId;
use crate::eval::{Args, Outcome, format as values, text};
use crate::objects::str::Str;
use crate::objects::value::Value;

/// A template being filled in.
struct Template<'a> {
    args: Args<'a>,
    /// The next field without a number; nothing once fields have numbers.
    automatic: Option<usize>,
}

/// `text.format(..)`
pub(super) fn format(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let source = args.positional[0].downcast::<Str>().map_or("", Str::as_str);
    let args = Args {
        positional: &args.positional[1..],
        ..args
    };
    let mut template = Template {
        args,
        automatic: Some(0),
    };
    let filled = template.fill(cx, source)?;
    Ok(cx.str(&filled))
}

impl Template<'_> {
    fn fill(&mut self, cx: &mut Context<'_>, source: &str) -> Outcome<String> {
        let mut out = String::new();
        let mut characters = source.chars().peekable();
        while let Some(c) = characters.next() {
            match c {
                '{' | '}' if characters.next_if_eq(&c).is_some() => out.push(c),
                '{' => out += &self.field(cx, &mut characters)?,
                '}' => return Err(cx.value_error("Single '}' encountered in format string")),
                c => out.push(c),
            }
        }
        Ok(out)
    }

    /// One field; its opening brace was read.
    fn field(
        &mut self,
        cx: &mut Context<'_>,
        characters: &mut Peekable<Chars<'_>>,
    ) -> Outcome<String> {
        let field = match inside(characters) {
            Some(field) => field,
            None => return Err(cx.value_error("expected '}' before end of string")),
        };
        let (head, specification) = field.split_once(':').unwrap_or((&field, ""));
        let (name, conversion) = head.split_once('!').unwrap_or((head, ""));
        let value = self.value(cx, name)?;
        let specification = self.fill(cx, specification)?;
        let result = formatted(cx, value, conversion, &specification);
        cx.drop(value);
        result
    }

    /// What a field's name means, a new reference.
    fn value(&mut self, cx: &mut Context<'_>, name: &str) -> Outcome {
        let end = name.find(['.', '[']).unwrap_or(name.len());
        let mut value = self.argument(cx, &name[..end])?;
        let mut rest = &name[end..];
        while !rest.is_empty() {
            let (next, remaining) = step(cx, value, rest)?;
            cx.drop(value);
            (value, rest) = (next, remaining);
        }
        Ok(value)
    }

    fn argument(&mut self, cx: &mut Context<'_>, name: &str) -> Outcome {
        let index = match (name.is_empty(), name.parse::<usize>()) {
            (true, _) => match &mut self.automatic {
                Some(next) => {
                    *next += 1;
                    *next - 1
                }
                None => {
                    let message = "cannot switch from manual field specification to automatic field numbering";
                    return Err(cx.value_error(message));
                }
            },
            (false, Ok(index)) => {
                self.automatic = None;
                index
            }
            (false, Err(_)) => return self.named(cx, name),
        };
        match self.args.get(index) {
            Some(value) => Ok(cx.new_ref(value)),
            None => {
                let message =
                    format!("Replacement index {index} out of range for positional args tuple");
                Err(cx.error(TypeId::IndexError, message))
            }
        }
    }

    fn named(&self, cx: &mut Context<'_>, name: &str) -> Outcome {
        let position = self
            .args
            .names
            .iter()
            .position(|known| keyword_text(known) == name);
        match position {
            Some(position) => Ok(cx.new_ref(self.args.keywords[position])),
            None => {
                let key = cx.str(name);
                Err(cx.error_with(TypeId::KeyError, &[key]))
            }
        }
    }
}

/// The text up to the brace that closes a field.
fn inside(characters: &mut Peekable<Chars<'_>>) -> Option<String> {
    let mut field = String::new();
    let mut depth = 0;
    for c in characters {
        match c {
            '}' if depth == 0 => return Some(field),
            '}' => depth -= 1,
            '{' => depth += 1,
            _ => {}
        }
        field.push(c);
    }
    None
}

/// One `.name` or `[key]`; gives the value, a new reference, and the rest.
fn step<'a>(cx: &mut Context<'_>, value: Value, path: &'a str) -> Outcome<(Value, &'a str)> {
    if let Some(rest) = path.strip_prefix('.') {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let name = cx.intern(&rest[..end]);
        let next = attributes::get(cx, value, name)?;
        return Ok((next, &rest[end..]));
    }
    let Some((key, rest)) = path[1..].split_once(']') else {
        return Err(cx.value_error("Missing ']' in format string"));
    };
    let key = match key.parse::<i64>() {
        Ok(index) => cx.int(index),
        Err(_) => cx.str(key),
    };
    let next = subscript::get(cx, value, key);
    cx.drop(key);
    Ok((next?, rest))
}

fn formatted(
    cx: &mut Context<'_>,
    value: Value,
    conversion: &str,
    specification: &str,
) -> Outcome<String> {
    let conversion = match conversion {
        "" => None,
        "s" => Some(Conversion::Str),
        "r" => Some(Conversion::Repr),
        "a" => Some(Conversion::Ascii),
        other => {
            let message = format!("Unknown conversion specifier {other}");
            return Err(cx.value_error(message));
        }
    };
    let converted = match conversion {
        Some(conversion) => text::convert(cx, conversion, value)?,
        None => cx.new_ref(value),
    };
    let result = values::format(cx, converted, specification);
    cx.drop(converted);
    let result = result?;
    let text = result.downcast::<Str>().map_or("", Str::as_str).to_owned();
    cx.drop(result);
    Ok(text)
}
