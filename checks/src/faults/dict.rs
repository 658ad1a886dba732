//! Faults of the dict protocols.

use super::Fault;

pub(super) const ALL: &[Fault] = &[];
