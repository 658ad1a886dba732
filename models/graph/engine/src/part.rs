//! Parts of the search: shards, and how much is done.

use crate::search::Search;

/// Choices up to this depth are divided among shards.
const SHARD_DEPTH: usize = 8;

impl Search {
    /// Shards divide the choices up to some depth among themselves, by a hash.
    pub(crate) fn belongs_to_other_shard(&self) -> bool {
        self.path.len() == SHARD_DEPTH && !self.is_in_shard()
    }

    /// Whether this shard counts the current graph, if it ends here.
    pub(crate) fn is_in_shard(&self) -> bool {
        let (part, parts) = self.config.shard;
        let depth = self.path.len().min(SHARD_DEPTH);
        let mix = |hash: u64, &number: &u32| {
            (hash ^ u64::from(number + 1))
                .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                .rotate_left(23)
        };
        let hash = self.path[..depth].iter().fold(depth as u64, mix);
        parts <= 1 || (hash >> 17) % parts == part
    }

    /// The share of the search before the current graph, if every choice led to equally
    /// much. Steps whose last choice has been taken are forgotten, so
    /// the share is a lower bound.
    pub(crate) fn share_done(&self) -> f64 {
        let frames = self.levels.iter().flat_map(|level| &level.frames);
        let (mut done, mut weight) = (0.0, 1.0);
        for frame in frames {
            let taken = f64::from(frame.number.max(1) - 1);
            let choices = f64::from(frame.number) + (frame.end - frame.next) as f64;
            done += weight * taken / choices;
            weight /= choices;
        }
        done
    }
}
