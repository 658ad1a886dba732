//! The source of code that a program compiles, which goes with the last code made of it.

use std::ptr::NonNull;

use crate::eval::code::Text;
use crate::eval::cx::Cx;
use crate::refs::Owned;
use crate::syntax::Source;
use crate::types::define::class;
use crate::types::payload::{self, Boxed, payload};

/// An object that only code has references to. The source stays in its place when the object is moved into its block.
pub(crate) struct SourceText(Box<Source>);

payload!(SourceText as SourceText, "source", |_this, _visit| {});

class! {
    pub(crate) TEXT: Boxed<SourceText> = "source" (Object) {
        sealed;
        doc "The source of code that a program compiles.";
    }
}

/// A source as an object.
pub(crate) fn text(cx: &Cx, source: Source) -> Owned {
    payload::new(cx, SourceText(Box::new(source)))
}

/// What code has of such an object.
pub(crate) fn text_of(object: &Owned) -> Text {
    let SourceText(source) = object.borrow().payload().expect("a source");
    Text {
        source: NonNull::from(&**source),
        object: Some(object.borrow().value()),
    }
}
