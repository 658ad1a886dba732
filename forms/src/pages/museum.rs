//! The museum: a card for each bug of CPython that a fault repeats.

use explain::text::grouped;
use maud::{Markup, html};
use reports::matrix::{Cell, Outcome};

use crate::book::Exhibit;
use crate::pages::facts;
use crate::pages::frame;
use crate::pages::name;
use crate::pages::view::View;

/// The whole museum.
pub(crate) fn museum(view: View<'_>) -> Markup {
    let exhibits = view
        .book
        .exhibits
        .iter()
        .filter(|exhibit| !exhibit.story.is_empty());
    let exhibits: Vec<&Exhibit> = exhibits.collect();
    html! {
        h1 { "The museum" }
        p.lead {
            "Bugs that the free-threaded builds of CPython really had. Each can be switched on here, and is caught."
        }
        @if exhibits.is_empty() {
            p.none { "Nothing is on show." }
        } @else {
            (frame::search("cards", "a bug"))
            div.cards #cards { @for exhibit in exhibits { (card(view, exhibit)) } }
        }
    }
}

fn card(view: View<'_>, exhibit: &Exhibit) -> Markup {
    html! {
        article.card id=(name::plain(&exhibit.fault)) {
            header {
                h2 { (facts::origin(&exhibit.origin)) }
                @if let Some(versions) = &exhibit.versions { p.versions { (versions) } }
            }
            @for sentence in &exhibit.story { p.sentence { (sentence) } }
            dl.facts {
                dt { "here" } dd { code { (exhibit.fault) } ": " (exhibit.what) }
                dt { "asked by" } dd { code { (exhibit.scenario) } }
                @if let Some(guard) = &exhibit.guard {
                    dt { "guarded at" } dd { code { (guard.file) ":" (guard.line) } }
                }
                (catches(view, exhibit))
            }
            pre.command { "raddle check --fault " (exhibit.fault) }
        }
    }
}

/// Which checkers catch it, after how many executions, with the way to the interleaving.
fn catches(view: View<'_>, exhibit: &Exhibit) -> Markup {
    let cells: Vec<&Cell> = view
        .book
        .faults
        .iter()
        .filter(|cell| cell.subject == exhibit.fault)
        .collect();
    html! {
        @if !cells.is_empty() {
            dt { "caught by" }
            dd { ul.catches { @for cell in cells { li { (catch(view, cell)) } } } }
        }
    }
}

fn catch(view: View<'_>, cell: &Cell) -> Markup {
    let row = &cell.row;
    let failure = row.failure.as_ref();
    let link = failure.and_then(|failure| view.failure(&failure.replay));
    html! {
        @match link {
            Some(link) => a href=(link) { (row.world) },
            None => (row.world),
        }
        @match (&cell.outcome, failure) {
            (Outcome::Caught, Some(failure)) => { ": " (failure.kind) ", execution " (grouped(row.executions)) },
            _ => { ": " (cell.outcome.word()) },
        }
    }
}
