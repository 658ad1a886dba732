//! What is compiled: the mode, the options, and what comes of it.

use crate::compile::code::Code;
use crate::syntax::Span;

/// What kind of program a source text is, as for the builtin `compile`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Statements.
    #[default]
    Exec,
    /// One expression, whose value the code returns.
    Eval,
    /// One statement of a dialogue; the values of expression statements are printed.
    Single,
}

/// How to compile.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// What the source text is.
    pub mode: Mode,
    /// Whether the code may run with locals that are not its globals, as for `exec` and `eval`.
    pub separate_locals: bool,
    /// Whether `from __future__ import annotations` holds from the start.
    pub future_annotations: bool,
    /// 0; 1 leaves assertions out, 2 also the strings that document.
    pub optimize: u8,
}

impl Options {
    /// Whether strings that document are kept.
    pub(super) fn keeps_docs(&self) -> bool {
        self.optimize < 2
    }
}

/// A `SyntaxWarning`: a program that can be compiled but is probably not what was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The words.
    pub message: Box<str>,
    /// Where it is.
    pub span: Span,
}

/// A compiled program.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// The code of the module.
    pub code: Code,
    /// What may be wrong with it, in the order of the source.
    pub warnings: Vec<Warning>,
}
