//! `_collections`: what `collections`, which is written in Python, is made of.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::refs::Ref;
use crate::types::default_dict;
use crate::types::define::module;

module! {
    pub(crate) COLLECTIONS = "_collections" {
        doc "Containers beside those that the language has.";
        types { Deque, DequeIterator, DequeReverseIterator, DefaultDict, TupleGetter }
        /// Count the items of an iterable in a mapping.
        static _count_elements as count_elements(mapping, iterable, /);
    }
}

fn count_elements(cx: &Cx, mapping: Ref<'_>, iterable: Ref<'_>) -> Outcome<()> {
    default_dict::count_elements(cx, mapping, iterable)
}
