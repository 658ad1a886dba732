//! Ordering sites of the safepoint protocols.

use super::Site;

pub(super) const ALL: &[Site] = &[];
