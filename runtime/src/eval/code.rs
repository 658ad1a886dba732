//! Code that can run: the compiler's code with its constants and names as objects.

use std::cell::OnceCell;
use std::ops::Deref;
use std::ptr::NonNull;

use crate::compile::{Code, Opcode};
use crate::objects::value::Value;
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
    /// The object that stands for it in Python, immortal; set before others know the code.
    pub(crate) object: OnceCell<Value>,
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

    /// The object that stands for it.
    pub(crate) fn object(&self) -> Ref<'_> {
        let object = self.object.get().copied().unwrap_or(Value::NONE);
        // SAFETY: the object is immortal.
        unsafe { Ref::from_value(object) }
    }

    /// Its documentation, or `None`.
    pub(crate) fn doc(&self) -> Ref<'_> {
        // SAFETY: constants are immortal.
        unsafe { Ref::from_value(self.doc) }
    }

    /// One of its constants.
    #[inline(always)]
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

impl CodeRef {
    /// Code that lives until [`unload`].
    pub(crate) fn new(object: CodeObject) -> Self {
        Self(NonNull::from(Box::leak(Box::new(object))))
    }
}

/// Frees code.
///
/// # Safety
/// Nothing uses it from here on.
pub(crate) unsafe fn unload(code: CodeRef) {
    // SAFETY: `new` leaked this box, and the caller gives it up.
    drop(unsafe { Box::from_raw(code.0.as_ptr()) });
}
