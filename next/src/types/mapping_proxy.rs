//! `mappingproxy`: a view of a mapping that cannot change it.

use crate::eval::cx::Cx;
use crate::refs::Owned;
use crate::types::define::class;
use crate::types::payload::{self, Boxed, payload};

/// A view of a mapping.
pub(crate) struct MappingProxy {
    pub(crate) mapping: Owned,
}

payload!(
    MappingProxy as MappingProxy,
    "mappingproxy",
    |this, visit| visit(this.mapping.borrow())
);

class! {
    pub(crate) MAPPING_PROXY: Boxed<MappingProxy> = "mappingproxy" (Object) {
        sealed;
    }
}

/// A view of a mapping.
pub(crate) fn new(cx: &Cx, mapping: Owned) -> Owned {
    payload::new(cx, MappingProxy { mapping })
}
