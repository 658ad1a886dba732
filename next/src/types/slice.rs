//! `slice`.

use crate::eval::cx::Cx;
use crate::refs::Owned;
use crate::types::define::class;
use crate::types::payload::{self, Boxed, payload};

/// A slice.
pub(crate) struct Slice {
    pub(crate) start: Owned,
    pub(crate) stop: Owned,
    pub(crate) step: Owned,
}

payload!(Slice as Slice, "slice", |this, visit| {
    visit(this.start.borrow());
    visit(this.stop.borrow());
    visit(this.step.borrow());
});

class! {
    pub(crate) SLICE: Boxed<Slice> = "slice" (Object) {
        sealed;
    }
}

/// A new slice.
pub(crate) fn new(cx: &Cx, start: Owned, stop: Owned, step: Owned) -> Owned {
    payload::new(cx, Slice { start, stop, step })
}
