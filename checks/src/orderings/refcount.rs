//! Ordering sites of the refcount protocols.

use super::Site;

pub(super) const ALL: &[Site] = &[];
