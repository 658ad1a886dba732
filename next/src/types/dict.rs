//! `dict`.

use crate::objects::dict::Dict;
use crate::types::define::class;

class! {
    pub(crate) DICT: Dict = "dict" (Object) {
        slots {  }
    }
}
