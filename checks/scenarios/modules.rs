//! The locks of two modules, as the scenarios use them.

use crate::rt::protocols::module_locks::{Imported, ModuleLocks, Slept};
use crate::rt::protocols::thread_state::ThreadState;

/// The locks; modules are numbers.
pub(super) type Locks = ModuleLocks<u8>;

/// Imports a module: runs it unless it is found, and sleeps for as long as it takes.
pub(super) fn import<T, E>(
    locks: &Locks,
    ts: &ThreadState,
    module: u8,
    half_done: Option<T>,
    find: impl FnOnce() -> Option<T>,
    run: impl FnOnce() -> Result<T, E>,
) -> Result<Imported<T>, E> {
    let lot = &ts.runtime().parking.lot;
    let sleep = |key, stays: &dyn Fn() -> bool| {
        let _ = lot.park(key, None, stays);
        Slept::Woken
    };
    locks.import(ts, &module, half_done, sleep, || Ok(find()), run)
}
