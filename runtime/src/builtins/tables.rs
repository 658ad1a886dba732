//! Rows of the tables of native functions, and which table a class has.

use super::{dicts, exceptions, lists, numbers, sequences, strings, threading};
use crate::eval::other::{Binding, Native, NativeFn};
use crate::eval::types::TypeId;

const fn row(
    name: &'static str,
    arity: (usize, usize),
    call: NativeFn,
    binding: Binding,
) -> Native {
    Native {
        name,
        call,
        arity,
        keywords: false,
        binding,
        owner: None,
    }
}

/// A function of a module.
pub(super) const fn function(
    name: &'static str,
    least: usize,
    most: usize,
    call: NativeFn,
) -> Native {
    row(name, (least, most), call, Binding::Function)
}

/// A method; the receiver is the first argument and not counted.
pub(super) const fn method(
    name: &'static str,
    least: usize,
    most: usize,
    call: NativeFn,
) -> Native {
    row(name, (least, most), call, Binding::Method)
}

/// A computed attribute.
pub(super) const fn property(name: &'static str, call: NativeFn) -> Native {
    row(name, (0, 0), call, Binding::Property)
}

/// A function that belongs to a class.
pub(super) const fn of_class(
    name: &'static str,
    least: usize,
    most: usize,
    call: NativeFn,
) -> Native {
    row(name, (least, most), call, Binding::Static)
}

/// The same, with keyword arguments too.
pub(super) const fn with_keywords(native: Native) -> Native {
    Native {
        keywords: true,
        ..native
    }
}

/// No limit on the number of arguments.
pub(super) const ANY: usize = usize::MAX;

/// The methods of a class.
pub(super) fn methods(id: TypeId) -> &'static [Native] {
    match id {
        TypeId::Str => strings::METHODS,
        TypeId::List => lists::METHODS,
        TypeId::Dict => dicts::METHODS,
        TypeId::DictKeys | TypeId::DictValues | TypeId::DictItems => &[],
        TypeId::Tuple => sequences::TUPLE_METHODS,
        TypeId::Range => sequences::RANGE_METHODS,
        TypeId::Slice => sequences::SLICE_METHODS,
        TypeId::Bytes => sequences::BYTES_METHODS,
        TypeId::Iterator
        | TypeId::Enumerate
        | TypeId::Zip
        | TypeId::Map
        | TypeId::Filter
        | TypeId::Reversed => sequences::ITERATOR_METHODS,
        TypeId::Int => numbers::INT_METHODS,
        TypeId::Float => numbers::FLOAT_METHODS,
        TypeId::BaseException => exceptions::METHODS,
        TypeId::StopIteration => exceptions::STOP_ITERATION,
        TypeId::SystemExit => exceptions::SYSTEM_EXIT,
        TypeId::Lock => threading::LOCK_METHODS,
        TypeId::RLock => threading::RLOCK_METHODS,
        TypeId::Event => threading::EVENT_METHODS,
        TypeId::Thread => threading::THREAD_METHODS,
        TypeId::Stream => sequences::STREAM_METHODS,
        _ => &[],
    }
}
