//! The iterator of a set, which notices when the set's size changes.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::objects::set::Cursor;
use crate::refs::{Owned, Ref};
use crate::sync::event;
use crate::types::define::class;
use crate::types::guarded::Guarded;
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};

use super::{any, store};

/// An iterator over a set; the set is gone at its end.
pub(crate) struct SetIterator {
    state: Guarded<State>,
}

struct State {
    set: Option<Owned>,
    cursor: Cursor,
    /// Keys that are still to come, by the length at the start.
    left: usize,
}

payload!(SetIterator as SetIterator, "set_iterator", |this, visit| {
    this.state
        .alone(|state| state.set.iter().for_each(|set| visit(set.borrow())));
});

class! {
    pub(crate) SET_ITERATOR: Boxed<SetIterator> = "set_iterator" (Object) {
        sealed;
        slots { iter: itself, next: next }
        /// How many items are left, as far as is known.
        method __length_hint__ as length_hint(self, /);
    }
}

/// `iter(set)`
pub(super) fn iter(cx: &Cx, this: Ref<'_>) -> Outcome {
    let set = super::of(this);
    let state = State {
        set: Some(this.own()),
        cursor: Cursor::new(set),
        left: set.len(),
    };
    let state = Guarded::new("set iterator", state);
    Ok(payload::new(cx, SetIterator { state }))
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (Some(header), Some(iterator)) = (this.header(), this.payload::<SetIterator>()) else {
        return Ok(None);
    };
    event::reads(&raw const iterator.state, None);
    let (source, mut cursor) = iterator
        .state
        .with(cx.ts, header, |state| (state.set.clone(), state.cursor));
    let Some(source) = source else {
        return Ok(None);
    };
    let Some(set) = any(source.borrow()) else {
        return Ok(None);
    };
    let found = store::next(cx, &mut cursor, set);
    if found.is_err() {
        cursor.spoil();
    }
    let ended = matches!(found, Ok(None));
    event::writes(&raw const iterator.state, None);
    let gone = iterator.state.with(cx.ts, header, |state| {
        state.cursor = cursor;
        state.left = state.left.saturating_sub(1);
        state.set.take_if(|_| ended)
    });
    drop(gone);
    found
}

fn length_hint(cx: &Cx, this: Ref<'_>) -> usize {
    let (Some(header), Some(iterator)) = (this.header(), this.payload::<SetIterator>()) else {
        return 0;
    };
    let (source, cursor, left) = iterator.state.with(cx.ts, header, |state| {
        (state.set.clone(), state.cursor, state.left)
    });
    let set = source.as_ref().and_then(|set| any(set.borrow()));
    match set {
        Some(set) if cursor.is_valid(set) => left,
        _ => 0,
    }
}
