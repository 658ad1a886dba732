//! Faults of the safepoint protocols.

use super::Fault;

pub(super) const ALL: &[Fault] = &[];
