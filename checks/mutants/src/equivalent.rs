//! Mutants that change nothing that anybody can see, each with the reason, in a file beside the source.
//!
//! An entry is the operator, the function, the lines before and after as the report of a survivor shows them, and the
//! reason. It is found by these texts: when a line changes, its entries are stale.

use std::fs;
use std::path::Path;

use crate::error::{Error, Result};
use crate::fate::Trial;
use crate::source::Source;

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The file that it is about, below `runtime/src`.
    pub file: String,
    /// Where it stands in its own file.
    pub line: usize,
    operator: String,
    function: String,
    before: String,
    after: String,
    /// Why nothing changes.
    pub reason: String,
}

/// The entries of all files.
///
/// # Errors
/// When a file is not written as it should be.
pub fn entries(folder: &Path, sources: &[Source]) -> Result<Vec<Entry>> {
    let mut found = Vec::new();
    for source in sources {
        let path = folder.join(&source.path).with_extension("equivalent");
        if let Ok(text) = fs::read_to_string(&path) {
            found.extend(
                parse(&source.path, &text)
                    .map_err(|(line, what)| Error(format!("{}:{line}: {what}", path.display())))?,
            );
        }
    }
    Ok(found)
}

/// What a trial is called in an entry.
fn is_about(entry: &Entry, trial: &Trial) -> bool {
    entry.file == trial.file
        && entry.function == trial.function
        && entry.operator == trial.operator.name()
        && entry.before == plain(&trial.before)
        && entry.after == plain(&trial.after)
}

/// Gives its reason to every trial that an entry is about, and says which entries are stale or wrong. An entry can be
/// stale only when all mutants were made, which is always so; it is wrong when a mutant that was tried died.
pub fn apply(entries: &[Entry], trials: &mut [Trial]) -> Vec<String> {
    let mut wrong = Vec::new();
    for entry in entries {
        for trial in trials.iter_mut().filter(|trial| is_about(entry, trial)) {
            if trial.fate.is_dead() {
                let told = format!("{}: called equivalent, but a scenario notices", trial.name);
                wrong.push(told);
            }
            trial.equivalent = Some(entry.reason.clone());
        }
    }
    wrong
}

/// The entries that are about no mutant any more.
pub fn stale<'a>(entries: &'a [Entry], all: &[Trial]) -> impl Iterator<Item = String> + use<'a> {
    let stale: Vec<&Entry> = entries
        .iter()
        .filter(|entry| !all.iter().any(|trial| is_about(entry, trial)))
        .collect();
    stale.into_iter().map(|entry| {
        let path = Path::new(&entry.file).with_extension("equivalent");
        format!("{}:{}: stale: no such mutant", path.display(), entry.line)
    })
}

/// Lines without the space around them.
fn plain(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines.join("\n").trim().to_owned()
}

/// The entries of one file.
fn parse(file: &str, text: &str) -> std::result::Result<Vec<Entry>, (usize, &'static str)> {
    let mut found = Vec::new();
    let lines: Vec<(usize, &str)> = text.lines().enumerate().collect();
    for block in lines.split(|(_, line)| line.trim().is_empty()) {
        let block: Vec<_> = block
            .iter()
            .filter(|(_, line)| !line.starts_with('#'))
            .collect();
        if let Some((at, title)) = block.first() {
            let rest: Vec<&str> = block[1..].iter().map(|(_, line)| *line).collect();
            let entry = entry(file, at + 1, title, &rest).ok_or((at + 1, FORM))?;
            found.push(entry);
        }
    }
    Ok(found)
}

const FORM: &str =
    "an entry is `OPERATOR in FUNCTION`, lines with `-`, lines with `+`, and a line `= REASON`";

fn entry(file: &str, line: usize, title: &str, rest: &[&str]) -> Option<Entry> {
    let (operator, function) = title.split_once(" in ")?;
    let those = |mark: char| {
        let lines = rest.iter().filter_map(|line| line.strip_prefix(mark));
        plain(&lines.collect::<Vec<_>>().join("\n"))
    };
    let reason = those('=');
    let known = |line: &&str| line.starts_with(['-', '+', '=']);
    (rest.iter().all(known) && !reason.is_empty()).then(|| Entry {
        file: file.to_owned(),
        line,
        operator: operator.trim().to_owned(),
        function: function.trim().to_owned(),
        before: those('-'),
        after: those('+'),
        reason,
    })
}

#[cfg(test)]
mod tests {
    use super::{Entry, parse};

    #[test]
    fn an_entry_is_read_as_it_is_told() {
        let text = "# about this file\n\ndrop in f\n-  a();\n-  b();\n+  a();\n= b does nothing\n";
        let expected = Entry {
            file: "x.rs".to_owned(),
            line: 3,
            operator: "drop".to_owned(),
            function: "f".to_owned(),
            before: "a();\nb();".to_owned(),
            after: "a();".to_owned(),
            reason: "b does nothing".to_owned(),
        };
        assert_eq!(parse("x.rs", text), Ok(vec![expected]));
    }

    #[test]
    fn an_entry_without_a_reason_is_refused() {
        let parsed = parse("x.rs", "drop in f\n- a();\n+ \n");
        assert_eq!(parsed.map_err(|(line, _)| line), Err(1));
    }
}
