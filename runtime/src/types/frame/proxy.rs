//! `f_locals` of a function's frame: a mapping that reads and writes its variables (PEP 667).

use crate::compile::{Comparison, Slot, SlotKind};
use crate::eval::cx::Cx;
use crate::eval::ops::{compare, iterate, subscript, text};
use crate::eval::{Outcome, Raised};
use crate::objects::cell::Cell;
use crate::objects::dict::Dict;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref};
use crate::types::define::class;
use crate::types::payload::{self, Boxed, payload};
use crate::types::{TypeId, exception, store};

use super::{look, of, with};

/// The view of one frame.
pub(crate) struct FrameLocals {
    frame: Owned,
}

payload!(FrameLocals as FrameLocals, "frame locals", |this, visit| {
    visit(this.frame.borrow())
});

class! {
    pub(crate) FRAME_LOCALS: Boxed<FrameLocals> = "FrameLocalsProxy" (Object) {
        sealed;
        unhashable;
        slots {
            repr: repr, compare: equals, len: len, iter: iter, contains: contains,
            get_item: get_item, set_item: set_item, or: or, in_place_or: in_place_or,
        }
        method keys(self, /);
        method values(self, /);
        method items(self, /);
        method get(self, key, default = Ref::NONE, /);
        method copy(self, /);
        method update(self, other, /);
        method setdefault(self, key, default = Ref::NONE, /);
        method pop(self, key, *default);
        method __reversed__ as reversed(self, /);
    }
}

/// The view of a frame.
pub(super) fn new(cx: &Cx, frame: Owned) -> Owned {
    payload::new(cx, FrameLocals { frame })
}

impl FrameLocals {
    fn frame(&self) -> Ref<'_> {
        self.frame.borrow()
    }

    /// Whether a slot is a variable of the program's, or what a generator expression iterates over.
    fn shows(&self, place: usize, slot: &Slot) -> bool {
        let parameters = of(self.frame()).code.code.parameters.slots() as usize;
        !slot.hidden || place < parameters
    }

    /// The slot of a variable.
    fn place(&self, name: &str) -> Option<usize> {
        let slots = &of(self.frame()).code.code.slots;
        slots
            .iter()
            .enumerate()
            .position(|(place, slot)| self.shows(place, slot) && &*slot.name == name)
    }

    /// What a slot holds: the cell of a captured variable, or the value.
    fn held(&self, cx: &Cx, place: usize) -> Option<Result<Owned, Owned>> {
        let held = look(cx, self.frame(), |seen| seen.slot(place)).flatten()?;
        let captured = of(self.frame()).code.code.slots[place].kind != SlotKind::Local;
        match captured && held.borrow().downcast::<Cell>().is_some() {
            true => Some(Err(held)),
            false => Some(Ok(held)),
        }
    }

    fn value(&self, cx: &Cx, place: usize) -> Option<Owned> {
        match self.held(cx, place)? {
            Ok(value) => Some(value),
            Err(cell) => store::cell_get(cx, cell.borrow().downcast::<Cell>()?),
        }
    }

    fn set(&self, cx: &Cx, place: usize, value: Owned) {
        if let Some(Err(cell)) = self.held(cx, place) {
            if let Some(cell) = cell.borrow().downcast::<Cell>() {
                store::cell_set(cx, cell, Some(value));
            }
            return;
        }
        let mut value = Some(value);
        let old = look(cx, self.frame(), |mut seen| {
            value.take().map(|value| seen.set_slot(place, value))
        });
        if let Some(Some((Some(old), true))) = old {
            with(cx, self.frame(), |state| state.replaced.push(old));
        }
    }

    /// The names that the code does not have.
    fn extra(&self, cx: &Cx) -> Option<Owned> {
        with(cx, self.frame(), |state| state.extra.clone())?
    }

    fn extra_or_new(&self, cx: &Cx) -> Owned {
        if let Some(extra) = self.extra(cx) {
            return extra;
        }
        let made = cx.dict();
        let found = with(cx, self.frame(), |state| {
            state.extra.get_or_insert(made).clone()
        });
        found.unwrap_or(Owned::NONE)
    }

    fn find(&self, cx: &Cx, key: Ref<'_>) -> Outcome<Option<Owned>> {
        if let Some(name) = key.downcast::<Str>()
            && let Some(place) = self.place(name.as_str())
        {
            return Ok(self.value(cx, place));
        }
        match self.extra(cx) {
            Some(extra) => subscript::find(cx, extra.borrow(), key),
            None => {
                compare::hash(cx, key)?;
                Ok(None)
            }
        }
    }

    /// Names and values.
    fn pairs(&self, cx: &Cx) -> Vec<(Owned, Owned)> {
        let slots = of(self.frame()).code.code.slots.iter().enumerate();
        let bound = slots
            .filter(|(place, slot)| self.shows(*place, slot))
            .filter_map(|(place, slot)| {
                let value = self.value(cx, place)?;
                Some((cx.intern(&slot.name).own(), value))
            });
        let mut all: Vec<(Owned, Owned)> = bound.collect();
        let extra = self.extra(cx);
        if let Some(extra) = extra
            .as_ref()
            .and_then(|one| one.borrow().downcast::<Dict>())
        {
            all.extend(store::dict_entries(cx, extra));
        }
        all
    }

    fn snapshot(&self, cx: &Cx) -> Outcome {
        let made = cx.dict();
        for (name, value) in self.pairs(cx) {
            subscript::set(cx, made.borrow(), name.borrow(), value.borrow())?;
        }
        Ok(made)
    }
}

fn view(this: Ref<'_>) -> &FrameLocals {
    this.payload::<FrameLocals>().expect("a view of a frame")
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    text::row(cx, this, ("", ""), "{...}", |out| {
        let all = view(this).snapshot(cx)?;
        *out += &text::repr_text(cx, all.borrow())?;
        Ok(())
    })
}

fn equals(cx: &Cx, comparison: Comparison, this: Ref<'_>, other: Ref<'_>) -> Outcome {
    let same = match other.payload::<FrameLocals>() {
        Some(other) => view(this).frame() == other.frame(),
        None if other.downcast::<Dict>().is_some() => {
            let all = view(this).snapshot(cx)?;
            compare::equal(cx, all.borrow(), other)?
        }
        None => return Ok(Owned::not_implemented()),
    };
    Ok(match comparison {
        Comparison::Eq => Owned::bool(same),
        Comparison::Ne => Owned::bool(!same),
        _ => Owned::not_implemented(),
    })
}

fn len(cx: &Cx, this: Ref<'_>) -> Outcome<usize> {
    Ok(view(this).pairs(cx).len())
}

fn contains(cx: &Cx, this: Ref<'_>, key: Ref<'_>) -> Outcome<bool> {
    Ok(view(this).find(cx, key)?.is_some())
}

fn get_item(cx: &Cx, this: Ref<'_>, key: Ref<'_>) -> Outcome {
    match view(this).find(cx, key)? {
        Some(value) => Ok(value),
        None => Err(absent(cx, key)),
    }
}

fn absent(cx: &Cx, key: Ref<'_>) -> Raised {
    match text::repr_text(cx, key) {
        Ok(_) if key.downcast::<Str>().is_none() => exception::key_error(cx, key),
        Ok(shown) => {
            let message = format!("local variable {shown} is not defined");
            cx.error(TypeId::KeyError, message)
        }
        Err(raised) => raised,
    }
}

fn set_item(cx: &Cx, this: Ref<'_>, key: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    let view = view(this);
    let place = key
        .downcast::<Str>()
        .and_then(|name| view.place(name.as_str()));
    match (place, value) {
        (Some(place), Some(value)) => {
            view.set(cx, place, value.own());
            Ok(())
        }
        (Some(_), None) => {
            Err(cx.value_error("cannot remove local variables from FrameLocalsProxy"))
        }
        (None, Some(value)) => subscript::set(cx, view.extra_or_new(cx).borrow(), key, value),
        (None, None) => match view.extra(cx) {
            Some(extra) => subscript::delete(cx, extra.borrow(), key),
            None => Err(exception::key_error(cx, key)),
        },
    }
}

fn keys(cx: &Cx, this: &FrameLocals) -> Vec<Owned> {
    this.pairs(cx).into_iter().map(|(name, _)| name).collect()
}

fn values(cx: &Cx, this: &FrameLocals) -> Vec<Owned> {
    this.pairs(cx).into_iter().map(|(_, value)| value).collect()
}

fn items(cx: &Cx, this: &FrameLocals) -> Vec<Owned> {
    let pairs = this.pairs(cx).into_iter();
    pairs
        .map(|(name, value)| cx.tuple(vec![name, value]))
        .collect()
}

fn iter(cx: &Cx, this: Ref<'_>) -> Outcome {
    let names = cx.list(keys(cx, view(this)));
    iterate::iter(cx, names.borrow())
}

fn reversed(cx: &Cx, this: &FrameLocals) -> Outcome {
    let mut names = keys(cx, this);
    names.reverse();
    iterate::iter(cx, cx.list(names).borrow())
}

fn get(cx: &Cx, this: &FrameLocals, key: Ref<'_>, default: Ref<'_>) -> Outcome {
    Ok(this.find(cx, key)?.unwrap_or_else(|| default.own()))
}

fn copy(cx: &Cx, this: &FrameLocals) -> Outcome {
    this.snapshot(cx)
}

/// Sets what a mapping has.
fn update(cx: &Cx, this: Ref<'_>, other: Ref<'_>) -> Outcome<()> {
    if other.downcast::<Dict>().is_none() && other.payload::<FrameLocals>().is_none() {
        let kind = cx.type_name(other);
        return Err(cx.type_error(format!("'{kind}' object is not a mapping")));
    }
    let names = iterate::collect(cx, other)?;
    for name in names {
        let value = subscript::get(cx, other, name.borrow())?;
        set_item(cx, this, name.borrow(), Some(value.borrow()))?;
    }
    Ok(())
}

fn or(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let is_mapping = |value: Ref<'_>| {
        value.downcast::<Dict>().is_some() || value.payload::<FrameLocals>().is_some()
    };
    if !is_mapping(left) || !is_mapping(right) {
        return Ok(Owned::not_implemented());
    }
    let made = cx.dict();
    for side in [left, right] {
        for name in iterate::collect(cx, side)? {
            let value = subscript::get(cx, side, name.borrow())?;
            subscript::set(cx, made.borrow(), name.borrow(), value.borrow())?;
        }
    }
    Ok(made)
}

fn in_place_or(cx: &Cx, this: Ref<'_>, other: Ref<'_>) -> Outcome {
    update(cx, this, other)?;
    Ok(this.own())
}

fn setdefault(cx: &Cx, this: Ref<'_>, key: Ref<'_>, default: Ref<'_>) -> Outcome {
    if let Some(value) = view(this).find(cx, key)? {
        return Ok(value);
    }
    set_item(cx, this, key, Some(default))?;
    Ok(default.own())
}

fn pop(cx: &Cx, this: &FrameLocals, key: Ref<'_>, default: Ref<'_>) -> Outcome {
    let default = default
        .downcast::<Tuple>()
        .map_or(&[][..], crate::refs::items);
    let is_variable = key
        .downcast::<Str>()
        .is_some_and(|name| this.place(name.as_str()).is_some());
    if is_variable {
        return Err(cx.value_error("cannot remove local variables from FrameLocalsProxy"));
    }
    let found = match this.extra(cx) {
        Some(extra) => {
            let found = subscript::find(cx, extra.borrow(), key)?;
            if found.is_some() {
                subscript::delete(cx, extra.borrow(), key)?;
            }
            found
        }
        None => None,
    };
    match found.or_else(|| default.first().map(|value| value.own())) {
        Some(value) => Ok(value),
        None => Err(exception::key_error(cx, key)),
    }
}
