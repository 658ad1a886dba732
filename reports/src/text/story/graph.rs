//! What a report gains from a world that explores graphs: remarks on rows, pairs without order, coherence orders.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::fold::Accused;
use super::known::Known;
use super::layout::WIDTH;
use super::remarks;
use super::unordered::{self, Pair};
use super::wording;
use crate::text::wrap;
use crate::trace::{Coherence, Step, Trace, Write};

/// How many places have their coherence order shown.
const PLACES: usize = 4;
/// How many writes of each, the last ones.
const WRITES: usize = 6;

/// The part of a story that a graph tells; empty for a world that knows none.
#[derive(Default)]
pub(super) struct Graph<'a> {
    /// For each step, what its row says behind the action.
    pub(super) remarks: Vec<String>,
    /// The numbers of the steps that are spoken of, which keep their rows.
    pub(super) kept: BTreeSet<usize>,
    known: Option<Known<'a>>,
    pairs: Vec<Pair<'a>>,
}

impl<'a> Graph<'a> {
    pub(super) fn of(trace: &'a Trace) -> Self {
        let Some(known) = Known::of(trace) else {
            return Self::default();
        };
        let accused = Accused::of(trace);
        let concerns =
            |step: &Step| wording::subject(step).is_some_and(|subject| accused.names(subject));
        let pairs = unordered::pairs(&known, concerns);
        let steps = trace.steps.iter();
        Self {
            remarks: steps.map(|step| remarks::remark(&known, step)).collect(),
            kept: pairs.iter().flat_map(Pair::numbers).collect(),
            known: Some(known),
            pairs,
        }
    }

    /// What stands below the steps.
    pub(super) fn render(&self) -> String {
        let Some(known) = &self.known else {
            return String::new();
        };
        let mut text = String::new();
        if self.remarks.iter().any(|remark| !remark.is_empty()) {
            let _ = writeln!(text, "\n{}", remarks::LEGEND);
        }
        for pair in &self.pairs {
            paragraph(&mut text, &pair.lines(known));
        }
        let orders = self.orders(known);
        if !orders.is_empty() {
            paragraph(
                &mut text,
                &[vec!["coherence order".to_owned()], orders].concat(),
            );
        }
        text
    }

    /// The coherence orders that say more than the rows: those of stale reads, and of places with several writes.
    fn orders(&self, known: &Known<'_>) -> Vec<String> {
        let all: BTreeSet<&str> = self.pairs.iter().flat_map(Pair::places).collect();
        let stale = self.pairs.iter().filter(|pair| pair.is_stale());
        let stale: BTreeSet<&str> = stale.flat_map(Pair::places).collect();
        let tells = |order: &&Coherence| {
            let place = order.place.as_str();
            stale.contains(place) || (all.contains(place) && order.writes.len() > 2)
        };
        let orders = known.trace().coherence.iter().filter(tells);
        orders
            .take(PLACES)
            .map(|order| sequence(known, order))
            .collect()
    }
}

/// A heading, and lines below it that are indented.
fn paragraph(text: &mut String, lines: &[String]) {
    text.push('\n');
    for (at, line) in lines.iter().enumerate() {
        let indent = if at == 0 { 0 } else { 2 };
        for part in wrap(line, WIDTH - indent, 4) {
            let _ = writeln!(text, "{:indent$}{part}", "");
        }
    }
}

/// `data: the initial value, 7 (step 3), 8 (step 9)`.
fn sequence(known: &Known<'_>, order: &Coherence) -> String {
    let left_out = order.writes.len().saturating_sub(WRITES);
    let writes = order.writes[left_out..].iter();
    let mut words: Vec<String> = writes.map(|write| described(known, *write)).collect();
    if left_out > 0 {
        words.insert(0, format!("{left_out} older"));
    }
    format!("{}: {}", order.place, words.join(", "))
}

fn described(known: &Known<'_>, write: Write) -> String {
    let Write::Step(number) = write else {
        return match write {
            Write::Initial => "the initial value".to_owned(),
            _ => "what is not shown".to_owned(),
        };
    };
    match known.step(number).and_then(wording::written) {
        Some(value) => format!("{value} (step {number})"),
        None => format!("step {number}"),
    }
}
