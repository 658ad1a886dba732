//! Compiled code: plain data that knows nothing of the heap or of a running interpreter.

use num_bigint::BigInt;

use crate::compile::instructions::Instruction;
use crate::syntax::Span;

/// What `LOAD_CONST` can push.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    /// `None`
    None,
    /// `True` or `False`
    Bool(bool),
    /// `...`
    Ellipsis,
    /// An integer of at most 64 bits.
    Int(i64),
    /// A larger integer.
    BigInt(BigInt),
    /// A float.
    Float(f64),
    /// A complex number: its real and imaginary part.
    Complex(f64, f64),
    /// A string.
    Str(Box<str>),
    /// A string with lone surrogates, in WTF-8.
    Wtf8(Box<[u8]>),
    /// A bytes object.
    Bytes(Box<[u8]>),
    /// A tuple of constants.
    Tuple(Box<[Constant]>),
    /// A slice: start, stop and step.
    Slice(Box<[Constant; 3]>),
    /// A frozenset of constants, which may be equal to each other.
    FrozenSet(Box<[Constant]>),
}

impl Constant {
    /// An integer of any size.
    pub fn integer(value: BigInt) -> Self {
        match i64::try_from(&value) {
            Ok(small) => Constant::Int(small),
            Err(_) => Constant::BigInt(value),
        }
    }

    /// Whether Python takes it for true in a condition.
    pub fn is_true(&self) -> bool {
        match self {
            Constant::None => false,
            Constant::Bool(value) => *value,
            Constant::Int(value) => *value != 0,
            Constant::Float(value) => *value != 0.0,
            Constant::Str(value) => !value.is_empty(),
            Constant::Bytes(value) | Constant::Wtf8(value) => !value.is_empty(),
            Constant::Complex(real, imaginary) => *real != 0.0 || *imaginary != 0.0,
            Constant::Tuple(items) | Constant::FrozenSet(items) => !items.is_empty(),
            Constant::Ellipsis | Constant::BigInt(_) | Constant::Slice(_) => true,
        }
    }
}

/// What a slot of a frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotKind {
    /// Holds a value.
    Local,
    /// Holds a cell that the frame makes, because a nested function captures the variable.
    Cell,
    /// Holds a cell that the function captured.
    Free,
}

/// A slot of a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The variable's name.
    pub name: Box<str>,
    /// What it holds.
    pub kind: SlotKind,
    /// Whether `locals()` and `co_varnames` leave it out: the variable of an inlined comprehension, or the compiler's
    /// own, whose name starts with a dot.
    pub hidden: bool,
}

/// The parameters of a function. Their slots come first: positional, keyword-only, `*args`, `**kwargs`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parameters {
    /// How many of the positional parameters cannot be given by name.
    pub positional_only: u32,
    /// Positional parameters.
    pub positional: u32,
    /// Keyword-only parameters.
    pub keyword_only: u32,
    /// Whether there is a `*args`.
    pub var_positional: bool,
    /// Whether there is a `**kwargs`.
    pub var_keyword: bool,
}

impl Parameters {
    /// How many slots they take.
    pub fn slots(&self) -> u32 {
        self.positional + self.keyword_only + self.var_positional as u32 + self.var_keyword as u32
    }

    /// Whether a call with exactly the positional arguments needs no more work.
    pub fn is_simple(&self) -> bool {
        self.keyword_only == 0 && !self.var_positional && !self.var_keyword
    }
}

/// An entry of the exception table: an exception raised in `start..end` continues at `target`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handler {
    /// First instruction covered.
    pub start: u32,
    /// First instruction no longer covered.
    pub end: u32,
    /// Where the handler is.
    pub target: u32,
    /// How many operands stay on the stack below the exception.
    pub depth: u32,
}

/// A comprehension that runs in the frame of the code around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inlined {
    /// Its first instruction.
    pub start: u32,
    /// The first instruction behind it.
    pub end: u32,
    /// The slots of its variables, which have their values only between the two.
    pub slots: Box<[u32]>,
}

/// What some code is the body of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeKind {
    /// A module, or what `exec`, `eval` and the prompt run. Names are loaded by `LOAD_NAME` when its locals may be
    /// another mapping than its globals.
    Module,
    /// A class: its frame has a locals mapping of its own. Returns the `__class__` cell, or `None` if it has none.
    Class,
    /// A function, lambda or generator expression.
    Function,
    /// What makes annotations, or a bound, default or alias, when it is asked for.
    Annotation,
    /// What makes the type parameters of a function, class or alias.
    TypeParameters,
}

/// How a call of some code goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Execution {
    /// It runs and returns.
    Plain,
    /// It makes a generator; `RETURN_GENERATOR` is its first instruction, as in the next two.
    Generator,
    /// It makes a coroutine.
    Coroutine,
    /// It makes an asynchronous generator.
    AsyncGenerator,
}

/// The code of a module, class, function or lambda.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    /// What it is the body of.
    pub kind: CodeKind,
    /// How a call of it goes.
    pub execution: Execution,
    /// Whether it stands inside a function.
    pub is_nested: bool,
    /// Whether it was defined directly in a class (`CO_METHOD`).
    pub is_method: bool,
    /// Whether its generators can be awaited, as `types.coroutine` has it (`CO_ITERABLE_COROUTINE`).
    pub is_iterable_coroutine: bool,
    /// Whether `from __future__ import annotations` holds in it.
    pub future_annotations: bool,
    /// The function's name, `<module>` or `<lambda>`.
    pub name: Box<str>,
    /// The name with the functions around it, as in `f.<locals>.g`.
    pub qualified_name: Box<str>,
    /// The string that documents it.
    pub doc: Option<Box<str>>,
    /// Line of the definition, or of its first decorator.
    pub first_line: u32,
    /// The parameters.
    pub parameters: Parameters,
    /// The slots: parameters, other locals, captured cells.
    pub slots: Box<[Slot]>,
    /// How many of the slots, the last ones, are captured cells.
    pub free: u32,
    /// Most operands on the stack at any time.
    pub max_depth: u32,
    /// The instructions.
    pub instructions: Box<[Instruction]>,
    /// The source range of each instruction.
    pub spans: Box<[Span]>,
    /// Handlers, inner ones first.
    pub handlers: Box<[Handler]>,
    /// The comprehensions, inner ones first.
    pub comprehensions: Box<[Inlined]>,
    /// The constants.
    pub constants: Box<[Constant]>,
    /// Names of globals, attributes and modules.
    pub names: Box<[Box<str>]>,
    /// The code of the functions defined in it.
    pub nested: Box<[Code]>,
}

/// The bit of `co_flags` for generators that can be awaited.
pub const ITERABLE_COROUTINE: u32 = 0x100;

/// Bits of `co_flags`, with CPython's values.
mod flags {
    pub(super) const OPTIMIZED: u32 = 0x1;
    pub(super) const NEWLOCALS: u32 = 0x2;
    pub(super) const VARARGS: u32 = 0x4;
    pub(super) const VARKEYWORDS: u32 = 0x8;
    pub(super) const NESTED: u32 = 0x10;
    pub(super) const GENERATOR: u32 = 0x20;
    pub(super) const COROUTINE: u32 = 0x80;
    pub(super) const ASYNC_GENERATOR: u32 = 0x200;
    pub(super) const FUTURE_ANNOTATIONS: u32 = 0x100_0000;
    pub(super) const HAS_DOCSTRING: u32 = 0x400_0000;
    pub(super) const METHOD: u32 = 0x800_0000;
}

impl Code {
    /// Whether its names have slots, so that its frame needs no locals mapping.
    pub fn is_optimized(&self) -> bool {
        !matches!(self.kind, CodeKind::Module | CodeKind::Class)
    }

    /// `co_flags`, as CPython numbers them.
    pub fn flags(&self) -> u32 {
        let execution = match self.execution {
            Execution::Plain => 0,
            Execution::Generator => flags::GENERATOR,
            Execution::Coroutine => flags::COROUTINE,
            Execution::AsyncGenerator => flags::ASYNC_GENERATOR,
        };
        let is_documented = self.kind == CodeKind::Function && self.doc.is_some();
        let bits = [
            (self.is_optimized(), flags::OPTIMIZED | flags::NEWLOCALS),
            (self.parameters.var_positional, flags::VARARGS),
            (self.parameters.var_keyword, flags::VARKEYWORDS),
            (self.is_nested, flags::NESTED),
            (self.is_iterable_coroutine, ITERABLE_COROUTINE),
            (self.future_annotations, flags::FUTURE_ANNOTATIONS),
            (is_documented, flags::HAS_DOCSTRING),
            (self.is_method, flags::METHOD),
        ];
        let set = bits.iter().filter(|(is_set, _)| *is_set);
        set.fold(execution, |all, (_, bit)| all | bit)
    }

    /// The innermost handler that covers an instruction.
    pub fn handler_at(&self, instruction: u32) -> Option<&Handler> {
        self.handlers
            .iter()
            .find(|handler| (handler.start..handler.end).contains(&instruction))
    }

    /// The comprehensions that an instruction is part of, inner ones first.
    pub fn comprehensions_at(&self, instruction: u32) -> impl Iterator<Item = &Inlined> {
        let all = self.comprehensions.iter();
        all.filter(move |one| (one.start..one.end).contains(&instruction))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_take_the_small_form_when_they_fit() {
        assert_eq!(
            Constant::integer(BigInt::from(i64::MIN)),
            Constant::Int(i64::MIN)
        );
        let large: BigInt = BigInt::from(i64::MAX) + 1;
        assert_eq!(Constant::integer(large.clone()), Constant::BigInt(large));
    }

    #[test]
    fn truth_of_constants() {
        assert!(!Constant::Str("".into()).is_true() && !Constant::Float(-0.0).is_true());
        assert!(Constant::Ellipsis.is_true() && Constant::Int(-1).is_true());
    }
}
