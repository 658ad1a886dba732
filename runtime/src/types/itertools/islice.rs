//! `itertools.islice`.

use super::{change, parts};
use crate::eval::cx::Cx;
use crate::eval::ops::{iterate, number};
use crate::eval::{Args, Outcome};
use crate::refs::{Owned, Ref};
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::guarded::Guarded;
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};

/// The items at certain places.
pub(crate) struct ISlice {
    state: Guarded<State>,
}

struct State {
    /// Nothing once the end has come.
    iterator: Option<Owned>,
    /// The place of the item to give next.
    next: i64,
    stop: Option<i64>,
    step: i64,
    /// How many items were taken out of the iterator.
    taken: i64,
}

/// How many items to pass over, and whether to give the next one.
struct Step {
    iterator: Owned,
    passes: i64,
    gives: bool,
}

payload!(
    ISlice as ISlice,
    "islice",
    |this, visit| this.state.alone(|state| {
        state.iterator.iter().for_each(|one| visit(one.borrow()));
    }),
    |gone, ts, object| drop(gone.state.with(ts, object, |state| state.iterator.take()))
);

class! {
    pub(crate) ISLICE: Boxed<ISlice> = "islice" (Object) {
        module "itertools";
        doc "islice(iterable, stop)\nislice(iterable, start, stop[, step])\n\nThe items at the places that a slice would name.";
        slots { new: new, iter: itself, next: next }
    }
}

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    if !args.names.is_empty() && class.is_builtin() {
        return Err(cx.type_error("islice() takes no keyword arguments"));
    }
    let none = Ref::NONE;
    let (iterable, start, stop, step) = match *args.positional {
        [iterable, stop] => (iterable, none, stop, none),
        [iterable, start, stop] => (iterable, start, stop, none),
        [iterable, start, stop, step] => (iterable, start, stop, step),
        ref all => {
            let (given, bound) = (
                all.len(),
                if all.len() < 2 {
                    "at least 2"
                } else {
                    "at most 4"
                },
            );
            let message = format!("islice expected {bound} arguments, got {given}");
            return Err(cx.type_error(message));
        }
    };
    let stop = match stop.not_none() {
        None => None,
        Some(stop) => Some(end(cx, stop, args.positional.len())?),
    };
    let start = match start.not_none() {
        None => 0,
        Some(start) => place(cx, start, 0, INDICES)?,
    };
    let step = match step.not_none() {
        None => 1,
        Some(step) => place(
            cx,
            step,
            1,
            "Step for islice() must be a positive integer or None.",
        )?,
    };
    let state = State {
        iterator: Some(iterate::iter(cx, iterable)?),
        next: start,
        stop,
        step,
        taken: 0,
    };
    let state = Guarded::new("islice", state);
    Ok(payload::new_in(cx, class, ISlice { state }))
}

const INDICES: &str = "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.";

const STOP: &str = "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.";

/// Where the slice ends.
fn end(cx: &Cx, value: Ref<'_>, arguments: usize) -> Outcome<i64> {
    match number::size(cx, value) {
        Ok(number) if number >= 0 => Ok(number),
        Ok(number) if number < -1 && arguments > 2 => Err(cx.value_error(INDICES)),
        _ => Err(cx.value_error(STOP)),
    }
}

/// A number that is at least so large.
fn place(cx: &Cx, value: Ref<'_>, least: i64, message: &str) -> Outcome<i64> {
    match number::size(cx, value) {
        Ok(number) if number >= least => Ok(number),
        _ => Err(cx.value_error(message)),
    }
}

impl State {
    /// What a step does; nothing at the end.
    fn advance(&mut self) -> Option<Step> {
        let iterator = self.iterator.clone()?;
        let gives = self.stop.is_none_or(|stop| self.next < stop);
        let passes = (self.next - self.taken).max(0);
        let step = Step {
            iterator,
            passes,
            gives,
        };
        self.taken = self.taken.max(self.next) + i64::from(gives);
        if !gives {
            return Some(step);
        }
        self.next = match self.next.checked_add(self.step) {
            Some(next) => self.stop.map_or(next, |stop| next.min(stop)),
            None => self.stop.unwrap_or(i64::MAX),
        };
        Some(step)
    }
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (islice, header) = parts::<ISlice>(this);
    let Some(step) = change(cx, header, &islice.state, State::advance) else {
        return Ok(None);
    };
    let iterator = step.iterator.borrow();
    let item = match pass_over(cx, iterator, step.passes) {
        Ok(true) if step.gives => iterate::next(cx, iterator),
        Ok(_) => Ok(None),
        Err(raised) => Err(raised),
    };
    if let Ok(None) = item {
        drop(change(cx, header, &islice.state, |state| {
            state.iterator.take()
        }));
    }
    item
}

/// Passes over so many items; says whether there were as many.
fn pass_over(cx: &Cx, iterator: Ref<'_>, count: i64) -> Outcome<bool> {
    for _ in 0..count {
        if iterate::next(cx, iterator)?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}
