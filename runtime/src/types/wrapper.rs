//! Wrappers: the slots of built-in classes as methods that Python code finds under their names (`int.__add__`).
//!
//! One function for each signature of a slot: it checks the arguments, calls the slot, and turns the result into a
//! value. The first argument is the receiver, whose class the descriptor has checked.
#![allow(
    non_snake_case,
    reason = "each is named after the signature that it serves"
)]

use crate::compile::Comparison;
use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome};
use crate::refs::{Owned, Ref};
use crate::types::class::Class;
use crate::types::slots::{self, Dunder, Slots, slot_table};
use crate::types::{TypeId, exception};

macro_rules! wrapped {
    ($($field:ident: $type:ident { $($dunder:ident $name:literal),* };)*) => {
        /// Calls a slot as the method that a name stands for.
        ///
        /// # Errors
        /// Wrong arguments, and what the slot raises.
        pub(crate) fn call(cx: &Cx, dunder: Dunder, slots: &Slots, args: Args<'_>) -> Outcome {
            match dunder {
                $($(Dunder::$dunder => {
                    let Some(slot) = slots.$field else {
                        return missing(cx, dunder);
                    };
                    $type(cx, dunder, slot, args)
                })*)*
            }
        }
    };
}

slot_table!(wrapped);

#[cold]
fn missing(cx: &Cx, dunder: Dunder) -> Outcome {
    Err(cx.error(
        TypeId::SystemError,
        format!("no slot for {}", dunder.name()),
    ))
}

/// The receiver and so many arguments behind it.
fn exactly<'a>(cx: &Cx, args: Args<'a>, count: usize) -> Outcome<(Ref<'a>, &'a [Ref<'a>])> {
    between(cx, args, count, count)
}

fn between<'a>(
    cx: &Cx,
    args: Args<'a>,
    least: usize,
    most: usize,
) -> Outcome<(Ref<'a>, &'a [Ref<'a>])> {
    let Some((this, rest)) = args.positional.split_first() else {
        return Err(cx.type_error("descriptor needs an argument"));
    };
    if !args.names.is_empty() {
        return Err(cx.type_error("wrapper takes no keyword arguments"));
    }
    if (least..=most).contains(&rest.len()) {
        return Ok((*this, rest));
    }
    let plural = if most == 1 { "" } else { "s" };
    let message = format!("expected {most} argument{plural}, got {}", rest.len());
    Err(cx.type_error(message))
}

fn Unary(cx: &Cx, _: Dunder, slot: slots::Unary, args: Args<'_>) -> Outcome {
    let (this, _) = exactly(cx, args, 0)?;
    slot(cx, this)
}

/// Reflected names get their operands the other way round.
fn Binary(cx: &Cx, dunder: Dunder, slot: slots::Binary, args: Args<'_>) -> Outcome {
    let most = if dunder == Dunder::Pow { 2 } else { 1 };
    let (this, rest) = between(cx, args, 1, most)?;
    if let [other, modulus] = rest
        && !modulus.is_none()
    {
        return crate::eval::ops::power::built_in(cx, this, *other, *modulus);
    }
    match dunder.name().starts_with("__r") && is_reflected(dunder) {
        true => slot(cx, rest[0], this),
        false => slot(cx, this, rest[0]),
    }
}

fn is_reflected(dunder: Dunder) -> bool {
    !matches!(dunder, Dunder::RShift)
}

fn Next(cx: &Cx, _: Dunder, slot: slots::Next, args: Args<'_>) -> Outcome {
    let (this, _) = exactly(cx, args, 0)?;
    slot(cx, this)?.ok_or_else(|| exception::stop_iteration(cx, None))
}

fn Hash(cx: &Cx, _: Dunder, slot: slots::Hash, args: Args<'_>) -> Outcome {
    let (this, _) = exactly(cx, args, 0)?;
    slot(cx, this).map(|hash| cx.int(hash))
}

fn Len(cx: &Cx, _: Dunder, slot: slots::Len, args: Args<'_>) -> Outcome {
    let (this, _) = exactly(cx, args, 0)?;
    slot(cx, this).map(|len| cx.int(len as i64))
}

fn Truth(cx: &Cx, _: Dunder, slot: slots::Truth, args: Args<'_>) -> Outcome {
    let (this, _) = exactly(cx, args, 0)?;
    slot(cx, this).map(Owned::bool)
}

/// The comparison that a name stands for.
pub(super) fn comparison(dunder: Dunder) -> Comparison {
    match dunder {
        Dunder::Lt => Comparison::Lt,
        Dunder::Le => Comparison::Le,
        Dunder::Ne => Comparison::Ne,
        Dunder::Gt => Comparison::Gt,
        Dunder::Ge => Comparison::Ge,
        _ => Comparison::Eq,
    }
}

fn Compare(cx: &Cx, dunder: Dunder, slot: slots::Compare, args: Args<'_>) -> Outcome {
    let (this, rest) = exactly(cx, args, 1)?;
    slot(cx, comparison(dunder), this, rest[0])
}

fn Contains(cx: &Cx, _: Dunder, slot: slots::Contains, args: Args<'_>) -> Outcome {
    let (this, rest) = exactly(cx, args, 1)?;
    slot(cx, this, rest[0]).map(Owned::bool)
}

fn Set(cx: &Cx, dunder: Dunder, slot: slots::Set, args: Args<'_>) -> Outcome {
    let deletes = matches!(
        dunder,
        Dunder::DelItem | Dunder::DelAttr | Dunder::DescrDelete
    );
    let (this, rest) = exactly(cx, args, if deletes { 1 } else { 2 })?;
    slot(cx, this, rest[0], rest.get(1).copied()).map(|()| Owned::NONE)
}

fn DescrGet(cx: &Cx, _: Dunder, slot: slots::DescrGet, args: Args<'_>) -> Outcome {
    let (this, rest) = between(cx, args, 1, 2)?;
    let class = rest.get(1).copied().unwrap_or(Ref::NONE);
    match (rest[0].not_none(), class.not_none()) {
        (None, None) => Err(cx.type_error("__get__(None, None) is invalid")),
        (object, _) => slot(cx, this, object, class),
    }
}

fn Call(cx: &Cx, _: Dunder, slot: slots::Call, args: Args<'_>) -> Outcome {
    let (this, rest) = receiver(cx, args)?;
    slot(cx, this, rest)
}

fn Init(cx: &Cx, _: Dunder, slot: slots::Init, args: Args<'_>) -> Outcome {
    let (this, rest) = receiver(cx, args)?;
    slot(cx, this, rest).map(|()| Owned::NONE)
}

fn Finalize(cx: &Cx, _: Dunder, slot: slots::Finalize, args: Args<'_>) -> Outcome {
    let (this, _) = exactly(cx, args, 0)?;
    slot(cx, this).map(|()| Owned::NONE)
}

fn New(cx: &Cx, _: Dunder, slot: slots::New, args: Args<'_>) -> Outcome {
    let (this, rest) = receiver(cx, args)?;
    match Class::of(this) {
        Some(class) => slot(cx, class, rest),
        None => {
            let kind = cx.type_name(this);
            Err(cx.type_error(format!("__new__(X): X is not a type object ({kind})")))
        }
    }
}

fn receiver<'a>(cx: &Cx, args: Args<'a>) -> Outcome<(Ref<'a>, Args<'a>)> {
    match args.positional.split_first() {
        Some((this, positional)) => Ok((*this, Args { positional, ..args })),
        None => Err(cx.type_error("descriptor needs an argument")),
    }
}
