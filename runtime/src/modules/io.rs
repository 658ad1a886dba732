//! `_io`: what the module `io` needs of the system.

use crate::eval::cx::Cx;
use crate::eval::ops::attribute;
use crate::eval::{Args, Outcome};
use crate::modules::import;
use crate::refs::{Owned, Ref};
use crate::types::define::module;
use crate::types::file::{open_file, take_file};

module! {
    pub(crate) IO = "_io" {
        doc "Files of the system.";
        types { File }
        /// Open a file by its path; the mode is one of r, w, a, x, with or without +.
        static open_file(path, mode, /);
        /// Make a file of a number that the system has given.
        static take_file(number, closes, /);
    }
}

/// A function of the Python part.
pub(crate) fn function(cx: &Cx, name: &str) -> Outcome {
    let from = cx.tuple(vec![cx.str(name)]);
    let module = import::import(cx, cx.intern("_iotext"), Ref::NONE, from.borrow(), 0)?;
    attribute::get_str(cx, module.borrow(), name)
}

/// The bytes below a standard stream.
pub(crate) fn bytes_of(cx: &Cx, stream: Ref<'_>) -> Outcome<Owned> {
    let class = function(cx, "StandardBuffer")?;
    cx.call(class.borrow(), Args::positional(&[stream]))
}
