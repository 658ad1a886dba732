//! `itertools`.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::refs::Ref;
use crate::types::define::module;
use crate::types::itertools;

module! {
    pub(crate) ITERTOOLS = "itertools" {
        doc "Iterators that are made of others.";
        types {
            Accumulate, Batched, Chain, Combinations, CombinationsWithReplacement, Compress, Count, Cycle, DropWhile,
            FilterFalse, GroupBy, Grouper, ISlice, Pairwise, Permutations, Product, Repeat, StarMap, TakeWhile, Tee,
            TeeData, ZipLongest
        }
        /// So many iterators that each give what the iterable gives.
        static tee(iterable, n = 2, /);
    }
}

fn tee(cx: &Cx, iterable: Ref<'_>, count: i64) -> Outcome {
    itertools::tee::tee(cx, iterable, count)
}
