//! What a code object shows of its code as tuples: made when one is first asked for, and the same ones from then on.

use std::convert::Infallible;

use super::Code;
use crate::compile::{Slot, SlotKind};
use crate::eval::cx::Cx;
use crate::objects::interned::immortal;
use crate::protocols::once::Once;
use crate::refs::{Owned, Ref};
use crate::sync::cell::Cell;

/// The tuples, in the order in which they are declared.
struct Made {
    constants: Owned,
    names: Owned,
    variables: Owned,
    cells: Owned,
    free: Owned,
}

/// A place for the tuples of a code object.
pub(super) struct Tuples {
    once: Once,
    made: Cell<Option<Box<Made>>>,
}

// SAFETY: `once` 1 and 2: one thread writes, and the others read behind it.
unsafe impl Sync for Tuples {}

impl Tuples {
    pub(super) fn new() -> Self {
        Self {
            once: Once::new(),
            made: Cell::new("tuples of code", None),
        }
    }

    /// Shows the tuples that there are. Nobody else uses the object.
    pub(super) fn references(&self, visit: &mut dyn FnMut(Ref<'_>)) {
        // SAFETY: by the caller's clause.
        self.made.with(|made| unsafe {
            if let Some(made) = &*made {
                let all = [
                    &made.constants,
                    &made.names,
                    &made.variables,
                    &made.cells,
                    &made.free,
                ];
                all.into_iter().for_each(|one| visit(one.borrow()));
            }
        });
    }

    fn get(&self, cx: &Cx, code: &Code) -> &Made {
        let done: Result<(), Infallible> = self.once.call(cx.ts, || {
            let all = Box::new(Made::of(cx, code));
            // SAFETY: `once` 1: nobody else is here, and nobody reads before it is done.
            self.made.with_mut(|made| unsafe { *made = Some(all) });
            Ok(())
        });
        match done {
            // SAFETY: `once` 2; nobody writes any more.
            Ok(()) => self
                .made
                .with(|made| unsafe { (*made).as_deref() })
                .expect("it is done"),
            Err(never) => match never {},
        }
    }
}

impl Made {
    fn of(cx: &Cx, code: &Code) -> Self {
        let settle = |tuple: Owned| match code.owns {
            Some(_) => tuple,
            // SAFETY: the reference is handed on.
            None => unsafe { Owned::from_value(immortal(cx.ts, tuple.into_value())) },
        };
        let of_kind = |kind: SlotKind| {
            let slots = code.code.code.slots.iter();
            tuple_of(
                cx,
                slots.filter(move |slot| !slot.hidden && slot.kind == kind),
            )
        };
        let names = code.code.code.names.iter();
        let constants = (0..code.code.constants.len()).map(|index| code.code.constant(index).own());
        let nested = code.code.nested.iter().map(|inner| super::object(*inner));
        Self {
            constants: settle(cx.tuple(constants.chain(nested).collect())),
            names: settle(cx.tuple(names.map(|name| cx.intern(name).own()).collect())),
            variables: settle(tuple_of(cx, super::declared(code))),
            cells: settle(of_kind(SlotKind::Cell)),
            free: settle(of_kind(SlotKind::Free)),
        }
    }
}

fn tuple_of<'a>(cx: &Cx, slots: impl Iterator<Item = &'a Slot>) -> Owned {
    cx.tuple(slots.map(|slot| cx.intern(&slot.name).own()).collect())
}

macro_rules! shown {
    ($($get:ident)*) => {
        $(pub(super) fn $get(cx: &Cx, this: &Code) -> Owned {
            this.tuples.get(cx, this).$get.clone()
        })*
    };
}

shown! { constants names variables cells free }
