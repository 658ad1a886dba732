//! `bytes`.

use crate::eval::cx::Cx;
use crate::refs::Owned;
use crate::types::define::class;
use crate::types::payload::{self, Boxed, payload};

/// Immutable bytes.
pub(crate) struct Bytes {
    pub(crate) bytes: Box<[u8]>,
}

payload!(Bytes as Bytes, "bytes", |_this, _visit| {});

class! {
    pub(crate) BYTES: Boxed<Bytes> = "bytes" (Object) {}
}

/// New bytes.
pub(crate) fn new(cx: &Cx, bytes: &[u8]) -> Owned {
    payload::new(
        cx,
        Bytes {
            bytes: bytes.into(),
        },
    )
}

/// The bytes of a bytes-like object at one moment.
pub(crate) fn data(cx: &Cx, value: crate::refs::Ref<'_>) -> Option<Vec<u8>> {
    use crate::types::bytearray::Bytearray;
    if let Some(bytes) = value.payload::<Bytes>() {
        return Some(bytes.bytes.to_vec());
    }
    let (header, array) = (value.header()?, value.payload::<Bytearray>()?);
    Some(array.bytes.with(cx.ts, header, |bytes| bytes.clone()))
}
