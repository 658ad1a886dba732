//! What the script of a failure's page is told: arrows, words over time, and lines of source.

use std::collections::BTreeMap;

use reports::trace::{Source, Step, Trace};
use serde::Serialize;

use super::step;
use crate::relations::{self, Kind, Relation};

/// Lines of source above and below the one that a step stands on.
const AROUND: usize = 4;

/// Everything that is drawn when a step is chosen.
#[derive(Debug, Serialize)]
pub(super) struct Data {
    arrows: Vec<Relation>,
    words: Vec<Word>,
    sources: BTreeMap<String, Excerpt>,
}

/// The values of one place over time.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Word {
    place: String,
    /// The value that it was made with, where some step saw it.
    first: Option<String>,
    /// `(step, value)`, in the order of the steps.
    values: Vec<(usize, String)>,
}

/// A few lines of a file.
#[derive(Debug, Serialize)]
struct Excerpt {
    /// The number of the first.
    first: usize,
    lines: Vec<String>,
}

impl Excerpt {
    fn line(&self, at: &Source) -> Option<&str> {
        let below = (at.line as usize).checked_sub(self.first)?;
        self.lines.get(below).map(String::as_str)
    }
}

impl Data {
    /// What is to be known of an execution.
    pub(super) fn of(trace: &Trace, sources: &BTreeMap<String, String>) -> Self {
        let excerpt = |step: &Step| Some((step.at.to_string(), excerpt(&step.at, trace, sources)?));
        Self {
            arrows: arrows(trace),
            words: words(trace),
            sources: trace.steps.iter().filter_map(excerpt).collect(),
        }
    }

    /// JSON that may stand inside of a script element.
    ///
    /// # Panics
    /// Never: all keys are strings.
    pub(super) fn to_script(&self) -> String {
        let text = serde_json::to_string(self).expect("all keys are strings");
        let mut safe = String::with_capacity(text.len());
        for letter in text.chars() {
            match letter {
                '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                    safe.push_str(&format!("\\u{:04x}", u32::from(letter)));
                }
                letter => safe.push(letter),
            }
        }
        safe
    }
}

/// The lines around a place: those of the project, or else those that the failure was saved with.
fn excerpt(at: &Source, trace: &Trace, sources: &BTreeMap<String, String>) -> Option<Excerpt> {
    let saved = trace
        .excerpts
        .iter()
        .find(|excerpt| excerpt.line(at).is_some());
    let saved = saved.map(|excerpt| Excerpt {
        first: excerpt.first as usize,
        lines: excerpt.lines.clone(),
    });
    let line = trace.line(at);
    let project =
        of_project(at, sources).filter(|excerpt| line.is_none() || excerpt.line(at) == line);
    project.or(saved)
}

fn of_project(at: &Source, sources: &BTreeMap<String, String>) -> Option<Excerpt> {
    let line = (at.line as usize).checked_sub(1)?;
    let lines: Vec<&str> = sources.get(&at.file)?.lines().collect();
    let first = line.saturating_sub(AROUND);
    let last = (line + AROUND + 1).min(lines.len());
    let shown = lines.get(first..last)?;
    Some(Excerpt {
        first: first + 1,
        lines: shown.iter().map(|line| (*line).to_owned()).collect(),
    })
}

fn arrows(trace: &Trace) -> Vec<Relation> {
    let mut arrows = relations::of(trace);
    arrows.extend(relations::chain(Kind::Conflict, &trace.conflict));
    arrows
}

fn words(trace: &Trace) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for step in &trace.steps {
        let Some(place) = step.subject() else {
            continue;
        };
        let (written, found) = step::values(&step.action);
        if written.is_none() && found.is_none() {
            continue;
        }
        let at = words.iter().position(|word| word.place == place);
        let at = at.unwrap_or_else(|| {
            words.push(Word {
                place: place.to_owned(),
                first: None,
                values: Vec::new(),
            });
            words.len() - 1
        });
        note(&mut words[at], step.number, written, found);
    }
    words
}

/// What was found before anything was written is what the place was made with.
fn note(word: &mut Word, step: usize, written: Option<&str>, found: Option<&str>) {
    if word.values.is_empty() && word.first.is_none() {
        word.first = found.map(str::to_owned);
    }
    if let Some(value) = written {
        word.values.push((step, value.to_owned()));
    }
}
