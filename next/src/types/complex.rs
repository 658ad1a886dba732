//! `complex`.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::refs::Owned;
use crate::types::TypeId;
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

/// `left ** right`
pub(crate) fn power_of(cx: &Cx, left: (f64, f64), right: (f64, f64)) -> Outcome {
    if right == (0.0, 0.0) {
        return Ok(new(cx, 1.0, 0.0));
    }
    if left == (0.0, 0.0) {
        if right.1 != 0.0 || right.0 < 0.0 {
            let message = "zero to a negative or complex power";
            return Err(cx.error(TypeId::ZeroDivisionError, message));
        }
        return Ok(new(cx, 0.0, 0.0));
    }
    let (size, angle) = (left.0.hypot(left.1), left.1.atan2(left.0));
    let mut length = size.powf(right.0);
    let mut phase = angle * right.0;
    if right.1 != 0.0 {
        length *= (-angle * right.1).exp();
        phase += right.1 * size.ln();
    }
    Ok(new(cx, length * phase.cos(), length * phase.sin()))
}
