//! `int.to_bytes` and `int.from_bytes`.

use num_bigint::{BigInt, Sign};
use num_traits::Signed;

use crate::eval::cx::Cx;
use crate::eval::ops::{iterate, number};
use crate::eval::{Args, Outcome};
use crate::objects::str::Str;
use crate::refs::Ref;
use crate::types::TypeId;
use crate::types::bytes::{self, Bytes};

/// Whether the most significant byte comes last.
fn is_little(cx: &Cx, order: &str) -> Outcome<bool> {
    match order {
        "big" => Ok(false),
        "little" => Ok(true),
        _ => Err(cx.value_error("byteorder must be either 'little' or 'big'")),
    }
}

pub(super) fn to_bytes(cx: &Cx, this: Ref<'_>, length: i64, order: &str, signed: bool) -> Outcome {
    let little = is_little(cx, order)?;
    let Ok(length) = usize::try_from(length) else {
        return Err(cx.value_error("length argument must be non-negative"));
    };
    let value = super::value(this);
    if value.is_negative() && !signed {
        let message = "can't convert negative int to unsigned";
        return Err(cx.error(TypeId::OverflowError, message));
    }
    cx.room_for(Some(length))?;
    let Some(mut made) = in_bytes(&value, length, signed) else {
        return Err(cx.error(TypeId::OverflowError, "int too big to convert"));
    };
    if !little {
        made.reverse();
    }
    Ok(bytes::new(cx, &made))
}

/// The bytes in little-endian order, if they are enough.
fn in_bytes(value: &BigInt, length: usize, signed: bool) -> Option<Vec<u8>> {
    let (mut made, fill) = match (signed, value.is_negative()) {
        _ if value.sign() == Sign::NoSign => (Vec::new(), 0),
        (true, negative) => (value.to_signed_bytes_le(), if negative { 255 } else { 0 }),
        (false, _) => (value.to_bytes_le().1, 0),
    };
    (made.len() <= length).then(|| {
        made.resize(length, fill);
        made
    })
}

pub(super) fn from_bytes(
    cx: &Cx,
    class: Ref<'_>,
    source: Ref<'_>,
    order: &str,
    signed: bool,
) -> Outcome {
    let mut given = gather(cx, source)?;
    if !is_little(cx, order)? {
        given.reverse();
    }
    let value = cx.big(match signed {
        true => BigInt::from_signed_bytes_le(&given),
        false => BigInt::from_bytes_le(Sign::Plus, &given),
    });
    match class == cx.class(TypeId::Int).as_ref() {
        true => Ok(value),
        false => cx.call(class, Args::positional(&[value.borrow()])),
    }
}

fn gather(cx: &Cx, source: Ref<'_>) -> Outcome<Vec<u8>> {
    if let Some(bytes) = source.payload::<Bytes>() {
        return Ok(bytes.bytes.to_vec());
    }
    if source.downcast::<Str>().is_some() {
        return Err(cx.type_error("cannot convert 'str' object to bytes"));
    }
    let wrong = format!("cannot convert '{}' object to bytes", cx.type_name(source));
    let iterator = iterate::iter_or(cx, source, &wrong)?;
    let mut all = Vec::new();
    while let Some(item) = iterate::next(cx, iterator.borrow())? {
        let byte = number::index(cx, item.borrow())?;
        all.push(u8::try_from(byte).map_err(|_| cx.value_error("bytes must be in range(0, 256)"))?);
    }
    Ok(all)
}
