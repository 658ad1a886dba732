//! Code that can run: the compiler's code with its constants and names as objects.

use std::ops::Deref;
use std::ptr::NonNull;

use crate::compile::{Code, Constant, Execution, Opcode};
use crate::eval::cx::Cx;
use crate::eval::shared::immortal;
use crate::objects::value::Value;
use crate::objects::{float, int, str, tuple};
use crate::refs::Ref;
use crate::syntax::Source;

/// Code that can run. Its constants and names are immortal.
#[derive(Clone)]
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
    /// Whether a call makes a generator or its like.
    pub(crate) is_generator: bool,
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
    /// Whether an instruction yields for somebody else, who gets what is thrown in.
    pub(crate) fn is_delegating(&self, instruction: u32) -> bool {
        let instruction = self.code.instructions[instruction as usize];
        instruction.opcode() == Opcode::YieldValue && instruction.operand() == 1
    }

    /// One of its names, interned.
    #[inline]
    pub(crate) fn name_at(&self, index: u32) -> Ref<'_> {
        // SAFETY: names are immortal.
        unsafe { Ref::from_value(self.names[index as usize]) }
    }

    /// The name of a parameter, interned.
    pub(crate) fn parameter(&self, index: usize) -> Ref<'_> {
        // SAFETY: names are immortal.
        unsafe { Ref::from_value(self.parameters[index]) }
    }

    /// Its name.
    pub(crate) fn name(&self) -> Ref<'_> {
        // SAFETY: names are immortal.
        unsafe { Ref::from_value(self.name) }
    }

    /// Its name with those around it.
    pub(crate) fn qualified_name(&self) -> Ref<'_> {
        // SAFETY: names are immortal.
        unsafe { Ref::from_value(self.qualified_name) }
    }

    /// Its documentation, or `None`.
    pub(crate) fn doc(&self) -> Ref<'_> {
        // SAFETY: constants are immortal.
        unsafe { Ref::from_value(self.doc) }
    }

    /// One of its constants.
    pub(crate) fn constant(&self, index: usize) -> Ref<'_> {
        // SAFETY: constants are immortal.
        unsafe { Ref::from_value(self.constants[index]) }
    }

    /// The source text.
    pub(crate) fn source(&self) -> &Source {
        // SAFETY: the interpreter keeps sources as long as code.
        unsafe { self.source.as_ref() }
    }
}

/// Makes code runnable; the interpreter keeps it.
pub(crate) fn load(cx: &Cx, code: Code, source: NonNull<Source>) -> CodeRef {
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
        is_generator: parts.execution != Execution::Plain,
        code,
    };
    let code = CodeRef(NonNull::from(Box::leak(Box::new(object))));
    cx.shared.keep_code(cx.ts, code);
    code
}

/// A copy of code after a change; the interpreter keeps it.
pub(crate) fn copy(cx: &Cx, code: CodeRef, change: impl FnOnce(&mut CodeObject)) -> CodeRef {
    let mut object = (*code).clone();
    change(&mut object);
    let code = CodeRef(NonNull::from(Box::leak(Box::new(object))));
    cx.shared.keep_code(cx.ts, code);
    code
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
