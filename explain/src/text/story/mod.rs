//! The story of a failure: its cause, what was asked of the objects, the steps that decide, and why.

mod layout;

use std::fmt::Write;

use crate::explanation::{self, Call, Explanation, Reason};
use crate::text::paint::Paint;
use crate::text::wrap;
use reports::failure::FailureKind;
use reports::report::Report;
use reports::trace::{Block, Source, Trace, Wait};

use layout::Layout;

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The width to keep to, in columns.
    pub width: usize,
    /// Whether to colour it, by ANSI escape codes.
    pub colour: bool,
    /// Whether every step has a row.
    pub full: bool,
}

impl Style {
    /// What reports in files have: 80 columns, no colour, in short.
    pub const PLAIN: Self = Self {
        width: 80,
        colour: false,
        full: false,
    };
    /// No report is narrower, whatever the terminal.
    const NARROWEST: usize = 40;
    /// No report is wider.
    const WIDEST: usize = 160;

    /// A style for a terminal of this many columns.
    #[must_use]
    pub fn of_width(width: usize) -> Self {
        Self {
            width: width.clamp(Self::NARROWEST, Self::WIDEST),
            ..Self::PLAIN
        }
    }
}

/// The whole report, as files have it.
#[must_use]
pub fn render(report: &Report) -> String {
    render_as(report, Style::PLAIN)
}

/// The whole report in this style.
#[must_use]
pub fn render_as(report: &Report, style: Style) -> String {
    let told = Explanation::of(&report.failure);
    let trace = &report.failure.trace;
    let mut page = Page {
        text: String::new(),
        style,
        paint: Paint(style.colour),
    };
    page.heading(report, &told);
    page.cause(&told);
    page.question(report, &told);
    page.calls(trace, &told.calls);
    page.steps(trace, &told);
    page.reasons(&told.reasons);
    if matches!(
        report.failure.kind,
        FailureKind::Deadlock | FailureKind::Livelock
    ) {
        page.waits(&trace.waits);
    }
    page.blocks(trace);
    page.sources(trace, &told);
    let _ = writeln!(page.text, "\nreplay: {}", report.command);
    page.text
}

struct Page {
    text: String,
    style: Style,
    paint: Paint,
}

impl Page {
    /// Text that is broken at the width, all lines but the first indented.
    fn paragraph(&mut self, indent: usize, hanging: usize, text: &str) {
        for part in wrap(text, self.style.width - indent, hanging) {
            let _ = writeln!(self.text, "{:indent$}{part}", "");
        }
    }

    fn title(&mut self, title: &str) {
        let _ = writeln!(self.text, "\n{}", self.paint.bold(title));
    }

    fn heading(&mut self, report: &Report, told: &Explanation) {
        let replay = &report.failure.replay;
        let heading = format!(
            "FAILED {} in {}: {}",
            replay.scenario, replay.world, told.class
        );
        for part in wrap(&heading, self.style.width, 2) {
            let _ = writeln!(self.text, "{}", self.paint.failed(&part));
        }
    }

    fn cause(&mut self, told: &Explanation) {
        self.text.push('\n');
        let from = self.text.len();
        self.paragraph(2, 0, &told.cause);
        let cause = self.text.split_off(from);
        for line in cause.lines() {
            let _ = writeln!(self.text, "{}", self.paint.bold(line));
        }
        self.text.push('\n');
    }

    fn question(&mut self, report: &Report, told: &Explanation) {
        let failure = &report.failure;
        let replay = &failure.replay;
        self.entry("question", &report.question);
        self.entry("always", &report.always);
        if failure.claim != report.always {
            self.entry("broken", &failure.claim);
        }
        self.entry("found", &failure.detail);
        let there = match &failure.trace.switched[..] {
            [] => String::new(),
            places => {
                let places: Vec<String> = places.iter().map(Source::to_string).collect();
                format!(", at {}", places.join(" and "))
            }
        };
        if let Some(fault) = &replay.fault {
            self.entry("on purpose", &format!("the fault `{fault}` is on{there}"));
        }
        if let Some(site) = &replay.weaken {
            let weakened = format!("the site `{site}` is weakened to Relaxed{there}");
            self.entry("on purpose", &weakened);
        }
        let search = explanation::search(&replay.search);
        self.entry("run", &format!("{search}, execution {}", replay.execution));
        if let Some(minimal) = &told.minimal {
            self.entry("minimal", minimal);
        }
    }

    fn entry(&mut self, title: &str, words: &str) {
        let room = self.style.width - 14;
        let parts = words.lines().flat_map(|line| wrap(line, room, 0));
        for (at, part) in parts.enumerate() {
            let title = if at == 0 { title } else { "" };
            let line = format!("  {title:<12}{part}");
            let _ = writeln!(self.text, "{}", line.trim_end());
        }
    }

    /// What each thread asked of the objects, outermost calls only.
    fn calls(&mut self, trace: &Trace, calls: &[Call]) {
        let outer: Vec<&Call> = calls.iter().filter(|call| call.depth == 0).collect();
        if outer.is_empty() {
            return;
        }
        self.title("calls");
        for (thread, name) in trace.threads.iter().enumerate() {
            let own = outer.iter().filter(|call| call.thread == thread);
            let told: Vec<String> = own.map(|call| one_call(call)).collect();
            if !told.is_empty() {
                self.paragraph(2, 4, &format!("{name}: {}", counted(&told)));
            }
        }
    }

    fn steps(&mut self, trace: &Trace, told: &Explanation) {
        if trace.steps.is_empty() {
            return;
        }
        self.text.push('\n');
        let rows = match self.style.full {
            true => Explanation::all_rows(trace, &told.deciding),
            false => told.rows.clone(),
        };
        let layout = Layout::of(trace, told, &rows, self.style);
        self.text.push_str(&layout.lines(&rows).concat());
    }

    fn reasons(&mut self, reasons: &[Reason]) {
        for reason in reasons {
            self.title(&reason.heading);
            for line in &reason.lines {
                self.paragraph(2, 4, line);
            }
        }
    }

    fn waits(&mut self, waits: &[Wait]) {
        if !waits.is_empty() {
            self.title("at the end");
        }
        for wait in waits {
            let told = match &wait.holder {
                Some(holder) => {
                    format!(
                        "{} waits for {}, which {holder} holds",
                        wait.thread, wait.on
                    )
                }
                None => format!("{} waits for {}", wait.thread, wait.on),
            };
            self.paragraph(2, 4, &told);
        }
    }

    fn blocks(&mut self, trace: &Trace) {
        for Block {
            name,
            size,
            history,
        } in &trace.blocks
        {
            // Of some blocks nobody knows the size.
            self.title(&match size {
                0 => name.clone(),
                _ => format!("{name}, {size} bytes"),
            });
            for fate in history {
                self.paragraph(2, 4, &fate.told(trace.thread(fate.thread)));
            }
        }
    }

    /// The lines that the deciding steps stand at.
    fn sources(&mut self, trace: &Trace, told: &Explanation) {
        let mut places: Vec<(&Source, Vec<usize>)> = Vec::new();
        for step in told
            .deciding
            .iter()
            .filter_map(|number| trace.step(*number))
        {
            match places.iter_mut().find(|(at, _)| **at == step.at) {
                Some((_, steps)) => steps.push(step.number),
                None if step.at.file.is_empty() => {}
                None => places.push((&step.at, vec![step.number])),
            }
        }
        if places.is_empty() {
            return;
        }
        self.title("where");
        for (at, steps) in places {
            let steps: Vec<String> = steps.iter().map(ToString::to_string).collect();
            let many = if steps.len() == 1 { "step" } else { "steps" };
            self.paragraph(2, 4, &format!("{at}  {many} {}", steps.join(", ")));
            if let Some(line) = trace.line(at) {
                let line = layout::clipped(line.trim(), self.style.width - 6);
                let _ = writeln!(self.text, "    | {}", self.paint.dim(&line));
            }
        }
    }
}

/// The calls in a row; several of one kind are counted.
fn counted(calls: &[String]) -> String {
    let runs = calls.chunk_by(|left, right| left == right);
    let told = runs.map(|run| match run {
        [only] => only.clone(),
        _ => format!("{} ({} times)", run[0], run.len()),
    });
    told.collect::<Vec<_>>().join(", ")
}

/// `list.get(2) -> 7`.
fn one_call(call: &Call) -> String {
    let mut told = call.operation.clone();
    match (&call.result, call.ended) {
        (Some(result), _) => {
            let _ = write!(told, " -> {result}");
        }
        (None, false) => told.push_str(" (not ended)"),
        (None, true) => {}
    }
    told
}
