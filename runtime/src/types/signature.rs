//! `__text_signature__`: a native function's parameters as Python writes them.

use crate::types::define::Function;
use crate::types::params::{Param, Passing};

/// The signature, as in `($self, index=-1, /)`.
///
/// The receiver of a function that is bound to a class, which it gets instead of an instance, is called so.
pub(crate) fn of(function: &Function, of_class: bool) -> String {
    let is_positional = |index: usize, param: &Param| {
        param.passing == Passing::Positional || function.receives && index == 0
    };
    let mut parts: Vec<String> = Vec::new();
    let mut star = false;
    for (index, param) in function.params.iter().enumerate() {
        if param.passing == Passing::Rest {
            star = true;
        }
        if param.passing == Passing::Keyword && !star {
            star = true;
            parts.push("*".to_owned());
        }
        parts.push(match function.receives && index == 0 {
            true if of_class => "$type".to_owned(),
            true => format!("${}", param.name),
            false => shown(param),
        });
        let next = function.params.get(index + 1);
        let goes_on = next.is_some_and(|next| is_positional(index + 1, next));
        if is_positional(index, param) && !goes_on {
            parts.push("/".to_owned());
        }
    }
    format!("({})", parts.join(", "))
}

/// The signature of a module's function, which CPython writes with the module in front.
pub(crate) fn of_module(function: &Function, shown: &str) -> String {
    let first = function.params.first().map(|param| param.passing);
    let module = match first {
        Some(Passing::Positional) => "$module, ",
        Some(_) => "$module, /, ",
        None => "$module, /",
    };
    format!("({module}{}", &shown[1..])
}

fn shown(param: &Param) -> String {
    let stars = match param.passing {
        Passing::Rest => "*",
        Passing::Keywords => "**",
        _ => "",
    };
    let default = param
        .default
        .map_or(String::new(), |text| format!("={}", python(text)));
    format!("{stars}{}{default}", param.name)
}

/// A Rust default as Python writes it.
fn python(text: &str) -> String {
    match text {
        "true" => "True".to_owned(),
        "false" => "False".to_owned(),
        "None" | "Ref::NONE" => "None".to_owned(),
        _ if text.starts_with('"') => {
            let inner = text.trim_matches('"').replace('\'', "\\'");
            format!("'{inner}'")
        }
        _ if text.starts_with("Text::of(") => python(&text["Text::of(".len()..text.len() - 1]),
        "i64::MAX" => "9223372036854775807".to_owned(),
        _ if text.parse::<f64>().is_ok() || text.starts_with('-') => text.replace(' ', ""),
        _ => "<unrepresentable>".to_owned(),
    }
}
