//! `str`.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::objects::str::Str;
use crate::refs::Ref;
use crate::types::define::class;

class! {
    pub(crate) STR: Str = "str" (Object) {
        slots { str: str, repr: repr, hash: super::object::hash }
    }
}

fn str(_cx: &Cx, this: Ref<'_>) -> Outcome {
    Ok(this.own())
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    Ok(cx.str(&format!("{:?}", cx.text_of(this))))
}
