//! `sys`.

use crate::types::define::module;

module! {
    pub(crate) SYS = "sys" {
        doc "This module provides access to some objects used or maintained by the interpreter.";
    }
}
