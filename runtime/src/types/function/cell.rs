//! `cell`: a variable that several functions share.

use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome};
use crate::objects::cell::Cell;
use crate::refs::Ref;
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::store;

class! {
    pub(crate) CELL: Cell = "cell" (Object) {
        sealed;
        doc "A variable that functions share.";
        slots { new: new_cell, repr: repr_cell }
        get cell_contents, set_cell_contents;
    }
}

fn new_cell(cx: &Cx, _class: &Class, args: Args<'_>) -> Outcome {
    match args.positional {
        [] => Ok(store::cell(cx, None)),
        [one] => Ok(store::cell(cx, Some(one.own()))),
        all => Err(cx.type_error(format!(
            "cell expected at most 1 argument, got {}",
            all.len()
        ))),
    }
}

fn repr_cell(cx: &Cx, this: Ref<'_>) -> Outcome {
    let address = crate::types::object::address(this);
    Ok(cx.str(&match store::cell_get(cx, this.layout::<Cell>()) {
        None => format!("<cell at {address}: empty>"),
        Some(held) => format!(
            "<cell at {address}: {} object at {}>",
            cx.type_name(held.borrow()),
            crate::types::object::address(held.borrow())
        ),
    }))
}

fn cell_contents(cx: &Cx, this: &Cell) -> Outcome {
    match store::cell_get(cx, this) {
        Some(held) => Ok(held),
        None => Err(cx.value_error("cell is empty")),
    }
}

fn set_cell_contents(cx: &Cx, this: &Cell, value: Option<Ref<'_>>) -> Outcome<()> {
    store::cell_set(cx, this, value.map(Ref::own));
    Ok(())
}
