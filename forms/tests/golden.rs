//! Golden pages: saved failures and the bytes that they become.

mod support;

use std::fs;

use support::{golden, page_of, saved};

/// Whether the page of a saved failure is the one that is kept; a new one is left beside it when not.
fn is_kept(name: &str) -> bool {
    let page = content(&page_of(saved(name)));
    let path = golden(&format!("{name}.html"));
    let kept = fs::read_to_string(&path).unwrap_or_default();
    if page != kept {
        let new = path.with_extension("html.new");
        fs::write(&new, &page).expect("the folder can be written to");
    }
    page == kept
}

/// What a page says, without the style and the script that all pages have.
fn content(page: &str) -> String {
    let from = page.find("<main").expect("there is a main part");
    let to = page.find("</main>").expect("it ends");
    // A line for each element: a difference is easier to see.
    page[from..to].replace("><", ">\n<") + "\n"
}

/// A saved failure of each kind, by each checker.
const SAVED: [&str; 18] = [
    "claim",
    "deadlock",
    "double_free",
    "invariant",
    "leak",
    "livelock",
    "long_deadlock",
    "lost_update",
    "lost_wake_up",
    "missing_fence",
    "not_linearizable",
    "panic",
    "race",
    "race_in_loom",
    "stale_read",
    "torn_read",
    "use_after_free",
    "vacuous",
];

#[test]
fn the_page_of_every_kind_of_failure_is_the_kept_one() {
    let different: Vec<&str> = SAVED.into_iter().filter(|name| !is_kept(name)).collect();
    assert!(
        different.is_empty(),
        "other pages than the kept ones, each left beside it as .new: {different:?}"
    );
}

#[test]
fn the_same_failure_gives_the_same_bytes() {
    for name in SAVED {
        assert_eq!(page_of(saved(name)), page_of(saved(name)), "{name}");
    }
}
