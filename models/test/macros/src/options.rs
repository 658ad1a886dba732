//! What stands in the attribute's brackets.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Error, Ident, Lit, LitInt, Path, Result, Token};

/// What an option's value is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Truth,
    Text,
    Crate,
}

/// All options, as `raddle_test::test::Options` has them.
const OPTIONS: [(&str, Kind); 11] = [
    ("yields", Kind::Number),
    ("preemptions", Kind::Number),
    ("executions", Kind::Number),
    ("seconds", Kind::Number),
    ("branches", Kind::Number),
    ("jobs", Kind::Number),
    ("spurious_wakes", Kind::Truth),
    ("weak_failures", Kind::Truth),
    ("drops_are_accesses", Kind::Truth),
    ("expect", Kind::Text),
    ("crate", Kind::Crate),
];

/// The options that were given.
pub(crate) struct Options {
    /// Where `raddle-test` is.
    pub(crate) krate: TokenStream,
    /// Each option and its value.
    pub(crate) set: Vec<(&'static str, TokenStream)>,
}

impl Parse for Options {
    fn parse(input: ParseStream<'_>) -> Result<Options> {
        let mut options = Options {
            krate: quote!(::raddle_test),
            set: Vec::new(),
        };
        let mut seen: Vec<&str> = Vec::new();
        while !input.is_empty() {
            let name = input.call(Ident::parse_any)?;
            let (option, kind) = known(&name)?;
            if seen.contains(&option) {
                return Err(Error::new(
                    name.span(),
                    format!("`{option}` is given twice"),
                ));
            }
            seen.push(option);
            input.parse::<Token![=]>()?;
            match kind {
                Kind::Crate => {
                    let path: Path = input.parse()?;
                    options.krate = quote!(#path);
                }
                kind => options.set.push((option, value(option, kind, input)?)),
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(options)
    }
}

fn known(name: &Ident) -> Result<(&'static str, Kind)> {
    let found = OPTIONS.into_iter().find(|(option, _)| name == option);
    found.ok_or_else(|| {
        let all: Vec<String> = OPTIONS
            .iter()
            .map(|(option, _)| format!("`{option}`"))
            .collect();
        let all = all.join(", ");
        Error::new(
            name.span(),
            format!("there is no option `{name}`: there are {all}"),
        )
    })
}

fn value(option: &str, kind: Kind, input: ParseStream<'_>) -> Result<TokenStream> {
    let value: Lit = input.parse()?;
    match (kind, &value) {
        (Kind::Number, Lit::Int(number)) => self::number(option, number),
        (Kind::Truth, Lit::Bool(_)) | (Kind::Text, Lit::Str(_)) => Ok(quote!(#value)),
        _ => {
            let what = match kind {
                Kind::Number => "a number",
                Kind::Truth => "`true` or `false`",
                Kind::Text | Kind::Crate => "a text",
            };
            Err(Error::new(value.span(), format!("`{option}` is {what}")))
        }
    }
}

fn number(option: &str, number: &LitInt) -> Result<TokenStream> {
    if option == "jobs" && number.base10_parse::<usize>()? == 0 {
        return Err(Error::new(
            number.span(),
            "`jobs` is 0: nobody would explore",
        ));
    }
    Ok(quote!(::core::option::Option::Some(#number)))
}
