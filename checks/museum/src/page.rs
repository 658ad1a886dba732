//! The museum as a page.

use std::fmt::Write as _;

use crate::bug::{Bug, Here};

const HEAD: &str = "# The museum

Races that free-threaded Python runtimes really had, each as a program of a few lines with its wrong and its right form, so
that a checker can be tried on them without an interpreter. The same is in [museum.json](museum.json) as data, with the two
forms apart. Both files are made from `checks/museum/bugs` by `RADDLE_WRITE_MUSEUM=1 cargo test -p museum`; the same test
runs every form under every model on the [graph engine](memory-models.md), exhaustively.

How to read a program:

```text
block o              memory that can be freed; what is named `o.…` lies in it
word x = 1           a word that threads read and write atomically
plain p = 0          memory that threads must not touch at the same time
lock l
thread T             two or three of them
  r := load x        ... store x E · r := add x E · r := sub x E · r := swap x E
  r := cas x OLD NEW 1 if it succeeded, else 0
  r := read p        ... write p E
  r := choose        0 or 1: both happen
  r := trylock l     1 if it was free, else 0
  wait x E           until x has this value
finally              what the main thread does when all have ended; T.r is what r was in T
```

A load acquires, a store releases and the others do both, unless an order follows. A line with `-` belongs to the wrong form
only, one with `+` to the right form only. The models are sequential consistency (`sc`), release and acquire throughout
(`ra`), RC11 and C++20; the right form holds under all four unless it is said otherwise. Where the report gives no
interleaving, it was derived from the report, the mend and the source, and is a hypothesis that the program makes good.

*here* names the faults of this repository that repeat the bug in the code that runs, each with the scenario that catches it
(`raddle check --fault NAME`), or says why there is none.
";

/// The whole page.
#[must_use]
pub fn markdown(bugs: &[Bug]) -> String {
    let mut page = HEAD.to_owned();
    table(&mut page, bugs);
    let mut part = "";
    for bug in bugs {
        if bug.part != part {
            part = bug.part;
            let _ = write!(page, "\n## {part}\n");
        }
        section(&mut page, bug);
    }
    page
}

fn table(page: &mut String, bugs: &[Bug]) {
    let seeded = bugs
        .iter()
        .filter(|bug| matches!(bug.here, Here::Faults(_)));
    let asked = bugs
        .iter()
        .filter(|bug| matches!(bug.here, Here::Asked(..)));
    let _ = write!(
        page,
        "\n{} bugs: {} are faults here, {} is a question that a scenario asks, the others do not apply.\n\n\
         | bug | found | wrong form | fails under | here |\n|---|---|---|---|---|\n",
        bugs.len(),
        seeded.count(),
        asked.count()
    );
    for bug in bugs {
        let outcome = bug.outcome.split(':').next().unwrap_or_default();
        let _ = writeln!(
            page,
            "| [{}](#{}) | {} | {outcome} | {} | {} |",
            bug.name,
            bug.name.to_lowercase(),
            bug.found,
            bug.fails.join(", "),
            in_short(&bug.here)
        );
    }
}

fn in_short(here: &Here) -> String {
    match here {
        Here::Faults(faults) => {
            let names: Vec<String> = faults
                .iter()
                .map(|(fault, _)| format!("`{fault}`"))
                .collect();
            names.join(", ")
        }
        Here::Asked(scenario, _) => format!("asked by `{scenario}`"),
        Here::No(_) => "—".to_owned(),
    }
}

fn section(page: &mut String, bug: &Bug) {
    let _ = write!(
        page,
        "\n### {}\n\n{}. Found: {}. Versions: {}.\n\n```diff\n{}```\n\n\
         Wrong: {} under {}. Mended: {}{}\n\n{}\n",
        bug.name,
        bug.title,
        bug.found,
        bug.versions,
        bug.program,
        bug.outcome,
        bug.fails.join(", "),
        bug.fix,
        right(bug),
        here(&bug.here)
    );
}

fn right(bug: &Bug) -> String {
    let fails = bug.right_fails.as_ref();
    let note = fails.map(|(model, why)| format!(" The right form fails under {model}: {why}."));
    note.unwrap_or_default()
}

fn here(here: &Here) -> String {
    match here {
        Here::Faults(faults) => {
            let one =
                |(fault, scenario): &(String, String)| format!("`{fault}`, caught by `{scenario}`");
            let all: Vec<String> = faults.iter().map(one).collect();
            format!("Here: {}.", all.join("; "))
        }
        Here::Asked(scenario, why) => format!("Here: `{scenario}` asks the question; {why}"),
        Here::No(why) => format!("Not here: {why}"),
    }
}
