//! The museum as a page.

use std::fmt::Write as _;

use crate::bug::{Bug, Here, Shown};
use crate::caught::{self, Seen};
use crate::interleaving::{Interleaving, interleaving};

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
  lock l             ... unlock l · free o · fence ORDER · return, which ends the thread
  if E               the lines below that stand further in; then else, if there is one
  assert E \"claim\"   what must hold; what follows # is a comment
finally              what the main thread does when all have ended; T.r is what r was in T
```

An expression `E` has numbers, the thread's registers as `r` (0 before they are set), `+ - == != < <= > >= and or not` and
brackets. An order is `relaxed`, `acquire`, `release`, `acqrel` or `seqcst`; without one a load acquires, a store releases and
the others do both. A line with `-` belongs to the wrong form
only, one with `+` to the right form only. The models are sequential consistency (`sc`), release and acquire throughout
(`ra`), RC11 and C++20; the right form holds under all four unless it is said otherwise. Where the report gives no
interleaving, it was derived from the report, the fix and the source, and is a hypothesis that the program makes good.

A wrong form fails by a claim, or by one of these: a *data race*, two accesses of plain memory that nothing orders, of which
one writes; a *use after free*, an access in a block that is not ordered before its free; a *double free*; a *leak*, a
block that is there when all have ended; a *deadlock*, threads that all wait.

Below each program stands an execution in which the wrong form fails: under sequential consistency with as few changes of
threads as there can be, and where that model excludes the bug under the strongest that does not, with as few reads of old
values. *finally* is the main thread.

*here* names the faults of this repository that repeat the bug in the code that runs, each with the scenario that catches it
(`raddle check --fault NAME`), or says why there is none. Behind a fault stands for each checker in which execution it
failed, and how many steps the simplest form of the failure has; `-` where the checker cannot see it, as shuttle weak memory.
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
        "\n{} bugs: {} are faults here, {} are questions that a scenario asks, the others do not apply.\n\n\
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
                .map(|(fault, scenario)| format!("`{fault}` by `{scenario}`{}", checkers(fault)))
                .collect();
            names.join("; ")
        }
        Here::Asked(scenario, _) => format!("asked by `{scenario}`"),
        Here::No(..) => "does not apply".to_owned(),
    }
}

fn section(page: &mut String, bug: &Bug) {
    let _ = write!(
        page,
        "\n### {}\n\n{}. Found: {}. Versions: {}.\n\n```diff\n{}```\n\n\
         Wrong: {} under {}. {}\n\nFix: {}{}\n\n{}\n",
        bug.name,
        bug.title,
        bug.found,
        bug.versions,
        bug.program,
        outcome(bug),
        bug.fails.join(", "),
        told(&interleaving(bug)),
        bug.fix,
        right(bug),
        here(&bug.here)
    );
}

/// What goes wrong: a kind of failure, and for a claim what does not hold.
fn outcome(bug: &Bug) -> String {
    match bug.outcome.split_once(": ") {
        Some((kind, claim)) => format!("the {kind} *{claim}* does not hold"),
        None => bug.outcome.clone(),
    }
}

/// An execution as a table of its steps.
fn told(found: &Interleaving) -> String {
    let least = match (found.model, found.least) {
        ("sc", 0) => "without leaving a thread that could go on".to_owned(),
        ("sc", 1) => "leaving a thread once that could go on".to_owned(),
        ("sc", n) => format!("leaving threads {n} times that could go on"),
        (_, 1) => "with one read of an old value".to_owned(),
        (_, n) => format!("with {n} reads of old values"),
    };
    let names = found.steps.iter().map(|step| step.thread.chars().count());
    let width = names.max().unwrap_or_default();
    let mut text = format!("Under {}, {least}:\n\n```text\n", found.model);
    for step in &found.steps {
        let _ = writeln!(text, "{:width$}  {}", step.thread, step.does);
    }
    text + "```"
}

fn right(bug: &Bug) -> String {
    let fails = bug.right_fails.as_ref();
    let note = fails.map(|(model, why)| format!(" The right form fails under {model}: {why}."));
    note.unwrap_or_default()
}

/// Which checkers caught a fault, after how many executions and in how many steps.
fn checkers(fault: &str) -> String {
    let Some(caught) = caught::all().get(fault).copied() else {
        return String::new();
    };
    let one = |(name, seen): (&str, Seen)| match seen {
        Some(failed) => format!("{name} {}/{}", failed.executions, failed.steps),
        None => format!("{name} -"),
    };
    let all = [
        ("graph", caught.graph),
        ("loom", caught.loom),
        ("shuttle", caught.shuttle),
    ];
    format!(" ({})", all.map(one).join(", "))
}

fn here(here: &Here) -> String {
    match here {
        Here::Faults(faults) => {
            let one = |(fault, scenario): &(String, String)| {
                format!("`{fault}`, caught by `{scenario}`{}", checkers(fault))
            };
            let all: Vec<String> = faults.iter().map(one).collect();
            format!("Here: {}.", all.join("; "))
        }
        Here::Asked(scenario, why) => format!("Here: `{scenario}` asks the question; {why}"),
        Here::No(why, shown) => format!("Not here: {why} {}", evidence(shown)),
    }
}

fn evidence(shown: &Shown) -> String {
    match shown {
        Shown::Scenario(name) => format!("Shown by the scenario `{name}`."),
        Shown::Has(file, words) => format!("Shown by `{words}` in `{file}`."),
        Shown::Lacks(file, words) => format!("Shown by `{file}`, which has no `{words}`."),
    }
}
