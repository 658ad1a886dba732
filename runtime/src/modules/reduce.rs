//! What `object.__reduce_ex__` and `object.__getstate__` give, from the module `copyreg`.

use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome};
use crate::modules::library;
use crate::refs::Ref;

/// What makes an equal object.
pub(super) fn reduce(cx: &Cx, object: Ref<'_>, protocol: i64) -> Outcome {
    let reduce = library::function(cx, "copyreg", "_reduce")?;
    let protocol = cx.int(protocol);
    cx.call(
        reduce.borrow(),
        Args::positional(&[object, protocol.borrow()]),
    )
}

/// Its attributes and slots.
pub(super) fn state(cx: &Cx, object: Ref<'_>) -> Outcome {
    let state = library::function(cx, "copyreg", "_state")?;
    cx.call(state.borrow(), Args::positional(&[object]))
}
