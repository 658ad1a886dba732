//! The scenarios: one file, one question. Each world mounts this folder and supplies `crate::rt`.

pub mod bytearray;
pub mod claim;
mod class;
mod containers;
pub mod dict;
pub mod instance;
pub mod library;
pub mod list;
mod modules;
pub mod once;
pub mod refcount;
pub mod safepoint;
pub mod set;
pub mod version;
pub mod weakref;
mod zoo;

use reports::scenario::Scenario;

/// Every scenario, by pillar.
#[must_use]
pub fn all() -> Vec<Scenario> {
    [
        refcount::ALL,
        dict::ALL,
        list::ALL,
        safepoint::ALL,
        set::ALL,
        weakref::ALL,
        version::ALL,
        claim::ALL,
        instance::ALL,
        once::ALL,
        bytearray::ALL,
        library::ALL,
    ]
    .concat()
}
