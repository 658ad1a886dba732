//! Arguments of native functions: bound to parameters by one table, converted by the types of the Rust parameters.

use crate::eval::cx::Cx;
use crate::eval::ops;
use crate::eval::{Args, Outcome, Raised};
use crate::objects::str::Str;
use crate::refs::{Owned, Ref, present};

use crate::types::params::{Param, Passing};

pub(crate) use crate::types::convert::{Answer, Given, Receiver, Spot, receiver, take, take_or};

/// Calls a native function with its arguments bound to its parameters. `name` is how messages call it, `short` its
/// last part.
#[inline]
pub(crate) fn call(
    cx: &Cx,
    function: &super::define::Function,
    owner: Option<&str>,
    args: Args<'_>,
) -> Outcome {
    let params = function.params;
    if args.names.is_empty() && args.positional.len() == params.len() && function.is_plain {
        return (function.call)(cx, present(args.positional));
    }
    bind_and_call(cx, function, owner, args)
}

/// More parameters than any function here has.
const MOST: usize = 16;

fn bind_and_call(
    cx: &Cx,
    function: &super::define::Function,
    owner: Option<&str>,
    args: Args<'_>,
) -> Outcome {
    let mut rest = None;
    let mut keywords = None;
    let mut bound: [Option<Ref<'_>>; MOST] = [None; MOST];
    let binder = Binder {
        cx,
        function,
        owner,
        args,
    };
    binder.count()?;
    let taken = binder.positional(&mut bound)?;
    if let Some(place) = binder.place(Passing::Rest) {
        let items = args.positional[taken..].iter().map(|item| item.own());
        rest = Some(cx.tuple(items.collect()));
        bound[place] = None;
    }
    if binder.place(Passing::Keywords).is_some() {
        keywords = Some(cx.dict());
    }
    for (name, value) in args.names.iter().zip(args.keywords) {
        if let Err(raised) = binder.keyword(&mut bound, *name, *value, keywords.as_ref()) {
            // What is missing is told first, where anything can be given by name.
            if binder.takes_names() {
                binder.missing(&bound)?;
            }
            return Err(raised);
        }
    }
    binder.missing(&bound)?;
    if let Some(place) = binder.place(Passing::Rest) {
        bound[place] = rest.as_ref().map(Owned::borrow);
    }
    if let Some(place) = binder.place(Passing::Keywords) {
        bound[place] = keywords.as_ref().map(Owned::borrow);
    }
    (function.call)(cx, &bound[..function.params.len()])
}

struct Binder<'a> {
    cx: &'a Cx<'a>,
    function: &'a super::define::Function,
    owner: Option<&'a str>,
    args: Args<'a>,
}

impl<'a> Binder<'a> {
    fn place(&self, passing: Passing) -> Option<usize> {
        let params = self.function.params;
        params.iter().position(|param| param.passing == passing)
    }

    /// How many parameters take positional arguments.
    fn most(&self) -> usize {
        let takes = |param: &&Param| matches!(param.passing, Passing::Positional | Passing::Either);
        self.function.params.iter().filter(takes).count()
    }

    /// How many of them have no default.
    fn least(&self) -> usize {
        let needed = |param: &&Param| {
            matches!(param.passing, Passing::Positional | Passing::Either)
                && param.default.is_none()
        };
        self.function.params.iter().filter(needed).count()
    }

    /// Whether there are as many parameters as arguments; where some can be given by name, that is told first.
    fn count(&self) -> Outcome<()> {
        let named = self.args.names.len();
        let params = self.function.params;
        let collects = |param: &Param| matches!(param.passing, Passing::Rest | Passing::Keywords);
        if named == 0 || !self.takes_names() || params.iter().any(collects) {
            return Ok(());
        }
        let hidden = self.receivers();
        let (most, given) = (
            params.len() - hidden,
            (self.args.positional.len() + named).saturating_sub(hidden),
        );
        if given <= most {
            return Ok(());
        }
        let bound = match params
            .iter()
            .skip(hidden)
            .all(|param| param.default.is_none())
        {
            true => "exactly",
            false => "at most",
        };
        let keyword = if given == named { "keyword " } else { "" };
        let plural = if most == 1 { "" } else { "s" };
        let name = self.function.name;
        Err(self.cx.type_error(format!(
            "{name}() takes {bound} {most} {keyword}argument{plural} ({given} given)"
        )))
    }

    fn positional(&self, bound: &mut [Option<Ref<'a>>; MOST]) -> Outcome<usize> {
        let (given, most) = (self.args.positional.len(), self.most());
        if given > most && self.place(Passing::Rest).is_none() {
            return Err(self.wrong_count());
        }
        let taken = given.min(most);
        for (slot, value) in bound.iter_mut().zip(&self.args.positional[..taken]) {
            *slot = Some(*value);
        }
        Ok(taken)
    }

    fn keyword(
        &self,
        bound: &mut [Option<Ref<'a>>; MOST],
        name: Ref<'_>,
        value: Ref<'a>,
        rest: Option<&Owned>,
    ) -> Outcome<()> {
        let text = name.downcast::<Str>().map_or("", Str::as_str);
        let by_name = |param: &Param| {
            matches!(param.passing, Passing::Either | Passing::Keyword) && param.name == text
        };
        if let Some(place) = self.function.params.iter().position(by_name) {
            if bound[place].replace(value).is_some() {
                return Err(self.cx.type_error(format!(
                    "argument for {}() given by name ('{text}') and position ({})",
                    self.function.name,
                    place + 1 - self.receivers()
                )));
            }
            return Ok(());
        }
        match rest {
            Some(rest) => ops::subscript::set(self.cx, rest.borrow(), name, value),
            None => Err(self.unexpected(text)),
        }
    }

    fn unexpected(&self, text: &str) -> Raised {
        if !self.takes_names() {
            return self
                .cx
                .type_error(format!("{}() takes no keyword arguments", self.shown()));
        }
        self.cx.type_error(format!(
            "{}() got an unexpected keyword argument '{text}'",
            self.function.name
        ))
    }

    /// Whether an argument can be given by name.
    fn takes_names(&self) -> bool {
        let named = |param: &Param| matches!(param.passing, Passing::Either | Passing::Keyword);
        self.function.params.iter().any(named)
    }

    fn missing(&self, bound: &[Option<Ref<'_>>; MOST]) -> Outcome<()> {
        for (place, param) in self.function.params.iter().enumerate() {
            let collects = matches!(param.passing, Passing::Rest | Passing::Keywords);
            if bound[place].is_some() || param.default.is_some() || collects {
                continue;
            }
            if self.all_positional() {
                return Err(self.wrong_count());
            }
            if param.passing == Passing::Positional {
                return Err(self.too_few());
            }
            return Err(self.cx.type_error(format!(
                "{}() missing required argument '{}' (pos {})",
                self.function.name,
                param.name,
                place + 1 - self.receivers()
            )));
        }
        Ok(())
    }

    /// Arguments are missing that can be given by position only.
    #[cold]
    fn too_few(&self) -> Raised {
        let only = |param: &&Param| param.passing == Passing::Positional && param.default.is_none();
        let hidden = self.receivers();
        let Some(given) = self.args.positional.len().checked_sub(hidden) else {
            return self.wrong_count();
        };
        let declared = self.function.params.iter().skip(hidden);
        let least = declared.filter(only).count();
        let bound = match self.most() - hidden == least {
            true => "exactly",
            false => "at least",
        };
        let plural = if least == 1 { "" } else { "s" };
        let name = self.function.name;
        self.cx.type_error(format!(
            "{name}() takes {bound} {least} positional argument{plural} ({given} given)"
        ))
    }

    fn all_positional(&self) -> bool {
        let positional =
            |param: &Param| matches!(param.passing, Passing::Positional | Passing::Rest);
        self.function.params.iter().all(positional)
    }

    fn receivers(&self) -> usize {
        usize::from(self.function.receives)
    }

    /// The name with its class.
    fn shown(&self) -> String {
        match self.owner {
            Some(owner) => format!("{owner}.{}", self.function.name),
            None => self.function.name.to_owned(),
        }
    }

    #[cold]
    fn wrong_count(&self) -> Raised {
        let hidden = self.receivers();
        let Some(given) = self.args.positional.len().checked_sub(hidden) else {
            return self.cx.type_error(format!(
                "unbound method {}() needs an argument",
                self.shown()
            ));
        };
        let (least, most) = (self.least() - hidden, self.most() - hidden);
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        let (name, shown) = (self.function.name, self.shown());
        let message = match (self.all_positional(), least, most) {
            (true, _, 0) => format!("{shown}() takes no arguments ({given} given)"),
            (true, 1, 1) => format!("{shown}() takes exactly one argument ({given} given)"),
            (true, _, _) if least == most => {
                format!(
                    "{name} expected {least} argument{}, got {given}",
                    plural(least)
                )
            }
            (true, _, _) if given < least => format!(
                "{name} expected at least {least} argument{}, got {given}",
                plural(least)
            ),
            (true, _, _) => format!(
                "{name} expected at most {most} argument{}, got {given}",
                plural(most)
            ),
            (false, _, 0) => format!("{name}() takes no positional arguments"),
            (false, _, _) => {
                let bound = if least == most { "exactly" } else { "at most" };
                let names = self.args.names.len();
                format!(
                    "{name}() takes {bound} {most} argument{} ({} given)",
                    plural(most),
                    given + names
                )
            }
        };
        self.cx.type_error(message)
    }
}

/// Checks that there is at most one argument, without a name.
pub(crate) fn only_iterable(cx: &Cx, name: &str, args: Args<'_>) -> Outcome<()> {
    if !args.names.is_empty() {
        return Err(cx.type_error(format!("{name}() takes no keyword arguments")));
    }
    match args.positional.len() {
        0 | 1 => Ok(()),
        given => Err(cx.type_error(format!("{name} expected at most 1 argument, got {given}"))),
    }
}
