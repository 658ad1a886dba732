//! Iterators over a dict and its views, forwards and backwards.
//!
//! Threads that share one get every pair once: a step reads the cursor, asks the dict, and counts only if the cursor is
//! still what it was.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::objects::dict::{Cursor, Dict};
use crate::objects::header::Header;
use crate::refs::{Owned, Ref};
use crate::sync::event;
use crate::types::define::class;
use crate::types::guarded::Guarded;
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};
use crate::types::{TypeId, store};

/// An iterator over a dict.
pub(crate) struct DictIterator {
    dict: Owned,
    /// Nothing at the end.
    cursor: Guarded<Option<Cursor>>,
}

payload!(
    DictIterator as DictKeyIterator,
    "dict iterator",
    |this, visit| {
        visit(this.dict.borrow());
    }
);

/// The classes, each with what it shows of a pair and the way it goes.
macro_rules! iterators {
    ($($table:ident $name:literal $next:ident = $step:ident $show:expr;)*) => {
        $(
            class! {
                pub(crate) $table: Boxed<DictIterator> = $name (Object) {
                    sealed;
                    slots { iter: itself, next: $next }
                    /// How many items are left, as far as is known.
                    method __length_hint__ as length_hint(self, /);
                    /// What pickle needs to make it again.
                    method __reduce__ as reduce(self, /);
                }
            }

            fn $next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
                let pair = advance(cx, this, store::$step)?;
                Ok(pair.map(|(key, value)| $show(cx, key, value)))
            }
        )*
    };
}

iterators! {
    KEY_ITERATOR "dict_keyiterator" next_key = dict_next |_: &Cx, key, _| key;
    VALUE_ITERATOR "dict_valueiterator" next_value = dict_next |_: &Cx, _, value| value;
    ITEM_ITERATOR "dict_itemiterator" next_item = dict_next pair;
    REVERSE_KEY_ITERATOR "dict_reversekeyiterator" key_before = dict_next_back |_: &Cx, key, _| key;
    REVERSE_VALUE_ITERATOR "dict_reversevalueiterator" value_before = dict_next_back |_: &Cx, _, value| value;
    REVERSE_ITEM_ITERATOR "dict_reverseitemiterator" item_before = dict_next_back pair;
}

fn pair(cx: &Cx, key: Owned, value: Owned) -> Owned {
    cx.pair(key, value)
}

/// An iterator of one of the classes here.
pub(super) fn over(cx: &Cx, sort: TypeId, dict: Ref<'_>) -> Owned {
    let inside = super::of(dict);
    let goes_back = matches!(
        sort,
        TypeId::DictReverseKeyIterator
            | TypeId::DictReverseValueIterator
            | TypeId::DictReverseItemIterator
    );
    let cursor = match goes_back {
        true => Cursor::at_end(inside),
        false => Cursor::new(inside),
    };
    let made = DictIterator {
        dict: dict.own(),
        cursor: Guarded::new("dict cursor", Some(cursor)),
    };
    payload::new_in(cx, cx.class(sort), made)
}

type Step = fn(&Cx, &mut Cursor, &Dict) -> Outcome<Option<(Owned, Owned)>>;

/// The next pair, which no other thread gets.
fn advance(cx: &Cx, this: Ref<'_>, step: Step) -> Outcome<Option<(Owned, Owned)>> {
    let (Some(iterator), Some(header)) = (this.payload::<DictIterator>(), this.header()) else {
        return Ok(None);
    };
    let dict = super::of(iterator.dict.borrow());
    loop {
        let Some(before) = iterator.cursor(cx, header) else {
            return Ok(None);
        };
        let mut after = before;
        let found = step(cx, &mut after, dict);
        let next = match &found {
            Ok(Some(_)) => Some(after),
            Ok(None) => None,
            Err(_) => {
                after.spoil();
                Some(after)
            }
        };
        if iterator.moved(cx, header, before, next) {
            return found;
        }
    }
}

impl DictIterator {
    fn cursor(&self, cx: &Cx, header: &Header) -> Option<Cursor> {
        event::reads(&raw const self.cursor, None);
        self.cursor.with_sole(cx.ts, header, |cursor| *cursor)
    }

    /// Moves the cursor, unless somebody else did meanwhile.
    fn moved(&self, cx: &Cx, header: &Header, from: Cursor, to: Option<Cursor>) -> bool {
        event::writes(&raw const self.cursor, None);
        self.cursor.with_sole(cx.ts, header, |cursor| {
            let is_mine = *cursor == Some(from);
            if is_mine {
                *cursor = to;
            }
            is_mine
        })
    }
}

fn length_hint(cx: &Cx, this: Ref<'_>) -> usize {
    let (Some(iterator), Some(header)) = (this.payload::<DictIterator>(), this.header()) else {
        return 0;
    };
    let dict = super::of(iterator.dict.borrow());
    let cursor = iterator.cursor(cx, header);
    cursor.map_or(0, |cursor| cursor.left(dict))
}

/// What is left, as a list's iterator; the iterator itself stays where it is.
fn reduce(cx: &Cx, this: Ref<'_>) -> Outcome {
    let (Some(iterator), Some(header)) = (this.payload::<DictIterator>(), this.header()) else {
        return Ok(Owned::NONE);
    };
    let copy = DictIterator {
        dict: iterator.dict.clone(),
        cursor: Guarded::new("dict cursor", iterator.cursor(cx, header)),
    };
    let copy = payload::new_in(cx, cx.class_of(this), copy);
    let left = crate::eval::ops::iterate::collect(cx, copy.borrow())?;
    let iter = crate::eval::ops::attribute::in_dict(cx, cx.world().builtins(), cx.intern("iter"))?;
    let args = cx.tuple(vec![cx.list(left)]);
    Ok(cx.tuple(vec![iter.unwrap_or(Owned::NONE), args]))
}
