//! `_heapq`: lists that are heaps. An operation is a section of the list's lock, which comparisons may give up.

use crate::compile::Comparison;
use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::{compare, truth};
use crate::objects::list::List;
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::define::module;
use crate::types::store;

module! {
    pub(crate) HEAPQ = "_heapq" {
        doc "Lists whose item at k is not greater than those at 2*k+1 and 2*k+2.";
        /// Put an item into a heap.
        static heappush(heap, item, /);
        /// Put an item into a heap, and take out the smallest one.
        static heappushpop(heap, item, /);
        /// Take out the smallest item.
        static heappop(heap, /);
        /// Take out the smallest item, and put another one in.
        static heapreplace(heap, item, /);
        /// Make a list a heap.
        static heapify(heap, /);
        /// Put an item into a heap whose greatest item comes first.
        static heappush_max(heap, item, /);
        /// Put an item into a heap whose greatest item comes first, and take that one out.
        static heappushpop_max(heap, item, /);
        /// Take out the greatest item.
        static heappop_max(heap, /);
        /// Take out the greatest item, and put another one in.
        static heapreplace_max(heap, item, /);
        /// Make a list a heap whose greatest item comes first.
        static heapify_max(heap, /);
    }
}

/// Which items come first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum First {
    Smallest,
    Greatest,
}

/// A list that is used as a heap.
struct Heap<'a> {
    list: &'a List,
    first: First,
}

impl<'a> Heap<'a> {
    /// Runs `body` in a section of the list.
    fn with<R>(
        cx: &Cx,
        (name, heap): (&str, Ref<'a>),
        first: First,
        body: impl FnOnce(&Self) -> Outcome<R>,
    ) -> Outcome<R> {
        let Some(list) = heap.downcast::<List>() else {
            let kind = cx.type_name(heap);
            let is_only = name.starts_with("heappop") || name.starts_with("heapify");
            let which = if is_only { "" } else { " 1" };
            return Err(cx.type_error(format!("{name}() argument{which} must be list, not {kind}")));
        };
        let heap = Heap { list, first };
        store::list_within(cx, list, || body(&heap))
    }

    fn len(&self) -> usize {
        self.list.len()
    }

    /// An item; the list may have become shorter meanwhile.
    fn get(&self, cx: &Cx, place: usize) -> Outcome {
        store::list_get(cx, self.list, place as i64)
            .ok_or_else(|| cx.index_error("index out of range"))
    }

    fn put(&self, cx: &Cx, place: usize, item: Owned) -> Outcome<()> {
        match store::list_set(cx, self.list, place as i64, item) {
            true => Ok(()),
            false => Err(cx.index_error("index out of range")),
        }
    }

    /// Whether one item comes before another.
    fn precedes(&self, cx: &Cx, one: Ref<'_>, other: Ref<'_>) -> Outcome<bool> {
        let (left, right) = match self.first {
            First::Smallest => (one, other),
            First::Greatest => (other, one),
        };
        let len = self.len();
        let less = compare::rich(cx, Comparison::Lt, left, right)?;
        let less = truth::is_true(cx, less.borrow())?;
        match self.len() == len {
            true => Ok(less),
            false => {
                let message = "list changed size during iteration";
                Err(cx.error(TypeId::RuntimeError, message))
            }
        }
    }

    fn swap(&self, cx: &Cx, one: usize, other: usize) -> Outcome<()> {
        let (first, second) = (self.get(cx, one)?, self.get(cx, other)?);
        self.put(cx, one, second)?;
        self.put(cx, other, first)
    }

    /// Moves an item up to where it belongs, but not above a place.
    fn rise(&self, cx: &Cx, top: usize, mut place: usize) -> Outcome<()> {
        while place > top {
            let parent = (place - 1) / 2;
            let (item, above) = (self.get(cx, place)?, self.get(cx, parent)?);
            if !self.precedes(cx, item.borrow(), above.borrow())? {
                break;
            }
            self.swap(cx, place, parent)?;
            place = parent;
        }
        Ok(())
    }

    /// Moves an item down to a leaf, and up from there to where it belongs.
    fn sink(&self, cx: &Cx, top: usize) -> Outcome<()> {
        let (len, mut place) = (self.len(), top);
        while 2 * place + 1 < len {
            let (left, right) = (2 * place + 1, 2 * place + 2);
            let mut child = left;
            if right < len {
                let (one, other) = (self.get(cx, left)?, self.get(cx, right)?);
                if !self.precedes(cx, one.borrow(), other.borrow())? {
                    child = right;
                }
            }
            self.swap(cx, place, child)?;
            place = child;
        }
        self.rise(cx, top, place)
    }

    fn push(&self, cx: &Cx, item: Owned) -> Outcome<()> {
        store::list_append(cx, self.list, item);
        self.rise(cx, 0, self.len().saturating_sub(1))
    }

    fn pop(&self, cx: &Cx) -> Outcome {
        let Some(last) = store::list_pop(cx, self.list, -1) else {
            return Err(cx.index_error("index out of range"));
        };
        if self.len() == 0 {
            return Ok(last);
        }
        let first = self.get(cx, 0)?;
        self.put(cx, 0, last)?;
        self.sink(cx, 0)?;
        Ok(first)
    }

    fn replace(&self, cx: &Cx, item: Owned) -> Outcome {
        let first = self.get(cx, 0)?;
        self.put(cx, 0, item)?;
        self.sink(cx, 0)?;
        Ok(first)
    }

    fn push_pop(&self, cx: &Cx, item: Owned) -> Outcome {
        if self.len() == 0 {
            return Ok(item);
        }
        let first = self.get(cx, 0)?;
        match self.precedes(cx, first.borrow(), item.borrow())? {
            true => self.replace(cx, item),
            false => Ok(item),
        }
    }

    fn heapify(&self, cx: &Cx) -> Outcome<()> {
        (0..self.len() / 2)
            .rev()
            .try_for_each(|place| self.sink(cx, place))
    }
}

macro_rules! operations {
    ($($name:ident $max:ident $call:ident ($($item:ident)?) $answer:ty;)*) => {
        $(fn $name(cx: &Cx, heap: Ref<'_>, $($item: Owned)?) -> Outcome<$answer> {
            Heap::with(cx, (stringify!($name), heap), First::Smallest, |heap| heap.$call(cx, $($item)?))
        }

        fn $max(cx: &Cx, heap: Ref<'_>, $($item: Owned)?) -> Outcome<$answer> {
            Heap::with(cx, (stringify!($max), heap), First::Greatest, |heap| heap.$call(cx, $($item)?))
        })*
    };
}

operations! {
    heappush heappush_max push (item) ();
    heappushpop heappushpop_max push_pop (item) Owned;
    heappop heappop_max pop () Owned;
    heapreplace heapreplace_max replace (item) Owned;
    heapify heapify_max heapify () ();
}
