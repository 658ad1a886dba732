//! The text of the lines that a trace points to, as they were built.

use std::collections::{BTreeMap, BTreeSet};

use reports::trace::{Excerpt, Trace};

/// Every file that a trace can point into: its path from the repository's root, and its text.
pub(crate) const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/sources.rs"));

/// How many lines before and behind a line belong to it.
const AROUND: u32 = 1;

/// The lines of all steps, with those around them.
pub(crate) fn excerpts(trace: &Trace) -> Vec<Excerpt> {
    let mut wanted: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
    let steps = trace.steps.iter().map(|step| &step.at);
    for at in steps.chain(&trace.switched) {
        let lines = at.line.saturating_sub(AROUND).max(1)..=at.line.saturating_add(AROUND);
        wanted.entry(&at.file).or_default().extend(lines);
    }
    let files = wanted.iter();
    files.flat_map(|(file, lines)| parts(file, lines)).collect()
}

/// One excerpt for each run of neighbouring lines.
fn parts(file: &str, wanted: &BTreeSet<u32>) -> Vec<Excerpt> {
    let Ok(at) = FILES.binary_search_by_key(&file, |(name, _)| *name) else {
        return Vec::new();
    };
    let text: Vec<&str> = FILES[at].1.lines().collect();
    let line = |number: &u32| {
        let at = usize::try_from(*number).ok()?.checked_sub(1)?;
        text.get(at).map(|line| (*line).to_owned())
    };
    let wanted: Vec<u32> = wanted.iter().copied().collect();
    let runs = wanted.chunk_by(|left, right| left + 1 == *right);
    let excerpt = |run: &[u32]| Excerpt {
        file: file.to_owned(),
        first: run[0],
        lines: run.iter().filter_map(line).collect(),
    };
    runs.map(excerpt).collect()
}

#[cfg(test)]
mod tests {
    use reports::trace::{Source, Trace};

    use super::{FILES, excerpts};

    #[test]
    fn the_files_are_sorted_so_that_they_are_found() {
        assert!(FILES.is_sorted_by_key(|(name, _)| name));
        assert!(FILES.len() > 100, "{} files", FILES.len());
    }

    #[test]
    fn a_line_comes_with_its_neighbours() {
        let at = Source {
            file: "runtime/src/protocols/collection.rs".to_owned(),
            line: 1,
        };
        let nowhere = Source {
            file: "nowhere.rs".to_owned(),
            line: 3,
        };
        let trace = Trace {
            switched: vec![at.clone(), nowhere.clone()],
            ..Trace::default()
        };
        let found = excerpts(&trace);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].first, found[0].lines.len()), (1, 2));
        assert!(
            found[0]
                .line(&at)
                .is_some_and(|line| line.starts_with("//!"))
        );
        assert_eq!(found[0].line(&nowhere), None);
    }
}
