//! Racing programs: proptest draws them, shuttle, the graph checker and real threads run them, and every history must be
//! one that some sequential order of the calls explains.
//!
//! | module       | holds                                                                                  |
//! |--------------|----------------------------------------------------------------------------------------|
//! | [`spec`]     | what a target says of itself: operations, arguments, sequential models                 |
//! | [`program`]  | a drawn program, and its text form                                                     |
//! | [`history`]  | what happened                                                                          |
//! | [`judge`]    | whether some order explains it                                                         |
//! | `mounted`    | the stage and the targets, mounted once for each world                                 |

pub mod campaign;
mod clock;
pub mod corpus;
pub mod draw;
pub mod explain;
pub mod explore;
pub mod history;
pub mod judge;
mod meetings;
pub mod outcome;
pub mod program;
mod running;
pub mod shrink;
pub mod spec;
pub mod state;
mod worlds;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use spec::TargetSpec;

/// Every target.
#[must_use]
pub fn targets() -> Vec<Arc<TargetSpec>> {
    worlds::shuttle::targets()
}

/// What holds in every execution of every program.
#[must_use]
pub fn always() -> &'static str {
    worlds::shuttle::claims().1
}

/// The fault of a name, as a name that lives as long as the program: only such a one can be switched on.
#[must_use]
pub fn fault(name: &str) -> Option<&'static str> {
    static KNOWN: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let found = known.get(name).copied();
    Some(found.unwrap_or_else(|| {
        let name: &'static str = name.to_owned().leak();
        known.insert(name);
        name
    }))
}
