//! `itertools.product`.

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

/// All rows with one item of each pool.
pub(crate) struct Product {
    pools: Vec<Vec<Owned>>,
    /// The places of the items of the next row; nothing at the end.
    next: Guarded<Option<Vec<usize>>>,
}

payload!(Product as Product, "product", |this, visit| {
    this.pools
        .iter()
        .flatten()
        .for_each(|one| visit(one.borrow()));
});

class! {
    pub(crate) PRODUCT: Boxed<Product> = "product" (Object) {
        module "itertools";
        doc "Every tuple of one item of each iterable, as nested loops give them; repeat takes all iterables so many times.";
        slots { new: new, iter: itself, next: next }
    }
}

/// The keyword `repeat`, the only one.
fn repeat(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome<i64> {
    let mut repeat = 1;
    for (name, value) in args.names.iter().zip(args.keywords) {
        match cx.text_of(*name) {
            "repeat" => repeat = number::size(cx, *value)?,
            _ if !class.is_builtin() => {}
            other => {
                let message = format!("product() got an unexpected keyword argument '{other}'");
                return Err(cx.type_error(message));
            }
        }
    }
    match repeat < 0 {
        true => Err(cx.value_error("repeat argument cannot be negative")),
        false => Ok(repeat),
    }
}

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    let repeat = repeat(cx, class, args)? as usize;
    if args
        .positional
        .len()
        .checked_mul(repeat)
        .is_none_or(|all| all > 1 << 48)
    {
        return Err(cx.error(
            crate::types::TypeId::OverflowError,
            "repeat argument too large",
        ));
    }
    let iterables = match repeat {
        0 => &[][..],
        _ => args.positional,
    };
    let once: Outcome<Vec<Vec<Owned>>> = iterables
        .iter()
        .map(|iterable| iterate::collect(cx, *iterable))
        .collect();
    let once = once?;
    cx.room_for((once.len() * repeat).checked_mul(size_of::<Vec<Owned>>()))?;
    let pools: Vec<Vec<Owned>> = std::iter::repeat_n(once, repeat).flatten().collect();
    let is_empty = pools.iter().any(Vec::is_empty);
    let next = (!is_empty).then(|| vec![0; pools.len()]);
    let next = Guarded::new("product", next);
    Ok(payload::new_in(cx, class, Product { pools, next }))
}

/// Moves on like an odometer; says whether there is another row.
fn advance(places: &mut [usize], pools: &[Vec<Owned>]) -> bool {
    for (place, pool) in places.iter_mut().zip(pools).rev() {
        *place += 1;
        if *place < pool.len() {
            return true;
        }
        *place = 0;
    }
    false
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (product, header) = parts::<Product>(this);
    let places = change(cx, header, &product.next, |next| {
        let places = next.clone()?;
        if !next
            .as_mut()
            .is_some_and(|next| advance(next, &product.pools))
        {
            *next = None;
        }
        Some(places)
    });
    let row = |places: Vec<usize>| {
        let items = places.into_iter().zip(&product.pools);
        cx.tuple(items.map(|(place, pool)| pool[place].clone()).collect())
    };
    Ok(places.map(row))
}
