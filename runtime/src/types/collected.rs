//! Arguments that a native function collected in a tuple and a dict, on their way to another call.

use crate::eval::Args;
use crate::eval::cx::Cx;
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items, lend};
use crate::types::store;

/// The arguments that a native function collected, as those of a call.
pub(crate) fn with_collected<R>(
    cx: &Cx,
    args: Ref<'_>,
    keywords: Ref<'_>,
    body: impl FnOnce(Args<'_>) -> R,
) -> R {
    let pairs = keywords.downcast::<Dict>();
    let pairs = pairs
        .map(|dict| store::dict_entries(cx, dict))
        .unwrap_or_default();
    let (names, values): (Vec<Owned>, Vec<Owned>) = pairs.into_iter().unzip();
    body(Args {
        positional: args.downcast::<Tuple>().map_or(&[][..], items),
        names: lend(&names),
        keywords: lend(&values),
    })
}
