//! `range`.

use crate::objects::range::Range;
use crate::types::define::class;

class! {
    pub(crate) RANGE: Range = "range" (Object) {
        slots {  }
    }
}
