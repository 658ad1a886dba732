//! Binding: which parameter gets which argument.

use crate::eval::code::CodeRef;
use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome, Raised};
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::text::suggest;
use crate::types::function::{Defaults, Function, part};
use crate::types::store;

/// A binding that is being made.
struct Binding<'a> {
    cx: &'a Cx<'a>,
    object: Ref<'a>,
    code: CodeRef,
    /// One per positional or keyword-only parameter.
    named: Vec<Option<Owned>>,
    rest: Option<Owned>,
    keywords: Option<Owned>,
}

/// The values of all parameters of a function with this code, in the order of their slots.
pub(super) fn bind(cx: &Cx, object: Ref<'_>, code: CodeRef, args: Args<'_>) -> Outcome<Vec<Owned>> {
    let parameters = &code.code.parameters;
    if parameters.is_simple()
        && args.names.is_empty()
        && args.positional.len() == parameters.positional as usize
    {
        return Ok(args.positional.iter().map(|value| value.own()).collect());
    }
    let count = (parameters.positional + parameters.keyword_only) as usize;
    let mut named = Vec::with_capacity(count + 2);
    named.resize_with(count, || None);
    let mut binding = Binding {
        cx,
        object,
        code,
        named,
        rest: None,
        keywords: None,
    };
    binding.fill(args)?;
    Ok(binding.finish())
}

impl Binding<'_> {
    fn fill(&mut self, args: Args<'_>) -> Outcome<()> {
        self.positional(args);
        for (name, value) in args.names.iter().zip(args.keywords) {
            self.keyword(*name, *value, args.names)?;
        }
        let most = self.code.code.parameters.positional as usize;
        if args.positional.len() > most && self.rest.is_none() {
            return Err(self.too_many(args));
        }
        self.fill_defaults()?;
        self.fill_keyword_defaults()
    }

    /// The words in the order of the slots.
    fn finish(self) -> Vec<Owned> {
        let mut words = self.named;
        words.extend(
            [self.rest, self.keywords]
                .into_iter()
                .filter(Option::is_some),
        );
        let word = |word: Option<Owned>| word.expect("every parameter has its value");
        words.into_iter().map(word).collect()
    }

    fn positional(&mut self, args: Args<'_>) {
        let parameters = &self.code.code.parameters;
        let most = parameters.positional as usize;
        let (first, rest) = args.positional.split_at(args.positional.len().min(most));
        for (slot, value) in self.named.iter_mut().zip(first) {
            *slot = Some(value.own());
        }
        if parameters.var_positional {
            let rest = rest.iter().map(|value| value.own()).collect();
            self.rest = Some(self.cx.tuple(rest));
        }
        if parameters.var_keyword {
            self.keywords = Some(self.cx.dict());
        }
    }

    fn keyword(&mut self, name: Ref<'_>, value: Ref<'_>, all: &[Ref<'_>]) -> Outcome<()> {
        let cx = self.cx;
        let only = self.code.code.parameters.positional_only as usize;
        let code = self.code;
        let text = cx.text_of(name);
        // Names are interned where a program calls; those that it computes need not be.
        let position = (only..self.named.len())
            .find(|index| code.parameter(*index) == name)
            .or_else(|| {
                (only..self.named.len()).find(|index| cx.text_of(code.parameter(*index)) == text)
            });
        if let Some(position) = position {
            if self.named[position].is_some() {
                let shown = self.shown_name();
                return Err(cx.type_error(format!(
                    "{shown}() got multiple values for argument '{text}'"
                )));
            }
            self.named[position] = Some(value.own());
            return Ok(());
        }
        let rest = self.keywords.as_ref();
        match rest.and_then(|rest| rest.borrow().downcast::<Dict>()) {
            Some(rest) => store::dict_set(cx, rest, name.own(), value.own()),
            None => Err(self.unexpected(text, all)),
        }
    }

    /// How messages name the function.
    fn shown_name(&self) -> String {
        let name = part(self.cx, self.object, |parts| parts.qualified_name.clone());
        let name = name.expect("a function");
        self.cx.text_of(name.borrow()).to_owned()
    }

    /// A keyword without a parameter; `all` are the names in the call.
    fn unexpected(&self, text: &str, all: &[Ref<'_>]) -> Raised {
        let only = self.code.code.parameters.positional_only as usize;
        let by_position = |name: &&str| {
            (0..only).any(|index| self.cx.text_of(self.code.parameter(index)) == *name)
        };
        let names = all.iter().map(|name| self.cx.text_of(*name));
        let wrong: Vec<&str> = names.filter(by_position).collect();
        let shown = self.shown_name();
        self.cx.type_error(match wrong.is_empty() {
            false => format!(
                "{shown}() got some positional-only arguments passed as keyword arguments: '{}'",
                wrong.join(", ")
            ),
            true => {
                let hint = self.closest_to(text);
                format!("{shown}() got an unexpected keyword argument '{text}'{hint}")
            }
        })
    }

    /// The parameter that a wrong name may have meant.
    fn closest_to(&self, text: &str) -> String {
        let only = self.code.code.parameters.positional_only as usize;
        let names: Vec<String> = (only..self.named.len())
            .map(|index| self.cx.text_of(self.code.parameter(index)).to_owned())
            .collect();
        let found = suggest::closest(&names, text);
        found.map_or(String::new(), |name| format!(". Did you mean '{name}'?"))
    }

    fn with_defaults<R>(&self, look: impl FnOnce(&Defaults) -> R) -> R {
        let function = self.object.payload::<Function>();
        function.expect("a function").with_defaults(look)
    }

    fn default_count(&self) -> usize {
        self.with_defaults(|all| values(all).len())
    }

    fn fill_defaults(&mut self) -> Outcome<()> {
        let most = self.code.code.parameters.positional as usize;
        if self.named[..most].iter().all(Option::is_some) {
            return Ok(());
        }
        let function = self.object.payload::<Function>().expect("a function");
        function.with_defaults(|all| {
            let values = values(all);
            let first = most.saturating_sub(values.len());
            let skip = values.len().saturating_sub(most);
            for (slot, value) in self.named[first..most].iter_mut().zip(&values[skip..]) {
                slot.get_or_insert_with(|| value.own());
            }
        });
        let missing: Vec<usize> = (0..most)
            .filter(|index| self.named[*index].is_none())
            .collect();
        match missing.is_empty() {
            true => Ok(()),
            false => Err(self.missing(&missing, "positional")),
        }
    }

    fn fill_keyword_defaults(&mut self) -> Outcome<()> {
        let first = self.code.code.parameters.positional as usize;
        if self.named[first..].iter().all(Option::is_some) {
            return Ok(());
        }
        // A reference, since the look-up may wait for a lock.
        let defaults = self.with_defaults(|all| all.keyword.clone());
        let defaults = defaults
            .as_ref()
            .and_then(|one| one.borrow().downcast::<Dict>());
        let mut missing = Vec::new();
        for index in first..self.named.len() {
            if self.named[index].is_some() {
                continue;
            }
            let name = self.code.parameter(index);
            let found = match defaults {
                Some(defaults) => store::dict_get(self.cx, defaults, name)?,
                None => None,
            };
            match found {
                Some(value) => self.named[index] = Some(value),
                None => missing.push(index),
            }
        }
        match missing.is_empty() {
            true => Ok(()),
            false => Err(self.missing(&missing, "keyword-only")),
        }
    }

    #[cold]
    fn missing(&self, missing: &[usize], kind: &str) -> Raised {
        let name = |index: &usize| {
            let name = self.code.parameter(*index);
            format!("'{}'", self.cx.text_of(name))
        };
        let names: Vec<String> = missing.iter().map(name).collect();
        let list = match names.as_slice() {
            [one] => one.clone(),
            [first, second] => format!("{first} and {second}"),
            [first @ .., last] => format!("{}, and {last}", first.join(", ")),
            [] => String::new(),
        };
        let plural = if missing.len() == 1 { "" } else { "s" };
        self.cx.type_error(format!(
            "{}() missing {} required {kind} argument{plural}: {list}",
            self.shown_name(),
            missing.len()
        ))
    }

    #[cold]
    fn too_many(&self, args: Args<'_>) -> Raised {
        let parameters = &self.code.code.parameters;
        let most = parameters.positional as usize;
        let defaults = self.default_count();
        let given = args.positional.len();
        let takes = match defaults {
            0 => most.to_string(),
            _ => format!("from {} to {most}", most as i64 - defaults as i64),
        };
        let plural = if most == 1 && defaults == 0 { "" } else { "s" };
        let first = parameters.positional as usize;
        let keyword_only = self.named[first..].iter().flatten().count();
        let also = match keyword_only {
            0 => String::new(),
            _ => {
                let positional = if given == 1 { "" } else { "s" };
                let keywords = if keyword_only == 1 { "" } else { "s" };
                format!(
                    " positional argument{positional} (and {keyword_only} keyword-only argument{keywords})"
                )
            }
        };
        let were = if given == 1 && keyword_only == 0 {
            "was"
        } else {
            "were"
        };
        self.cx.type_error(format!(
            "{}() takes {takes} positional argument{plural} but {given}{also} {were} given",
            self.shown_name()
        ))
    }
}

/// The values of the last positional parameters.
fn values(defaults: &Defaults) -> &[Ref<'_>] {
    let tuple = defaults.positional.as_ref();
    let tuple = tuple.and_then(|tuple| tuple.borrow().downcast::<Tuple>());
    tuple.map_or(&[][..], items)
}
