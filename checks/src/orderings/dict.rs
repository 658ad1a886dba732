//! Ordering sites of the dict protocols.

use super::Site;

pub(super) const ALL: &[Site] = &[];
