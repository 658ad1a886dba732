//! `bytearray`.

use crate::types::define::class;
use crate::types::guarded::Guarded;
use crate::types::payload::{Boxed, payload};

/// Bytes that change.
pub(crate) struct Bytearray {
    pub(crate) bytes: Guarded<Vec<u8>>,
}

payload!(Bytearray as Bytearray, "bytearray", |_this, _visit| {});

class! {
    pub(crate) BYTEARRAY: Boxed<Bytearray> = "bytearray" (Object) {}
}
