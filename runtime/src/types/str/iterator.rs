//! `str_iterator`, and `str_ascii_iterator`, which differs by its name only.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::{number, subscript};
use crate::objects::str::Str;
use crate::objects::str::places::count;
use crate::refs::{Owned, Ref};
use crate::sync::atomic::AtomicUsize;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::event;
use crate::types::TypeId;
use crate::types::define::class;
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};

use super::{CHARS, slice};

/// An iterator over the characters of a string.
pub(crate) struct StrIterator {
    string: Owned,
    /// The offset of the next character. Each step moves it on from where that character begins, so that threads that
    /// share the iterator never get the same one.
    offset: AtomicUsize,
}

payload!(StrIterator as StrIterator, "str_iterator", |this, visit| {
    visit(this.string.borrow())
});

/// Declares the two classes.
macro_rules! classes {
    ($($id:ident $name:literal)*) => {
        $(class! {
            pub(crate) $id: Boxed<StrIterator> = $name (Object) {
                sealed;
                slots { iter: itself, next: next }
                /// How many items are left, as far as is known.
                method __length_hint__ as hint(self, /);
                /// What pickle needs to make it again.
                method __reduce__ as reduce(self, /);
                /// Take the state that pickle has kept.
                method __setstate__ as set_state(self, object, /);
            }
        })*
    };
}

classes! {
    STR_ITERATOR "str_iterator"
    STR_ASCII_ITERATOR "str_ascii_iterator"
}

/// `iter(string)`
pub(crate) fn over_str(cx: &Cx, string: Ref<'_>) -> Outcome {
    let iterator = StrIterator {
        string: string.own(),
        offset: AtomicUsize::new("offset", 0),
    };
    let is_ascii = string.downcast::<Str>().is_some_and(Str::is_ascii);
    let id = match is_ascii {
        true => TypeId::StrAsciiIterator,
        false => TypeId::StrIterator,
    };
    Ok(payload::new_in(cx, cx.class(id), iterator))
}

impl StrIterator {
    fn string(&self) -> &Str {
        self.string.borrow().layout()
    }

    /// The offset of the next character.
    fn offset(&self) -> usize {
        // ORDERING: relaxed: it carries nothing, the string never changes.
        self.offset.load(Relaxed)
    }

    /// Takes the next character: its offset and its length.
    fn take(&self, text: &[u8]) -> Option<(usize, usize)> {
        event::writes(&raw const self.offset, None);
        let mut at = self.offset();
        loop {
            if at >= text.len() {
                return None;
            }
            let (_, width) = CHARS.at(text, at);
            // ORDERING: relaxed: only that no character is taken twice.
            match self
                .offset
                .compare_exchange_weak(at, at + width, Relaxed, Relaxed)
            {
                Ok(_) => return Some((at, width)),
                Err(now) => at = now,
            }
        }
    }
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let Some(iterator) = this.payload::<StrIterator>() else {
        return Ok(None);
    };
    let string = iterator.string();
    let taken = iterator.take(string.as_bytes());
    Ok(taken.map(|(at, width)| slice(cx, string, at..at + width)))
}

fn hint(_cx: &Cx, this: &StrIterator) -> usize {
    count(&this.string().as_bytes()[this.offset()..])
}

/// The function that makes such an iterator, its arguments, and the place.
fn reduce(cx: &Cx, this: &StrIterator) -> Outcome {
    let offset = this.offset();
    let builtins = cx.world().builtins();
    let iter = subscript::get(cx, builtins, cx.intern("iter"))?;
    let string = this.string();
    if offset >= string.as_bytes().len() {
        let none = cx.tuple(vec![cx.tuple(Vec::new())]);
        return Ok(cx.tuple(vec![iter, none]));
    }
    let args = cx.tuple(vec![this.string.clone()]);
    let place = cx.int(string.index(cx.ts, offset) as i64);
    Ok(cx.tuple(vec![iter, args, place]))
}

fn set_state(cx: &Cx, this: &StrIterator, object: Ref<'_>) -> Outcome<()> {
    let place = usize::try_from(number::index(cx, object)?).unwrap_or(0);
    let offset = this.string().offset(cx.ts, place);
    // ORDERING: relaxed, as in `offset`.
    this.offset.store(offset, Relaxed);
    Ok(())
}
