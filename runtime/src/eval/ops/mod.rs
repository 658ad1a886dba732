//! Abstract operations: what the language does with any value, through the slots of its class.

pub(crate) mod attribute;
pub(crate) mod binary;
pub(crate) mod compare;
pub(crate) mod instance;
pub(crate) mod iterate;
pub(crate) mod number;
pub(crate) mod power;
pub(crate) mod subscript;
pub(crate) mod text;
pub(crate) mod truth;
