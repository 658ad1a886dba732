//! What every page has: its head, the way to the others, style and script.

use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("../../assets/page.css");
const SCRIPT: &str = include_str!("../../assets/page.js");

/// Nothing is loaded, whatever a page may come to contain.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; \
                      img-src data:; base-uri 'none'; form-action 'none'";

/// A whole page; `up` leads from it to the folder of the index, unless it stands alone.
pub(crate) fn page(title: &str, up: Option<&str>, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            (head(title))
            body {
                a.skip href="#main" { "Skip to the content" }
                @if let Some(up) = up { (navigation(up)) }
                main #main { (body) }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string()
}

fn head(title: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(POLICY);
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            title { (title) }
            link rel="icon" href="data:,";
            style { (PreEscaped(STYLE)) }
        }
    }
}

fn navigation(up: &str) -> Markup {
    html! {
        nav aria-label="Pages" {
            a.brand href={ (up) "index.html" } { "Raddle" }
            a href={ (up) "index.html#scenarios" } { "Scenarios" }
            a href={ (up) "faults.html" } { "Faults" }
            a href={ (up) "orderings.html" } { "Orderings" }
            a href={ (up) "mutants.html" } { "Mutants" }
            a href={ (up) "museum.html" } { "Museum" }
        }
    }
}

/// A field that hides the rows of a table which do not contain what is typed.
pub(crate) fn search(table: &str, what: &str) -> Markup {
    html! {
        label.search {
            span { "Find " (what) }
            input type="search" data-rows=(table) placeholder="part of a name" autocomplete="off" spellcheck="false";
            output aria-live="polite" {}
        }
    }
}
