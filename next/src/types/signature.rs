//! `__text_signature__`: a native function's parameters as Python writes them.

use crate::types::define::Function;
use crate::types::params::{Param, Passing};

/// The signature, as in `($self, index=-1, /)`.
pub(crate) fn of(function: &Function) -> String {
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
        parts.push(shown(function, index, param));
        let next = function.params.get(index + 1).map(|next| next.passing);
        if param.passing == Passing::Positional && next != Some(Passing::Positional) {
            parts.push("/".to_owned());
        }
    }
    format!("({})", parts.join(", "))
}

fn shown(function: &Function, index: usize, param: &Param) -> String {
    let receiver = if function.receives && index == 0 {
        "$"
    } else {
        ""
    };
    let stars = match param.passing {
        Passing::Rest => "*",
        Passing::Keywords => "**",
        _ => "",
    };
    let default = param
        .default
        .map_or(String::new(), |text| format!("={}", python(text)));
    format!("{receiver}{stars}{}{default}", param.name)
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
