//! The lock of each module, so that its code runs once.

use super::{Package, in_modules, load_new};
use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::protocols::gate;
use crate::protocols::module_locks::{Imported, Slept};
use crate::refs::Owned;
use crate::sync::park::Key;
use crate::types::TypeId;
use crate::types::wait;

/// Loads a module that was not there, or was half done. The thread that is running it gets it as it is; another one waits
/// for it, unless that thread waits for this one.
pub(super) fn load(cx: &Cx, name: &str, half_done: Option<Owned>) -> Outcome {
    let package = match &half_done {
        Some(_) => None,
        None => Package::of(cx, name)?,
    };
    let mut stale = half_done;
    loop {
        let sleep = |key: Key, stays: &dyn Fn() -> bool| match wait::park(cx, key, None, stays) {
            gate::Slept::Interrupted => Slept::BrokenOff,
            gate::Slept::InTime | gate::Slept::TooLate => Slept::Woken,
        };
        let imported = cx.shared.imports.import(
            cx.ts,
            &name.into(),
            stale.take(),
            sleep,
            || in_modules(cx, name),
            || match &package {
                None if name.contains('.') => load_new(cx, name, Package::of(cx, name)?.as_ref()),
                package => load_new(cx, name, package.as_ref()),
            },
        )?;
        match imported {
            Imported::Module(module) => return Ok(module),
            Imported::GivenUp => cx.check_interrupt()?,
            Imported::Circle => {
                let message = format!("deadlock detected by the lock of module '{name}'");
                return Err(cx.error(TypeId::RuntimeError, message));
            }
        }
    }
}
