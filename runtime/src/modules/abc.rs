//! `abc`: the metaclass; the rest is in `lib/abc.py`.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::refs::Ref;
use crate::types::define::module;

module! {
    pub(crate) ABC = "abc" {
        doc "Abstract base classes (PEP 3119).";
        types { AbcMeta }
        /// A number that changes with each registration of a virtual subclass.
        static get_cache_token();
        /// Find out anew which methods of the class are still abstract.
        static update_abstractmethods(cls);
    }
}

fn get_cache_token(cx: &Cx) -> i64 {
    crate::types::abc::token(cx) as i64
}

fn update_abstractmethods(cx: &Cx, cls: Ref<'_>) -> Outcome {
    crate::types::abc::update_abstract_methods(cx, cls)
}
