//! What the evaluator and the types call of the modules, which stand above them; the interpreter hands it in.

use crate::eval::cx::Cx;
use crate::eval::{Outcome, Raised};
use crate::refs::Ref;

/// Functions of the layer above.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Above {
    /// Whether a module of that name comes with the interpreter.
    pub(crate) is_built_in: fn(&str) -> bool,
    /// The ImportError for a name that `from module import name` did not find.
    pub(crate) cannot_import: fn(&Cx, Ref<'_>, Ref<'_>) -> Raised,
    /// The message for an attribute that a module does not have.
    pub(crate) missing_attribute: fn(&Cx, Ref<'_>, Ref<'_>) -> String,
    /// Tells of an exception that nobody can catch: what was going on, and with which object.
    pub(crate) unraisable: fn(&Cx, Raised, Option<&str>, Ref<'_>),
    /// Tells of an exception that nobody caught, as `sys.excepthook` has it.
    pub(crate) uncaught: fn(&Cx, Ref<'_>),
    /// Collects, if that is due.
    pub(crate) collect: fn(&Cx),
    /// Warns the program of what will not work for ever.
    pub(crate) deprecation: fn(&Cx, &str) -> Outcome<()>,
    /// Tells something on `sys.stderr`.
    pub(crate) report: fn(&Cx, &str),
    /// What makes an equal object, in the form that a protocol of pickling has.
    pub(crate) reduce: fn(&Cx, Ref<'_>, i64) -> Outcome,
    /// The attributes and slots of an object.
    pub(crate) state: fn(&Cx, Ref<'_>) -> Outcome,
    /// What takes and gives the bytes of a standard stream.
    pub(crate) bytes_of: fn(&Cx, Ref<'_>) -> Outcome,
}
