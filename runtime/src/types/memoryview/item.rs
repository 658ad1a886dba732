//! Items of a view as Python values, and back.

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use crate::eval::cx::Cx;
use crate::eval::ops::{number, truth};
use crate::eval::{Outcome, Raised};
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::bytes::{self, Bytes};

use super::layout::Format;

/// An item, read.
#[derive(Clone, Copy, Debug)]
pub(super) enum Item {
    Integer(i128),
    Float(f64),
    Truth(bool),
    Byte(u8),
}

impl PartialEq for Item {
    /// As Python compares them: numbers by value, bytes with bytes only.
    fn eq(&self, other: &Self) -> bool {
        match (self.number(), other.number()) {
            (Some(one), Some(other)) => one == other,
            (None, None) => match (self, other) {
                (Self::Byte(one), Self::Byte(other)) => one == other,
                (Self::Float(one), other) | (other, Self::Float(one)) => other.equals_float(*one),
                _ => false,
            },
            _ => match (self, other) {
                (Self::Float(one), other) | (other, Self::Float(one)) => other.equals_float(*one),
                _ => false,
            },
        }
    }
}

impl Item {
    fn number(self) -> Option<i128> {
        match self {
            Self::Integer(number) => Some(number),
            Self::Truth(truth) => Some(i128::from(truth)),
            Self::Float(_) | Self::Byte(_) => None,
        }
    }

    fn equals_float(self, float: f64) -> bool {
        match self {
            Self::Float(other) => other == float,
            Self::Byte(_) => false,
            _ => self.number().is_some_and(|number| {
                float.fract() == 0.0 && float.abs() < 2f64.powi(100) && float as i128 == number
            }),
        }
    }

    /// Reads an item from the beginning of some bytes.
    pub(super) fn read(format: Format, bytes: &[u8]) -> Self {
        macro_rules! native {
            ($type:ty) => {
                <$type>::from_ne_bytes(*bytes.first_chunk().expect("an item lies in its bytes"))
            };
        }
        match format.letter() {
            'b' => Self::Integer(native!(i8).into()),
            'h' => Self::Integer(native!(i16).into()),
            'H' => Self::Integer(native!(u16).into()),
            'i' => Self::Integer(native!(i32).into()),
            'I' => Self::Integer(native!(u32).into()),
            'l' | 'q' | 'n' => Self::Integer(native!(i64).into()),
            'L' | 'Q' | 'N' | 'P' => Self::Integer(native!(u64).into()),
            'f' => Self::Float(native!(f32).into()),
            'd' => Self::Float(native!(f64)),
            '?' => Self::Truth(native!(u8) != 0),
            'c' => Self::Byte(native!(u8)),
            _ => Self::Integer(native!(u8).into()),
        }
    }

    /// As a Python value.
    pub(super) fn value(self, cx: &Cx) -> Owned {
        match self {
            Self::Integer(number) => cx.big(BigInt::from(number)),
            Self::Float(float) => cx.float(float),
            Self::Truth(truth) => Owned::bool(truth),
            Self::Byte(byte) => bytes::new(cx, &[byte]),
        }
    }
}

fn wrong_type(cx: &Cx, format: Format) -> Raised {
    let letter = format.letter();
    cx.type_error(format!("memoryview: invalid type for format '{letter}'"))
}

fn wrong_value(cx: &Cx, format: Format) -> Raised {
    let letter = format.letter();
    cx.value_error(format!("memoryview: invalid value for format '{letter}'"))
}

/// The bytes of a value as an item.
pub(super) fn pack(cx: &Cx, format: Format, value: Ref<'_>) -> Outcome<Vec<u8>> {
    match format.letter() {
        '?' => Ok(vec![u8::from(truth::is_true(cx, value)?)]),
        'c' => match value.payload::<Bytes>() {
            Some(one) if one.bytes.len() == 1 => Ok(one.bytes.to_vec()),
            Some(_) => Err(wrong_value(cx, format)),
            None => Err(wrong_type(cx, format)),
        },
        letter @ ('f' | 'd') => {
            let float = match number::real(cx, value) {
                Err(raised) if raised.is(cx, TypeId::TypeError) => {
                    return Err(wrong_type(cx, format));
                }
                other => other?,
            };
            Ok(match letter {
                'f' => (float as f32).to_ne_bytes().to_vec(),
                _ => float.to_ne_bytes().to_vec(),
            })
        }
        letter => {
            let given = match number::integer(cx, value) {
                Err(raised) if raised.is(cx, TypeId::TypeError) => {
                    return Err(wrong_type(cx, format));
                }
                other => other?,
            };
            integer(letter, &given).ok_or_else(|| wrong_value(cx, format))
        }
    }
}

fn integer(letter: char, given: &BigInt) -> Option<Vec<u8>> {
    Some(match letter {
        'b' => given.to_i8()?.to_ne_bytes().to_vec(),
        'h' => given.to_i16()?.to_ne_bytes().to_vec(),
        'H' => given.to_u16()?.to_ne_bytes().to_vec(),
        'i' => given.to_i32()?.to_ne_bytes().to_vec(),
        'I' => given.to_u32()?.to_ne_bytes().to_vec(),
        'l' | 'q' | 'n' => given.to_i64()?.to_ne_bytes().to_vec(),
        'L' | 'Q' | 'N' | 'P' => given.to_u64()?.to_ne_bytes().to_vec(),
        _ => given.to_u8()?.to_ne_bytes().to_vec(),
    })
}
