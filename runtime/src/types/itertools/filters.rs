//! `itertools.compress`, `dropwhile`, `filterfalse`, `starmap`, `takewhile`: items that something is asked about.

use super::{construct, parts};
use crate::eval::cx::Cx;
use crate::eval::ops::{iterate, truth};
use crate::eval::{Args, Outcome};
use crate::refs::{Owned, Ref, lend};
use crate::sync::atomic::{AtomicU8, Ordering};
use crate::sync::event;
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::{Function, class, function};
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};

/// Two things that never change: what is asked, and the iterator of the items.
struct Pair {
    asked: Owned,
    items: Owned,
}

impl Pair {
    fn new(cx: &Cx, asked: Ref<'_>, iterable: Ref<'_>) -> Outcome<Self> {
        Ok(Self {
            asked: asked.own(),
            items: iterate::iter(cx, iterable)?,
        })
    }

    fn show(&self, visit: &mut dyn FnMut(Ref<'_>)) {
        visit(self.asked.borrow());
        visit(self.items.borrow());
    }

    fn next(&self, cx: &Cx) -> Outcome<Option<Owned>> {
        iterate::next(cx, self.items.borrow())
    }

    /// What the function says of an item.
    fn says(&self, cx: &Cx, item: Ref<'_>) -> Outcome<bool> {
        let answer = cx.call(self.asked.borrow(), Args::positional(&[item]))?;
        truth::is_true(cx, answer.borrow())
    }
}

/// A flag that is set once.
struct Flag(AtomicU8);

impl Flag {
    fn new(name: &'static str) -> Self {
        Self(AtomicU8::new(name, 0))
    }

    fn is_set(&self) -> bool {
        event::reads(self, None);
        // ORDERING: relaxed: the flag carries nothing but itself.
        self.0.load(Ordering::Relaxed) != 0
    }

    fn set(&self) {
        event::writes(self, None);
        // ORDERING: relaxed, as above.
        self.0.store(1, Ordering::Relaxed);
    }
}

/// The items whose selector is true.
pub(crate) struct Compress(Pair);

payload!(Compress as Compress, "compress", |this, visit| this
    .0
    .show(visit));

class! {
    pub(crate) COMPRESS: Boxed<Compress> = "compress" (Object) {
        module "itertools";
        doc "The items of data for which the item of selectors at the same place is true.";
        slots { new: new_compress, iter: itself, next: next_of_compress }
    }
}

const COMPRESSED: Function = function!(true, "compress", "", compress, (self, data, selectors));

fn new_compress(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    construct(cx, &COMPRESSED, class, args)
}

fn compress(cx: &Cx, class: &Class, data: Ref<'_>, selectors: Ref<'_>) -> Outcome {
    let items = iterate::iter(cx, data)?;
    let asked = iterate::iter(cx, selectors)?;
    Ok(payload::new_in(cx, class, Compress(Pair { asked, items })))
}

fn next_of_compress(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (Compress(pair), _) = parts(this);
    while let Some(item) = pair.next(cx)? {
        let Some(selector) = iterate::next(cx, pair.asked.borrow())? else {
            return Ok(None);
        };
        if truth::is_true(cx, selector.borrow())? {
            return Ok(Some(item));
        }
    }
    Ok(None)
}

/// The items from the first one on that the function refuses.
pub(crate) struct DropWhile {
    pair: Pair,
    began: Flag,
}

payload!(DropWhile as DropWhile, "dropwhile", |this, visit| this
    .pair
    .show(visit));

class! {
    pub(crate) DROP_WHILE: Boxed<DropWhile> = "dropwhile" (Object) {
        module "itertools";
        doc "The items from the first one on for which the predicate is false.";
        slots { new: new_drop_while, iter: itself, next: next_of_drop_while }
    }
}

const DROPPED: Function =
    function!(true, "dropwhile", "", drop_while, (self, predicate, iterable, /));

fn new_drop_while(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    construct(cx, &DROPPED, class, args)
}

fn drop_while(cx: &Cx, class: &Class, predicate: Ref<'_>, iterable: Ref<'_>) -> Outcome {
    let pair = Pair::new(cx, predicate, iterable)?;
    let began = Flag::new("dropwhile began");
    Ok(payload::new_in(cx, class, DropWhile { pair, began }))
}

fn next_of_drop_while(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (DropWhile { pair, began }, _) = parts(this);
    while let Some(item) = pair.next(cx)? {
        if began.is_set() {
            return Ok(Some(item));
        }
        if !pair.says(cx, item.borrow())? {
            began.set();
            return Ok(Some(item));
        }
    }
    Ok(None)
}

/// The items before the first one that the function refuses.
pub(crate) struct TakeWhile {
    pair: Pair,
    ended: Flag,
}

payload!(TakeWhile as TakeWhile, "takewhile", |this, visit| this
    .pair
    .show(visit));

class! {
    pub(crate) TAKE_WHILE: Boxed<TakeWhile> = "takewhile" (Object) {
        module "itertools";
        doc "The items before the first one for which the predicate is false.";
        slots { new: new_take_while, iter: itself, next: next_of_take_while }
    }
}

const TAKEN: Function =
    function!(true, "takewhile", "", take_while, (self, predicate, iterable, /));

fn new_take_while(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    construct(cx, &TAKEN, class, args)
}

fn take_while(cx: &Cx, class: &Class, predicate: Ref<'_>, iterable: Ref<'_>) -> Outcome {
    let pair = Pair::new(cx, predicate, iterable)?;
    let ended = Flag::new("takewhile ended");
    Ok(payload::new_in(cx, class, TakeWhile { pair, ended }))
}

fn next_of_take_while(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (TakeWhile { pair, ended }, _) = parts(this);
    if ended.is_set() {
        return Ok(None);
    }
    let Some(item) = pair.next(cx)? else {
        return Ok(None);
    };
    if pair.says(cx, item.borrow())? {
        return Ok(Some(item));
    }
    ended.set();
    Ok(None)
}

/// The items that the function refuses.
pub(crate) struct FilterFalse(Pair);

payload!(FilterFalse as FilterFalse, "filterfalse", |this, visit| {
    this.0.show(visit)
});

class! {
    pub(crate) FILTER_FALSE: Boxed<FilterFalse> = "filterfalse" (Object) {
        module "itertools";
        doc "The items for which the function's result is false; None in its place asks for the items' own truth.";
        slots { new: new_filter_false, iter: itself, next: next_of_filter_false }
    }
}

const REFUSED: Function =
    function!(true, "filterfalse", "", filter_false, (self, function, iterable, /));

fn new_filter_false(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    construct(cx, &REFUSED, class, args)
}

fn filter_false(cx: &Cx, class: &Class, function: Ref<'_>, iterable: Ref<'_>) -> Outcome {
    let pair = Pair::new(cx, function, iterable)?;
    Ok(payload::new_in(cx, class, FilterFalse(pair)))
}

fn next_of_filter_false(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (FilterFalse(pair), _) = parts(this);
    let asked = pair.asked.borrow();
    let is_plain = asked.is_none() || asked == cx.class(TypeId::Bool).as_ref();
    while let Some(item) = pair.next(cx)? {
        let is_true = match is_plain {
            true => truth::is_true(cx, item.borrow())?,
            false => pair.says(cx, item.borrow())?,
        };
        if !is_true {
            return Ok(Some(item));
        }
    }
    Ok(None)
}

/// What a function makes of the items, each of them a row of arguments.
pub(crate) struct StarMap(Pair);

payload!(StarMap as StarMap, "starmap", |this, visit| this
    .0
    .show(visit));

class! {
    pub(crate) STAR_MAP: Boxed<StarMap> = "starmap" (Object) {
        module "itertools";
        doc "What the function gives for each item, which is a row of arguments.";
        slots { new: new_star_map, iter: itself, next: next_of_star_map }
    }
}

const SPREAD: Function = function!(true, "starmap", "", star_map, (self, function, iterable, /));

fn new_star_map(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    construct(cx, &SPREAD, class, args)
}

fn star_map(cx: &Cx, class: &Class, function: Ref<'_>, iterable: Ref<'_>) -> Outcome {
    let pair = Pair::new(cx, function, iterable)?;
    Ok(payload::new_in(cx, class, StarMap(pair)))
}

fn next_of_star_map(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (StarMap(pair), _) = parts(this);
    let Some(row) = pair.next(cx)? else {
        return Ok(None);
    };
    let args = iterate::collect(cx, row.borrow())?;
    cx.call(pair.asked.borrow(), Args::positional(lend(&args)))
        .map(Some)
}
