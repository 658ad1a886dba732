//! The story of a failure: what broke, then one column for each thread and one row for each step.

mod buffered;
mod fold;
mod graph;
mod known;
mod layout;
mod remarks;
mod unordered;
mod wording;

use std::fmt::Write;

use crate::failure::FailureKind;
use crate::report::Report;
use crate::text::wrap;
use crate::trace::{Block, Trace, Wait};

use graph::Graph;
use layout::Layout;

/// Lines that the steps, and what a graph tells of them, may take, so that the whole fits two screens.
const LINES: usize = 76;

/// The whole report.
#[must_use]
pub fn render(report: &Report) -> String {
    let mut text = heading(report);
    let trace = &report.failure.trace;
    let graph = Graph::of(trace);
    let told = graph.render();
    if !trace.steps.is_empty() {
        let room = LINES.saturating_sub(told.lines().count());
        text.push('\n');
        text.push_str(&steps(trace, &graph, room));
    }
    text.push_str(&told);
    if matches!(
        report.failure.kind,
        FailureKind::Deadlock | FailureKind::Livelock
    ) {
        waits(&mut text, &trace.waits);
    }
    blocks(&mut text, &trace.blocks);
    let _ = writeln!(text, "\nreplay: {}", report.command);
    text
}

fn heading(report: &Report) -> String {
    let failure = &report.failure;
    let replay = &failure.replay;
    let mut text = format!(
        "FAILED {} in {}, {}, execution {}: {}\n\n",
        replay.scenario,
        replay.world,
        wording::search(&replay.search),
        replay.execution,
        failure.kind,
    );
    let mut line = |title: &str, words: &str| {
        for (at, part) in words.lines().flat_map(kept).enumerate() {
            let title = if at == 0 { title } else { "" };
            let line = format!("  {title:<12}{part}");
            let _ = writeln!(text, "{}", line.trim_end());
        }
    };
    line("question", &report.question);
    line("always", &report.always);
    line("broken", &failure.claim);
    line("found", &failure.detail);
    if let Some(fault) = &replay.fault {
        line("on purpose", &format!("the fault `{fault}` is on"));
    }
    if let Some(site) = &replay.weaken {
        line(
            "on purpose",
            &format!("the site `{site}` is weakened to Relaxed"),
        );
    }
    text
}

/// A line as it is, if there is room for it.
fn kept(line: &str) -> Vec<String> {
    let room = layout::WIDTH - 14;
    if line.chars().count() <= room {
        vec![line.to_owned()]
    } else {
        wrap(line, room, 0)
    }
}

/// The steps, folded as far as it takes to fit the room.
fn steps(trace: &Trace, graph: &Graph<'_>, room: usize) -> String {
    let rows = |items: &[fold::Item]| Layout::of(trace, &graph.remarks, items).lines(items);
    let mut items = fold::setup(trace);
    let mut lines = rows(&items);
    for level in fold::LEVELS {
        if lines.len() <= room {
            break;
        }
        items = level(trace, &graph.kept, &items);
        lines = rows(&items);
    }
    let mut cut = 0;
    while lines.len() > room && cut + 1 < items.len() {
        cut += (lines.len() - room).min((items.len() - cut) / 2);
        lines = rows(&fold::skip(trace, &graph.kept, &items, cut));
    }
    lines.concat()
}

fn waits(text: &mut String, waits: &[Wait]) {
    if !waits.is_empty() {
        text.push('\n');
    }
    for wait in waits {
        let _ = match &wait.holder {
            Some(holder) => {
                writeln!(
                    text,
                    "{} waits for {}, which {holder} holds",
                    wait.thread, wait.on
                )
            }
            None => writeln!(text, "{} waits for {}", wait.thread, wait.on),
        };
    }
}

fn blocks(text: &mut String, blocks: &[Block]) {
    if !blocks.is_empty() {
        text.push('\n');
    }
    for block in blocks {
        let _ = writeln!(text, "{}, {} bytes", block.name, block.size);
        for event in &block.history {
            let _ = writeln!(text, "  {event}");
        }
    }
}
