//! `list`.

use crate::objects::list::List;
use crate::types::define::class;

class! {
    pub(crate) LIST: List = "list" (Object) {
        slots {  }
    }
}
