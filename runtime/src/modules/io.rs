//! `_io`: what the module `io` needs of the system.

use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome};
use crate::modules::library;
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

/// The bytes below a standard stream.
pub(crate) fn bytes_of(cx: &Cx, stream: Ref<'_>) -> Outcome<Owned> {
    let class = library::function(cx, "_iotext", "StandardBuffer")?;
    cx.call(class.borrow(), Args::positional(&[stream]))
}
