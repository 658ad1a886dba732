//! Code that can run: the compiler's code with its constants and names as objects.

//!
//! The code of the program and of its modules stays as long as the interpreter, and so do its constants. What a program
//! compiles itself goes with the object that stands for it, which functions and frames count.

use std::cell::OnceCell;
use std::mem;
use std::ops::Deref;
use std::ptr::NonNull;

use crate::compile::{Code, Opcode};
use crate::objects::value::Value;
use crate::refs::{Owned, Ref};
use crate::syntax::Source;

/// Code that can run. Its names are immortal; the other values are, too, or belong to the object that stands for it.
#[derive(Clone)]
pub(crate) struct CodeObject {
    pub(crate) code: Code,
    pub(crate) source: Text,
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
    /// The object that stands for it in Python; set before others know the code.
    pub(crate) object: OnceCell<Value>,
}

/// The source of some code.
#[derive(Clone, Copy)]
pub(crate) struct Text {
    pub(crate) source: NonNull<Source>,
    /// The object that owns it, unless the interpreter does.
    pub(crate) object: Option<Value>,
}

/// A pointer to code, whose object the interpreter, a [`HeldCode`] or a running frame's function keeps.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct CodeRef(NonNull<CodeObject>);

// SAFETY: code is immutable, and freed when nobody can use it any more.
unsafe impl Send for CodeRef {}
// SAFETY: as above.
unsafe impl Sync for CodeRef {}

impl Deref for CodeRef {
    type Target = CodeObject;

    #[inline(always)]
    fn deref(&self) -> &CodeObject {
        // SAFETY: whoever has the pointer has it from one of the keepers above, which outlasts it.
        unsafe { self.0.as_ref() }
    }
}

/// Code with a reference to the object that stands for it.
#[repr(transparent)]
pub(crate) struct HeldCode(CodeRef);

impl HeldCode {
    pub(crate) fn new(code: CodeRef) -> Self {
        mem::forget(code.object().own());
        Self(code)
    }

    /// The code, which the caller uses no longer than this is there.
    #[inline(always)]
    pub(crate) fn get(&self) -> CodeRef {
        self.0
    }
}

impl Deref for HeldCode {
    type Target = CodeObject;

    fn deref(&self) -> &CodeObject {
        &self.0
    }
}

impl Drop for HeldCode {
    fn drop(&mut self) {
        // SAFETY: `new` left its reference to this.
        drop(unsafe { Owned::from_value(self.0.object().value()) });
    }
}

/// Code that goes with its owner.
pub(crate) struct OwnCode(CodeRef);

impl OwnCode {
    /// # Safety
    /// Nobody uses the code once this is gone.
    pub(crate) unsafe fn new(code: CodeRef) -> Self {
        Self(code)
    }
}

impl Drop for OwnCode {
    fn drop(&mut self) {
        // SAFETY: by the clause of `new`.
        unsafe { unload(self.0) };
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
        // SAFETY: the object keeps the code, and whoever uses the code keeps the object.
        unsafe { Ref::from_value(object) }
    }

    /// Its documentation, or `None`.
    pub(crate) fn doc(&self) -> Ref<'_> {
        // SAFETY: as long as the code is used, its object owns what is not immortal.
        unsafe { Ref::from_value(self.doc) }
    }

    /// One of its constants.
    #[inline(always)]
    pub(crate) fn constant(&self, index: usize) -> Ref<'_> {
        // SAFETY: as for `doc`.
        unsafe { Ref::from_value(self.constants[index]) }
    }

    /// Whether it does what is native code in CPython, and has no place in tracebacks.
    pub(crate) fn stands_for_native(&self) -> bool {
        self.source().name().starts_with("<frozen _io")
    }

    /// The source text.
    pub(crate) fn source(&self) -> &Source {
        // SAFETY: the interpreter keeps sources as long as code, or the code's object has a reference to the source's.
        unsafe { self.source.source.as_ref() }
    }
}

impl CodeRef {
    /// Code that lives until [`unload`] or the end of an [`OwnCode`].
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
