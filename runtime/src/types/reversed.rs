//! `reversed`.

use crate::eval::cx::Cx;
use crate::eval::ops::{subscript, truth};
use crate::eval::{Args, Outcome, Raised};
use crate::objects::dict::Dict;
use crate::objects::position::Position;
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};

/// The items of a sequence from the last to the first.
pub(crate) struct Reversed {
    sequence: Owned,
    index: Position,
}

payload!(Reversed as Reversed, "reversed", |this, visit| {
    visit(this.sequence.borrow());
});

class! {
    pub(crate) REVERSED: Boxed<Reversed> = "reversed" (Object) {
        doc "The items of a sequence, the last one first.";
        slots { new: new, iter: itself, next: next }
        /// How many items are left, as far as is known.
        method __length_hint__ as length_hint(self, /);
        /// What pickle needs to make it again.
        method __reduce__ as reduce(self, /);
        /// Take the state that pickle has kept.
        method __setstate__ as set_state(self, object, /);
    }
}

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    if !args.names.is_empty() && class.is(TypeId::Reversed) {
        return Err(cx.type_error("reversed() takes no keyword arguments"));
    }
    let [sequence] = args.positional else {
        let given = args.positional.len();
        return Err(cx.type_error(format!("reversed expected 1 argument, got {given}")));
    };
    let name = cx.world().names.reversed();
    if let Some(own) = cx.class_of(*sequence).lookup(cx, name) {
        return match own.borrow().is_none() {
            true => Err(not_reversible(cx, *sequence)),
            false => cx.call_unbound(own.borrow(), *sequence, Args::NONE),
        };
    }
    if !is_sequence(cx, *sequence) {
        return Err(not_reversible(cx, *sequence));
    }
    let len = truth::len(cx, *sequence)?;
    let made = Reversed {
        sequence: sequence.own(),
        index: Position::new(len as i64 - 1),
    };
    Ok(payload::new_in(cx, class, made))
}

/// Whether items are numbered.
fn is_sequence(cx: &Cx, value: Ref<'_>) -> bool {
    let class = cx.class_of(value);
    value.downcast::<Dict>().is_none() && class.slot(|slots| slots.get_item.is_some())
}

#[cold]
fn not_reversible(cx: &Cx, value: Ref<'_>) -> Raised {
    let kind = cx.type_name(value);
    cx.type_error(format!("'{kind}' object is not reversible"))
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (Some(reversed), Some(header)) = (this.payload::<Reversed>(), this.header()) else {
        return Ok(None);
    };
    let Some(index) = reversed.index.take(cx.ts, header, -1) else {
        return Ok(None);
    };
    let key = cx.int(index);
    match subscript::get(cx, reversed.sequence.borrow(), key.borrow()) {
        Ok(item) => Ok(Some(item)),
        Err(raised) => {
            reversed.index.end();
            let is_end = raised.is(cx, TypeId::IndexError) || raised.is(cx, TypeId::StopIteration);
            if is_end { Ok(None) } else { Err(raised) }
        }
    }
}

fn length_hint(cx: &Cx, this: &Reversed) -> Outcome<i64> {
    let position = this.index.get();
    if position < 0 {
        return Ok(0);
    }
    let len = truth::len(cx, this.sequence.borrow())? as i64;
    Ok(if len <= position { 0 } else { position + 1 })
}

fn reduce(cx: &Cx, this: Ref<'_>) -> Outcome {
    let reversed = this.payload::<Reversed>().expect("a reversed");
    let class = cx.class_of(this).as_ref().own();
    let position = reversed.index.get();
    if position < 0 {
        let nothing = cx.tuple(vec![cx.tuple(Vec::new())]);
        return Ok(cx.tuple(vec![class, nothing]));
    }
    let args = cx.tuple(vec![reversed.sequence.clone()]);
    Ok(cx.tuple(vec![class, args, cx.int(position)]))
}

fn set_state(cx: &Cx, this: &Reversed, position: i64) -> Outcome<()> {
    let len = truth::len(cx, this.sequence.borrow())? as i64;
    this.index.move_to(position.clamp(-1, len - 1));
    Ok(())
}
