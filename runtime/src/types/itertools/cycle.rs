//! `itertools.cycle`.

use super::{change, construct, parts};
use crate::eval::cx::Cx;
use crate::eval::ops::iterate;
use crate::eval::{Args, Outcome};
use crate::refs::{Owned, Ref};
use crate::types::class::Class;
use crate::types::define::{Function, class, function};
use crate::types::guarded::Guarded;
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};

/// The items of an iterable, again and again.
pub(crate) struct Cycle {
    state: Guarded<State>,
}

struct State {
    /// Nothing once it has ended.
    iterator: Option<Owned>,
    /// What it has given.
    saved: Vec<Owned>,
    /// Which of them comes next, once the iterator has ended.
    index: usize,
}

/// What a step has to do.
enum Step {
    Ask(Owned),
    Give(Owned),
    End,
}

payload!(
    Cycle as Cycle,
    "cycle",
    |this, visit| this.state.alone(|state| {
        let all = state.iterator.iter().chain(&state.saved);
        all.for_each(|one| visit(one.borrow()));
    }),
    |gone, ts, object| drop(gone.state.with(ts, object, |state| (
        state.iterator.take(),
        std::mem::take(&mut state.saved)
    )))
);

class! {
    pub(crate) CYCLE: Boxed<Cycle> = "cycle" (Object) {
        module "itertools";
        doc "The items of the iterable, and then the same ones over and over.";
        slots { new: new, iter: itself, next: next }
    }
}

const MAKE: Function = function!(true, "cycle", "", make, (self, iterable, /));

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    construct(cx, &MAKE, class, args)
}

fn make(cx: &Cx, class: &Class, iterable: Ref<'_>) -> Outcome {
    let state = State {
        iterator: Some(iterate::iter(cx, iterable)?),
        saved: Vec::new(),
        index: 0,
    };
    let state = Guarded::new("cycle", state);
    Ok(payload::new_in(cx, class, Cycle { state }))
}

impl State {
    fn step(&mut self) -> Step {
        if let Some(iterator) = &self.iterator {
            return Step::Ask(iterator.clone());
        }
        let Some(item) = self.saved.get(self.index) else {
            return Step::End;
        };
        let item = item.clone();
        self.index = (self.index + 1) % self.saved.len();
        Step::Give(item)
    }
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (cycle, header) = parts::<Cycle>(this);
    loop {
        let iterator = match change(cx, header, &cycle.state, State::step) {
            Step::Give(item) => return Ok(Some(item)),
            Step::End => return Ok(None),
            Step::Ask(iterator) => iterator,
        };
        if let Some(item) = iterate::next(cx, iterator.borrow())? {
            let kept = item.clone();
            change(cx, header, &cycle.state, |state| state.saved.push(kept));
            return Ok(Some(item));
        }
        drop(change(cx, header, &cycle.state, |state| {
            state.iterator.take()
        }));
    }
}
