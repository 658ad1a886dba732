//! Makes the compiler's code runnable: its constants and names become objects.

use std::cell::OnceCell;
use std::ptr::NonNull;

use crate::compile::{Code, Constant};
use crate::eval::code::{CodeObject, CodeRef, Text};
use crate::eval::cx::Cx;
use crate::objects::interned::immortal;
use crate::objects::value::Value;
use crate::objects::{float, int, str, tuple};
use crate::refs::Owned;
use crate::syntax::Source;
use crate::types::code as objects;

/// How long code lives, and its constants with it.
#[derive(Clone, Copy)]
enum Life {
    /// As long as the interpreter.
    Interpreter,
    /// As long as somebody has a reference to its object.
    Counted,
}

impl Life {
    /// A constant, which is immortal if the code stays.
    fn settle(self, cx: &Cx, constant: Value) -> Owned {
        let constant = match self {
            Self::Interpreter => immortal(cx.ts, constant),
            Self::Counted => constant,
        };
        // SAFETY: the caller made the constant.
        unsafe { Owned::from_value(constant) }
    }
}

/// Makes code runnable; the interpreter keeps it.
pub(crate) fn code(cx: &Cx, made: Code, source: NonNull<Source>) -> CodeRef {
    let text = Text {
        source,
        object: None,
    };
    objects::of(&load(cx, made, text, Life::Interpreter))
}

/// Makes code runnable that goes with the object that the caller gets.
pub(crate) fn counted(cx: &Cx, made: Code, source: Source) -> Owned {
    let text = objects::text(cx, source);
    load(cx, made, objects::text_of(&text), Life::Counted)
}

/// The object of some code and of the code in it.
fn load(cx: &Cx, made: Code, source: Text, life: Life) -> Owned {
    let parts = &made;
    let nested: Vec<Owned> = parts
        .nested
        .iter()
        .map(|inner| load(cx, inner.clone(), source, life))
        .collect();
    let constants: Vec<Owned> = parts
        .constants
        .iter()
        .map(|constant| self::constant(cx, constant, life))
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
        .map_or(Owned::NONE, |doc| life.settle(cx, cx.str(doc).into_value()));
    let object = CodeObject {
        source,
        constants: constants.iter().map(bare).collect(),
        names,
        nested: nested.iter().map(objects::of).collect(),
        name: cx.intern(&parts.name).value(),
        qualified_name: cx.intern(&parts.qualified_name).value(),
        doc: bare(&doc),
        parameters,
        frame_size: parts.slots.len() + parts.max_depth as usize,
        simple_arguments: parts
            .parameters
            .is_simple()
            .then_some(parts.parameters.positional),
        code: made,
        object: OnceCell::new(),
    };
    match life {
        Life::Interpreter => keep(cx, object),
        Life::Counted => {
            let values = constants.into_iter().chain(nested).chain([doc]);
            count_for(cx, object, values.collect())
        }
    }
}

fn bare(owned: &Owned) -> Value {
    owned.borrow().value()
}

/// Code with the object that stands for it; the interpreter keeps both.
fn keep(cx: &Cx, object: CodeObject) -> Owned {
    let code = CodeRef::new(object);
    let object = objects::new(cx, code, None).into_value();
    let object = Life::Interpreter.settle(cx, object);
    // Nobody else knows the code yet, and there was no object.
    let _ = code.object.set(bare(&object));
    cx.shared.keep_code(cx.ts, code);
    object
}

/// Code that goes with the object that stands for it, and so do the values.
fn count_for(cx: &Cx, object: CodeObject, mut values: Vec<Owned>) -> Owned {
    // SAFETY: whoever gave the source has a reference to its object, or the interpreter keeps it.
    let source = object
        .source
        .object
        .map(|source| unsafe { crate::refs::Ref::from_value(source) }.own());
    values.extend(source);
    let code = CodeRef::new(object);
    let object = objects::new(cx, code, Some(values));
    // As above.
    let _ = code.object.set(bare(&object));
    object
}

/// A copy of code after a change, as counted as what the program compiles; the change may bring values that the copy
/// needs.
pub(crate) fn copy(
    cx: &Cx,
    code: CodeRef,
    change: impl FnOnce(&mut CodeObject) -> Vec<Owned>,
) -> Owned {
    let mut object = (*code).clone();
    let brought = change(&mut object);
    object.object = OnceCell::new();
    let constants = (0..object.constants.len()).map(|index| object.constant(index).own());
    let nested = object.nested.iter().map(|inner| objects::object(*inner));
    let values: Vec<Owned> = constants.chain(nested).chain([code.doc().own()]).collect();
    let made = count_for(cx, object, values);
    drop(brought);
    made
}

/// A constant as an object.
fn constant(cx: &Cx, constant: &Constant, life: Life) -> Owned {
    let ts = cx.ts;
    let value = match constant {
        Constant::None => Value::NONE,
        Constant::Bool(value) => Value::bool(*value),
        Constant::Ellipsis => Value::ELLIPSIS,
        Constant::Int(value) => int::from_i64(ts, *value),
        Constant::BigInt(value) => int::from_big(ts, value.clone()),
        Constant::Float(value) => float::new(ts, *value),
        Constant::Str(value) if is_identifier(value) => return cx.intern(value).own(),
        Constant::Str(value) => str::new(ts, value),
        Constant::Wtf8(value) => str::from_wtf8(ts, value),
        Constant::Bytes(value) => crate::types::bytes::new(cx, value).into_value(),
        Constant::Complex(real, imaginary) => {
            crate::types::complex::new(cx, *real, *imaginary).into_value()
        }
        Constant::FrozenSet(items) => {
            let items = items.iter().map(|item| self::constant(cx, item, life));
            crate::types::set::constant(cx, items).into_value()
        }
        Constant::Slice(parts) => {
            let [start, stop, step] = parts.each_ref().map(|part| self::constant(cx, part, life));
            crate::types::slice::new(cx, start, stop, step).into_value()
        }
        Constant::Tuple(items) => {
            let items = items.iter().map(|item| self::constant(cx, item, life));
            let items: Vec<Value> = items.map(Owned::into_value).collect();
            tuple::new(ts, &items)
        }
    };
    life.settle(cx, value)
}

/// Strings that may be compared with names, or that there is one of for each character, are interned.
fn is_identifier(text: &str) -> bool {
    let is_letter = text.len() <= 2 && text.chars().all(|c| u32::from(c) < 0x100);
    is_letter || text.chars().all(|c| c.is_alphanumeric() || c == '_')
}
