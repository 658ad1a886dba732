//! `typing`: the type parameters and what goes with them.

use crate::types::define::module;

module! {
    pub(crate) TYPING = "typing" {
        doc "The part of the typing module that the language itself uses.";
        types {
            TypeVar, ParamSpec, TypeVarTuple, ParamSpecArgs, ParamSpecKwargs, TypeAliasType, Generic,
        }
        constant NoDefault = |cx| cx.world().no_default().own();
    }
}
