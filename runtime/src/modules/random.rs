//! `_random`: what `random`, which is written in Python, is made of.

use crate::types::define::module;

module! {
    pub(crate) RANDOM = "_random" {
        doc "A generator of random numbers.";
        types { Random }
    }
}
