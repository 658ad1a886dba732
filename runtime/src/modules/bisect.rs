//! `_bisect`: places in sorted sequences.

use crate::compile::Comparison;
use crate::eval::cx::Cx;
use crate::eval::ops::{compare, subscript, truth};
use crate::eval::{Args, Outcome};
use crate::objects::list::List;
use crate::refs::{Owned, Ref};
use crate::types::define::module;
use crate::types::store;

module! {
    pub(crate) BISECT = "_bisect" {
        doc "Places in sorted sequences, found by halving.";
        /// The place behind all items that are not greater than x.
        static bisect_right(a, x, lo = 0, hi = None, *, key = None);
        /// The place before all items that are not less than x.
        static bisect_left(a, x, lo = 0, hi = None, *, key = None);
        /// Insert x behind all items that are not greater.
        static insort_right(a, x, lo = 0, hi = None, *, key = None);
        /// Insert x before all items that are not less.
        static insort_left(a, x, lo = 0, hi = None, *, key = None);
    }
}

/// Where a value belongs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// The part of a sequence, and what the items are compared by.
struct Search<'a> {
    sequence: Ref<'a>,
    low: i64,
    high: Option<i64>,
    key: Option<Ref<'a>>,
}

impl Search<'_> {
    /// Whether the value belongs before an item.
    fn is_before(&self, cx: &Cx, side: Side, value: Ref<'_>, item: Owned) -> Outcome<bool> {
        let item = match self.key {
            None => item,
            Some(key) => cx.call(key, Args::positional(&[item.borrow()]))?,
        };
        let (left, right) = match side {
            Side::Left => (item.borrow(), value),
            Side::Right => (value, item.borrow()),
        };
        let less = compare::rich(cx, Comparison::Lt, left, right)?;
        Ok(truth::is_true(cx, less.borrow())? == (side == Side::Right))
    }

    fn run(&self, cx: &Cx, side: Side, value: Ref<'_>) -> Outcome<i64> {
        if self.low < 0 {
            return Err(cx.value_error("lo must be non-negative"));
        }
        let mut low = self.low;
        let mut high = match self.high {
            Some(high) => high,
            None => truth::len(cx, self.sequence)? as i64,
        };
        while low < high {
            let middle = low + (high - low) / 2;
            let index = cx.int(middle);
            let item = subscript::get(cx, self.sequence, index.borrow())?;
            match self.is_before(cx, side, value, item)? {
                true => high = middle,
                false => low = middle + 1,
            }
        }
        Ok(low)
    }

    /// Puts the value where it belongs.
    fn insert(&self, cx: &Cx, side: Side, value: Ref<'_>) -> Outcome<()> {
        let asked = match self.key {
            None => value.own(),
            Some(key) => cx.call(key, Args::positional(&[value]))?,
        };
        let place = self.run(cx, side, asked.borrow())?;
        if let Some(list) = self.sequence.exact::<List>() {
            store::list_insert(cx, list, place, value.own());
            return Ok(());
        }
        let place = cx.int(place);
        cx.call_method(self.sequence, "insert", &[place.borrow(), value])
            .map(drop)
    }
}

macro_rules! searches {
    ($($name:ident $answer:ty: $call:ident $side:ident;)*) => {
        $(fn $name(
            cx: &Cx,
            sequence: Ref<'_>,
            value: Ref<'_>,
            low: i64,
            high: Option<i64>,
            key: Option<Ref<'_>>,
        ) -> Outcome<$answer> {
            let search = Search { sequence, low, high, key };
            search.$call(cx, Side::$side, value)
        })*
    };
}

searches! {
    bisect_right i64: run Right;
    bisect_left i64: run Left;
    insort_right (): insert Right;
    insort_left (): insert Left;
}
