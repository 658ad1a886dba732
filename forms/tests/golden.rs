//! Golden pages: saved failures and the bytes that they become.

mod support;

use std::fs;

use support::{golden, saved};

/// The page of a saved failure, compared with the one that is kept; the new one is left beside it when they differ.
fn check(name: &str) {
    let page = content(&support::page_of(saved(name)));
    let path = golden(&format!("{name}.html"));
    let kept = fs::read_to_string(&path).unwrap_or_default();
    if page != kept {
        let new = path.with_extension("html.new");
        fs::write(&new, &page).expect("the folder can be written to");
        panic!("the page of {name} is different; see {}", new.display());
    }
}

/// What a page says, without the style and the script that all pages have.
fn content(page: &str) -> String {
    let from = page.find("<main").expect("there is a main part");
    let to = page.find("</main>").expect("it ends");
    // A line for each element: a difference is easier to see.
    page[from..to].replace("><", ">\n<") + "\n"
}

#[test]
fn the_page_of_a_race_is_the_kept_one() {
    check("race");
}

#[test]
fn the_page_of_a_use_after_free_is_the_kept_one() {
    check("use_after_free");
}

#[test]
fn the_page_of_a_stale_read_is_the_kept_one() {
    check("stale_read");
}

#[test]
fn the_page_of_a_deadlock_is_the_kept_one() {
    check("long_deadlock");
}
