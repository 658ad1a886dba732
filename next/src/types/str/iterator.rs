//! `str_ascii_iterator`'s one class for all strings.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::types::define::class;
use crate::types::guarded::Guarded;
use crate::types::payload::{self, Boxed, payload};

/// An iterator over the characters of a string.
pub(crate) struct StrIterator {
    string: Owned,
    /// The offset of the next character.
    offset: Guarded<usize>,
}

payload!(StrIterator as StrIterator, "str_iterator", |this, visit| {
    visit(this.string.borrow())
});

class! {
    pub(crate) STR_ITERATOR: Boxed<StrIterator> = "str_iterator" (Object) {
        sealed;
        slots { iter: itself, next: next }
        method __length_hint__ as hint(self, /);
    }
}

/// `iter(string)`
pub(crate) fn over_str(cx: &Cx, string: Ref<'_>) -> Outcome {
    let iterator = StrIterator {
        string: string.own(),
        offset: Guarded::new("offset", 0),
    };
    Ok(payload::new(cx, iterator))
}

fn itself(_cx: &Cx, this: Ref<'_>) -> Outcome {
    Ok(this.own())
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (Some(header), Some(iterator)) = (this.header(), this.payload::<StrIterator>()) else {
        return Ok(None);
    };
    let text = iterator.string.borrow().layout::<Str>().as_str();
    let range = iterator.offset.with(cx.ts, header, |offset| {
        let start = *offset;
        let width = text[start..].chars().next().map_or(0, char::len_utf8);
        *offset += width;
        start..start + width
    });
    Ok((!range.is_empty()).then(|| cx.str(&text[range])))
}

fn hint(cx: &Cx, this: Ref<'_>) -> usize {
    let (Some(header), Some(iterator)) = (this.header(), this.payload::<StrIterator>()) else {
        return 0;
    };
    let offset = iterator.offset.with(cx.ts, header, |offset| *offset);
    let text = iterator.string.borrow().layout::<Str>().as_str();
    text[offset..].chars().count()
}
