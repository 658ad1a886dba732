//! `float`.

use crate::objects::float::Float;
use crate::types::define::class;

class! {
    pub(crate) FLOAT: Float = "float" (Object) {
        slots { hash: super::object::hash }
    }
}
