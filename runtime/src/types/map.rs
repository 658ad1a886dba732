//! `map` and `filter`.

use crate::eval::cx::Cx;
use crate::eval::ops::{iterate, truth};
use crate::eval::{Args, Outcome};
use crate::refs::{Owned, Ref, lend};
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};
use crate::types::{TypeId, zip};

/// What a function makes of the items of iterators.
pub(crate) struct Map {
    function: Owned,
    iterators: Vec<Owned>,
    /// Whether all must end together.
    strict: bool,
}

payload!(Map as Map, "map", |this, visit| {
    visit(this.function.borrow());
    this.iterators.iter().for_each(|one| visit(one.borrow()));
});

class! {
    pub(crate) MAP: Boxed<Map> = "map" (Object) {
        doc "What the function gives for the first items of all iterables, then for the second ones, and so on.\n\nThe shortest iterable ends it; with strict, iterables of different lengths raise ValueError.";
        slots { new: new_map, iter: itself, next: next_of_map }
        /// What pickle needs to make it again.
        method __reduce__ as reduce_map(self, /);
    }
}

fn new_map(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    let strict = zip::strict(cx, "map", args)?;
    let [function, iterables @ ..] = args.positional else {
        return Err(cx.type_error("map() must have at least two arguments."));
    };
    if iterables.is_empty() {
        return Err(cx.type_error("map() must have at least two arguments."));
    }
    let map = Map {
        function: function.own(),
        iterators: zip::iterators(cx, iterables)?,
        strict,
    };
    Ok(payload::new_in(cx, class, map))
}

fn next_of_map(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let map = this.payload::<Map>().expect("a map");
    if let [iterator] = &map.iterators[..] {
        let Some(item) = iterate::next(cx, iterator.borrow())? else {
            return Ok(None);
        };
        return call(cx, map, &[item.borrow()]).map(Some);
    }
    match zip::row(cx, "map", &map.iterators, map.strict)? {
        Some(row) => call(cx, map, lend(&row)).map(Some),
        None => Ok(None),
    }
}

fn call(cx: &Cx, map: &Map, items: &[Ref<'_>]) -> Outcome {
    cx.call(map.function.borrow(), Args::positional(items))
}

fn reduce_map(cx: &Cx, this: Ref<'_>) -> Outcome {
    let map = this.payload::<Map>().expect("a map");
    let mut args = vec![map.function.clone()];
    args.extend(map.iterators.iter().cloned());
    let class = cx.class_of(this).as_ref().own();
    let mut parts = vec![class, cx.tuple(args)];
    if map.strict {
        parts.push(Owned::bool(true));
    }
    Ok(cx.tuple(parts))
}

/// Those items of an iterator that a function says yes to.
pub(crate) struct Filter {
    /// `None` asks for the items' own truth.
    function: Owned,
    iterator: Owned,
}

payload!(Filter as Filter, "filter", |this, visit| {
    visit(this.function.borrow());
    visit(this.iterator.borrow());
});

class! {
    pub(crate) FILTER: Boxed<Filter> = "filter" (Object) {
        doc "The items for which the function's result is true.\n\nNone in its place asks for the items' own truth.";
        slots { new: new_filter, iter: itself, next: next_of_filter }
        /// What pickle needs to make it again.
        method __reduce__ as reduce_filter(self, /);
    }
}

fn new_filter(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    if !args.names.is_empty() {
        return Err(cx.type_error("filter() takes no keyword arguments"));
    }
    let [function, iterable] = args.positional else {
        let given = args.positional.len();
        return Err(cx.type_error(format!("filter expected 2 arguments, got {given}")));
    };
    let filter = Filter {
        function: function.own(),
        iterator: iterate::iter(cx, *iterable)?,
    };
    Ok(payload::new_in(cx, class, filter))
}

fn next_of_filter(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let filter = this.payload::<Filter>().expect("a filter");
    while let Some(item) = iterate::next(cx, filter.iterator.borrow())? {
        if is_good(cx, filter, item.borrow())? {
            return Ok(Some(item));
        }
    }
    Ok(None)
}

fn is_good(cx: &Cx, filter: &Filter, item: Ref<'_>) -> Outcome<bool> {
    let function = filter.function.borrow();
    if function.is_none() || function == cx.class(TypeId::Bool).as_ref() {
        return truth::is_true(cx, item);
    }
    let answer = cx.call(function, Args::positional(&[item]))?;
    truth::is_true(cx, answer.borrow())
}

fn reduce_filter(cx: &Cx, this: Ref<'_>) -> Outcome {
    let filter = this.payload::<Filter>().expect("a filter");
    let args = cx.tuple(vec![filter.function.clone(), filter.iterator.clone()]);
    let class = cx.class_of(this).as_ref().own();
    Ok(cx.tuple(vec![class, args]))
}
