//! Calls of what is not written in Python: native functions, methods, classes; and how messages name callables.

use crate::eval::context::Context;
use crate::eval::other::{Binding, Function, Native, Other, Type};
use crate::eval::types::{TypeId, type_name};
use crate::eval::{Args, Outcome, Raised, exception, payload};
use crate::objects::str::Str;
use crate::objects::value::Value;

impl Context<'_> {
    /// Calls whatever is not a function written in Python.
    pub(super) fn call_native(&mut self, target: Value, args: Args<'_>) -> Outcome {
        if let Some(class) = payload::of::<Type>(&target) {
            return self.construct(class, target, args);
        }
        match Other::of(&target) {
            Some(Other::Native(native)) => self.nested(|cx| cx.call_function(native, args)),
            Some(Other::Method { function, receiver }) => {
                let mut positional = vec![*receiver];
                positional.extend_from_slice(args.positional);
                self.call(
                    *function,
                    Args {
                        positional: &positional,
                        ..args
                    },
                )
            }
            _ => Err(not_callable(self, target)),
        }
    }

    /// Checks the number of arguments and calls.
    pub(crate) fn call_function(&mut self, native: &Native, args: Args<'_>) -> Outcome {
        let receiver = usize::from(native.binding == Binding::Method);
        let given = args.positional.len();
        if given < receiver {
            let owner = native.owner.map_or("object", TypeId::name);
            let message = format!("unbound method {owner}.{}() needs an argument", native.name);
            return Err(self.type_error(message));
        }
        let (least, most) = native.arity;
        if !(least..=most).contains(&(given - receiver)) {
            return Err(self.wrong_count(native, given - receiver));
        }
        if !native.keywords && !args.names.is_empty() {
            let message = format!("{}() takes no keyword arguments", qualified(native));
            return Err(self.type_error(message));
        }
        (native.call)(self, args)
    }

    #[cold]
    fn wrong_count(&mut self, native: &Native, given: usize) -> Raised {
        let (least, most) = native.arity;
        let name = native.name;
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        let message = match (least, most) {
            (_, 0) => format!("{}() takes no arguments ({given} given)", qualified(native)),
            (1, 1) => format!(
                "{}() takes exactly one argument ({given} given)",
                qualified(native)
            ),
            _ if least == most => format!(
                "{name} expected {least} argument{}, got {given}",
                plural(least)
            ),
            _ if given < least => format!(
                "{name} expected at least {least} argument{}, got {given}",
                plural(least)
            ),
            _ => format!(
                "{name} expected at most {most} argument{}, got {given}",
                plural(most)
            ),
        };
        self.type_error(message)
    }

    /// Calls a class.
    fn construct(&mut self, class: &Type, target: Value, args: Args<'_>) -> Outcome {
        if class.id.is_exception() {
            return self.construct_exception(class, args);
        }
        match class.construct {
            Some(construct) => self.nested(|cx| construct(cx, args)),
            None => {
                debug_assert!(payload::of::<Type>(&target).is_some());
                let message = format!("cannot create '{}' instances", class.name);
                Err(self.type_error(message))
            }
        }
    }

    fn construct_exception(&mut self, class: &Type, args: Args<'_>) -> Outcome {
        if !args.names.is_empty() {
            let message = format!("{}() takes no keyword arguments", class.name);
            return Err(self.type_error(message));
        }
        let items: Vec<Value> = args
            .positional
            .iter()
            .map(|value| self.new_ref(*value))
            .collect();
        let items = self.tuple(&items);
        Ok(exception::new(self.ts, class.id, items))
    }
}

fn qualified(native: &Native) -> String {
    match native.owner {
        Some(owner) => format!("{}.{}", owner.name(), native.name),
        None => native.name.to_owned(),
    }
}

#[cold]
fn not_callable(cx: &mut Context<'_>, target: Value) -> Raised {
    let message = format!("'{}' object is not callable", type_name(&target));
    cx.type_error(message)
}

/// How a callable is named in messages about its arguments.
pub(in crate::eval) fn display_name(target: &Value) -> String {
    if let Some(function) = payload::of::<Function>(target) {
        return function.code.code.qualified_name.to_string();
    }
    if let Some(class) = payload::of::<Type>(target) {
        return class.name.to_owned();
    }
    match Other::of(target) {
        Some(Other::Native(native)) => qualified(native),
        Some(Other::Method { function, .. }) => display_name(function),
        _ => format!("{} object", type_name(target)),
    }
}

/// The text of a keyword's name.
pub(crate) fn keyword_text(name: &Value) -> &str {
    name.downcast::<Str>().map_or("", Str::as_str)
}
