//! `collections.deque`: its items lie in a container of the layer below, which keeps them whole between threads.

mod change;
mod iterator;

use crate::compile::Comparison;
use crate::eval::cx::Cx;
use crate::eval::ops::{compare, iterate, number, text};
use crate::eval::{Args, Outcome, Raised};
use crate::objects::deque::{self as ring, Deque, End};
use crate::refs::{Owned, Ref, lend};
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::class_getitem::class_getitem;
use crate::types::define::{Function, class, function};

use change::{
    add, clear, extend, extendleft, in_place_add, in_place_multiply, insert, multiply, remove,
    reverse, rotate, set_item,
};
pub(crate) use iterator::{ITERATOR, REVERSE_ITERATOR};
use iterator::{iter, reversed};

class! {
    pub(crate) DEQUE: Deque = "deque" (Object) {
        module "collections";
        doc "A list that is quick at both ends, where both are one step for other threads; with maxlen, one end gives up \
            what the other gets too much.";
        unhashable;
        with_weak;
        slots {
            new: new, init: init, repr: repr, compare: compare_deques, len: len, contains: contains,
            get_item: get_item, set_item: set_item, iter: iter, add: add, multiply: multiply,
            in_place_add: in_place_add, in_place_multiply: in_place_multiply,
        }
        /// The class with types for its items, as annotations have them.
        class __class_getitem__ as class_getitem(self, object, /);
        /// Add an item at the right end.
        method append(self, item, /);
        /// Add an item at the left end.
        method appendleft(self, item, /);
        /// Take out the item at the right end.
        method pop(self, /);
        /// Take out the item at the left end.
        method popleft(self, /);
        /// Add all items of an iterable at the right end.
        method extend(self, iterable, /);
        /// Add all items of an iterable at the left end, one after the other.
        method extendleft(self, iterable, /);
        /// Move so many items from the right end to the left one, or the other way for a negative number.
        method rotate(self, n = 1, /);
        /// Turn the order of the items round.
        method reverse(self, /);
        /// Become empty.
        method clear(self, /);
        /// A new deque with the same items.
        method copy(self, /);
        /// A new deque with the same items.
        method __copy__ as copy(self, /);
        /// How many items equal a value.
        method count(self, value, /);
        /// The first place of a value; ValueError if there is none.
        method index(self, value, start = Clamped(0), stop = Clamped(i64::MAX), /);
        /// Put an item before the one at this index.
        method insert(self, index, value, /);
        /// Take out the first item that equals a value.
        method remove(self, value, /);
        /// The items, the last one first.
        method __reversed__ as reversed(self, /);
        /// What pickle needs to make it again.
        method __reduce__ as reduce(self, /);
        /// How many items there may be, or None.
        get maxlen;
    }
}

fn own(value: crate::objects::value::Value) -> Owned {
    // SAFETY: every caller passes a reference that the layer below gave it.
    unsafe { Owned::from_value(value) }
}

fn of(this: Ref<'_>) -> &Deque {
    this.layout::<Deque>()
}

/// All items at one moment.
fn all(cx: &Cx, deque: &Deque) -> Vec<Owned> {
    let copies = |value: &crate::objects::value::Value| crate::objects::new_ref(cx.ts, *value);
    let values: Vec<_> = ring::read(cx.ts, deque, |items| items.iter().map(copies).collect());
    values.into_iter().map(own).collect()
}

/// A new deque of a class, without items.
fn empty(cx: &Cx, class: &Class, most: Option<usize>) -> Owned {
    // SAFETY: the class is borrowed, and its layout is that of deques.
    own(unsafe { ring::new_in(cx.ts, class.head(), most) })
}

fn new(cx: &Cx, class: &Class, _args: Args<'_>) -> Outcome {
    Ok(empty(cx, class, None))
}

const INIT: Function = function!(
    true,
    "deque",
    "",
    fill,
    (self, iterable = None, maxlen = None)
);

fn init(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    crate::types::native::with_receiver(this, args, |args| {
        crate::types::args::call(cx, &INIT, None, args).map(drop)
    })
}

fn fill(cx: &Cx, this: Ref<'_>, iterable: Option<Ref<'_>>, most: Option<Ref<'_>>) -> Outcome<()> {
    let most = match most {
        None => None,
        Some(most) if !cx.is_instance(most, TypeId::Int) => {
            return Err(cx.type_error("an integer is required"));
        }
        Some(most) => match usize::try_from(number::size(cx, most)?) {
            Ok(most) => Some(most),
            Err(_) => return Err(cx.value_error("maxlen must be non-negative")),
        },
    };
    let gone = ring::reset(cx.ts, of(this), most);
    gone.into_iter().map(own).for_each(drop);
    match iterable {
        Some(iterable) => extend(cx, of(this), iterable),
        None => Ok(()),
    }
}

fn append(cx: &Cx, deque: &Deque, item: Owned) {
    ring::push(cx.ts, deque, End::Right, item.into_value());
}

fn appendleft(cx: &Cx, deque: &Deque, item: Owned) {
    ring::push(cx.ts, deque, End::Left, item.into_value());
}

fn taken(cx: &Cx, deque: &Deque, end: End) -> Outcome {
    match ring::pop(cx.ts, deque, end) {
        Some(item) => Ok(own(item)),
        None => Err(cx.index_error("pop from an empty deque")),
    }
}

fn pop(cx: &Cx, deque: &Deque) -> Outcome {
    taken(cx, deque, End::Right)
}

fn popleft(cx: &Cx, deque: &Deque) -> Outcome {
    taken(cx, deque, End::Left)
}

fn copy(cx: &Cx, this: Ref<'_>) -> Outcome {
    let deque = of(this);
    let class = cx.class_of(this);
    let most = ring::most(cx.ts, deque);
    if class.is_builtin() {
        let made = empty(cx, class, most);
        put(cx, made.borrow(), all(cx, deque));
        return Ok(made);
    }
    match most {
        None => cx.call(class.as_ref(), Args::positional(&[this])),
        Some(most) => {
            let most = cx.int(most as i64);
            cx.call(class.as_ref(), Args::positional(&[this, most.borrow()]))
        }
    }
}

/// Puts items into a deque that nobody else knows.
fn put(cx: &Cx, deque: Ref<'_>, items: Vec<Owned>) {
    for item in items {
        append(cx, of(deque), item);
    }
}

fn maxlen(cx: &Cx, deque: &Deque) -> Option<Owned> {
    ring::most(cx.ts, deque).map(|most| cx.int(most as i64))
}

fn reduce(cx: &Cx, this: Ref<'_>) -> Outcome {
    let class = cx.class_of(this).as_ref().own();
    let args = match ring::most(cx.ts, of(this)) {
        None => Vec::new(),
        Some(most) => vec![cx.tuple(Vec::new()), cx.int(most as i64)],
    };
    let state = cx.call_method(this, "__getstate__", &[])?;
    let items = iterate::iter(cx, this)?;
    Ok(cx.tuple(vec![class, cx.tuple(args), state, items]))
}

fn len(_cx: &Cx, this: Ref<'_>) -> Outcome<usize> {
    Ok(of(this).len())
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let deque = of(this);
    if cx.is_shown(this) {
        return Ok(cx.str("[...]"));
    }
    let items = all(cx, deque);
    let name = cx.class_of(this).name(cx);
    let end = match ring::most(cx.ts, deque) {
        None => "])".to_owned(),
        Some(most) => format!("], maxlen={most})"),
    };
    text::row(cx, this, (&format!("{name}(["), &end), "[...]", |out| {
        text::join_reprs(cx, lend(&items).iter().copied(), out)
    })
}

fn compare_deques(cx: &Cx, comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let (Some(one), Some(other)) = (left.downcast::<Deque>(), right.downcast::<Deque>()) else {
        return Ok(Owned::not_implemented());
    };
    let (one, other) = (all(cx, one), all(cx, other));
    compare::rows(cx, comparison, lend(&one), lend(&other))
}

#[cold]
fn out_of_range(cx: &Cx) -> Raised {
    cx.index_error("deque index out of range")
}

/// The place of an index, which may count from the end.
fn place(index: i64, len: usize) -> Option<usize> {
    let index = if index < 0 { index + len as i64 } else { index };
    usize::try_from(index).ok().filter(|place| *place < len)
}

/// The index that a subscript is.
fn subscript(cx: &Cx, key: Ref<'_>) -> Outcome<i64> {
    match number::is_index(cx, key) {
        true => number::position(cx, key),
        false => {
            let kind = cx.type_name(key);
            Err(cx.type_error(format!("sequence index must be integer, not '{kind}'")))
        }
    }
}

fn get_item(cx: &Cx, this: Ref<'_>, key: Ref<'_>) -> Outcome {
    let index = subscript(cx, key)?;
    let found = ring::get(cx.ts, of(this), |items| {
        place(index, items.len()).map(|place| items[place])
    });
    found.map(own).ok_or_else(|| out_of_range(cx))
}

/// Compares the items with a value, one after the other, until `stop` says so; nobody may change them meanwhile. The lock
/// is held as long as no comparison gives it up.
fn each(
    cx: &Cx,
    deque: &Deque,
    (first, last): (usize, usize),
    value: Ref<'_>,
    mut stop: impl FnMut(usize, bool) -> bool,
) -> Outcome<()> {
    ring::within(cx.ts, deque, || {
        let version = ring::version(cx.ts, deque);
        for index in first..last {
            let Ok(item) = ring::get_unchanged(cx.ts, deque, version, index) else {
                return Err(mutated(cx));
            };
            let Some(item) = item.map(own) else {
                return Ok(());
            };
            if stop(index, compare::same(cx, item.borrow(), value)?) {
                return Ok(());
            }
        }
        Ok(())
    })
}

#[cold]
fn mutated(cx: &Cx) -> Raised {
    cx.error(TypeId::RuntimeError, "deque mutated during iteration")
}

/// The first place of a value in a range.
fn find(cx: &Cx, deque: &Deque, range: (usize, usize), value: Ref<'_>) -> Outcome<Option<usize>> {
    let mut found = None;
    each(cx, deque, range, value, |index, same| {
        found = same.then_some(index);
        same
    })?;
    Ok(found)
}

fn contains(cx: &Cx, this: Ref<'_>, value: Ref<'_>) -> Outcome<bool> {
    Ok(find(cx, of(this), (0, usize::MAX), value)?.is_some())
}

fn count(cx: &Cx, deque: &Deque, value: Ref<'_>) -> Outcome<usize> {
    let mut count = 0;
    each(cx, deque, (0, usize::MAX), value, |_, same| {
        count += usize::from(same);
        false
    })?;
    Ok(count)
}

fn index(cx: &Cx, this: &Deque, value: Ref<'_>, start: Clamped, stop: Clamped) -> Outcome<usize> {
    let len = this.len();
    let range = (start.in_length(len), stop.in_length(len));
    match find(cx, this, range, value)? {
        Some(index) => Ok(index),
        None => Err(not_there(cx, value)),
    }
}

#[cold]
fn not_there(cx: &Cx, value: Ref<'_>) -> Raised {
    match text::repr_text(cx, value) {
        Ok(shown) => cx.value_error(format!("{shown} is not in deque")),
        Err(raised) => raised,
    }
}

/// An index of which any integer is one.
struct Clamped(i64);

impl Clamped {
    /// Where it is in so many items.
    fn in_length(&self, len: usize) -> usize {
        let from_end = if self.0 < 0 { len as i64 } else { 0 };
        (self.0.saturating_add(from_end)).clamp(0, len as i64) as usize
    }
}

impl<'a> crate::types::convert::Take<'a> for Clamped {
    fn take(cx: &Cx, value: Ref<'a>) -> Outcome<Self> {
        match number::is_index(cx, value) {
            true => number::clamped(cx, value).map(Self),
            false => {
                Err(cx.type_error("slice indices must be integers or have an __index__ method"))
            }
        }
    }
}
