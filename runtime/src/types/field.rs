//! A field of a built-in object that threads read without a lock and may replace.

use crate::eval::cx::Cx;
use crate::objects::header::Header;
use crate::objects::lazy::Lazy;
use crate::refs::{Owned, Ref};

/// A value or nothing.
pub(crate) struct Field(Lazy);

impl Field {
    /// A field with nothing in it.
    pub(crate) fn new(name: &'static str) -> Self {
        Self(Lazy::new(name))
    }

    /// What is in it; `owner` is the object that it lies in.
    pub(crate) fn get(&self, cx: &Cx, owner: &Header) -> Option<Owned> {
        let value = self.0.get(cx.ts, owner)?;
        // SAFETY: the reference is new.
        Some(unsafe { Owned::from_value(value) })
    }

    /// Puts a value in, or nothing.
    pub(crate) fn set(&self, cx: &Cx, owner: &Header, value: Option<Owned>) {
        self.0.replace(cx.ts, owner, value.map(Owned::into_value));
    }

    /// Shows the value to the collector.
    pub(crate) fn show(&self, visit: &mut dyn FnMut(Ref<'_>)) {
        // SAFETY: the field keeps the value, and nobody else uses the field meanwhile.
        self.0
            .show(&mut |value| visit(unsafe { Ref::from_value(value) }));
    }
}

impl Drop for Field {
    fn drop(&mut self) {
        // SAFETY: the field owned the reference, and nobody looks at it again.
        self.0
            .show(&mut |value| drop(unsafe { Owned::from_value(value) }));
    }
}
