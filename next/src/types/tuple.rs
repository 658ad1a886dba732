//! `tuple`.

use crate::objects::tuple::Tuple;
use crate::types::define::class;

class! {
    pub(crate) TUPLE: Tuple = "tuple" (Object) {
        slots {  }
    }
}
