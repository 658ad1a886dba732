//! Iteration: `iter`, `next`, and unpacking.

use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome};
use crate::objects::dict::Dict;
use crate::objects::list::List;
use crate::objects::set::{FrozenSet, Set};
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::types::dict::{self, View};
use crate::types::{TypeId, set, store};

/// `iter(value)`
#[inline]
pub(crate) fn iter(cx: &Cx, value: Ref<'_>) -> Outcome {
    let class = cx.class_of(value);
    let (iter, get_item) = class.slot(|slots| (slots.iter, slots.get_item));
    let Some(iter) = iter.filter(|_| !is_blocked(cx, value)) else {
        if get_item.is_some() && is_sequence(cx, value) {
            return Ok(cx.over_items(value));
        }
        let kind = cx.type_name(value);
        return Err(cx.type_error(format!("'{kind}' object is not iterable")));
    };
    let result = iter(cx, value)?;
    if cx
        .class_of(result.borrow())
        .slot(|slots| slots.next.is_some())
    {
        return Ok(result);
    }
    let kind = cx.type_name(result.borrow());
    Err(cx.type_error(format!("iter() returned non-iterator of type '{kind}'")))
}

/// `__iter__ = None` says that there is no iteration.
fn is_blocked(cx: &Cx, value: Ref<'_>) -> bool {
    let class = cx.class_of(value);
    if class.is_builtin() {
        return false;
    }
    let name = cx.world().names.dunder(crate::types::slots::Dunder::Iter);
    class
        .lookup(cx, name)
        .is_some_and(|found| found.borrow().is_none())
}

/// Whether items are numbered: a class of one's own with `__getitem__` counts, a dict does not.
fn is_sequence(cx: &Cx, value: Ref<'_>) -> bool {
    value.downcast::<Dict>().is_none() && !is_blocked(cx, value)
}

/// Whether `iter(value)` has something to ask.
pub(crate) fn is_iterable(cx: &Cx, value: Ref<'_>) -> bool {
    let class = cx.class_of(value);
    class.slot(|slots| slots.iter.is_some()) || class.slot(|slots| slots.get_item.is_some())
}

/// The next item of an iterator; nothing at its end, or the StopIteration with what it returns.
#[inline]
pub(crate) fn step(cx: &Cx, iterator: Ref<'_>) -> Outcome<Option<Owned>> {
    match cx.class_of(iterator).slot(|slots| slots.next) {
        Some(next) => next(cx, iterator),
        None => {
            let kind = cx.type_name(iterator);
            Err(cx.type_error(format!("'{kind}' object is not an iterator")))
        }
    }
}

/// The next item of an iterator; nothing at its end, whatever it says about that.
#[inline]
pub(crate) fn next(cx: &Cx, iterator: Ref<'_>) -> Outcome<Option<Owned>> {
    match step(cx, iterator) {
        Err(raised) if raised.is(cx, TypeId::StopIteration) => Ok(None),
        result => result,
    }
}

/// Does something with every item.
pub(crate) fn each(
    cx: &Cx,
    iterable: Ref<'_>,
    mut body: impl FnMut(Owned) -> Outcome<()>,
) -> Outcome<()> {
    let iterator = iter(cx, iterable)?;
    while let Some(item) = next(cx, iterator.borrow())? {
        body(item)?;
    }
    Ok(())
}

/// `iter(value)`, where a TypeError says that something else is expected.
pub(crate) fn iter_or(cx: &Cx, value: Ref<'_>, wrong: &str) -> Outcome {
    iter(cx, value).map_err(|raised| raised.instead(cx, wrong))
}

/// All items at one moment, as [`row`], of what is expected to have some (`PySequence_Fast`).
pub(crate) fn sequence(cx: &Cx, iterable: Ref<'_>, wrong: &str) -> Outcome<Vec<Owned>> {
    if let Some(container) = container(cx, iterable) {
        return Ok(contents(cx, container));
    }
    let iterator = iter_or(cx, iterable, wrong)?;
    check_hint(cx, iterable)?;
    rest(cx, iterator.borrow())
}

/// What an iterator has left.
fn rest(cx: &Cx, iterator: Ref<'_>) -> Outcome<Vec<Owned>> {
    let mut all = Vec::new();
    while let Some(item) = next(cx, iterator)? {
        all.push(item);
    }
    Ok(all)
}

/// All items.
pub(crate) fn collect(cx: &Cx, iterable: Ref<'_>) -> Outcome<Vec<Owned>> {
    if let Some(tuple) = iterable.exact::<Tuple>() {
        return Ok(items(tuple).iter().map(|item| item.own()).collect());
    }
    if let Some(list) = iterable.exact::<List>() {
        return Ok(store::list_items(cx, list));
    }
    let iterator = iter(cx, iterable)?;
    check_hint(cx, iterable)?;
    rest(cx, iterator.borrow())
}

/// A built-in container whose items are had at one moment, under its lock or without one.
#[derive(Clone, Copy)]
pub(crate) enum Container<'a> {
    List(Ref<'a>),
    Tuple(Ref<'a>),
    Set(Ref<'a>),
    Dict(Ref<'a>),
    View(Ref<'a>, View),
}

impl<'a> Container<'a> {
    /// The object whose lock holds the items still.
    pub(crate) fn owner(self) -> Ref<'a> {
        match self {
            Container::View(dict, _) => dict,
            Container::List(own) | Container::Tuple(own) | Container::Set(own) => own,
            Container::Dict(own) => own,
        }
    }
}

/// The container that an iterable is, unless a subclass says how it is iterated over.
pub(crate) fn container<'a>(cx: &Cx, iterable: Ref<'a>) -> Option<Container<'a>> {
    if iterable.exact::<Tuple>().is_some() {
        return Some(Container::Tuple(iterable));
    }
    if iterable.exact::<List>().is_some() {
        return Some(Container::List(iterable));
    }
    if iterable.exact::<Dict>().is_some() {
        return Some(Container::Dict(iterable));
    }
    if iterable.exact::<Set>().is_some() || iterable.exact::<FrozenSet>().is_some() {
        return Some(Container::Set(iterable));
    }
    dict::viewed(cx, iterable).map(|(dict, view)| Container::View(dict, view))
}

/// What a container has at one moment.
pub(crate) fn contents(cx: &Cx, container: Container<'_>) -> Vec<Owned> {
    let pairs = |dict: Ref<'_>| store::dict_entries(cx, dict.layout::<Dict>()).into_iter();
    match container {
        Container::Tuple(tuple) => {
            let items = tuple.downcast::<Tuple>().map_or(&[][..], items);
            items.iter().map(|item| item.own()).collect()
        }
        Container::List(list) => store::list_items(cx, list.layout::<List>()),
        Container::Set(set) => set::all(cx, set),
        Container::Dict(dict) | Container::View(dict, View::Keys) => {
            pairs(dict).map(|(key, _)| key).collect()
        }
        Container::View(dict, View::Values) => pairs(dict).map(|(_, value)| value).collect(),
        Container::View(dict, View::Items) => pairs(dict)
            .map(|(key, value)| cx.pair(key, value))
            .collect(),
    }
}

/// All items, as a new list gets them: those of a built-in container at one moment, where [`collect`] takes them out of an
/// iterator one by one.
pub(crate) fn row(cx: &Cx, iterable: Ref<'_>) -> Outcome<Vec<Owned>> {
    match container(cx, iterable) {
        Some(container) => Ok(contents(cx, container)),
        None => collect(cx, iterable),
    }
}

/// Asks an object of a user's class how many items it will give, and a range, which can promise more than there is
/// room for.
pub(crate) fn check_hint(cx: &Cx, iterable: Ref<'_>) -> Outcome<()> {
    if cx.class_of(iterable).is_builtin() && !cx.is_instance(iterable, TypeId::Range) {
        return Ok(());
    }
    match length_hint(cx, iterable)? {
        Some(hint) => cx.room_for(hint.checked_mul(size_of::<Owned>())),
        None => Ok(()),
    }
}

/// `operator.length_hint(value)`; nothing if the object does not say.
pub(crate) fn length_hint(cx: &Cx, value: Ref<'_>) -> Outcome<Option<usize>> {
    if let Some(len) = cx.class_of(value).slot(|slots| slots.len) {
        match len(cx, value) {
            Err(raised) if raised.is(cx, TypeId::TypeError) => {}
            found => return found.map(Some),
        }
    }
    let Some(hint) = super::attribute::special(cx, value, cx.world().names.length_hint())? else {
        return Ok(None);
    };
    let hint = match cx.call(hint.borrow(), Args::NONE) {
        Err(raised) if raised.is(cx, TypeId::TypeError) => return Ok(None),
        hint => hint?,
    };
    if hint.is_not_implemented() {
        return Ok(None);
    }
    if !cx.is_instance(hint.borrow(), TypeId::Int) {
        let kind = cx.type_name(hint.borrow());
        let message = format!("__length_hint__ must be an integer, not {kind}");
        return Err(cx.type_error(message));
    }
    let hint = super::number::index(cx, hint.borrow())?;
    match usize::try_from(hint) {
        Ok(hint) => Ok(Some(hint)),
        Err(_) => Err(cx.value_error("__length_hint__() should return >= 0")),
    }
}

/// Exactly `count` items.
pub(crate) fn unpack(cx: &Cx, value: Ref<'_>, count: usize) -> Outcome<Vec<Owned>> {
    if let Some(list) = value.exact::<List>() {
        let all = store::list_items(cx, list);
        if all.len() == count {
            return Ok(all);
        }
    }
    let iterator = iter_to_unpack(cx, value)?;
    let mut all = Vec::with_capacity(count);
    while all.len() < count {
        match next(cx, iterator.borrow())? {
            Some(item) => all.push(item),
            None => {
                let message = format!(
                    "not enough values to unpack (expected {count}, got {})",
                    all.len()
                );
                return Err(cx.value_error(message));
            }
        }
    }
    if next(cx, iterator.borrow())?.is_none() {
        return Ok(all);
    }
    let known = value.exact::<List>().map(|list| list.len());
    let known = known.or_else(|| value.exact::<Tuple>().map(|tuple| tuple.items().len()));
    let got = known.map_or(String::new(), |len| format!(", got {len}"));
    Err(cx.value_error(format!("too many values to unpack (expected {count}{got})")))
}

/// So many items before a star, a list of the rest, so many after it.
pub(crate) fn unpack_with_rest(
    cx: &Cx,
    value: Ref<'_>,
    before: usize,
    after: usize,
) -> Outcome<Vec<Owned>> {
    let iterator = iter_to_unpack(cx, value)?;
    let mut all = Vec::new();
    while let Some(item) = next(cx, iterator.borrow())? {
        all.push(item);
    }
    if all.len() < before + after {
        let message = format!(
            "not enough values to unpack (expected at least {}, got {})",
            before + after,
            all.len()
        );
        return Err(cx.value_error(message));
    }
    let tail = all.split_off(all.len() - after);
    let rest = all.split_off(before);
    all.push(cx.list(rest));
    all.extend(tail);
    Ok(all)
}

fn iter_to_unpack(cx: &Cx, value: Ref<'_>) -> Outcome {
    if !is_iterable(cx, value) {
        let kind = cx.type_name(value);
        return Err(cx.type_error(format!("cannot unpack non-iterable {kind} object")));
    }
    iter(cx, value)
}

/// Calls a method without arguments by name, for iterators of the user's classes.
pub(crate) fn call_named(cx: &Cx, value: Ref<'_>, name: Ref<'_>) -> Outcome {
    let method = super::attribute::get(cx, value, name)?;
    cx.call(method.borrow(), Args::NONE)
}
