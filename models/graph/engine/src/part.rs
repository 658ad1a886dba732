//! Parts of the search: shards, and how much is done.

use crate::search::{Frame, Search};

/// Into about so many subtrees a search is divided for each part. Subtrees differ much in size, so
/// only many of them make parts that are alike.
const SUBTREES: u64 = 16_384;

impl Search {
    /// Whether the choice that was just made leads to a subtree that another part explores.
    pub(crate) fn belongs_to_other_shard(&mut self) -> bool {
        let (_, parts) = self.config.shard;
        let depth = self.path.len();
        let least = 1.0 / (SUBTREES as f64 * parts as f64);
        if parts > 1 && self.weight(depth) <= least {
            self.divided.get_or_insert(depth);
        }
        self.divided == Some(depth) && !self.is_in_shard()
    }

    /// Whether this part counts the current graph, if it ends here. Subtrees are divided by a
    /// hash of the choices that lead to them.
    pub(crate) fn is_in_shard(&self) -> bool {
        let (part, parts) = self.config.shard;
        let depth = self.divided.unwrap_or(self.path.len());
        let mix = |hash: u64, &number: &u32| {
            (hash ^ u64::from(number + 1))
                .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                .rotate_left(23)
        };
        let hash = self.path[..depth].iter().fold(depth as u64, mix);
        parts <= 1 || (hash >> 17) % parts == part
    }

    /// Notes how much lies below the choice that was made at `depth`, one of so many.
    pub(crate) fn weigh(&mut self, depth: usize, choices: usize) {
        self.weights.truncate(depth);
        self.weights.push(self.weight(depth) / choices as f64);
    }

    /// The share of the search below the first `depth` choices, if all choices of a step led to equally much.
    pub(crate) fn weight(&self, depth: usize) -> f64 {
        depth.checked_sub(1).map_or(1.0, |last| self.weights[last])
    }

    /// Counts what the current path leads to as done.
    ///
    /// These are the weights of Knuth's estimator: all of them together are 1.
    pub(crate) fn finish(&mut self) {
        self.done += self.weight(self.weights.len());
    }
}

impl Frame {
    /// How many choices the step had.
    pub(crate) fn choices(&self) -> usize {
        self.number as usize + self.end - self.next
    }
}
