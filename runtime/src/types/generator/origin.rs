//! Where a coroutine was made, for those who ask before: `cr_origin`.

use crate::eval::cx::Cx;
use crate::refs::Owned;
use crate::types::{TypeId, frame};

/// File, line and function of as many calls as are to be remembered, the innermost first; nothing if none are.
pub(super) fn of_new(cx: &Cx, sort: TypeId) -> Option<Owned> {
    let depth = cx.origin_depth.get();
    if sort != TypeId::Coroutine || depth == 0 {
        return None;
    }
    let calls = (0..depth).map_while(|below| call(cx, below)).collect();
    Some(cx.tuple(calls))
}

/// One call on this thread's stack; nothing if there are not so many.
fn call(cx: &Cx, below: usize) -> Option<Owned> {
    let running = cx.frame_object(below)?;
    let (source, line) = frame::source_and_line(cx, running.borrow())?;
    let function = frame::function_name(running.borrow())?;
    let parts = vec![cx.str(source.name()), cx.int(line), cx.str(function)];
    Some(cx.tuple(parts))
}
