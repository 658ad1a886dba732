//! `_queue`: what `queue`, which is written in Python, is made of.

use crate::types::define::module;

module! {
    pub(crate) QUEUE = "_queue" {
        doc "A queue between threads.";
        types { Empty, SimpleQueue }
    }
}
