//! `enumerate`.

use num_bigint::BigInt;

use crate::eval::cx::Cx;
use crate::eval::ops::{iterate, number};
use crate::eval::{Args, Outcome};
use crate::objects::position::Position;
use crate::refs::{Owned, Ref};
use crate::types::class::Class;
use crate::types::class_getitem::class_getitem;
use crate::types::define::class;
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};

/// Pairs of numbers and items.
pub(crate) struct Enumerate {
    iterator: Owned,
    start: Owned,
    /// How many pairs there were.
    count: Position,
}

payload!(Enumerate as Enumerate, "enumerate", |this, visit| {
    visit(this.iterator.borrow());
    visit(this.start.borrow());
});

class! {
    pub(crate) ENUMERATE: Boxed<Enumerate> = "enumerate" (Object) {
        doc "Pairs of a running number, from start on, and an item.";
        slots { new: new, iter: itself, next: next }
        /// The class with types for its items, as annotations have them.
        class __class_getitem__ as class_getitem(self, object, /);
        /// What pickle needs to make it again.
        method __reduce__ as reduce(self, /);
    }
}

/// The iterable and where to start, from arguments by position or by name.
fn arguments<'a>(cx: &Cx, args: Args<'a>) -> Outcome<(Ref<'a>, Option<Ref<'a>>)> {
    let given = args.positional.len() + args.names.len();
    if given > 2 {
        let message = format!("enumerate() takes at most 2 arguments ({given} given)");
        return Err(cx.type_error(message));
    }
    let mut all = [args.get(0), args.get(1)];
    for (name, value) in args.names.iter().zip(args.keywords) {
        let place = match cx.text_of(*name) {
            "iterable" if all[0].is_none() => 0,
            "start" if all[1].is_none() => 1,
            other => {
                let message = format!("'{other}' is an invalid keyword argument for enumerate()");
                return Err(cx.type_error(message));
            }
        };
        all[place] = Some(*value);
    }
    match all {
        [Some(iterable), start] => Ok((iterable, start)),
        _ => Err(cx.type_error("enumerate() missing required argument 'iterable'")),
    }
}

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    let (iterable, start) = arguments(cx, args)?;
    let start = match start {
        Some(start) => number::as_index(cx, start)?,
        None => cx.int(0),
    };
    let iterator = iterate::iter(cx, iterable)?;
    let count = Position::new(0);
    let made = Enumerate {
        iterator,
        start,
        count,
    };
    Ok(payload::new_in(cx, class, made))
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (Some(enumerate), Some(header)) = (this.payload::<Enumerate>(), this.header()) else {
        return Ok(None);
    };
    let Some(item) = iterate::next(cx, enumerate.iterator.borrow())? else {
        return Ok(None);
    };
    let Some(count) = enumerate.count.take(cx.ts, header, 1) else {
        return Ok(None);
    };
    let number = numbered(cx, enumerate, count);
    Ok(Some(cx.pair(number, item)))
}

/// The number of a pair.
fn numbered(cx: &Cx, enumerate: &Enumerate, count: i64) -> Owned {
    let start = enumerate.start.borrow();
    match start.as_small().and_then(|start| start.checked_add(count)) {
        Some(number) => cx.int(number),
        None => cx.big(number::exact_integer(start).unwrap_or_default() + BigInt::from(count)),
    }
}

fn reduce(cx: &Cx, this: Ref<'_>) -> Outcome {
    let enumerate = this.payload::<Enumerate>().expect("an enumerate");
    let number = numbered(cx, enumerate, enumerate.count.get());
    let args = cx.tuple(vec![enumerate.iterator.clone(), number]);
    let class = cx.class_of(this).as_ref().own();
    Ok(cx.tuple(vec![class, args]))
}
