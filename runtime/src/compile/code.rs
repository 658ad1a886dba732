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
    /// A string.
    Str(Box<str>),
    /// A bytes object.
    Bytes(Box<[u8]>),
    /// A tuple of constants.
    Tuple(Box<[Constant]>),
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
            Constant::Bytes(value) => !value.is_empty(),
            Constant::Tuple(items) => !items.is_empty(),
            Constant::Ellipsis | Constant::BigInt(_) => true,
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

/// The code of a module, function or lambda.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
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
    /// The constants.
    pub constants: Box<[Constant]>,
    /// Names of globals, attributes and modules.
    pub names: Box<[Box<str>]>,
    /// The code of the functions defined in it.
    pub nested: Box<[Code]>,
}

impl Code {
    /// The innermost handler that covers an instruction.
    pub fn handler_at(&self, instruction: u32) -> Option<&Handler> {
        self.handlers
            .iter()
            .find(|handler| (handler.start..handler.end).contains(&instruction))
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
