//! Ordering sites of the list protocols.

use super::Site;

pub(super) const ALL: &[Site] = &[];
