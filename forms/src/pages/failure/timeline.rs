//! The steps as rows, the threads as columns.

use std::collections::BTreeSet;

use explain::explanation::Explanation;
use maud::{Markup, html};
use reports::failure::Failure;
use reports::trace::{Action, Memory, Trace, Write};

use super::calls::{self, Placed};
use super::step;
use crate::pages::name;

/// Threads that get a colour of their own.
pub(super) const COLOURS: usize = 5;

/// What every row needs to know.
struct Table<'a> {
    trace: &'a Trace,
    /// The failure's name, before the numbers of its steps.
    stem: String,
    closed: BTreeSet<usize>,
    told: &'a Explanation,
}

pub(super) fn table(failure: &Failure, told: &Explanation) -> Markup {
    let trace = &failure.trace;
    let placed = calls::placed(trace);
    let table = Table {
        trace,
        stem: name::stem(&failure.replay),
        closed: calls::closed(&placed, &told.deciding),
        told,
    };
    html! {
        table.timeline aria-label="Steps" style={ "--lanes:" (trace.threads.len()) } {
            thead {
                tr {
                    th.number scope="col" { "step" }
                    @for (number, thread) in trace.threads.iter().enumerate() {
                        th.lane.{ "t" (number % COLOURS) } scope="col" data-lane=(number) { (thread) }
                    }
                    th.at scope="col" { "source" }
                }
            }
            tbody { @for placed in &placed { (table.row(placed)) } }
        }
    }
}

impl Table<'_> {
    fn row(&self, placed: &Placed<'_>) -> Markup {
        let step = placed.step;
        let place = step.subject();
        let calls: Vec<String> = placed.calls.iter().map(usize::to_string).collect();
        let hidden = placed.calls.iter().any(|call| self.closed.contains(call));
        let number = (!placed.is_call()).then_some(step.number);
        html! {
            tr.step.decides[placed.decides(&self.told.deciding)].broke[is_broken(&step.action)]
                id=[number.map(|number| self.anchor(number))] hidden[hidden] tabindex="-1"
                data-row=(placed.row) data-step=[number] data-thread=(step.thread) data-calls=(calls.join(" "))
                data-object=[place.map(step::object)]
                data-at=(step.at) data-held=(step.held.join(", "))
            {
                th.number scope="row" {
                    @if let Some(number) = number {
                        a href={ "#" (self.anchor(number)) } tabindex="-1" data-to=(number) { (number) }
                    }
                }
                @for lane in 0..self.trace.threads.len() {
                    td.lane.{ "t" (lane % COLOURS) } data-lane=(lane) {
                        @if lane == step.thread { (self.cell(placed)) }
                    }
                }
                td.at { code { (short(&step.at.file)) ":" (step.at.line) } }
            }
        }
    }

    fn anchor(&self, number: usize) -> String {
        format!("{}-{number}", self.stem)
    }

    fn cell(&self, placed: &Placed<'_>) -> Markup {
        let step = placed.step;
        let depth = placed.calls.len().min(6);
        let open = !self.closed.contains(&placed.row);
        html! {
            @if let Some(why) = &step.switch { span.switch { (why) } }
            div.act.{ "d" (depth) } {
                span.who { (self.trace.threads[step.thread]) }
                @if placed.length > 0 {
                    button.call type="button" tabindex="-1" aria-expanded=(open) {
                        (step::action(&step.action))
                        @if let Some(result) = placed.result { " \u{2192} " code.value { (result) } }
                        span.length { (count(placed.length)) }
                    }
                } @else {
                    (step::action(&step.action))
                }
                @if let Some(memory) = &step.memory { (self.memory(memory)) }
            }
        }
    }

    /// Where a value comes from, and what the step learns of, as links.
    fn memory(&self, memory: &Memory) -> Markup {
        let stale = memory.newest.filter(|newest| Some(*newest) != memory.from);
        html! {
            @match memory.from {
                Some(Write::Step(number)) => span.note.reads { " from " (self.link(number)) },
                Some(Write::Initial) => span.note.reads { " from the start" },
                Some(Write::Hidden) | None => {},
            }
            @if let Some(Write::Step(number)) = stale {
                span.note.stale { " misses " (self.link(number)) }
            }
            @for number in &memory.after {
                span.note.order-edge { " after " (self.link(*number)) }
            }
        }
    }

    fn link(&self, number: usize) -> Markup {
        html! { a href={ "#" (self.anchor(number)) } tabindex="-1" data-to=(number) { "step " (number) } }
    }
}

fn is_broken(action: &Action) -> bool {
    matches!(action, Action::Broke { .. })
}

fn count(steps: usize) -> String {
    match steps {
        1 => "1 step".to_owned(),
        count => format!("{count} steps"),
    }
}

/// The end of a path, which tells files apart.
fn short(file: &str) -> &str {
    let mut cut = file.rmatch_indices('/').map(|(at, _)| at + 1);
    cut.nth(1).map_or(file, |at| &file[at..])
}
