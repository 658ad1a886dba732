//! The pages in a real browser: clicks, keys, filters, widths, and no word to anybody else.

mod driver;
#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use forms::Book;
use serde_json::json;

use driver::Browser;
use support::{book, hostile, results, saved};

/// Where the pages of a test are, written anew.
fn written(test: &str, book: &Book) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    for page in forms::pages::all(book) {
        let path = folder.join(&page.path);
        fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("it can be made");
        fs::write(path, page.html).expect("it can be written");
    }
    folder
}

/// The only page of a failure.
fn failure(folder: &Path) -> PathBuf {
    let entries = fs::read_dir(folder.join("failure")).expect("the folder is there");
    let mut paths = entries.map(|entry| entry.expect("it can be read").path());
    paths.next().expect("there is a page")
}

const CHOSEN: &str = "document.querySelector('tr.chosen').dataset.step";
const VISIBLE: &str =
    "[...document.querySelectorAll('tr.step')].filter(r => r.offsetParent !== null).length";

#[test]
fn a_timeline_is_walked_by_keys_and_slider() {
    let folder = written("walked", &book(vec![saved("race")]));
    let Some(mut browser) = Browser::start(&folder) else {
        return;
    };
    browser.open(&failure(&folder), 1600, "light");
    assert_eq!(
        browser.evaluate(CHOSEN),
        json!("10"),
        "the last that decides"
    );
    browser.evaluate("document.querySelector('tr.chosen').focus()");
    browser.press("ArrowDown");
    assert_eq!(browser.evaluate(CHOSEN), json!("11"));
    browser.press("ArrowUp");
    assert_eq!(browser.evaluate(CHOSEN), json!("10"));
    browser.press("f");
    assert_eq!(browser.evaluate(CHOSEN), json!("5"), "10 reads from 5");
    let here = browser.evaluate("document.querySelector('.source .here').textContent");
    assert!(
        here.as_str().is_some_and(|line| line.contains("line(124)")),
        "{here}"
    );
    assert!(browser.evaluate("document.querySelectorAll('svg.arrows .reads').length") != json!(0));
    browser.evaluate(
        "(() => { const s = document.querySelector('.slider'); s.value = 0; s.dispatchEvent(new Event('input')); })()",
    );
    assert_eq!(browser.evaluate(CHOSEN), json!("1"));
    assert_eq!(browser.troubles, [""; 0]);
}

#[test]
fn calls_fold_and_filters_hide() {
    let folder = written("filtered", &book(vec![saved("race")]));
    let Some(mut browser) = Browser::start(&folder) else {
        return;
    };
    browser.open(&failure(&folder), 1600, "light");
    browser.click("button.unfold");
    let all = browser.evaluate(VISIBLE);
    browser.click("button.fold");
    let folded = browser.evaluate(VISIBLE);
    assert!(folded.as_u64() < all.as_u64(), "{folded} of {all}");
    browser.click("tr.step:not([hidden]) button.call");
    assert!(browser.evaluate(VISIBLE).as_u64() > folded.as_u64());
    browser.click("button.unfold");
    browser.click("[data-thread='3']");
    let some = browser.evaluate(VISIBLE);
    assert!(some.as_u64() < all.as_u64(), "{some} of {all}");
    browser.click("[data-thread='3']");
    browser.evaluate(
        "(() => { const s = document.querySelector('select.object'); s.value = 'dict#1'; \
         s.dispatchEvent(new Event('change')); })()",
    );
    let others = "[...document.querySelectorAll('tr.step')].filter(r => r.offsetParent !== null \
                  && r.dataset.object !== 'dict#1' && !r.classList.contains('broke')).length";
    assert_eq!(browser.evaluate(others), json!(0));
    assert_eq!(browser.troubles, [""; 0]);
}

#[test]
fn what_happens_before_the_workers_run_stands_in_one_row() {
    let folder = written("set_up", &book(vec![saved("not_linearizable")]));
    let Some(mut browser) = Browser::start(&folder) else {
        return;
    };
    browser.open(&failure(&folder), 1600, "light");
    let folded = browser.evaluate(VISIBLE);
    browser.click("tr.setup button");
    let open = browser.evaluate(VISIBLE);
    assert!(folded.as_u64() < open.as_u64(), "{folded} of {open}");
    browser.click("tr.setup button");
    assert_eq!(browser.evaluate(VISIBLE), folded);
    assert_eq!(browser.troubles, [""; 0]);
}

#[test]
fn pages_fit_a_phone_and_a_desk_in_light_and_dark() {
    let folder = written("widths", &results());
    let Some(mut browser) = Browser::start(&folder) else {
        return;
    };
    let mut pages = vec![folder.join("index.html"), folder.join("faults.html")];
    pages.push(folder.join("orderings.html"));
    pages.push(folder.join("museum.html"));
    pages.push(folder.join("mutants.html"));
    pages.push(failure(&folder));
    for page in pages.iter().filter(|page| page.is_file()) {
        for (width, scheme) in [
            (400, "light"),
            (400, "dark"),
            (1600, "light"),
            (1600, "dark"),
        ] {
            browser.open(page, width, scheme);
            let widest = browser.evaluate("document.documentElement.scrollWidth");
            let name = page.file_stem().expect("it has a name").to_string_lossy();
            assert!(
                widest.as_u64() <= Some(u64::from(width)),
                "{name} at {width}: {widest}"
            );
            browser.picture(&folder.join(format!("{name}-{width}-{scheme}.png")));
            assert_eq!(browser.troubles, [""; 0], "{name}");
        }
    }
}

#[test]
fn hostile_names_are_text() {
    let folder = written("hostile", &hostile());
    let Some(mut browser) = Browser::start(&folder) else {
        return;
    };
    for page in [
        folder.join("index.html"),
        folder.join("faults.html"),
        folder.join("mutants.html"),
        failure(&folder),
    ] {
        browser.open(&page, 1600, "light");
        assert_eq!(browser.evaluate("typeof window.taken"), json!("undefined"));
        assert_eq!(
            browser.evaluate("document.querySelectorAll('img, iframe, main style').length"),
            json!(0)
        );
        let shown = browser.evaluate("document.body.textContent.includes('<img src=x onerror=')");
        assert_eq!(shown, json!(true));
        assert_eq!(browser.troubles, [""; 0]);
    }
}

#[test]
fn a_search_hides_the_other_rows() {
    let folder = written("searched", &results());
    let Some(mut browser) = Browser::start(&folder) else {
        return;
    };
    browser.open(&folder.join("index.html"), 1600, "light");
    browser.click("input[type=search]");
    for key in ["r", "a", "c", "e"] {
        browser.press(key);
    }
    let shown = "document.querySelectorAll('#scenarios-table tbody tr:not([hidden])').length";
    assert_eq!(browser.evaluate(shown), json!(1));
    browser.click("#scenarios-table a.cell");
    let there = "document.querySelector('section.failure') !== null";
    browser.wait_for(there);
    assert_eq!(browser.troubles, [""; 0]);
}
