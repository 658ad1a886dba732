//! `complex`.

use crate::eval::cx::Cx;
use crate::refs::Owned;
use crate::types::define::class;
use crate::types::payload::{self, Boxed, payload};

/// A complex number.
pub(crate) struct Complex {
    pub(crate) real: f64,
    pub(crate) imaginary: f64,
}

payload!(Complex as Complex, "complex", |_this, _visit| {});

class! {
    pub(crate) COMPLEX: Boxed<Complex> = "complex" (Object) {}
}

/// A new complex number.
pub(crate) fn new(cx: &Cx, real: f64, imaginary: f64) -> Owned {
    payload::new(cx, Complex { real, imaginary })
}
