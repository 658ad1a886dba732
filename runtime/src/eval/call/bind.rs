//! Binding: which parameter gets which argument.

use crate::eval::call::keyword_text;
use crate::eval::context::Context;
use crate::eval::other::Function;
use crate::eval::{Args, Outcome, Raised};
use crate::objects::dict::{self, Dict};
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;

/// A binding that is being made; the values in it are references of its own.
struct Binding<'a> {
    function: &'a Function,
    /// One per positional or keyword-only parameter.
    named: Vec<Option<Value>>,
    rest: Option<Value>,
    keywords: Option<Value>,
}

/// The values of all parameters, in the order of their slots. Borrows the arguments.
pub(super) fn bind(
    cx: &mut Context<'_>,
    function: &Function,
    args: Args<'_>,
) -> Outcome<Vec<Value>> {
    let parameters = &function.code.code.parameters;
    let count = (parameters.positional + parameters.keyword_only) as usize;
    let mut binding = Binding {
        function,
        named: vec![None; count],
        rest: None,
        keywords: None,
    };
    match binding.fill(cx, args) {
        Ok(()) => Ok(binding.finish()),
        Err(raised) => {
            cx.drop_all(binding.finish());
            Err(raised)
        }
    }
}

impl Binding<'_> {
    fn fill(&mut self, cx: &mut Context<'_>, args: Args<'_>) -> Outcome<()> {
        self.positional(cx, args);
        self.keywords(cx, args)?;
        let most = self.function.code.code.parameters.positional as usize;
        if args.positional.len() > most && self.rest.is_none() {
            return Err(self.too_many(cx, args));
        }
        self.defaults(cx)?;
        self.keyword_defaults(cx)
    }

    /// The words in the order of the slots; missing ones are left out, which happens on errors only.
    fn finish(self) -> Vec<Value> {
        let named = self.named.into_iter().flatten();
        named.chain(self.rest).chain(self.keywords).collect()
    }

    fn positional(&mut self, cx: &mut Context<'_>, args: Args<'_>) {
        let parameters = &self.function.code.code.parameters;
        let most = parameters.positional as usize;
        let (first, rest) = args.positional.split_at(args.positional.len().min(most));
        for (slot, value) in self.named.iter_mut().zip(first) {
            *slot = Some(cx.new_ref(*value));
        }
        if parameters.var_positional {
            let rest: Vec<Value> = rest.iter().map(|value| cx.new_ref(*value)).collect();
            self.rest = Some(cx.tuple(&rest));
        }
        if parameters.var_keyword {
            self.keywords = Some(dict::new(cx.ts));
        }
    }

    fn keywords(&mut self, cx: &mut Context<'_>, args: Args<'_>) -> Outcome<()> {
        for (name, value) in args.names.iter().zip(args.keywords) {
            self.keyword(cx, *name, *value)?;
        }
        Ok(())
    }

    fn keyword(&mut self, cx: &mut Context<'_>, name: Value, value: Value) -> Outcome<()> {
        let code = &self.function.code;
        let text = keyword_text(&name);
        let only = code.code.parameters.positional_only as usize;
        let known = code.parameters[..self.named.len()].iter();
        let position = known
            .enumerate()
            .skip(only)
            .find(|(_, known)| keyword_text(known) == text);
        if let Some((position, _)) = position {
            if self.named[position].is_some() {
                let message = format!(
                    "{}() got multiple values for argument '{text}'",
                    self.shown_name()
                );
                return Err(cx.type_error(message));
            }
            self.named[position] = Some(cx.new_ref(value));
            return Ok(());
        }
        match self.keywords.as_ref().and_then(Value::downcast::<Dict>) {
            Some(rest) => {
                let (name, value) = (cx.new_ref(name), cx.new_ref(value));
                let stored = dict::insert(cx.ts, rest, name, value);
                cx.lift(stored)
            }
            None => Err(self.unexpected(cx, text)),
        }
    }

    /// How messages name the function.
    fn shown_name(&self) -> &str {
        &self.function.code.code.qualified_name
    }

    fn unexpected(&self, cx: &mut Context<'_>, text: &str) -> Raised {
        let code = &self.function.code;
        let only = &code.parameters[..code.code.parameters.positional_only as usize];
        let message = match only.iter().any(|name| keyword_text(name) == text) {
            true => format!(
                "{}() got some positional-only arguments passed as keyword arguments: '{text}'",
                self.shown_name()
            ),
            false => format!(
                "{}() got an unexpected keyword argument '{text}'",
                self.shown_name()
            ),
        };
        cx.type_error(message)
    }

    fn defaults(&mut self, cx: &mut Context<'_>) -> Outcome<()> {
        let most = self.function.code.code.parameters.positional as usize;
        let defaults = self.function.defaults;
        let defaults = defaults
            .as_ref()
            .and_then(Value::downcast::<Tuple>)
            .map_or(&[][..], Tuple::items);
        let first = most - defaults.len();
        for (slot, value) in self.named[first..most].iter_mut().zip(defaults) {
            slot.get_or_insert_with(|| cx.new_ref(*value));
        }
        let missing: Vec<usize> = (0..most)
            .filter(|index| self.named[*index].is_none())
            .collect();
        match missing.is_empty() {
            true => Ok(()),
            false => Err(self.missing(cx, &missing, "positional")),
        }
    }

    fn keyword_defaults(&mut self, cx: &mut Context<'_>) -> Outcome<()> {
        let first = self.function.code.code.parameters.positional as usize;
        let defaults = self.function.keyword_defaults;
        let mut missing = Vec::new();
        for index in first..self.named.len() {
            if self.named[index].is_some() {
                continue;
            }
            let name = self.function.code.parameters[index];
            let found = match defaults.as_ref().and_then(Value::downcast::<Dict>) {
                Some(defaults) => {
                    let found = dict::get(cx.ts, defaults, name);
                    cx.lift(found)?
                }
                None => None,
            };
            match found {
                Some(value) => self.named[index] = Some(value),
                None => missing.push(index),
            }
        }
        match missing.is_empty() {
            true => Ok(()),
            false => Err(self.missing(cx, &missing, "keyword-only")),
        }
    }

    #[cold]
    fn missing(&self, cx: &mut Context<'_>, missing: &[usize], kind: &str) -> Raised {
        let name =
            |index: &usize| format!("'{}'", keyword_text(&self.function.code.parameters[*index]));
        let names: Vec<String> = missing.iter().map(name).collect();
        let list = match names.as_slice() {
            [one] => one.clone(),
            [first, second] => format!("{first} and {second}"),
            [first @ .., last] => format!("{}, and {last}", first.join(", ")),
            [] => String::new(),
        };
        let plural = if missing.len() == 1 { "" } else { "s" };
        let message = format!(
            "{}() missing {} required {kind} argument{plural}: {list}",
            self.shown_name(),
            missing.len()
        );
        cx.type_error(message)
    }

    #[cold]
    fn too_many(&self, cx: &mut Context<'_>, args: Args<'_>) -> Raised {
        let parameters = &self.function.code.code.parameters;
        let most = parameters.positional as usize;
        let defaults = self.function.defaults;
        let defaults = defaults
            .as_ref()
            .and_then(Value::downcast::<Tuple>)
            .map_or(0, |tuple| tuple.items().len());
        let given = args.positional.len();
        let takes = match defaults {
            0 => most.to_string(),
            _ => format!("from {} to {most}", most - defaults),
        };
        let plural = if most == 1 && defaults == 0 { "" } else { "s" };
        let were = if given == 1 { "was" } else { "were" };
        let message = format!(
            "{}() takes {takes} positional argument{plural} but {given} {were} given",
            self.shown_name()
        );
        cx.type_error(message)
    }
}
