//! What Python code sees: functions, classes and their methods, modules.
//!
//! [`world`] installs all of it. Native functions are rows of tables: a name, how many arguments, what to call.

mod arguments;
mod classes;
mod dicts;
mod exceptions;
mod functions;
mod lists;
mod modules;
mod numbers;
mod output;
mod sequences;
mod strings;
mod tables;
mod threading;

use crate::eval::context::Context;
use crate::eval::other::{Native, Other, Type};
use crate::eval::payload;
use crate::eval::shared::{Names, Shared, World, immortal, immortal_dict};
use crate::eval::thread::Threads;
use crate::eval::types::{TypeId, Types};
use crate::objects::dict::{self, Dict};
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;

pub(crate) use output::output_error;

/// Makes the types, the builtins and the list of modules.
pub(crate) fn world(shared: &Shared, ts: &ThreadState, seed: u64) -> World {
    let types = Types::new(ts, classes::constructor);
    for &id in TypeId::ALL {
        immortal(ts, types.get(id));
        install_methods(shared, ts, types.get(id), tables::methods(id));
    }
    let builtins = immortal_dict(ts);
    for native in functions::FUNCTIONS {
        install(shared, ts, builtins, *native);
    }
    for id in TypeId::ALL.iter().filter(|id| id.is_builtin_name()) {
        set(shared, ts, builtins, id.name(), types.get(*id));
    }
    for (alias, id) in [
        ("IOError", TypeId::OSError),
        ("EnvironmentError", TypeId::OSError),
    ] {
        set(shared, ts, builtins, alias, types.get(id));
    }
    for (name, value) in [
        ("NotImplemented", Value::NOT_IMPLEMENTED),
        ("Ellipsis", Value::ELLIPSIS),
        ("__debug__", Value::TRUE),
    ] {
        set(shared, ts, builtins, name, value);
    }
    World {
        types,
        names: Names::new(shared, ts),
        builtins,
        modules: immortal_dict(ts),
        makers: modules::MAKERS,
        threads: Threads::new(seed),
    }
}

fn install_methods(shared: &Shared, ts: &ThreadState, class: Value, methods: &[Native]) {
    let Some(class) = payload::of::<Type>(&class) else {
        return;
    };
    immortal(ts, class.dict);
    for native in methods {
        install(
            shared,
            ts,
            class.dict,
            Native {
                owner: Some(class.id),
                ..*native
            },
        );
    }
}

/// Makes a native function and binds its name.
fn install(shared: &Shared, ts: &ThreadState, namespace: Value, native: Native) {
    let function = immortal(ts, Other::Native(native).alloc(ts));
    set(shared, ts, namespace, native.name, function);
}

/// Binds a name to an immortal value.
fn set(shared: &Shared, ts: &ThreadState, namespace: Value, name: &str, value: Value) {
    if let Some(namespace) = namespace.downcast::<Dict>() {
        // Names are strings, and those have a hash.
        let _ = dict::insert(ts, namespace, shared.intern(ts, name), value);
    }
}

/// Binds a name in a module's dict; takes over the reference.
fn define(cx: &Context<'_>, namespace: Value, name: &str, value: Value) {
    set(cx.shared, cx.ts, namespace, name, value);
}

/// The argument of a `SystemExit`, or `None`; a new reference.
pub(crate) fn exit_code(cx: &Context<'_>, value: Value) -> Value {
    exceptions::first(cx, value)
}
