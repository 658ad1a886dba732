//! `range`, and its iterators.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

use crate::compile::Comparison;
use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, compare, iterate, number, text};
use crate::eval::{Args, Outcome};
use crate::objects::range::Range;
use crate::refs::{Owned, Ref, lend};
use crate::sync::atomic::{AtomicI64, Ordering};
use crate::sync::event;
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::guarded::Guarded;
use crate::types::payload::{self, Boxed, payload};
use crate::types::slice::{self, Slice};
use crate::types::{TypeId, store};

class! {
    pub(crate) RANGE: Range = "range" (Object) {
        sealed;
        doc "range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\nThe integers from start (0 if not given) up to but without stop, step by step.";
        slots {
            new: new, repr: repr, len: len, truth: truth, iter: iter, contains: contains,
            get_item: get_item, compare: compare_ranges, hash: hash,
        }
        /// The items, the last one first.
        method __reversed__ as reversed(self);
        /// How often a value is in the range.
        method count(self, value, /);
        /// The place of a value in the range.
        method index(self, value, /);
        read start;
        read stop;
        read step;
    }
}

fn new(cx: &Cx, _class: &Class, args: Args<'_>) -> Outcome {
    if !args.names.is_empty() {
        return Err(cx.type_error("range() takes no keyword arguments"));
    }
    let one = cx.int(1);
    let zero = cx.int(0);
    let [start, stop, step] = match args.positional {
        [] => return Err(cx.type_error("range expected at least 1 argument, got 0")),
        [stop] => [zero.borrow(), *stop, one.borrow()],
        [start, stop] => [*start, *stop, one.borrow()],
        [start, stop, step] => [*start, *stop, *step],
        all => {
            let given = all.len();
            return Err(cx.type_error(format!("range expected at most 3 arguments, got {given}")));
        }
    };
    if let (Some(_), Some(_), Some(1..)) = (start.as_small(), stop.as_small(), step.as_small()) {
        return Ok(store::range(cx, start.own(), stop.own(), step.own()));
    }
    let [start, stop, step] = [
        number::integer(cx, start)?,
        number::integer(cx, stop)?,
        number::integer(cx, step)?,
    ];
    match step.is_zero() {
        true => Err(cx.value_error("range() arg 3 must not be zero")),
        false => Ok(make(cx, start, stop, step)),
    }
}

fn make(cx: &Cx, start: BigInt, stop: BigInt, step: BigInt) -> Owned {
    store::range(cx, cx.big(start), cx.big(stop), cx.big(step))
}

/// Start, stop and step as numbers.
fn numbers(range: &Range) -> [BigInt; 3] {
    store::range_parts(range).map(|part| number::exact_integer(part).unwrap_or_default())
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let [start, stop, step] = store::range_parts(this.layout());
    let shown = match step.as_small() {
        Some(1) => vec![start, stop],
        _ => vec![start, stop, step],
    };
    let mut out = "range(".to_owned();
    text::join_reprs(cx, shown, &mut out)?;
    out.push(')');
    Ok(cx.str(&out))
}

fn len(cx: &Cx, this: Ref<'_>) -> Outcome<usize> {
    let range = this.layout::<Range>();
    if let Some([_, _, count]) = range.small() {
        return Ok(count as usize);
    }
    match range.count().to_i64() {
        Some(count) => Ok(count as usize),
        None => Err(cx.error(
            crate::types::TypeId::OverflowError,
            "Python int too large to convert to C ssize_t",
        )),
    }
}

fn truth(_cx: &Cx, this: Ref<'_>) -> Outcome<bool> {
    Ok(!this.layout::<Range>().count().is_zero())
}

/// The place of a number in the range, if it is in it.
fn place(range: &Range, wanted: &BigInt) -> Option<BigInt> {
    let [start, _, step] = numbers(range);
    let (place, rest) = (wanted - start).div_mod_floor(&step);
    let inside = rest.is_zero() && !place.is_negative() && place < range.count();
    inside.then_some(place)
}

/// The place of the first number that equals a value.
fn find(cx: &Cx, this: Ref<'_>, value: Ref<'_>) -> Outcome<Option<BigInt>> {
    let range = this.layout::<Range>();
    let class = cx.class_of(value);
    let is_plain = class.is(crate::types::TypeId::Int) || class.is(crate::types::TypeId::Bool);
    if let (true, Some(wanted)) = (is_plain, number::exact_integer(value)) {
        return Ok(place(range, &wanted));
    }
    let iterator = iter(cx, this)?;
    let mut index = BigInt::ZERO;
    while let Some(item) = iterate::next(cx, iterator.borrow())? {
        if compare::same(cx, item.borrow(), value)? {
            return Ok(Some(index));
        }
        index += 1;
    }
    Ok(None)
}

fn contains(cx: &Cx, this: Ref<'_>, value: Ref<'_>) -> Outcome<bool> {
    Ok(find(cx, this, value)?.is_some())
}

fn count(cx: &Cx, this: Ref<'_>, value: Ref<'_>) -> Outcome<i64> {
    Ok(i64::from(find(cx, this, value)?.is_some()))
}

fn index(cx: &Cx, this: Ref<'_>, value: Ref<'_>) -> Outcome<BigInt> {
    match find(cx, this, value)? {
        Some(place) => Ok(place),
        None => {
            let shown = text::repr_text(cx, value)?;
            Err(cx.value_error(format!("{shown} is not in range")))
        }
    }
}

fn get_item(cx: &Cx, this: Ref<'_>, key: Ref<'_>) -> Outcome {
    let range = this.layout::<Range>();
    let [start, _, step] = numbers(range);
    let count = range.count();
    if let Some(slice) = key.payload::<Slice>() {
        let [first, last, stride] = slice::resolve(cx, slice, &count)?;
        let (first, last) = (&start + first * &step, &start + last * &step);
        return Ok(make(cx, first, last, step * stride));
    }
    if !number::is_index(cx, key) {
        let kind = cx.type_name(key);
        return Err(cx.type_error(format!(
            "range indices must be integers or slices, not {kind}"
        )));
    }
    let given = number::integer(cx, key)?;
    let given = if given.is_negative() {
        given + &count
    } else {
        given
    };
    match given.is_negative() || given >= count {
        true => Err(cx.index_error("range object index out of range")),
        false => Ok(cx.big(start + given * step)),
    }
}

/// What makes two ranges equal: the count, the first number if there is one, the step if there are two.
fn identity(cx: &Cx, range: &Range) -> [Owned; 3] {
    let [start, _, step] = numbers(range);
    let count = range.count();
    let first = if count.is_zero() {
        Owned::NONE
    } else {
        cx.big(start)
    };
    let stride = if count <= BigInt::from(1) {
        Owned::NONE
    } else {
        cx.big(step)
    };
    [cx.big(count), first, stride]
}

fn compare_ranges(cx: &Cx, comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let (Some(left), Some(right)) = (left.downcast::<Range>(), right.downcast::<Range>()) else {
        return Ok(Owned::not_implemented());
    };
    if !matches!(comparison, Comparison::Eq | Comparison::Ne) {
        return Ok(Owned::not_implemented());
    }
    let (left, right) = (identity(cx, left), identity(cx, right));
    compare::rows(
        cx,
        comparison,
        crate::refs::lend(&left),
        crate::refs::lend(&right),
    )
}

fn hash(cx: &Cx, this: Ref<'_>) -> Outcome<i64> {
    cx.lift(crate::objects::compare::hash_by_layout(cx.ts, this.value()))
}

fn start(_cx: &Cx, this: &Range) -> Owned {
    store::range_parts(this)[0].own()
}

fn stop(_cx: &Cx, this: &Range) -> Owned {
    store::range_parts(this)[1].own()
}

fn step(_cx: &Cx, this: &Range) -> Owned {
    store::range_parts(this)[2].own()
}

fn iter(cx: &Cx, this: Ref<'_>) -> Outcome {
    let range = this.layout::<Range>();
    if let Some([start, step, count]) = range.small() {
        return Ok(over_small(cx, start, step, count));
    }
    let [start, _, step] = numbers(range);
    Ok(over(cx, start, step, range.count()))
}

fn reversed(cx: &Cx, this: &Range) -> Owned {
    let [start, _, step] = numbers(this);
    let count = this.count();
    let last = start + (&count - 1) * &step;
    over(cx, last, -step, count)
}

/// An iterator over `count` numbers.
fn over(cx: &Cx, start: BigInt, step: BigInt, count: BigInt) -> Owned {
    let end = (&start + &step * &count).to_i64();
    if let (Some(start), Some(step), Some(count), Some(_)) =
        (start.to_i64(), step.to_i64(), count.to_i64(), end)
    {
        return over_small(cx, start, step, count);
    }
    let rest = Guarded::new("rest", (start, count));
    payload::new(cx, LongRangeIterator { step, rest })
}

/// The same where all numbers, and the one behind the last, have 64 bits.
fn over_small(cx: &Cx, start: i64, step: i64, count: i64) -> Owned {
    let position = AtomicI64::new("position", 0);
    let iterator = RangeIterator {
        start,
        step,
        count,
        position,
    };
    payload::new(cx, iterator)
}

/// An iterator over numbers of 64 bits.
pub(crate) struct RangeIterator {
    start: i64,
    step: i64,
    count: i64,
    /// How many were asked for.
    position: AtomicI64,
}

payload!(
    RangeIterator as RangeIterator,
    "range_iterator",
    |_this, _visit| {}
);

class! {
    pub(crate) RANGE_ITERATOR: Boxed<RangeIterator> = "range_iterator" (Object) {
        sealed;
        slots { iter: |_, this| Ok(this.own()), next: next }
        /// How many items are left, as far as is known.
        method __length_hint__ as length_hint(self);
        /// What pickle needs to make it again.
        method __reduce__ as reduce(self, /);
        /// Take the state that pickle has kept.
        method __setstate__ as set_state(self, object, /);
    }
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let iterator = this.payload::<RangeIterator>().expect("a range iterator");
    let position = iterator.take(cx, this);
    let more = position < iterator.count;
    Ok(more.then(|| cx.int(iterator.start + position * iterator.step)))
}

impl RangeIterator {
    /// Takes the next position, which no other step gets.
    #[inline]
    fn take(&self, cx: &Cx, this: Ref<'_>) -> i64 {
        event::writes(&raw const self.position, None);
        let header = this.header();
        if header.is_some_and(|header| header.count.is_uniquely_referenced(cx.ts.id())) {
            // ORDERING: relaxed: nobody else can come by the iterator meanwhile.
            let position = self.position.load(Ordering::Relaxed);
            // ORDERING: as above.
            self.position.store(position + 1, Ordering::Relaxed);
            return position;
        }
        // ORDERING: relaxed: the counter carries nothing but itself; it cannot overflow within a lifetime.
        self.position.fetch_add(1, Ordering::Relaxed)
    }
}

fn length_hint(_cx: &Cx, this: &RangeIterator) -> i64 {
    // ORDERING: relaxed: as above.
    (this.count - this.position.load(Ordering::Relaxed)).max(0)
}

/// `iter`, and the range that is left.
fn reduce(cx: &Cx, this: &RangeIterator) -> Outcome {
    let left = length_hint(cx, this);
    let start = BigInt::from(this.start) + BigInt::from(this.count - left) * this.step;
    let stop = &start + BigInt::from(left) * this.step;
    let step = cx.int(this.step);
    let parts = [cx.big(start), cx.big(stop), step];
    let range = cx.call(
        cx.class(TypeId::Range).as_ref(),
        Args::positional(lend(&parts)),
    )?;
    let found = attribute::in_dict(cx, cx.world().builtins(), cx.intern("iter"))?;
    let args = cx.tuple(vec![range]);
    Ok(cx.tuple(vec![found.unwrap_or(Owned::NONE), args, Owned::NONE]))
}

/// Passes over so many items.
fn set_state(cx: &Cx, this: &RangeIterator, passed: i64) {
    let passed = passed.clamp(0, length_hint(cx, this));
    event::writes(&raw const this.position, None);
    // ORDERING: relaxed: as for a step.
    this.position.fetch_add(passed, Ordering::Relaxed);
}

/// An iterator over numbers of any size.
pub(crate) struct LongRangeIterator {
    step: BigInt,
    /// The next number, and how many are left.
    rest: Guarded<(BigInt, BigInt)>,
}

payload!(
    LongRangeIterator as LongRangeIterator,
    "longrange_iterator",
    |_this, _visit| {}
);

class! {
    pub(crate) LONG_RANGE_ITERATOR: Boxed<LongRangeIterator> = "longrange_iterator" (Object) {
        sealed;
        slots { iter: |_, this| Ok(this.own()), next: next_long }
    }
}

fn next_long(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let iterator = this
        .payload::<LongRangeIterator>()
        .expect("a range iterator");
    let header = this.header().expect("an object");
    event::writes(&raw const iterator.rest, None);
    let number = iterator.rest.with(cx.ts, header, |(next, left)| {
        left.is_positive().then(|| {
            *left -= 1;
            let following = &*next + &iterator.step;
            std::mem::replace(next, following)
        })
    });
    Ok(number.map(|number| cx.big(number)))
}
