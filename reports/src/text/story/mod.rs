//! The story of a failure: what broke, then one column for each thread and one row for each step.

mod fold;
mod layout;
mod wording;

use std::fmt::Write;

use crate::failure::FailureKind;
use crate::report::Report;
use crate::text::wrap;
use crate::trace::{Block, Trace, Wait};

use layout::Layout;

/// Lines that the steps may take, so that the whole fits two screens.
const LINES: usize = 76;

/// The whole report.
#[must_use]
pub fn render(report: &Report) -> String {
    let mut text = heading(report);
    let trace = &report.failure.trace;
    if !trace.steps.is_empty() {
        text.push('\n');
        text.push_str(&steps(trace));
    }
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

/// The steps, folded as far as it takes.
fn steps(trace: &Trace) -> String {
    let mut items = fold::setup(trace);
    let mut lines = Layout::of(trace, &items).lines(&items);
    for level in fold::LEVELS {
        if lines.len() <= LINES {
            break;
        }
        items = level(trace, &items);
        lines = Layout::of(trace, &items).lines(&items);
    }
    while lines.len() > LINES {
        let keep = items.len() - (lines.len() - LINES).min(items.len() / 2);
        items = fold::last(&items, keep);
        lines = Layout::of(trace, &items).lines(&items);
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
