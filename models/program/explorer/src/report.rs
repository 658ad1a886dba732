//! What an exploration found, in words.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::cause::{self, Decision};
use crate::found::{Ending, Explored, Found, Line, Verdict};
use crate::names;
use crate::suggest::Suggestion;

/// Steps of an interleaving that are shown.
const MOST_STEPS: usize = 40;
/// Lines of output that are shown.
const MOST_LINES: usize = 8;

/// The report as text.
#[must_use]
pub fn text(explored: &Explored) -> String {
    let mut text = String::new();
    let usual = cause::usual(&explored.found);
    let mut found: Vec<&Found> = explored.found.iter().collect();
    // What one would expect comes first.
    found.sort_by_key(|found| !usual.is_some_and(|usual| std::ptr::eq(usual, *found)));
    for (number, found) in found.into_iter().enumerate() {
        if number > 0 {
            text.push('\n');
        }
        outcome(&mut text, number, found);
        let is_usual = usual.is_some_and(|usual| std::ptr::eq(usual, found));
        let others = usual.filter(|_| !is_usual);
        if let Some(decision) = others.and_then(|usual| cause::decision(usual, found)) {
            decided(&mut text, &decision);
        }
        for named in cause::named(found, is_usual) {
            line(&mut text, &format!("  what went wrong: {named}"));
        }
        if explored.found.len() > 1 || found.outcome.ending != Ending::Status(0) {
            interleaving(&mut text, found);
        }
    }
    races(&mut text, explored);
    line(&mut text, "");
    line(&mut text, &summary(explored));
    text
}

/// What came of a lock around the lines that race.
#[must_use]
pub fn suggested(suggestion: Option<&Suggestion>) -> String {
    let Some(suggestion) = suggestion else {
        return "\nsuggestion: none, since no two lines of its functions race\n".to_owned();
    };
    let lines = |(first, last): &(usize, usize)| match first == last {
        true => format!("line {first}"),
        false => format!("lines {first} to {last}"),
    };
    let regions: Vec<String> = suggestion.regions.iter().map(lines).collect();
    let came = match suggestion.is_enough() {
        true => "one outcome is left",
        false => "not enough",
    };
    format!(
        "\nsuggestion: one lock around {}; explored again with it: {came}\n  {}\n",
        regions.join(", and "),
        summary(&suggestion.explored)
    )
}

fn line(text: &mut String, words: &str) {
    text.push_str(words.trim_end());
    text.push('\n');
}

fn outcome(text: &mut String, number: usize, found: &Found) {
    let times = counted(found.interleavings, "interleaving");
    line(
        text,
        &format!(
            "outcome {}: {} ({times})",
            number + 1,
            names::ending(&found.outcome.ending)
        ),
    );
    if let Some(observed) = &found.outcome.observed {
        line(text, &format!("  observed: {observed}"));
    }
    block(
        text,
        "output",
        &found.outcome.output.lines().collect::<Vec<_>>(),
    );
    let errors: Vec<&str> = found.outcome.errors.iter().map(String::as_str).collect();
    block(text, "errors", &errors);
}

fn block(text: &mut String, name: &str, lines: &[&str]) {
    for shown in lines.iter().take(MOST_LINES) {
        line(text, &format!("  {name}: {shown}"));
    }
    if lines.len() > MOST_LINES {
        let more = counted((lines.len() - MOST_LINES) as u64, "more line");
        line(text, &format!("  {name}: ... {more}"));
    }
}

fn decided(text: &mut String, decision: &Decision) {
    let [first, second] = [&decision.first, &decision.second].map(names::step);
    line(
        text,
        "  decided by: these two, which come the other way round in the first outcome",
    );
    line(text, &format!("    first   {first}"));
    line(text, &format!("    second  {second}"));
}

fn interleaving(text: &mut String, found: &Found) {
    let lines = &found.lines;
    if lines.is_empty() {
        return;
    }
    line(
        text,
        &format!("  one shortest interleaving, {}:", found.token),
    );
    let mut before = None;
    let mut shown: Vec<&Line> = lines.iter().filter(|line| line.is_shared).collect();
    shown.retain(|line| line.location.is_some() && !names::goes_on(line));
    let runs = shown.chunk_by(|left, right| names::is_one(left, right));
    for (count, run) in runs.enumerate() {
        if count == MOST_STEPS {
            line(text, "    ...");
            break;
        }
        let thread = run[0].thread;
        let mark = if before.is_some_and(|before| before != thread) {
            ">"
        } else {
            " "
        };
        before = Some(thread);
        line(text, &format!("  {mark} {}", names::steps(run)));
    }
}

fn races(text: &mut String, explored: &Explored) {
    let told: BTreeSet<String> = explored.races.iter().map(names::race).collect();
    if !told.is_empty() {
        line(
            text,
            "\nraces: accesses to the same thing that no lock, event, start or join orders",
        );
    }
    told.iter()
        .for_each(|race| line(text, &format!("  {race}")));
}

fn summary(explored: &Explored) -> String {
    let mut text = match &explored.verdict {
        Verdict::Exhaustive => "exhaustive".to_owned(),
        Verdict::Bounded(bound) => format!("bounded({bound})"),
        Verdict::Sampled(count) => format!("sampled({count})"),
        Verdict::Inconclusive(reason) => format!("inconclusive: {reason}"),
    };
    let outcomes = counted(explored.found.len() as u64, "outcome");
    let interleavings = counted(explored.interleavings, "interleaving");
    let _ = write!(text, ": {outcomes}, {interleavings}");
    if explored.redundant > 0 {
        let _ = write!(text, " (and {} left as known)", explored.redundant);
    }
    text
}

fn counted(count: u64, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}
