//! The attribute `test` of `raddle-test`, which documents it.

mod options;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Error, ItemFn, Result, ReturnType};

use options::Options;

/// Makes a function a test whose every execution is visited; `raddle-test` says how.
#[proc_macro_attribute]
pub fn test(
    options: proc_macro::TokenStream,
    function: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    let expanded = expand(options.into(), function.into());
    expanded.unwrap_or_else(Error::into_compile_error).into()
}

fn expand(options: TokenStream, function: TokenStream) -> Result<TokenStream> {
    let options: Options = syn::parse2(options)?;
    let function: ItemFn = syn::parse2(function)?;
    check(&function)?;
    let ItemFn {
        attrs,
        vis,
        sig,
        block,
    } = &function;
    let (krate, name) = (&options.krate, &sig.ident);
    let result = match &sig.output {
        ReturnType::Default => quote!(()),
        ReturnType::Type(_, result) => quote!(#result),
    };
    let body = match sig.asyncness {
        Some(_) => quote!(#krate::model::future::block_on(async #block)),
        None => quote!((|| -> #result #block)()),
    };
    let set = options.set.iter().map(|(option, value)| {
        let option = format_ident!("{option}");
        quote!(options.#option = #value;)
    });
    Ok(quote! {
        #(#attrs)*
        #[::core::prelude::v1::test]
        #vis fn #name() {
            #[allow(unused_mut)]
            let mut options = #krate::test::Options::default();
            #(#set)*
            #krate::test::run(&options, || {
                let result: #result = #body;
                #krate::test::Ended::end(result);
            });
        }
    })
}

/// Refuses what cannot be a test.
fn check(function: &ItemFn) -> Result<()> {
    let sig = &function.sig;
    if !sig.inputs.is_empty() {
        return Err(Error::new_spanned(&sig.inputs, "a test takes no arguments"));
    }
    if !sig.generics.params.is_empty() {
        return Err(Error::new_spanned(&sig.generics, "a test is not generic"));
    }
    let test = function
        .attrs
        .iter()
        .find(|attr| attr.path().is_ident("test"));
    match test {
        Some(test) => Err(Error::new_spanned(
            test,
            "this attribute makes it a test already",
        )),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::expand;

    fn error(options: proc_macro2::TokenStream, function: proc_macro2::TokenStream) -> String {
        let expanded = expand(options, function);
        expanded.expect_err("it is refused").to_string()
    }

    #[test]
    fn what_cannot_be_a_test_is_refused() {
        let function = quote!(
            fn f() {}
        );
        assert_eq!(
            error(
                quote!(),
                quote!(
                    fn f(at: usize) {}
                )
            ),
            "a test takes no arguments"
        );
        assert_eq!(
            error(
                quote!(),
                quote!(
                    fn f<T>() {}
                )
            ),
            "a test is not generic"
        );
        assert_eq!(
            error(
                quote!(),
                quote!(
                    #[test]
                    fn f() {}
                )
            ),
            "this attribute makes it a test already"
        );
        assert_eq!(
            error(
                quote!(),
                quote!(
                    struct S;
                )
            ),
            "expected `fn`"
        );
        let unknown = error(quote!(bound = 3), function.clone());
        assert!(unknown.starts_with("there is no option `bound`: there are `yields`, "));
        assert_eq!(
            error(quote!(yields = "3"), function.clone()),
            "`yields` is a number"
        );
        assert_eq!(
            error(quote!(expect = 3), function.clone()),
            "`expect` is a text"
        );
        assert_eq!(
            error(quote!(jobs = 1, jobs = 2), function.clone()),
            "`jobs` is given twice"
        );
        assert_eq!(
            error(quote!(jobs = 0), function),
            "`jobs` is 0: nobody would explore"
        );
    }

    #[test]
    fn options_are_set_and_attributes_stay() {
        let expanded = expand(
            quote!(yields = 3, weak_failures = true, crate = other),
            quote!(
                #[ignore]
                pub(crate) fn f() -> Result<(), u8> {
                    Ok(())
                }
            ),
        );
        let text = expanded.expect("it is a test").to_string();
        for part in [
            "# [ignore]",
            "pub (crate) fn f ()",
            "options . yields = :: core :: option :: Option :: Some (3) ;",
            "options . weak_failures = true ;",
            "other :: test :: run",
            "let result : Result < () , u8 >",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }
}
