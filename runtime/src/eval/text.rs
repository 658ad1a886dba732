//! `str`, `repr` and `ascii` of every value.

mod literal;

use std::fmt::Write;

use crate::compile::Conversion;
use crate::eval::context::Context;
use crate::eval::exception;
use crate::eval::other::{Function, Other, Part, Type, class};
use crate::eval::types::{TypeId, type_of};
use crate::eval::{Outcome, payload};
use crate::objects::dict::{self, Dict};
use crate::objects::float::Float;
use crate::objects::int;
use crate::objects::list::{self, List};
use crate::objects::range::Range;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::objects::value::{Unpacked, Value};
use crate::sync::identity;

pub(crate) use literal::{of_bytes, of_float, quote};

/// CPython's limit on the decimal digits of an integer in text.
const MAX_DIGITS: usize = 4300;

/// `str(value)`, `repr(value)` or `ascii(value)`. Borrows the value.
pub(crate) fn convert(cx: &mut Context<'_>, conversion: Conversion, value: Value) -> Outcome {
    if conversion == Conversion::Str && value.downcast::<Str>().is_some() {
        return Ok(cx.new_ref(value));
    }
    let text = match conversion {
        Conversion::Str => str(cx, value)?,
        Conversion::Repr => repr(cx, value)?,
        Conversion::Ascii => ascii(cx, value)?,
    };
    Ok(cx.str(&text))
}

/// `str(value)`
pub(crate) fn str(cx: &mut Context<'_>, value: Value) -> Outcome<String> {
    if let Some(text) = value.downcast::<Str>() {
        return Ok(text.as_str().to_owned());
    }
    match Other::of(&value) {
        Some(Other::Exception(_)) => str_of_exception(cx, value),
        _ => repr(cx, value),
    }
}

/// `ascii(value)`
pub(crate) fn ascii(cx: &mut Context<'_>, value: Value) -> Outcome<String> {
    let mut out = String::new();
    for c in repr(cx, value)?.chars() {
        match c as u32 {
            0..0x80 => out.push(c),
            code @ 0x80..0x100 => out += &format!("\\x{code:02x}"),
            code @ 0x100..0x1_0000 => out += &format!("\\u{code:04x}"),
            code => out += &format!("\\U{code:08x}"),
        }
    }
    Ok(out)
}

/// `repr(value)`
pub(crate) fn repr(cx: &mut Context<'_>, value: Value) -> Outcome<String> {
    let mut writer = Writer {
        out: String::new(),
        open: Vec::new(),
    };
    writer.value(cx, value)?;
    Ok(writer.out)
}

/// The decimal text of an integer.
pub(crate) fn of_integer(cx: &mut Context<'_>, value: Value) -> Outcome<String> {
    if let Some(small) = int::to_i64(&value) {
        return Ok(small.to_string());
    }
    let text = int::to_big(&value)
        .map(|big| big.to_string())
        .unwrap_or_default();
    if text.trim_start_matches('-').len() > MAX_DIGITS {
        let message = format!(
            "Exceeds the limit ({MAX_DIGITS} digits) for integer string conversion; \
             use sys.set_int_max_str_digits() to increase the limit"
        );
        return Err(cx.value_error(message));
    }
    Ok(text)
}

/// A representation being written; `open` holds the containers around, so that cycles end.
struct Writer {
    out: String,
    open: Vec<Value>,
}

impl Writer {
    fn value(&mut self, cx: &mut Context<'_>, value: Value) -> Outcome<()> {
        match value.unpack() {
            Unpacked::Int(number) => self.out += &number.to_string(),
            Unpacked::None => self.out += "None",
            Unpacked::Bool(truth) => self.out += if truth { "True" } else { "False" },
            Unpacked::NotImplemented => self.out += "NotImplemented",
            Unpacked::Ellipsis => self.out += "Ellipsis",
            Unpacked::Object(_) => return self.object(cx, value),
        }
        Ok(())
    }

    fn object(&mut self, cx: &mut Context<'_>, value: Value) -> Outcome<()> {
        if let Some(text) = value.downcast::<Str>() {
            self.out += &quote(text.as_str());
        } else if let Some(float) = value.downcast::<Float>() {
            self.out += &of_float(float.get());
        } else if type_of(&value) == TypeId::Int {
            self.out += &of_integer(cx, value)?;
        } else if let Some(range) = value.downcast::<Range>() {
            return self.range(cx, range);
        } else if is_container(&value) {
            return self.container(cx, value);
        } else {
            return self.other(cx, value);
        }
        Ok(())
    }

    fn range(&mut self, cx: &mut Context<'_>, range: &Range) -> Outcome<()> {
        self.out += "range(";
        self.value(cx, range.start())?;
        self.out += ", ";
        self.value(cx, range.stop())?;
        if range.step().as_small() != Some(1) {
            self.out += ", ";
            self.value(cx, range.step())?;
        }
        self.out.push(')');
        Ok(())
    }

    fn container(&mut self, cx: &mut Context<'_>, value: Value) -> Outcome<()> {
        if self.open.contains(&value) {
            self.out += match type_of(&value) {
                TypeId::List => "[...]",
                TypeId::Dict => "{...}",
                TypeId::Tuple => "(...)",
                _ => "...",
            };
            return Ok(());
        }
        self.open.push(value);
        let result = cx.nested(|cx| self.contents(cx, value));
        self.open.pop();
        result
    }

    fn contents(&mut self, cx: &mut Context<'_>, value: Value) -> Outcome<()> {
        if let Some(tuple) = value.downcast::<Tuple>() {
            let end = if tuple.items().len() == 1 { ",)" } else { ")" };
            return self.items(cx, "(", tuple.items(), end);
        }
        if let Some(list) = value.downcast::<List>() {
            let items = list::snapshot(cx.ts, list);
            let result = self.items(cx, "[", &items, "]");
            cx.drop_all(items);
            return result;
        }
        match Other::of(&value) {
            Some(Other::View { dict, part }) => self.view(cx, *dict, *part),
            _ => self.entries(cx, value),
        }
    }

    fn items(
        &mut self,
        cx: &mut Context<'_>,
        start: &str,
        items: &[Value],
        end: &str,
    ) -> Outcome<()> {
        self.out += start;
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.out += ", ";
            }
            self.value(cx, *item)?;
        }
        self.out += end;
        Ok(())
    }

    fn entries(&mut self, cx: &mut Context<'_>, value: Value) -> Outcome<()> {
        let entries = value
            .downcast::<Dict>()
            .map(|map| dict::entries(cx.ts, map))
            .unwrap_or_default();
        self.out.push('{');
        let mut result = Ok(());
        for (index, (key, value)) in entries.into_iter().enumerate() {
            if result.is_ok() {
                self.out += if index > 0 { ", " } else { "" };
                result = self.entry(cx, key, value);
            }
            cx.drop_all([key, value]);
        }
        self.out.push('}');
        result
    }

    fn entry(&mut self, cx: &mut Context<'_>, key: Value, value: Value) -> Outcome<()> {
        self.value(cx, key)?;
        self.out += ": ";
        self.value(cx, value)
    }

    fn view(&mut self, cx: &mut Context<'_>, map: Value, part: Part) -> Outcome<()> {
        let entries = map
            .downcast::<Dict>()
            .map(|map| dict::entries(cx.ts, map))
            .unwrap_or_default();
        let shown: Vec<Value> = entries
            .into_iter()
            .map(|(key, value)| super::iterator::part_of(cx, part, key, value))
            .collect();
        let start = match part {
            Part::Keys => "dict_keys([",
            Part::Values => "dict_values([",
            Part::Items => "dict_items([",
        };
        let result = self.items(cx, start, &shown, "])");
        cx.drop_all(shown);
        result
    }

    fn other(&mut self, cx: &mut Context<'_>, value: Value) -> Outcome<()> {
        if let Some(class) = class(&value) {
            self.out += &of_class(class);
            return Ok(());
        }
        if let Some(function) = payload::of::<Function>(&value) {
            let name = &function.code.code.qualified_name;
            let _ = write!(self.out, "<function {name} at {}>", address(&value));
            return Ok(());
        }
        match Other::of(&value) {
            Some(Other::Exception(_)) => self.exception(cx, value),
            Some(Other::Slice { start, stop, step }) => {
                self.items(cx, "slice(", &[*start, *stop, *step], ")")
            }
            Some(Other::Thread(thread)) => {
                self.out += &thread.describe(cx);
                Ok(())
            }
            _ => {
                self.out += &plain(cx, &value);
                Ok(())
            }
        }
    }

    fn exception(&mut self, cx: &mut Context<'_>, value: Value) -> Outcome<()> {
        let Some(args) = exception::args(cx.ts, &value) else {
            return Ok(());
        };
        self.out += type_of(&value).name();
        let items = args.downcast::<Tuple>().map_or(&[][..], Tuple::items);
        let result = self.items(cx, "(", items, ")");
        cx.drop(args);
        result
    }
}

fn is_container(value: &Value) -> bool {
    let is_view = matches!(Other::of(value), Some(Other::View { .. }));
    is_view || matches!(type_of(value), TypeId::List | TypeId::Tuple | TypeId::Dict)
}

fn of_class(class: &Type) -> String {
    match class.id.module() {
        "builtins" => format!("<class '{}'>", class.name),
        module => format!("<class '{module}.{}'>", class.name),
    }
}

/// Objects that show no more than what they are.
fn plain(cx: &Context<'_>, value: &Value) -> String {
    let at = address(value);
    match Other::of(value) {
        Some(Other::Native(native)) => match native.owner {
            Some(owner) => format!("<method '{}' of '{}' objects>", native.name, owner.name()),
            None => format!("<built-in function {}>", native.name),
        },
        Some(Other::Method { function, receiver }) => {
            let name = super::call::display_name(function);
            let last = name.rsplit('.').next().unwrap_or_default();
            format!(
                "<built-in method {last} of {} object at {}>",
                type_of(receiver).name(),
                address(receiver)
            )
        }
        Some(Other::Module { name, .. }) => {
            format!(
                "<module '{}' (built-in)>",
                name.downcast::<Str>().map_or("", Str::as_str)
            )
        }
        Some(Other::Bytes(bytes)) => of_bytes(bytes),
        Some(Other::Lock(lock)) => {
            let state = if lock.is_locked(cx) {
                "locked"
            } else {
                "unlocked"
            };
            format!("<{state} _thread.lock object at {at}>")
        }
        Some(Other::Stream { error }) => {
            let name = if *error { "stderr" } else { "stdout" };
            format!("<_io.TextIOWrapper name='<{name}>' mode='w' encoding='utf-8'>")
        }
        _ => format!("<{} object at {at}>", type_of(value).name()),
    }
}

/// The address as Python shows it.
pub(crate) fn address(value: &Value) -> String {
    let number = value.header().map_or(0, |header| identity(header.as_ptr()));
    format!("{number:#x}")
}

/// `str` of an exception: nothing, its one argument, or the tuple of them.
fn str_of_exception(cx: &mut Context<'_>, value: Value) -> Outcome<String> {
    let Some(args) = exception::args(cx.ts, &value) else {
        return Ok(String::new());
    };
    let result = match args.downcast::<Tuple>().map_or(&[][..], Tuple::items) {
        [] => Ok(String::new()),
        [one] if type_of(&value) == TypeId::KeyError => repr(cx, *one),
        [one] => str(cx, *one),
        [number, text] if type_of(&value).derives_from(TypeId::OSError) => {
            let (number, text) = (str(cx, *number)?, str(cx, *text)?);
            Ok(format!("[Errno {number}] {text}"))
        }
        _ => repr(cx, args),
    };
    cx.drop(args);
    result
}
