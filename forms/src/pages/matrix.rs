//! The matrices: scenarios, faults and orders against checkers.

use explain::text::{grouped, seconds};
use maud::{Markup, html};
use reports::failure::Failure;
use reports::fuzzed::Hunt;
use reports::matrix::{Cell, Outcome};
use reports::plan::World;
use reports::run::{Row, Run};

use crate::book::{Exhibit, Order};
use crate::pages::facts;
use crate::pages::frame;
use crate::pages::view::View;

/// Scenarios against checkers.
pub(crate) fn scenarios(view: View<'_>, run: &Run) -> Markup {
    let worlds = worlds(run.rows.iter().map(|row| row.world));
    let names = distinct(run.rows.iter().map(|row| row.scenario.as_str()));
    html! {
        (frame::search("scenarios-table", "a scenario"))
        table #scenarios-table .matrix {
            (header(&["scenario"], &worlds.iter().map(|world| world.name()).collect::<Vec<_>>()))
            tbody {
                @for name in names { (scenario(view, run, name, &worlds)) }
            }
        }
    }
}

fn scenario(view: View<'_>, run: &Run, name: &str, worlds: &[World]) -> Markup {
    let rows = || run.rows.iter().filter(|row| row.scenario == name);
    let question = rows().next().map_or("", |row| row.question.as_str());
    let find = |world: World| rows().find(|row| row.world == world);
    html! {
        tr {
            th scope="row" {
                code { (name) }
                span.question { (question) }
            }
            @for world in worlds {
                td data-label=(world.name()) {
                    @if let Some(row) = find(*world) { (of_row(view, row)) }
                }
            }
        }
    }
}

/// One scenario in one world.
fn of_row(view: View<'_>, row: &Row) -> Markup {
    let inside = html! {
        span.sign aria-hidden="true" { (facts::sign(row.verdict)) } " "
        span.word { (facts::word(row)) }
        span.figures { (figures(row)) }
    };
    let note = row.note().or_else(|| row.limit().map(str::to_owned));
    cell(
        facts::class(row.verdict),
        note.as_deref(),
        link(view, row.failure.as_ref()),
        &inside,
    )
}

/// A coloured cell, which leads to a page when there is one.
fn cell(class: &str, note: Option<&str>, link: Option<String>, inside: &Markup) -> Markup {
    html! {
        @match link {
            Some(link) => a.cell.(class) href=(link) title=[note] { (inside) },
            None => span.cell.(class) title=[note] { (inside) },
        }
    }
}

fn link(view: View<'_>, failure: Option<&Failure>) -> Option<String> {
    view.failure(&failure?.replay)
}

fn figures(row: &Row) -> String {
    format!("{} in {}", grouped(row.executions), seconds(row.elapsed))
}

/// Faults against checkers, with where each comes from; the last rows are the scenarios with nothing broken.
pub(crate) fn faults(view: View<'_>) -> Markup {
    let exhibit = |name: &str| view.book.exhibits.iter().find(|known| known.fault == name);
    let about = |subject: &str| match exhibit(subject) {
        Some(exhibit) => about_fault(exhibit),
        None => html! {},
    };
    trials(view, &view.book.faults, "faults-table", "a fault", about)
}

fn about_fault(exhibit: &Exhibit) -> Markup {
    html! {
        span.question { (exhibit.what) }
        span.origin { (facts::origin(&exhibit.origin)) }
    }
}

/// Weakened orders against checkers.
pub(crate) fn orderings(view: View<'_>) -> Markup {
    let order = |name: &str| view.book.orders.iter().find(|known| known.name == name);
    let about = |subject: &str| match order(subject) {
        Some(order) => about_order(order),
        None => html! {},
    };
    trials(
        view,
        &view.book.orderings,
        "orderings-table",
        "an order",
        about,
    )
}

fn about_order(order: &Order) -> Markup {
    html! {
        span.question { (order.order) " with " (order.pairs_with) ": " (order.carries) }
    }
}

/// The orders that no checker can see, each with its proof.
pub(crate) fn proofs(view: View<'_>) -> Markup {
    html! {
        @for order in &view.book.orders {
            @if let Some(proof) = &order.proof {
                p { code { (order.name) } " (" (order.order) "), not seen by any checker: " (proof) }
            }
        }
    }
}

fn trials(
    view: View<'_>,
    cells: &[Cell],
    table: &str,
    what: &str,
    about: impl Fn(&str) -> Markup,
) -> Markup {
    let worlds = worlds(cells.iter().map(|cell| cell.row.world));
    let keys = distinct(
        cells
            .iter()
            .map(|cell| (cell.title(), cell.row.scenario.as_str())),
    );
    let is_fuzzed = cells.iter().any(|cell| cell.fuzzed.is_some());
    let mut columns: Vec<&str> = worlds.iter().map(|world| world.name()).collect();
    columns.extend(is_fuzzed.then_some("fuzz"));
    html! {
        (frame::search(table, what))
        table.matrix id=(table) {
            (header(&["broken", "scenario"], &columns))
            tbody {
                @for key in keys {
                    tr {
                        th scope="row" { code { (key.0) } (about(key.0)) }
                        td.scenario data-label="scenario" { code { (key.1) } }
                        @for world in &worlds {
                            td data-label=(world.name()) {
                                @for cell in of_key(cells, key, *world) { (of_cell(view, cell)) }
                            }
                        }
                        @if is_fuzzed {
                            td data-label="fuzz" {
                                @if let Some(hunt) = hunt(cells, key) { (of_hunt(hunt)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn of_key<'a>(
    cells: &'a [Cell],
    key: (&'a str, &'a str),
    world: World,
) -> impl Iterator<Item = &'a Cell> {
    let cells = cells.iter();
    cells.filter(move |cell| {
        (cell.title(), cell.row.scenario.as_str()) == key && cell.row.world == world
    })
}

/// One trial: what was broken is caught, or nothing was broken and it held.
fn of_cell(view: View<'_>, cell: &Cell) -> Markup {
    let inside = html! {
        span.word { (cell.outcome.word()) }
        span.figures { (figures(&cell.row)) }
    };
    let link = link(view, cell.row.failure.as_ref());
    self::cell(colour(&cell.outcome), cell.outcome.reason(), link, &inside)
}

/// What the fuzzer made of the same fault.
fn hunt<'a>(cells: &'a [Cell], key: (&str, &str)) -> Option<&'a Hunt> {
    let mut same = cells
        .iter()
        .filter(|cell| (cell.title(), cell.row.scenario.as_str()) == key);
    same.find_map(|cell| cell.fuzzed.as_ref())
}

fn of_hunt(hunt: &Hunt) -> Markup {
    let (class, word) = match hunt.prey {
        Some(_) => ("held", "found"),
        None => ("open", "not found"),
    };
    let inside = html! {
        span.word { (word) }
        span.figures { (hunt.shown()) }
    };
    let program = hunt.prey.as_ref().map(|prey| prey.program.as_str());
    cell(class, hunt.reason.as_deref().or(program), None, &inside)
}

fn colour(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Caught | Outcome::Needed | Outcome::Held => "held",
        Outcome::NotSeen => "open",
        Outcome::Missed { .. } | Outcome::Mistaken { .. } => "failed",
    }
}

fn header(first: &[&str], rest: &[&str]) -> Markup {
    html! {
        thead {
            tr {
                @for name in first { th scope="col" { (name) } }
                @for name in rest { th scope="col" { (name) } }
            }
        }
    }
}

/// The worlds that there are, in the order of tables.
fn worlds(present: impl Iterator<Item = World>) -> Vec<World> {
    let present: Vec<World> = present.collect();
    let worlds = World::ALL.into_iter();
    worlds.filter(|world| present.contains(world)).collect()
}

/// Each once, in the order of its first.
fn distinct<T: PartialEq>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut once = Vec::new();
    for item in items {
        if !once.contains(&item) {
            once.push(item);
        }
    }
    once
}
