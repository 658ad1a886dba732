//! Code that can run: the compiler's code with its constants and names as objects.

use std::ops::Deref;
use std::ptr::NonNull;

use crate::compile::{Code, Constant};
use crate::eval::context::Context;
use crate::eval::other::Other;
use crate::objects::value::Value;
use crate::objects::{float, int, str, tuple};
use crate::syntax::Source;

/// Code that can run. Its constants and names are immortal.
pub(crate) struct CodeObject {
    pub(crate) code: Code,
    pub(crate) source: NonNull<Source>,
    pub(crate) constants: Vec<Value>,
    pub(crate) names: Vec<Value>,
    pub(crate) nested: Vec<CodeRef>,
    pub(crate) name: Value,
    pub(crate) qualified_name: Value,
    pub(crate) doc: Value,
    /// The names of the parameters, in the order of their slots.
    pub(crate) parameters: Vec<Value>,
    /// How many words a frame takes: slots and operands.
    pub(crate) frame_size: usize,
    /// How many positional arguments a call without anything special passes, if such a call is possible.
    pub(crate) simple_arguments: Option<u32>,
}

/// A pointer to code, which lives as long as its interpreter.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct CodeRef(NonNull<CodeObject>);

// SAFETY: code is immutable, and the interpreter frees it after its last thread.
unsafe impl Send for CodeRef {}
// SAFETY: as above.
unsafe impl Sync for CodeRef {}

impl Deref for CodeRef {
    type Target = CodeObject;

    #[inline(always)]
    fn deref(&self) -> &CodeObject {
        // SAFETY: the interpreter keeps all code until its last thread has ended.
        unsafe { self.0.as_ref() }
    }
}

impl CodeObject {
    /// The source text.
    pub(crate) fn source(&self) -> &Source {
        // SAFETY: the interpreter keeps sources as long as code.
        unsafe { self.source.as_ref() }
    }
}

/// Makes code runnable; the interpreter keeps it.
pub(crate) fn load(cx: &mut Context<'_>, code: Code, source: NonNull<Source>) -> CodeRef {
    let parts = &code;
    let nested = parts
        .nested
        .iter()
        .cloned()
        .map(|inner| load(cx, inner, source))
        .collect();
    let constants = parts
        .constants
        .iter()
        .map(|constant| self::constant(cx, constant))
        .collect();
    let names = parts.names.iter().map(|name| cx.intern(name)).collect();
    let count = parts.parameters.slots() as usize;
    let parameters = parts.slots[..count]
        .iter()
        .map(|slot| cx.intern(&slot.name))
        .collect();
    let doc = parts
        .doc
        .as_deref()
        .map_or(Value::NONE, |doc| cx.intern(doc));
    let object = CodeObject {
        source,
        constants,
        names,
        nested,
        name: cx.intern(&parts.name),
        qualified_name: cx.intern(&parts.qualified_name),
        doc,
        parameters,
        frame_size: parts.slots.len() + parts.max_depth as usize,
        simple_arguments: parts
            .parameters
            .is_simple()
            .then_some(parts.parameters.positional),
        code,
    };
    let code = CodeRef(NonNull::from(Box::leak(Box::new(object))));
    cx.shared.keep_code(cx.ts, code);
    code
}

/// A constant as an immortal object.
fn constant(cx: &mut Context<'_>, constant: &Constant) -> Value {
    let ts = cx.ts;
    let value = match constant {
        Constant::None => Value::NONE,
        Constant::Bool(value) => Value::bool(*value),
        Constant::Ellipsis => Value::ELLIPSIS,
        Constant::Int(value) => int::from_i64(ts, *value),
        Constant::BigInt(value) => int::from_big(ts, value.clone()),
        Constant::Float(value) => float::new(ts, *value),
        Constant::Str(value) if is_identifier(value) => return cx.intern(value),
        Constant::Str(value) => str::new(ts, value),
        Constant::Bytes(value) => Other::Bytes(value.clone()).alloc(ts),
        Constant::Tuple(items) => {
            let items: Vec<Value> = items.iter().map(|item| self::constant(cx, item)).collect();
            tuple::new(ts, &items)
        }
    };
    cx.immortal(value)
}

/// Strings that may be compared with names are interned.
fn is_identifier(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// Frees code.
///
/// # Safety
/// Nothing uses it from here on.
pub(crate) unsafe fn unload(code: CodeRef) {
    // SAFETY: `load` leaked this box, and the caller gives it up.
    drop(unsafe { Box::from_raw(code.0.as_ptr()) });
}
