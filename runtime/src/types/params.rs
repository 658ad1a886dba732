//! Parameters of native functions, and what a native function is.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::refs::Ref;

/// How a parameter may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Passing {
    /// By position only.
    Positional,
    /// By position or by name.
    Either,
    /// By name only.
    Keyword,
    /// Collects further positional arguments in a tuple.
    Rest,
    /// Collects further keyword arguments in a dict.
    Keywords,
}

/// A parameter of a native function.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Param {
    pub(crate) name: &'static str,
    pub(crate) passing: Passing,
    /// The Rust text of its default value, if it may be missing.
    pub(crate) default: Option<&'static str>,
}

/// What a native function is called with: one word for each parameter, the receiver first.
pub(crate) type Bound<'a, 'b> = &'b [Option<Ref<'a>>];

/// A native function with its parameters bound.
pub(crate) type NativeFn = for<'a> fn(&Cx, Bound<'a, '_>) -> Outcome;
