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
