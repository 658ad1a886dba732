//! Iterators: over the built-in containers, and those of `enumerate`, `zip`, `map`, `filter` and `reversed`.
//!
//! Positions are relaxed atomics, as in CPython's free-threaded build: threads that share an iterator may see an item
//! twice or not at all, and nothing worse.

mod adaptors;
mod unpack;

use crate::eval::context::Context;
use crate::eval::other::{Other, Part};
use crate::eval::types::{TypeId, type_name};
use crate::eval::{Outcome, operators};
use crate::objects::dict::{Cursor, Dict};
use crate::objects::list::{self, List};
use crate::objects::range::Range;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;
use crate::protocols::critical_section;
use crate::sync::atomic::AtomicI64;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::cell::Cell;

pub(crate) use unpack::{collect, each};
pub(in crate::eval) use unpack::{unpack, unpack_with_rest};

/// What an iterator goes over.
pub(crate) enum Source {
    List(Value),
    Tuple(Value),
    Str(Value),
    Bytes(Value),
    /// Small integers from the position up or down to a limit.
    Range {
        stop: i64,
        step: i64,
    },
    /// Integers of any size; the position counts them.
    LongRange(Value),
    Dict {
        dict: Value,
        part: Part,
        cursor: Cell<Cursor>,
    },
    Enumerate(Value),
    Zip {
        iterators: Vec<Value>,
        strict: bool,
    },
    Map {
        function: Value,
        iterators: Vec<Value>,
    },
    Filter {
        function: Value,
        iterator: Value,
    },
    /// From the end of a list, tuple or str.
    Reversed(Value),
    /// Calls until a value comes.
    Callable {
        function: Value,
        sentinel: Value,
    },
}

/// An iterator.
pub(crate) struct Iteration {
    source: Source,
    position: AtomicI64,
}

/// The position of an iterator that has ended.
const ENDED: i64 = i64::MIN;

/// What an iterator gave.
pub(crate) enum Next {
    Item(Value),
    End,
}

impl From<Option<Value>> for Next {
    fn from(item: Option<Value>) -> Self {
        item.map_or(Next::End, Next::Item)
    }
}

impl Iteration {
    /// An iterator that takes over the references in its source.
    pub(crate) fn alloc(cx: &Context<'_>, source: Source, position: i64) -> Value {
        let position = AtomicI64::new("position", position);
        Other::Iterator(Iteration { source, position }).alloc(cx.ts)
    }

    pub(in crate::eval) fn references(&self, visit: &mut dyn FnMut(Value)) {
        match &self.source {
            Source::List(value)
            | Source::Tuple(value)
            | Source::Str(value)
            | Source::Bytes(value)
            | Source::LongRange(value)
            | Source::Dict { dict: value, .. }
            | Source::Enumerate(value)
            | Source::Reversed(value) => visit(*value),
            Source::Range { .. } => {}
            Source::Zip { iterators, .. } => iterators.iter().for_each(|value| visit(*value)),
            Source::Map {
                function,
                iterators,
            } => {
                visit(*function);
                iterators.iter().for_each(|value| visit(*value));
            }
            Source::Filter { function, iterator } => {
                [*function, *iterator].into_iter().for_each(visit)
            }
            Source::Callable { function, sentinel } => {
                [*function, *sentinel].into_iter().for_each(visit)
            }
        }
    }

    pub(in crate::eval) fn type_id(&self) -> TypeId {
        match self.source {
            Source::Enumerate(_) => TypeId::Enumerate,
            Source::Zip { .. } => TypeId::Zip,
            Source::Map { .. } => TypeId::Map,
            Source::Filter { .. } => TypeId::Filter,
            Source::Reversed(_) => TypeId::Reversed,
            _ => TypeId::Iterator,
        }
    }

    fn position(&self) -> i64 {
        // ORDERING: relaxed: the position is about nothing but itself.
        self.position.load(Relaxed)
    }

    fn move_to(&self, position: i64) {
        // ORDERING: as above.
        self.position.store(position, Relaxed);
    }

    /// The item at the position, which then moves on; ends when there is none.
    fn step(&self, item: impl FnOnce(i64) -> Option<Value>) -> Next {
        let position = self.position();
        let found = if position == ENDED {
            None
        } else {
            item(position)
        };
        self.move_to(if found.is_some() { position + 1 } else { ENDED });
        found.into()
    }

    #[inline]
    fn step_range(&self, stop: i64, step: i64) -> Next {
        let position = self.position();
        let more = if step > 0 {
            position < stop
        } else {
            position > stop
        };
        match Value::small(position) {
            Some(value) if more => {
                self.move_to(position.saturating_add(step));
                Next::Item(value)
            }
            _ => Next::End,
        }
    }
}

/// `iter(value)`. Borrows the value.
pub(crate) fn iter(cx: &mut Context<'_>, value: Value) -> Outcome {
    match try_iter(cx, value) {
        Some(iterator) => Ok(iterator),
        None => Err(cx.type_error(format!("'{}' object is not iterable", type_name(&value)))),
    }
}

fn try_iter(cx: &Context<'_>, value: Value) -> Option<Value> {
    if let Some(range) = value.downcast::<Range>() {
        return Some(iter_range(cx, value, range));
    }
    let own = || cx.new_ref(value);
    let source = if value.downcast::<List>().is_some() {
        Source::List(own())
    } else if value.downcast::<Tuple>().is_some() {
        Source::Tuple(own())
    } else if value.downcast::<Str>().is_some() {
        Source::Str(own())
    } else if let Some(dict) = value.downcast::<Dict>() {
        iter_dict(own(), dict, Part::Keys)
    } else {
        match Other::of(&value)? {
            Other::Iterator(_) => return Some(own()),
            Other::Bytes(_) => Source::Bytes(own()),
            Other::View { dict, part } => {
                iter_dict(cx.new_ref(*dict), dict.downcast::<Dict>()?, *part)
            }
            _ => return None,
        }
    };
    Some(Iteration::alloc(cx, source, 0))
}

fn iter_dict(value: Value, dict: &Dict, part: Part) -> Source {
    Source::Dict {
        dict: value,
        part,
        cursor: Cell::new("dict cursor", Cursor::new(dict)),
    }
}

fn iter_range(cx: &Context<'_>, value: Value, range: &Range) -> Value {
    let small = (
        range.start().as_small(),
        range.stop().as_small(),
        range.step().as_small(),
    );
    match small {
        (Some(start), Some(stop), Some(step)) => {
            Iteration::alloc(cx, Source::Range { stop, step }, start)
        }
        _ => Iteration::alloc(cx, Source::LongRange(cx.new_ref(value)), 0),
    }
}

/// Whether `iter(value)` works.
pub(crate) fn is_iterable(cx: &Context<'_>, value: Value) -> bool {
    let iterator = try_iter(cx, value);
    cx.drop_all(iterator);
    iterator.is_some()
}

/// The next item of an iterator, which it borrows; a new reference.
#[inline]
pub(crate) fn next(cx: &mut Context<'_>, iterator: Value) -> Outcome<Next> {
    match Other::of(&iterator) {
        Some(Other::Iterator(iteration)) => match iteration.source {
            Source::Range { stop, step } => Ok(iteration.step_range(stop, step)),
            _ => next_slow(cx, iterator, iteration),
        },
        _ => Err(cx.type_error(format!(
            "'{}' object is not an iterator",
            type_name(&iterator)
        ))),
    }
}

fn next_slow(cx: &mut Context<'_>, iterator: Value, iteration: &Iteration) -> Outcome<Next> {
    let ts = cx.ts;
    Ok(match &iteration.source {
        Source::List(list) => {
            let list = list.downcast::<List>();
            iteration.step(|position| list::get(ts, list?, position))
        }
        Source::Tuple(tuple) => {
            let items = tuple.downcast::<Tuple>().map_or(&[][..], Tuple::items);
            iteration.step(|position| items.get(position as usize).map(|item| cx.new_ref(*item)))
        }
        Source::Bytes(bytes) => iteration.step(|position| match Other::of(bytes) {
            Some(Other::Bytes(bytes)) => bytes
                .get(position as usize)
                .map(|byte| cx.int(i64::from(*byte))),
            _ => None,
        }),
        Source::Str(text) => next_char(cx, iteration, text),
        Source::Range { stop, step } => iteration.step_range(*stop, *step),
        Source::LongRange(range) => return next_long(cx, iteration, range),
        Source::Dict { dict, part, cursor } => {
            return next_entry(cx, iterator, *dict, *part, cursor);
        }
        Source::Enumerate(inner) => return adaptors::enumerate(cx, iteration, *inner),
        Source::Zip { iterators, strict } => {
            return adaptors::zip(cx, iteration, iterators, *strict);
        }
        Source::Map {
            function,
            iterators,
        } => return adaptors::map(cx, *function, iterators),
        Source::Filter { function, iterator } => return adaptors::filter(cx, *function, *iterator),
        Source::Reversed(value) => return Ok(backwards(cx, iteration, *value)),
        Source::Callable { function, sentinel } => {
            return adaptors::call_until(cx, iteration, *function, *sentinel);
        }
    })
}

fn next_char(cx: &Context<'_>, iteration: &Iteration, text: &Value) -> Next {
    let position = iteration.position();
    let text = text.downcast::<Str>().map_or("", Str::as_str);
    let next = text
        .get(position.max(0) as usize..)
        .and_then(|rest| rest.chars().next());
    match next.filter(|_| position != ENDED) {
        Some(c) => {
            iteration.move_to(position + c.len_utf8() as i64);
            Next::Item(cx.str(c.encode_utf8(&mut [0; 4])))
        }
        None => Next::End,
    }
}

fn next_long(cx: &mut Context<'_>, iteration: &Iteration, range: &Value) -> Outcome<Next> {
    let position = iteration.position();
    let Some(range) = range.downcast::<Range>() else {
        return Ok(Next::End);
    };
    if num_bigint::BigInt::from(position) >= range.count() {
        return Ok(Next::End);
    }
    iteration.move_to(position + 1);
    operators::range_item(cx, range, position).map(Next::Item)
}

fn next_entry(
    cx: &mut Context<'_>,
    iterator: Value,
    dict: Value,
    part: Part,
    cursor: &Cell<Cursor>,
) -> Outcome<Next> {
    let (Some(header), Some(dict)) = (iterator.as_header(), dict.downcast::<Dict>()) else {
        return Ok(Next::End);
    };
    let ts = cx.ts;
    let found = critical_section::with(ts, &header.lock, || {
        // SAFETY: the iterator's lock keeps other threads out of its cursor, and a copy is what goes on from here.
        let mut copy = cursor.with(|cursor| unsafe { *cursor });
        let found = copy.next(ts, dict);
        // SAFETY: as above.
        cursor.with_mut(|cursor| unsafe { *cursor = copy });
        found
    });
    let Some((key, value)) = cx.lift(found)? else {
        return Ok(Next::End);
    };
    Ok(Next::Item(part_of(cx, part, key, value)))
}

/// What a view shows of an entry; takes over both references.
pub(crate) fn part_of(cx: &Context<'_>, part: Part, key: Value, value: Value) -> Value {
    match part {
        Part::Keys => {
            cx.drop(value);
            key
        }
        Part::Values => {
            cx.drop(key);
            value
        }
        Part::Items => cx.tuple(&[key, value]),
    }
}

fn backwards(cx: &Context<'_>, iteration: &Iteration, value: Value) -> Next {
    let position = iteration.position();
    if position < 0 {
        return Next::End;
    }
    iteration.move_to(position - 1);
    if let Some(list) = value.downcast::<List>() {
        return list::get(cx.ts, list, position).into();
    }
    let items = value.downcast::<Tuple>().map_or(&[][..], Tuple::items);
    items
        .get(position as usize)
        .map(|item| cx.new_ref(*item))
        .into()
}
