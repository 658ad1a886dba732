//! Results as pages: one file each, with style and script inside, that ask nothing of the network.
//!
//! Whatever comes from scenarios, sources or saved files is text to the templates, which escape it.

mod facts;
mod failure;
mod frame;
mod matrix;
mod museum;
mod mutants;
mod name;
mod view;

use std::collections::BTreeMap;

use explain::text::seconds;
use maud::{Markup, html};
use reports::report::Report;
use reports::run::{Run, Verdict};

use self::view::View;
use crate::book::{Book, Page};

/// All pages of a book, the index first.
#[must_use]
pub fn all(book: &Book) -> Vec<Page> {
    let view = View { book, alone: false };
    let page = |path: &str, title: &str, body: &Markup| Page {
        path: path.to_owned(),
        html: frame::page(title, Some(""), body),
    };
    let mut pages = vec![
        page("index.html", "Raddle: results", &index(view)),
        page("faults.html", "Raddle: faults", &faults(view)),
        page("orderings.html", "Raddle: orderings", &orderings(view)),
        page("mutants.html", "Raddle: mutants", &mutants::mutants(view)),
        page("museum.html", "Raddle: museum", &museum::museum(view)),
    ];
    pages.extend(book.reports.iter().map(|report| of_failure(book, report)));
    pages
}

/// Everything that was found on one page.
#[must_use]
pub fn single(book: &Book) -> String {
    let view = View { book, alone: true };
    let body = html! {
        @if book.run.is_some() || (book.faults.is_empty() && book.orderings.is_empty()) { (index(view)) }
        @if !book.faults.is_empty() { (faults(view)) }
        @if !book.orderings.is_empty() { (orderings(view)) }
        @for report in &book.reports { (failure::section(report, &book.sources)) }
    };
    frame::page("Raddle: results", None, &body)
}

/// The page of one failure, without others beside it.
#[must_use]
pub fn alone(report: &Report, sources: &BTreeMap<String, String>) -> String {
    frame::page(&title(report), None, &failure::section(report, sources))
}

fn of_failure(book: &Book, report: &Report) -> Page {
    let section = failure::section(report, &book.sources);
    Page {
        path: name::of_failure(&report.failure.replay),
        html: frame::page(&title(report), Some("../"), &section),
    }
}

fn title(report: &Report) -> String {
    let replay = &report.failure.replay;
    let kind = report.failure.kind;
    format!("{} in {}: {kind}", replay.scenario, replay.world)
}

fn index(view: View<'_>) -> Markup {
    html! {
        h1 { "What the checkers found" }
        @match &view.book.run {
            Some(run) => {
                (summary(view, run))
                (failures(view))
                h2 #scenarios { "Scenarios" }
                (matrix::scenarios(view, run))
            }
            None => {
                (failures(view))
                p.none { "No result of a check is here; " code { "raddle check" } " makes one." }
            }
        }
    }
}

/// The counts of the verdicts, as large figures.
fn summary(view: View<'_>, run: &Run) -> Markup {
    let verdicts = [
        (Verdict::Held, "held"),
        (Verdict::Failed, "failed"),
        (Verdict::Vacuous, "vacuous"),
        (Verdict::Inconclusive, "inconclusive"),
    ];
    html! {
        dl.summary {
            div { dt { "rows" } dd { (run.rows.len()) } }
            @for (verdict, word) in verdicts {
                @if run.count(verdict) > 0 || verdict == Verdict::Failed {
                    div.(word) { dt { (word) } dd { (run.count(verdict)) } }
                }
            }
            div { dt { "time" } dd { (seconds(run.elapsed)) } }
            (mutants::figure(view))
        }
        @if let Some(broken) = run.origin.fault.as_ref().or(run.origin.weaken.as_ref()) {
            p { "On purpose, " code { (broken) } " is broken." }
        }
    }
}

/// The failures of the check, each in a line; those of faults and orders are in their tables.
fn failures(view: View<'_>) -> Markup {
    let failed = |report: &&Report| match &view.book.run {
        Some(run) => {
            let replay = &report.failure.replay;
            let broken = (&run.origin.fault, &run.origin.weaken);
            (&replay.fault, &replay.weaken) == broken
        }
        None => true,
    };
    let reports: Vec<&Report> = view.book.reports.iter().filter(failed).collect();
    html! {
        @if !reports.is_empty() {
            h2 #failures { "Failures" }
            ul.failures {
                @for report in reports { li { (line(view, report)) } }
            }
        }
    }
}

fn line(view: View<'_>, report: &Report) -> Markup {
    let failure = &report.failure;
    html! {
        a href=[view.failure(&failure.replay)] {
            code { (failure.replay.scenario) } " in " (failure.replay.world) ": " (failure.kind)
        }
        span.question { (report.question) }
    }
}

fn faults(view: View<'_>) -> Markup {
    let lead = "Each fault is a wrong step that can be switched on. A checker counts only because it is seen to catch it.";
    let none = (
        "No fault was tried yet;",
        "raddle faults",
        "tries them all.",
    );
    let table = match view.book.faults.is_empty() {
        true => nothing(none),
        false => matrix::faults(view),
    };
    tried("The fault matrix", lead, &table)
}

fn orderings(view: View<'_>) -> Markup {
    let lead = "Each order above Relaxed is weakened alone, and a scenario must then fail: the order is needed.";
    let none = (
        "No order was weakened yet;",
        "raddle orderings",
        "weakens them all.",
    );
    let table = match view.book.orderings.is_empty() {
        true => nothing(none),
        false => matrix::orderings(view),
    };
    let table = html! { (table) (matrix::proofs(view)) };
    tried("The memory orders", lead, &table)
}

fn tried(title: &str, lead: &str, table: &Markup) -> Markup {
    html! {
        h1 { (title) }
        p.lead { (lead) }
        (table)
    }
}

/// Instead of a table that has no rows yet: what is missing, the command that makes it, and what that does.
fn nothing((what, command, does): (&str, &str, &str)) -> Markup {
    html! { p.none { (what) " " code { (command) } " " (does) } }
}
