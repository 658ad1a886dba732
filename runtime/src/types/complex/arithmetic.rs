//! Arithmetic of complex numbers, as pairs of real and imaginary part.

/// Real and imaginary part.
pub(super) type Pair = (f64, f64);

/// Why there is no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A division by zero, or a power of zero that is one.
    Zero,
    /// The result is too large.
    Overflow,
}

/// Exponents up to this size are powers by multiplication.
const SMALL: f64 = 100.0;

pub(super) fn add(left: Pair, right: Pair) -> Pair {
    (left.0 + right.0, left.1 + right.1)
}

pub(super) fn subtract(left: Pair, right: Pair) -> Pair {
    (left.0 - right.0, left.1 - right.1)
}

pub(super) fn multiply(left: Pair, right: Pair) -> Pair {
    (
        left.0 * right.0 - left.1 * right.1,
        left.0 * right.1 + left.1 * right.0,
    )
}

/// By the larger part of the divisor, so that nothing overflows on the way.
pub(super) fn divide(left: Pair, right: Pair) -> Result<Pair, Fault> {
    if right == (0.0, 0.0) {
        return Err(Fault::Zero);
    }
    if right.0.is_nan() || right.1.is_nan() {
        return Ok((f64::NAN, f64::NAN));
    }
    if right.0.abs() >= right.1.abs() {
        let ratio = right.1 / right.0;
        let divisor = right.0 + right.1 * ratio;
        return Ok((
            (left.0 + left.1 * ratio) / divisor,
            (left.1 - left.0 * ratio) / divisor,
        ));
    }
    let ratio = right.0 / right.1;
    let divisor = right.0 * ratio + right.1;
    Ok((
        (left.0 * ratio + left.1) / divisor,
        (left.1 * ratio - left.0) / divisor,
    ))
}

/// A power by multiplication where the exponent is a small integer, else by logarithm and angle.
pub(super) fn power(base: Pair, exponent: Pair) -> Result<Pair, Fault> {
    let is_small = exponent.1 == 0.0 && exponent.0.fract() == 0.0 && exponent.0.abs() <= SMALL;
    let result = match is_small {
        true if exponent.0 > 0.0 => by_squares(base, exponent.0 as u32),
        true => divide((1.0, 0.0), by_squares(base, -exponent.0 as u32))?,
        false => by_angle(base, exponent)?,
    };
    match result.0.is_infinite() || result.1.is_infinite() {
        true => Err(Fault::Overflow),
        false => Ok(result),
    }
}

fn by_squares(mut base: Pair, mut exponent: u32) -> Pair {
    let mut result = (1.0, 0.0);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = multiply(result, base);
        }
        exponent >>= 1;
        base = multiply(base, base);
    }
    result
}

/// `base ** exponent` by the length and the angle of the base.
pub(super) fn by_angle(base: Pair, exponent: Pair) -> Result<Pair, Fault> {
    if exponent == (0.0, 0.0) {
        return Ok((1.0, 0.0));
    }
    if base == (0.0, 0.0) {
        return match exponent.1 != 0.0 || exponent.0 < 0.0 {
            true => Err(Fault::Zero),
            false => Ok((0.0, 0.0)),
        };
    }
    let (size, angle) = (base.0.hypot(base.1), base.1.atan2(base.0));
    let mut length = size.powf(exponent.0);
    let mut phase = angle * exponent.0;
    if exponent.1 != 0.0 {
        length *= (-angle * exponent.1).exp();
        phase += exponent.1 * size.ln();
    }
    Ok((length * phase.cos(), length * phase.sin()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotients() {
        assert_eq!(divide((3.0, 4.0), (1.0, -2.0)), Ok((-1.0, 2.0)));
        assert_eq!(divide((1.0, 0.0), (0.0, 2.0)), Ok((0.0, -0.5)));
        assert_eq!(divide((1.0, 0.0), (0.0, -0.0)), Err(Fault::Zero));
        let large = divide((1e300, 1e300), (1e300, 1e300));
        assert_eq!(large, Ok((1.0, 0.0)));
    }

    #[test]
    fn powers() {
        assert_eq!(power((3.0, 4.0), (2.0, 0.0)), Ok((-7.0, 24.0)));
        assert_eq!(power((0.0, 0.0), (0.0, 0.0)), Ok((1.0, 0.0)));
        assert_eq!(power((0.0, 0.0), (-1.0, 0.0)), Err(Fault::Zero));
        assert_eq!(power((0.0, 0.0), (0.0, 1.0)), Err(Fault::Zero));
        assert_eq!(power((1e300, 0.0), (2.5, 0.0)), Err(Fault::Overflow));
    }
}
