//! The built-in modules, one file each.
//!
//! A new module is one file and one line here.

pub(crate) mod abc;
pub(crate) mod atexit;
#[cfg(test)]
mod atomicity;
pub(crate) mod bisect;
pub(crate) mod builtins;
pub(crate) mod collections;
pub(crate) mod errno;
pub(crate) mod functools;
pub(crate) mod gc;
pub(crate) mod heapq;
pub(crate) mod import;
pub(crate) mod io;
pub(crate) mod itertools;
pub(crate) mod library;
pub(crate) mod math;
pub(crate) mod operator;
pub(crate) mod posix;
pub(crate) mod queue;
pub(crate) mod random;
mod reduce;
#[cfg(test)]
mod reference;
pub(crate) mod sre;
pub(crate) mod sys;
pub(crate) mod templatelib;
pub(crate) mod thread;
pub(crate) mod threading;
pub(crate) mod time;
pub(crate) mod types;
pub(crate) mod typing;
pub(crate) mod weakref;

use crate::eval::above::Above;
use crate::types::define::ModuleDef;
use crate::types::exception::warn;

/// Every built-in module.
pub(crate) const ALL: &[&ModuleDef] = &[
    &abc::ABC,
    &atexit::ATEXIT,
    &builtins::BUILTINS,
    &collections::COLLECTIONS,
    &functools::FUNCTOOLS,
    &errno::ERRNO,
    &gc::GC,
    &bisect::BISECT,
    &heapq::HEAPQ,
    &io::IO,
    &itertools::ITERTOOLS,
    &operator::OPERATOR,
    &queue::QUEUE,
    &random::RANDOM,
    &sre::SRE,
    &sys::SYS,
    &thread::THREAD,
    &math::MATH,
    &posix::POSIX,
    &threading::THREADING,
    &templatelib::TEMPLATELIB,
    &time::TIME,
    &types::TYPES,
    &weakref::WEAKREF,
    &typing::TYPING,
];

/// What the layers below call of the modules.
pub(crate) const ABOVE: Above = Above {
    is_built_in: |name| ALL.iter().any(|module| module.name == name),
    cannot_import: import::cannot_import,
    missing_attribute: import::missing_attribute,
    unraisable: sys::unraisable,
    uncaught: sys::uncaught,
    collect: gc::collect_if_due,
    deprecation: warn::deprecation,
    report: sys::report,
    reduce: reduce::reduce,
    state: reduce::state,
    bytes_of: io::bytes_of,
};
