//! The page of a failure: the story, the timeline, and what surrounds a step.

mod calls;
mod data;
mod step;
mod timeline;

use std::collections::{BTreeMap, BTreeSet};

use explain::explanation::{Call, Explanation, Reason};
use explain::text::grouped;
use maud::{Markup, PreEscaped, html};
use reports::failure::Failure;
use reports::report::Report;
use reports::trace::{Source, Step, Trace};

use crate::pages::{facts, name};
use data::Data;

/// All that is to be said of one failure.
pub(crate) fn section(report: &Report, sources: &BTreeMap<String, String>) -> Markup {
    let failure = &report.failure;
    let trace = &failure.trace;
    let told = Explanation::of(failure);
    html! {
        section.failure id=(name::stem(&failure.replay)) {
            (heading(failure, &told))
            (about(report))
            (replay(&report.command))
            @if trace.steps.is_empty() {
                p.none { "No steps were recorded: real threads ran it." }
            } @else {
                (calls(trace, &told.calls))
                h2 { "Step by step" }
                (tools(trace))
                div.work {
                    div.lanes { svg.arrows aria-hidden="true" {} (timeline::table(failure, &told)) }
                    (side())
                }
                (reasons(&told.reasons))
                (ending(trace))
                script type="application/json" { (PreEscaped(Data::of(trace, sources).to_script())) }
            }
        }
    }
}

/// What happened, and the cause in one sentence.
fn heading(failure: &Failure, told: &Explanation) -> Markup {
    let replay = &failure.replay;
    html! {
        h1 {
            span.kind { (told.class) } " "
            code { (replay.scenario) } " in " (replay.world)
        }
        p.cause {
            (facts::marked(&told.cause))
            @if let Some(at) = told.at.as_ref().map(Source::to_string) {
                @if !told.cause.contains(&at) { code.where { (at) } }
            }
        }
        @if let Some(minimal) = &told.minimal { p.minimal { (minimal) } }
    }
}

/// What was asked of the objects, and what they answered.
fn calls(trace: &Trace, calls: &[Call]) -> Markup {
    html! {
        @if !calls.is_empty() {
            h2 { "What was asked of the objects" }
            ol.calls {
                @for call in calls.iter().filter(|call| call.depth == 0) {
                    li.{ "t" (call.thread % timeline::COLOURS) } {
                        span.who { (trace.thread(call.thread)) } " "
                        code { (call.operation) }
                        @if let Some(result) = &call.result { " \u{2192} " code.value { (result) } }
                        @if !call.ended { span.note { " does not come to its end" } }
                    }
                }
            }
        }
    }
}

/// Why the steps that decide are at odds.
fn reasons(reasons: &[Reason]) -> Markup {
    html! {
        @for reason in reasons {
            section.reason {
                h2 { (reason.heading) }
                @for line in &reason.lines { p { (facts::marked(line)) } }
            }
        }
    }
}

fn about(report: &Report) -> Markup {
    let failure = &report.failure;
    let (replay, trace) = (&failure.replay, &failure.trace);
    html! {
        dl.facts {
            dt { "question" } dd { (report.question) }
            dt { "always" } dd { (report.always) }
            dt { "broken" } dd { (facts::marked(&failure.claim)) }
            dt { "found" } dd { (facts::marked(&failure.detail)) }
            @if let Some(fault) = &replay.fault {
                dt { "on purpose" } dd { "the fault " code { (fault) } " is on" (switched(trace)) }
            }
            @if let Some(site) = &replay.weaken {
                dt { "on purpose" } dd { "the site " code { (site) } " is weakened to Relaxed" (switched(trace)) }
            }
            dt { "when" } dd { "execution " (grouped(replay.execution)) }
        }
    }
}

/// Where what is broken on purpose took effect.
fn switched(trace: &Trace) -> Markup {
    html! { @for at in &trace.switched { ", at " code { (at) } } }
}

fn replay(command: &str) -> Markup {
    html! {
        div.replay {
            span { "Run it again" }
            code { (command) }
            button.copy type="button" data-copy=(command) { "Copy" }
        }
    }
}

/// What changes the timeline. Without the script it does nothing, and is not shown.
fn tools(trace: &Trace) -> Markup {
    html! {
        div.tools role="group" aria-label="Timeline" {
            div.group.threads role="group" aria-label="Threads" {
                @for (number, thread) in trace.threads.iter().enumerate() {
                    button type="button" data-thread=(number) aria-pressed="true" { (thread) }
                }
            }
            label.group { "Object "
                select.object { option value="" { "all" } @for object in objects(trace) { option value=(object) { (object) } } }
            }
            div.group.kinds role="group" aria-label="Arrows" {
                button type="button" data-kind="reads" aria-pressed="true" { "reads from" }
                button type="button" data-kind="coherence" aria-pressed="true" { "coherence" }
                button type="button" data-kind="order" aria-pressed="true" { "happens before" }
                button.all type="button" aria-pressed="false" { "all steps" }
            }
            div.group role="group" aria-label="Calls" {
                button.unfold type="button" { "Open all" }
                button.fold type="button" { "Close all" }
            }
            label.group.walk { "Step "
                input.slider type="range" min="0" max="0" value="0";
                output {}
            }
        }
        p.keys {
            kbd { "\u{2191}" } kbd { "\u{2193}" } " step, " kbd { "\u{2190}" } kbd { "\u{2192}" } " close and open a call, "
            kbd { "f" } " to the write that it reads from, " kbd { "a" } " all arrows"
        }
    }
}

fn objects(trace: &Trace) -> BTreeSet<&str> {
    let subjects = trace.steps.iter().filter_map(Step::subject);
    subjects.map(step::object).collect()
}

/// What the script fills for the chosen step.
fn side() -> Markup {
    html! {
        aside.side aria-live="polite" {
            section.source { h3 { "Source" } p.where {} pre {} }
            section.words { h3 { "Words after this step" } table { tbody {} } }
            section.held { h3 { "Locks held" } p {} }
        }
    }
}

/// Who waits for whom at the end, and what became of the blocks.
fn ending(trace: &Trace) -> Markup {
    html! {
        @if !trace.waits.is_empty() {
            h2 { "Who waits for whom" }
            ul {
                @for wait in &trace.waits {
                    li {
                        (wait.thread) " waits for " code { (wait.on) }
                        @if let Some(holder) = &wait.holder { ", which " (holder) " holds" }
                    }
                }
            }
        }
        @for block in &trace.blocks {
            h2 {
                code { (block.name) }
                @if block.size > 0 { ", " (block.size) " bytes" }
            }
            ul { @for fate in &block.history { li { (fate.told(trace.thread(fate.thread))) } } }
        }
    }
}
