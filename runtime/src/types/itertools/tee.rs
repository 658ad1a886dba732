//! `itertools.tee`: iterators that share what one iterator gives, in a chain of parts.

use super::{change, construct, look, parts};
use crate::eval::cx::Cx;
use crate::eval::ops::iterate;
use crate::eval::{Args, Outcome};
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::{Function, class, function};
use crate::types::guarded::Guarded;
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};

/// How many items a part keeps, as in CPython.
const PART: usize = 57;

/// A part of what the iterator gave.
pub(crate) struct TeeData {
    iterator: Owned,
    state: Guarded<State>,
}

#[derive(Default)]
struct State {
    items: Vec<Owned>,
    /// The part after it, once somebody wanted it.
    next: Option<Owned>,
    /// Whether somebody is reading the next item: at most one at a time.
    reading: bool,
}

payload!(
    TeeData as TeeData,
    "_tee_dataobject",
    |this, visit| {
        visit(this.iterator.borrow());
        this.state.alone(|state| {
            let all = state.items.iter().chain(&state.next);
            all.for_each(|one| visit(one.borrow()));
        });
    },
    |gone, ts, object| drop(gone.state.with(ts, object, std::mem::take))
);

class! {
    pub(crate) TEE_DATA: Boxed<TeeData> = "_tee_dataobject" (Object) {
        module "itertools";
        sealed;
        slots { new: new_data }
    }
}

const DATA: Function = function!(
    true,
    "_tee_dataobject",
    "",
    make_data,
    (self, it, values, next, /)
);

fn new_data(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    construct(cx, &DATA, class, args)
}

fn make_data(
    cx: &Cx,
    _class: &Class,
    iterator: Owned,
    values: Ref<'_>,
    next: Option<Owned>,
) -> Outcome {
    let values = iterate::collect(cx, values)?;
    let fits = values.len() == PART || next.is_none();
    let is_data = |next: &Owned| next.borrow().payload::<TeeData>().is_some();
    if values.len() > PART || !fits || !next.iter().all(is_data) {
        return Err(cx.value_error("Invalid arguments"));
    }
    let state = State {
        items: values,
        next,
        reading: false,
    };
    let state = Guarded::new("part of tee", state);
    Ok(payload::new(cx, TeeData { iterator, state }))
}

fn part(cx: &Cx, iterator: Owned) -> Owned {
    let state = Guarded::new("part of tee", State::default());
    payload::new(cx, TeeData { iterator, state })
}

/// What a reader finds in a part.
enum Found {
    Item(Owned),
    /// It is the one who reads the next item.
    Read,
    Busy,
}

/// The item at a place, which is read if nobody has had it yet; nothing at the end.
fn item(cx: &Cx, data: Ref<'_>, index: usize) -> Outcome<Option<Owned>> {
    let (part, header) = parts::<TeeData>(data);
    let found = change(cx, header, &part.state, |state| {
        match state.items.get(index) {
            Some(item) => Found::Item(item.clone()),
            None if std::mem::replace(&mut state.reading, true) => Found::Busy,
            None => Found::Read,
        }
    });
    match found {
        Found::Item(item) => return Ok(Some(item)),
        Found::Busy => {
            let message = "cannot re-enter the tee iterator";
            return Err(cx.error(TypeId::RuntimeError, message));
        }
        Found::Read => {}
    }
    let read = iterate::next(cx, part.iterator.borrow());
    let kept = read.as_ref().ok().and_then(Clone::clone);
    change(cx, header, &part.state, |state| {
        state.items.extend(kept);
        state.reading = false;
    });
    read
}

/// The part after another one.
fn following(cx: &Cx, data: Ref<'_>) -> Owned {
    let (part, header) = parts::<TeeData>(data);
    let fresh = self::part(cx, part.iterator.clone());
    let mut fresh = Some(fresh);
    let next = change(cx, header, &part.state, |state| {
        state
            .next
            .get_or_insert_with(|| fresh.take().expect("it is taken once"))
            .clone()
    });
    drop(fresh);
    next
}

/// One of the iterators.
pub(crate) struct Tee {
    place: Guarded<Place>,
}

struct Place {
    /// Nothing in an iterator that the collector has emptied.
    data: Option<Owned>,
    index: usize,
}

payload!(
    Tee as Tee,
    "_tee",
    |this, visit| this.place.alone(|place| {
        place.data.iter().for_each(|one| visit(one.borrow()));
    }),
    |gone, ts, object| drop(gone.place.with(ts, object, |place| place.data.take()))
);

class! {
    pub(crate) TEE: Boxed<Tee> = "_tee" (Object) {
        module "itertools";
        sealed;
        with_weak;
        doc "An iterator that can be copied.";
        slots { new: new, iter: itself, next: next }
        /// Another iterator from the same place on.
        method __copy__ as copy(self, /);
    }
}

const MAKE: Function = function!(true, "_tee", "", make, (self, iterable, /));

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    construct(cx, &MAKE, class, args)
}

fn make(cx: &Cx, _class: &Class, iterable: Ref<'_>) -> Outcome {
    from_iterable(cx, iterable)
}

fn at(cx: &Cx, data: Option<Owned>, index: usize) -> Owned {
    let place = Guarded::new("place in tee", Place { data, index });
    payload::new(cx, Tee { place })
}

fn from_iterable(cx: &Cx, iterable: Ref<'_>) -> Outcome {
    let iterator = iterate::iter(cx, iterable)?;
    if iterator.borrow().payload::<Tee>().is_some() {
        return Ok(copy(cx, iterator.borrow()));
    }
    let data = part(cx, iterator);
    Ok(at(cx, Some(data), 0))
}

fn copy(cx: &Cx, this: Ref<'_>) -> Owned {
    let (tee, header) = parts::<Tee>(this);
    let (data, index) = look(cx, header, &tee.place, |place| {
        (place.data.clone(), place.index)
    });
    at(cx, data, index)
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (tee, header) = parts::<Tee>(this);
    let (data, index) = look(cx, header, &tee.place, |place| {
        (place.data.clone(), place.index)
    });
    let Some(mut data) = data else {
        return Ok(None);
    };
    let mut index = index;
    if index >= PART {
        (data, index) = (following(cx, data.borrow()), 0);
    }
    let Some(item) = item(cx, data.borrow(), index)? else {
        return Ok(None);
    };
    let old = change(cx, header, &tee.place, |place| {
        place.index = index + 1;
        place.data.replace(data)
    });
    drop(old);
    Ok(Some(item))
}

/// `itertools.tee`
pub(crate) fn tee(cx: &Cx, iterable: Ref<'_>, count: i64) -> Outcome {
    if count < 0 {
        return Err(cx.value_error("n must be >= 0"));
    }
    if count == 0 {
        return Ok(cx.tuple(Vec::new()));
    }
    cx.room_for((count as usize).checked_mul(size_of::<Owned>()))?;
    let first = from_iterable(cx, iterable)?;
    let mut all = vec![first];
    while all.len() < count as usize {
        let next = copy(cx, all[0].borrow());
        all.push(next);
    }
    Ok(cx.tuple(all))
}
