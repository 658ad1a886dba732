//! The shuttle world: every oracle seen red on a body that is broken in one way, and green on its sound twin.

mod claims;
mod common;
mod drawn;
mod memory;
mod search;
mod waiting;
