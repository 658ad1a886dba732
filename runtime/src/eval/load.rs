//! Makes the compiler's code runnable: its constants and names become objects.

use std::cell::OnceCell;
use std::ptr::NonNull;

use crate::compile::{Code, Constant};
use crate::eval::code::{CodeObject, CodeRef};
use crate::eval::cx::Cx;
use crate::objects::interned::immortal;
use crate::objects::value::Value;
use crate::objects::{float, int, str, tuple};
use crate::syntax::Source;

/// Makes code runnable; the interpreter keeps it.
pub(crate) fn code(cx: &Cx, made: Code, source: NonNull<Source>) -> CodeRef {
    let parts = &made;
    let nested = parts
        .nested
        .iter()
        .cloned()
        .map(|inner| code(cx, inner, source))
        .collect();
    let constants = parts
        .constants
        .iter()
        .map(|constant| self::constant(cx, constant))
        .collect();
    let names = parts
        .names
        .iter()
        .map(|name| cx.intern(name).value())
        .collect();
    let count = parts.parameters.slots() as usize;
    let parameters = parts.slots[..count]
        .iter()
        .map(|slot| cx.intern(&slot.name).value())
        .collect();
    let doc = parts
        .doc
        .as_deref()
        .map_or(Value::NONE, |doc| cx.intern(doc).value());
    let object = CodeObject {
        source,
        constants,
        names,
        nested,
        name: cx.intern(&parts.name).value(),
        qualified_name: cx.intern(&parts.qualified_name).value(),
        doc,
        parameters,
        frame_size: parts.slots.len() + parts.max_depth as usize,
        simple_arguments: parts
            .parameters
            .is_simple()
            .then_some(parts.parameters.positional),
        code: made,
        object: OnceCell::new(),
    };
    keep(cx, object)
}

/// Code with the object that stands for it; the interpreter keeps both.
fn keep(cx: &Cx, object: CodeObject) -> CodeRef {
    let code = CodeRef::new(object);
    let object = crate::types::code::new(cx, code).into_value();
    // Nobody else knows the code yet, and there was no object.
    let _ = code.object.set(immortal(cx.ts, object));
    cx.shared.keep_code(cx.ts, code);
    code
}

/// A copy of code after a change; the interpreter keeps it.
pub(crate) fn copy(cx: &Cx, code: CodeRef, change: impl FnOnce(&mut CodeObject)) -> CodeRef {
    let mut object = (*code).clone();
    change(&mut object);
    object.object = OnceCell::new();
    keep(cx, object)
}

/// A constant as an immortal object.
fn constant(cx: &Cx, constant: &Constant) -> Value {
    let ts = cx.ts;
    let value = match constant {
        Constant::None => Value::NONE,
        Constant::Bool(value) => Value::bool(*value),
        Constant::Ellipsis => Value::ELLIPSIS,
        Constant::Int(value) => int::from_i64(ts, *value),
        Constant::BigInt(value) => int::from_big(ts, value.clone()),
        Constant::Float(value) => float::new(ts, *value),
        Constant::Str(value) if is_identifier(value) => return cx.intern(value).value(),
        Constant::Str(value) => str::new(ts, value),
        Constant::Wtf8(value) => str::from_wtf8(ts, value),
        Constant::Bytes(value) => crate::types::bytes::new(cx, value).into_value(),
        Constant::Complex(real, imaginary) => {
            crate::types::complex::new(cx, *real, *imaginary).into_value()
        }
        Constant::FrozenSet(items) => {
            let items = items.iter().map(|item| self::constant(cx, item));
            crate::types::set::constant(cx, &items.collect::<Vec<_>>()).into_value()
        }
        Constant::Tuple(items) => {
            let items: Vec<Value> = items.iter().map(|item| self::constant(cx, item)).collect();
            tuple::new(ts, &items)
        }
    };
    immortal(ts, value)
}

/// Strings that may be compared with names, or that there is one of for each character, are interned.
fn is_identifier(text: &str) -> bool {
    let is_letter = text.len() <= 2 && text.chars().all(|c| u32::from(c) < 0x100);
    is_letter || text.chars().all(|c| c.is_alphanumeric() || c == '_')
}
