//! `itertools.zip_longest`.

use super::{change, construct, look, parts};
use crate::eval::cx::Cx;
use crate::eval::ops::iterate;
use crate::eval::{Args, Outcome};
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::types::class::Class;
use crate::types::define::{Function, class, function};
use crate::types::guarded::Guarded;
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};

/// Rows of items, until the last iterator has ended.
pub(crate) struct ZipLongest {
    /// Those that have ended are not there any more.
    iterators: Guarded<Vec<Option<Owned>>>,
    fill: Owned,
}

payload!(
    ZipLongest as ZipLongest,
    "zip_longest",
    |this, visit| {
        visit(this.fill.borrow());
        this.iterators.alone(|all| {
            all.iter().flatten().for_each(|one| visit(one.borrow()));
        });
    },
    |gone, ts, object| drop(gone.iterators.with(ts, object, std::mem::take))
);

class! {
    pub(crate) ZIP_LONGEST: Boxed<ZipLongest> = "zip_longest" (Object) {
        module "itertools";
        doc "Tuples of the first items, then of the second ones, until the longest iterable ends; the others give fillvalue then.";
        slots { new: new, iter: itself, next: next }
    }
}

const MAKE: Function = function!(
    true,
    "zip_longest",
    "",
    make,
    (self, *iterables, fillvalue = Owned::NONE)
);

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    let known = |name: &Ref<'_>| cx.text_of(*name) == "fillvalue";
    if !args.names.iter().all(known) {
        return Err(cx.type_error("zip_longest() got an unexpected keyword argument"));
    }
    construct(cx, &MAKE, class, args)
}

fn make(cx: &Cx, class: &Class, iterables: Ref<'_>, fill: Owned) -> Outcome {
    let iterables = iterables.downcast::<Tuple>().map_or(&[][..], items).iter();
    let iterators: Outcome<Vec<_>> = iterables
        .map(|iterable| iterate::iter(cx, *iterable).map(Some))
        .collect();
    let iterators = Guarded::new("zip_longest", iterators?);
    Ok(payload::new_in(cx, class, ZipLongest { iterators, fill }))
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (zip, header) = parts::<ZipLongest>(this);
    let iterators = look(cx, header, &zip.iterators, Vec::clone);
    if iterators.iter().all(Option::is_none) {
        return Ok(None);
    }
    let mut row = Vec::with_capacity(iterators.len());
    for (index, iterator) in iterators.iter().enumerate() {
        let item = match iterator {
            Some(iterator) => iterate::next(cx, iterator.borrow()),
            None => Ok(None),
        };
        match item {
            Ok(Some(item)) => row.push(item),
            Ok(None) => {
                let left = change(cx, header, &zip.iterators, |all| {
                    let ended = all.get_mut(index).and_then(Option::take);
                    (all.iter().flatten().count(), ended)
                });
                if left.0 == 0 {
                    return Ok(None);
                }
                row.push(zip.fill.clone());
            }
            Err(raised) => {
                drop(change(cx, header, &zip.iterators, std::mem::take));
                return Err(raised);
            }
        }
    }
    Ok(Some(cx.tuple(row)))
}
