//! Type parameters and aliases (PEP 695, 696).

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::refs::{Owned, Ref};

/// A `TypeVar`.
pub(crate) fn type_var(
    _cx: &Cx,
    name: Owned,
    _bound: Option<Owned>,
    _constraints: Option<Owned>,
) -> Owned {
    name
}

/// A `ParamSpec`.
pub(crate) fn param_spec(_cx: &Cx, name: Owned) -> Owned {
    name
}

/// A `TypeVarTuple`.
pub(crate) fn type_var_tuple(_cx: &Cx, name: Owned) -> Owned {
    name
}

/// Sets the default of a parameter.
pub(crate) fn set_default(_cx: &Cx, _parameter: Ref<'_>, _evaluator: Owned) {}

/// `typing.Generic[..]`
pub(crate) fn generic_of(cx: &Cx, _all: Ref<'_>) -> Outcome {
    Ok(cx.class(crate::types::TypeId::Object).as_ref().own())
}

/// A `TypeAliasType`.
pub(crate) fn alias(_cx: &Cx, name: Owned, _all: Option<Owned>, _evaluator: Owned) -> Owned {
    name
}
