//! The mutants: how far a green check can be trusted, and what nobody noticed.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::book::Mutant;
use crate::pages::frame;
use crate::pages::view::View;

/// How many of some mutants are noticed.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    /// Those that change something.
    all: usize,
    noticed: usize,
}

impl Score {
    fn of<'a>(mutants: impl Iterator<Item = &'a Mutant>) -> Self {
        let mut score = Self::default();
        for mutant in mutants.filter(|mutant| mutant.counts()) {
            score.all += 1;
            score.noticed += usize::from(mutant.is_noticed());
        }
        score
    }

    /// `85 %`, rounded down: 100 % is all of them.
    fn percent(self) -> String {
        match (self.noticed * 100).checked_div(self.all) {
            Some(percent) => format!("{percent} %"),
            None => "none".to_owned(),
        }
    }
}

/// The score for the index, which leads to the page; nothing when no mutant was tried.
pub(crate) fn figure(view: View<'_>) -> Markup {
    let mutants = &view.book.mutants;
    let score = Score::of(mutants.iter());
    html! {
        @if !mutants.is_empty() {
            div {
                dt { "mutants noticed" }
                dd {
                    @match view.alone {
                        true => (score.percent()),
                        false => a href="mutants.html" { (score.percent()) },
                    }
                }
            }
        }
    }
}

/// The whole page.
pub(crate) fn mutants(view: View<'_>) -> Markup {
    let mutants = &view.book.mutants;
    html! {
        h1 { "The mutants" }
        p.lead {
            "A mutant is the code with one step changed. A scenario that notices it shows that the step is asked about."
        }
        @if mutants.is_empty() {
            p.none { "No mutant was tried yet; " code { "cargo run --release -p mutants" } " tries them all." }
        } @else {
            (files(mutants))
            (survivors(mutants))
        }
    }
}

fn files(mutants: &[Mutant]) -> Markup {
    let mut files: BTreeMap<&str, Vec<&Mutant>> = BTreeMap::new();
    for mutant in mutants {
        files.entry(&mutant.file).or_default().push(mutant);
    }
    let all = Score::of(mutants.iter());
    html! {
        p {
            (all.noticed) " of " (all.all) " mutants that change something are noticed by the graph checker: "
            strong { (all.percent()) } "."
        }
        (frame::search("mutants-table", "a file"))
        table.matrix #mutants-table {
            thead { tr { th scope="col" { "file" } th scope="col" { "noticed" } th scope="col" { "score" } } }
            tbody { @for (file, mutants) in &files { (of_file(file, mutants)) } }
        }
    }
}

fn of_file(file: &str, mutants: &[&Mutant]) -> Markup {
    let score = Score::of(mutants.iter().copied());
    let colour = match score.noticed == score.all {
        true => "held",
        false => "open",
    };
    html! {
        tr {
            th scope="row" { code { (file) } }
            td data-label="noticed" { (score.noticed) " of " (score.all) }
            td data-label="score" { span.cell.(colour) { (score.percent()) } }
        }
    }
}

fn survivors(mutants: &[Mutant]) -> Markup {
    let alive = |mutant: &&Mutant| mutant.counts() && !mutant.is_noticed();
    let alive: Vec<&Mutant> = mutants.iter().filter(alive).collect();
    html! {
        @if !alive.is_empty() {
            h2 { "Noticed by nobody" }
            @for mutant in alive { (survivor(mutant)) }
        }
    }
}

fn survivor(mutant: &Mutant) -> Markup {
    let lines = |mark: char, text: &str| -> String {
        text.lines()
            .map(|line| format!("{mark} {line}\n"))
            .collect()
    };
    html! {
        article.card {
            header { h3 { code { (mutant.name) } } }
            p { "in " code { (mutant.function) } }
            pre { (lines('-', &mutant.before)) (lines('+', &mutant.after)) }
        }
    }
}
