//! Faults of the refcount protocols.

use super::Fault;

pub(super) const ALL: &[Fault] = &[];
