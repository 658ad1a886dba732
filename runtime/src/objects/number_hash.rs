//! Hashes of numbers: equal numbers of different types hash alike, as in CPython (arithmetic modulo 2^61 - 1).

use num_bigint::BigInt;

/// The bits of the modulus `2^BITS - 1`.
const BITS: i32 = 61;
const MODULUS: u64 = (1 << BITS) - 1;
const INFINITY: i64 = 314_159;

/// The hash of a small integer.
#[inline]
#[must_use]
pub fn of_i64(value: i64) -> i64 {
    signed(value < 0, value.unsigned_abs() % MODULUS)
}

/// The hash of a big integer.
#[must_use]
pub fn of_big(value: &BigInt) -> i64 {
    let residue = value.magnitude() % MODULUS;
    let residue = residue.iter_u64_digits().next().unwrap_or(0);
    signed(value.sign() == num_bigint::Sign::Minus, residue)
}

/// The hash of a float; `None` for not-a-number, which hashes by identity.
#[must_use]
pub fn of_f64(value: f64) -> Option<i64> {
    if value.is_nan() {
        return None;
    }
    if value.is_infinite() {
        return Some(if value < 0.0 { -INFINITY } else { INFINITY });
    }
    let (mantissa, exponent) = decode(value);
    // 2^61 is 1 modulo 2^61 - 1, so multiplying by a power of two rotates 61 bits.
    let shift = exponent.rem_euclid(BITS);
    let residue = mantissa % MODULUS;
    let rotated = ((residue << shift) & MODULUS) | (residue >> (BITS - shift));
    Some(signed(value < 0.0, rotated % MODULUS))
}

/// The integer that a float is exactly, if it is one.
#[must_use]
pub fn exact_integer(value: f64) -> Option<BigInt> {
    if !value.is_finite() || value.fract() != 0.0 {
        return None;
    }
    let (mantissa, exponent) = decode(value);
    let magnitude = if exponent >= 0 {
        BigInt::from(mantissa) << exponent
    } else {
        BigInt::from(mantissa) >> -exponent
    };
    Some(if value < 0.0 { -magnitude } else { magnitude })
}

/// The magnitude of a finite float as `mantissa * 2^exponent`.
fn decode(value: f64) -> (u64, i32) {
    const FRACTION_BITS: u32 = f64::MANTISSA_DIGITS - 1;
    const BIAS: i32 = 1075;
    let bits = value.to_bits();
    let exponent = ((bits >> FRACTION_BITS) & 0x7ff) as i32;
    let fraction = bits & ((1 << FRACTION_BITS) - 1);
    match exponent {
        0 => (fraction, 1 - BIAS),
        _ => (fraction | (1 << FRACTION_BITS), exponent - BIAS),
    }
}

/// Gives the residue its sign; -1 means an error in CPython, so no number hashes to it.
fn signed(negative: bool, residue: u64) -> i64 {
    match (negative, residue as i64) {
        (true, 1) => -2,
        (true, hash) => -hash,
        (false, hash) => hash,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_cpython() {
        assert_eq!(of_i64(-1), -2);
        assert_eq!(of_i64(1 << 61), 1);
        assert_eq!(of_big(&(BigInt::from(1) << 100)), 549_755_813_888);
        assert_eq!(of_f64(0.5), Some(1_152_921_504_606_846_976));
        assert_eq!(of_f64(-1.5), Some(-1_152_921_504_606_846_977));
        assert_eq!(of_f64(f64::NEG_INFINITY), Some(-314_159));
        assert_eq!(of_f64(f64::NAN), None);
    }

    #[test]
    fn equal_numbers_hash_alike() {
        for n in [0i64, 1, -7, 1 << 53, -(1 << 60)] {
            let float = n as f64;
            assert_eq!(of_f64(float), Some(of_i64(n)));
            assert_eq!(exact_integer(float), Some(BigInt::from(n)));
        }
        assert_eq!(exact_integer(0.5), None);
    }
}
