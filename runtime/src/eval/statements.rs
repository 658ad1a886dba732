//! What instructions for displays, functions, imports, `raise` and `with` do.

use crate::compile::function_parts;
use crate::eval::attributes;
use crate::eval::code::CodeRef;
use crate::eval::context::Context;
use crate::eval::exception;
use crate::eval::frame::Cursor;
use crate::eval::other::{Function, Other, class};
use crate::eval::shared::immortal_dict;
use crate::eval::types::{TypeId, type_name, type_of};
use crate::eval::{Args, Outcome, Raised, call, iterator, payload, synchronize};
use crate::objects::dict::{self, Dict};
use crate::objects::list::{self, List};
use crate::objects::str::Str;
use crate::objects::value::Value;

/// Takes over the references.
pub(super) fn build_tuple(cx: &mut Context<'_>, items: &[Value]) -> Outcome {
    Ok(cx.tuple(items))
}

/// Takes over the references.
pub(super) fn build_list(cx: &mut Context<'_>, items: &[Value]) -> Outcome {
    Ok(list::new(cx.ts, items))
}

/// A dict of keys and values in turn; takes over the references.
pub(super) fn build_map(cx: &mut Context<'_>, values: &[Value]) -> Outcome {
    let map = dict::new(cx.ts);
    for (index, pair) in values.chunks_exact(2).enumerate() {
        if let Err(raised) = map_add(cx, map, pair[0], pair[1]) {
            cx.drop_all(values[2 * (index + 1)..].iter().copied());
            cx.drop(map);
            return Err(raised);
        }
    }
    Ok(map)
}

/// Takes over the references to key and value.
pub(super) fn map_add(cx: &mut Context<'_>, map: Value, key: Value, value: Value) -> Outcome<()> {
    match map.downcast::<Dict>() {
        Some(map) => {
            let stored = dict::insert(cx.ts, map, key, value);
            cx.lift(stored)
        }
        None => Ok(()),
    }
}

/// The strings as one.
pub(super) fn join(cx: &mut Context<'_>, pieces: &[Value]) -> Outcome {
    let text: String = pieces
        .iter()
        .filter_map(Value::downcast::<Str>)
        .map(Str::as_str)
        .collect();
    Ok(cx.str(&text))
}

/// Takes over the reference to the item.
pub(super) fn append(cx: &Context<'_>, list: Value, item: Value) {
    if let Some(list) = list.downcast::<List>() {
        list::append(cx.ts, list, item);
    }
}

/// `[*value]`
pub(super) fn extend_display(cx: &mut Context<'_>, list: Value, values: &[Value]) -> Outcome<()> {
    let value = values[0];
    if !iterator::is_iterable(cx, value) {
        let message = format!(
            "Value after * must be an iterable, not {}",
            type_name(&value)
        );
        return Err(cx.type_error(message));
    }
    let items = iterator::collect(cx, value)?;
    if let Some(list) = list.downcast::<List>() {
        list::extend(cx.ts, list, &items);
    }
    Ok(())
}

pub(super) fn list_to_tuple(cx: &mut Context<'_>, list: Value) -> Outcome {
    let items = list
        .downcast::<List>()
        .map(|list| list::snapshot(cx.ts, list));
    Ok(cx.tuple(&items.unwrap_or_default()))
}

/// `{**source}`
pub(super) fn dict_update(cx: &mut Context<'_>, map: Value, values: &[Value]) -> Outcome<()> {
    let source = values[0];
    match (map.downcast::<Dict>(), source.downcast::<Dict>()) {
        (Some(map), Some(source)) => {
            let updated = dict::update(cx.ts, map, source);
            cx.lift(updated)
        }
        _ => Err(cx.type_error(format!("'{}' object is not a mapping", type_name(&source)))),
    }
}

/// `f(**source)`
pub(super) fn dict_merge(
    cx: &mut Context<'_>,
    map: Value,
    function: Value,
    values: &[Value],
) -> Outcome<()> {
    let source = values[0];
    let (Some(target), Some(source_dict)) = (map.downcast::<Dict>(), source.downcast::<Dict>())
    else {
        let name = call::display_name(&function);
        let message = format!(
            "{name}() argument after ** must be a mapping, not {}",
            type_name(&source)
        );
        return Err(cx.type_error(message));
    };
    let entries = dict::entries(cx.ts, source_dict);
    let mut result = Ok(());
    for (key, value) in entries {
        if result.is_ok() {
            result = merge_entry(cx, target, key, function);
        }
        match result {
            Ok(()) => result = map_add(cx, map, key, value),
            Err(_) => cx.drop_all([key, value]),
        }
    }
    result
}

/// Checks the key of one entry.
fn merge_entry(cx: &mut Context<'_>, target: &Dict, key: Value, function: Value) -> Outcome<()> {
    let Some(text) = key.downcast::<Str>() else {
        return Err(cx.type_error("keywords must be strings"));
    };
    let known = dict::contains(cx.ts, target, key);
    if cx.lift(known)? {
        let name = call::display_name(&function);
        let message = format!(
            "{name}() got multiple values for keyword argument '{}'",
            text.as_str()
        );
        return Err(cx.type_error(message));
    }
    Ok(())
}

/// Makes a function of nested code; its parts are on the stack.
pub(super) fn make_function(
    cx: &Context<'_>,
    at: Cursor,
    code: CodeRef,
    globals: Value,
    operand: u32,
) -> Cursor {
    let mut at = at;
    let mut part = |bit: u32| (operand & bit != 0).then(|| at.pop());
    let closure = part(function_parts::CLOSURE);
    let keyword_defaults = part(function_parts::KEYWORD_DEFAULTS);
    let defaults = part(function_parts::DEFAULTS);
    let function = Function {
        code: code.nested[(operand >> function_parts::BITS) as usize],
        globals: cx.new_ref(globals),
        defaults,
        keyword_defaults,
        closure,
        attributes: dict::new(cx.ts),
    };
    let function = payload::new(cx.ts, function);
    // Functions of a module live about as long as the program and are called by every thread: counting references to
    // them would only make the threads wait for each other.
    if closure.is_none() && &*code.code.name == "<module>" {
        cx.immortal(function);
    }
    at.push(function);
    at
}

/// A module by name; imports it the first time.
pub(super) fn import(cx: &mut Context<'_>, name: Value) -> Outcome {
    let world = cx.world();
    let Some(modules) = world.modules.downcast::<Dict>() else {
        return Ok(Value::NONE);
    };
    let found = dict::get(cx.ts, modules, name);
    if let Some(module) = cx.lift(found)? {
        return Ok(module);
    }
    let text = name.downcast::<Str>().map_or("", Str::as_str);
    let Some((_, make)) = world.makers.iter().find(|(known, _)| *known == text) else {
        return Err(no_module(cx, text));
    };
    let dict_value = immortal_dict(cx.ts);
    let module = cx.immortal(
        Other::Module {
            name: cx.new_ref(name),
            dict: dict_value,
        }
        .alloc(cx.ts),
    );
    if let Some(namespace) = dict_value.downcast::<Dict>() {
        let stored = dict::insert(cx.ts, namespace, world.names.name, name);
        cx.lift(stored)?;
    }
    make(cx, dict_value);
    // Another thread may have been faster; then its module counts.
    let stored = dict::setdefault(cx.ts, modules, cx.new_ref(name), module);
    cx.lift(stored)
}

#[cold]
fn no_module(cx: &mut Context<'_>, name: &str) -> Raised {
    let top = name.split('.').next().unwrap_or_default();
    let is_module = cx.world().makers.iter().any(|(known, _)| *known == top);
    let message = match is_module {
        true => format!("No module named '{name}'; '{top}' is not a package"),
        false => format!("No module named '{top}'"),
    };
    cx.error(TypeId::ModuleNotFoundError, message)
}

/// `from module import name`
pub(super) fn import_from(cx: &mut Context<'_>, module: Value, name: Value) -> Outcome {
    if let Some(value) = attributes::find(cx, module, name)? {
        return Ok(value);
    }
    let text = |value: &Value| {
        value
            .downcast::<Str>()
            .map_or(String::new(), |text| text.as_str().to_owned())
    };
    let from = match Other::of(&module) {
        Some(Other::Module { name, .. }) => text(name),
        _ => String::from("<unknown module name>"),
    };
    let message = format!(
        "cannot import name '{}' from '{from}' (unknown location)",
        text(&name)
    );
    Err(cx.error(TypeId::ImportError, message))
}

/// The exception that a `raise` with so many operands raises, and the cursor without them.
#[cold]
pub(super) fn raise(cx: &mut Context<'_>, at: Cursor, operands: u32) -> (Raised, Cursor) {
    let mut at = at;
    if operands == 0 {
        let raised = match cx.handled {
            Some(handled) => Raised(cx.new_ref(handled)),
            None => cx.error(TypeId::RuntimeError, "No active exception to reraise"),
        };
        return (raised, at);
    }
    let cause = (operands == 2).then(|| at.pop());
    let value = at.pop();
    let raised = raise_value(cx, value, cause);
    cx.drop_all(cause);
    cx.drop(value);
    (raised, at)
}

/// Borrows both.
fn raise_value(cx: &mut Context<'_>, value: Value, cause: Option<Value>) -> Raised {
    let exception = match exception::instance(cx, value) {
        Ok(exception) => exception,
        Err(raised) => return raised,
    };
    if let Some(cause) = cause {
        match cause_instance(cx, cause) {
            Ok(cause) => exception::set_cause(cx, exception, cause),
            Err(raised) => {
                cx.drop(exception);
                return raised;
            }
        }
    }
    cx.raise(exception)
}

fn cause_instance(cx: &mut Context<'_>, cause: Value) -> Outcome<Option<Value>> {
    if cause.is_none() {
        return Ok(None);
    }
    let is_class = class(&cause).is_some_and(|class| class.id.is_exception());
    if !is_class && !type_of(&cause).is_exception() {
        return Err(cx.type_error("exception causes must derive from BaseException"));
    }
    exception::instance(cx, cause).map(Some)
}

/// `manager.__enter__()`
pub(super) fn enter_manager(cx: &mut Context<'_>, manager: Value) -> Outcome {
    if let Some(entered) = synchronize::enter(cx, &manager) {
        return entered;
    }
    let name = cx.intern("__exit__");
    let known = attributes::in_class(cx, type_of(&manager), name)?;
    if known.is_none() {
        let message = format!(
            "'{}' object does not support the context manager protocol",
            type_name(&manager)
        );
        return Err(cx.type_error(message));
    }
    cx.drop_all(known);
    cx.call_method(manager, "__enter__", &[])
}

/// `manager.__exit__(..)`; a true answer ends the exception.
pub(super) fn exit_manager(
    cx: &mut Context<'_>,
    manager: Value,
    exception: Option<Value>,
) -> Outcome {
    if let Some(left) = synchronize::exit(cx, &manager) {
        return left.map(|()| Value::FALSE);
    }
    let args = match exception {
        None => [Value::NONE; 3],
        Some(exception) => [
            cx.world().types.get(type_of(&exception)),
            exception,
            Value::NONE,
        ],
    };
    let name = cx.intern("__exit__");
    let exit = attributes::get(cx, manager, name)?;
    let result = cx.call(exit, Args::positional(&args));
    cx.drop(exit);
    let answer = result?;
    let truth = super::convert::is_true(cx, answer);
    cx.drop(answer);
    truth.map(Value::bool)
}
