//! Faults of the list protocols.

use super::Fault;

pub(super) const ALL: &[Fault] = &[];
