//! `zip`.

use crate::eval::cx::Cx;
use crate::eval::ops::{iterate, truth};
use crate::eval::{Args, Outcome, Raised};
use crate::refs::{Owned, Ref};
use crate::sync::atomic::{AtomicU8, Ordering};
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};

/// Rows of what several iterators give.
pub(crate) struct Zip {
    iterators: Vec<Owned>,
    /// Whether all must end together: 1 or 0. It changes when pickle has made the object anew.
    strict: AtomicU8,
}

impl Zip {
    fn is_strict(&self) -> bool {
        // ORDERING: relaxed: the flag carries nothing but itself.
        self.strict.load(Ordering::Relaxed) != 0
    }
}

payload!(Zip as Zip, "zip", |this, visit| {
    this.iterators.iter().for_each(|one| visit(one.borrow()));
});

class! {
    pub(crate) ZIP: Boxed<Zip> = "zip" (Object) {
        doc "A tuple of the first items of all iterables, then of the second ones, and so on.\n\nThe shortest iterable ends it; with strict, iterables of different lengths raise ValueError.";
        slots { new: new, iter: itself, next: next }
        /// What pickle needs to make it again.
        method __reduce__ as reduce(self, /);
        /// Take the state that pickle has kept.
        method __setstate__ as set_state(self, object, /);
    }
}

/// The keyword `strict`, the only one that `zip` and `map` take.
pub(super) fn strict(cx: &Cx, name: &str, args: Args<'_>) -> Outcome<bool> {
    let mut strict = false;
    for (keyword, value) in args.names.iter().zip(args.keywords) {
        match cx.text_of(*keyword) {
            "strict" => strict = truth::is_true(cx, *value)?,
            other => {
                let message = format!("{name}() got an unexpected keyword argument '{other}'");
                return Err(cx.type_error(message));
            }
        }
    }
    Ok(strict)
}

/// Iterators over several iterables.
pub(super) fn iterators(cx: &Cx, iterables: &[Ref<'_>]) -> Outcome<Vec<Owned>> {
    let iterables = iterables.iter();
    iterables
        .map(|iterable| iterate::iter(cx, *iterable))
        .collect()
}

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    let strict = strict(cx, "zip", args)?;
    let iterators = iterators(cx, args.positional)?;
    let strict = AtomicU8::new("zip strict", u8::from(strict));
    Ok(payload::new_in(cx, class, Zip { iterators, strict }))
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let Some(zip) = this
        .payload::<Zip>()
        .filter(|zip| !zip.iterators.is_empty())
    else {
        return Ok(None);
    };
    if let ([first, second], false) = (&zip.iterators[..], zip.is_strict()) {
        return pair(cx, first.borrow(), second.borrow());
    }
    let row = row(cx, "zip", &zip.iterators, zip.is_strict())?;
    Ok(row.map(|row| cx.tuple(row)))
}

/// One item of each of two iterators.
fn pair(cx: &Cx, first: Ref<'_>, second: Ref<'_>) -> Outcome<Option<Owned>> {
    let Some(left) = iterate::next(cx, first)? else {
        return Ok(None);
    };
    let right = iterate::next(cx, second)?;
    Ok(right.map(|right| cx.pair(left, right)))
}

/// One item of each iterator; nothing when one of them has ended. With `strict` all must end together.
pub(super) fn row(
    cx: &Cx,
    name: &str,
    iterators: &[Owned],
    strict: bool,
) -> Outcome<Option<Vec<Owned>>> {
    let mut row = Vec::with_capacity(iterators.len());
    for iterator in iterators {
        match iterate::next(cx, iterator.borrow())? {
            Some(item) => row.push(item),
            None if strict => return ended(cx, name, iterators, row.len()).map(|()| None),
            None => return Ok(None),
        }
    }
    Ok(Some(row))
}

/// Checks that the others end with the iterator at an index, which was asked after those before it.
fn ended(cx: &Cx, name: &str, iterators: &[Owned], index: usize) -> Outcome<()> {
    if index > 0 {
        return Err(uneven(cx, name, index, "shorter"));
    }
    for (index, iterator) in iterators.iter().enumerate().skip(1) {
        if iterate::next(cx, iterator.borrow())?.is_some() {
            return Err(uneven(cx, name, index, "longer"));
        }
    }
    Ok(())
}

#[cold]
fn uneven(cx: &Cx, name: &str, index: usize, how: &str) -> Raised {
    let before = match index {
        1 => " 1".to_owned(),
        _ => format!("s 1-{index}"),
    };
    let number = index + 1;
    cx.value_error(format!(
        "{name}() argument {number} is {how} than argument{before}"
    ))
}

fn set_state(cx: &Cx, this: &Zip, state: Ref<'_>) -> Outcome<()> {
    let strict = truth::is_true(cx, state)?;
    // ORDERING: relaxed: as above.
    this.strict.store(u8::from(strict), Ordering::Relaxed);
    Ok(())
}

fn reduce(cx: &Cx, this: Ref<'_>) -> Outcome {
    let zip = this.payload::<Zip>().expect("a zip");
    let class = cx.class_of(this).as_ref().own();
    let mut parts = vec![class, cx.tuple(zip.iterators.clone())];
    if zip.is_strict() {
        parts.push(Owned::bool(true));
    }
    Ok(cx.tuple(parts))
}
