//! What a command came to: printed first, then written, so that no file that cannot be written hides a result.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use forms::Book;
use reports::report::Report;
use reports::run::Run;

use crate::cli::Format;
use crate::console;
use crate::files::{Document, Files};
use crate::stop::{self, Stop};

/// A result in all its forms.
#[derive(Clone, Debug)]
pub(crate) struct Forms {
    pub(crate) text: String,
    /// The text as a terminal shows it, where there is one.
    pub(crate) shown: Option<String>,
    pub(crate) json: String,
    pub(crate) junit: String,
    /// What the other forms are made of when they are wanted.
    pub(crate) book: Book,
}

impl Forms {
    /// The form that is wanted.
    pub(crate) fn wanted(&self, format: Format) -> Cow<'_, str> {
        match format {
            Format::Text => self.shown.as_ref().unwrap_or(&self.text).as_str().into(),
            Format::Json => self.json.as_str().into(),
            Format::Junit => self.junit.as_str().into(),
            Format::Html => forms::pages::single(&self.book).into(),
            Format::Sarif => self.of_run(forms::sarif::render),
            Format::Github => self.of_run(forms::github::render),
            Format::Dot => self.of_failure(forms::picture::dot),
            Format::Svg => self.of_failure(forms::picture::svg),
        }
    }

    fn of_run(&self, render: fn(&Run) -> String) -> Cow<'_, str> {
        let run = self.book.run.as_ref();
        run.map(render).unwrap_or_default().into()
    }

    /// The first failure that has steps; nothing when there is none.
    fn of_failure(&self, render: fn(&Report) -> String) -> Cow<'_, str> {
        let mut reports = self.book.reports.iter();
        let drawn = reports.find(|report| !report.failure.trace.steps.is_empty());
        drawn.map(render).unwrap_or_default().into()
    }

    /// The files `name.txt`, `name.json` and `name.xml`.
    fn documents(self, name: &str) -> [Document; 3] {
        [
            (format!("{name}.txt"), self.text),
            (format!("{name}.json"), self.json),
            (format!("{name}.xml"), self.junit),
        ]
    }
}

/// What a command leaves behind: a result, and the reports of the failures in it.
#[derive(Debug)]
pub(crate) struct Leavings {
    /// Of the result's files.
    pub(crate) name: String,
    pub(crate) result: Forms,
    /// Where the reports are, and nothing else stays.
    pub(crate) folder: String,
    pub(crate) reports: Vec<Document>,
}

/// Prints the form that is wanted, writes the files, and gives the exit status: a failure is one even when nothing can be
/// written.
pub(crate) fn publish(
    files: &Files,
    shown: &Forms,
    format: Format,
    leavings: Leavings,
    status: u8,
) -> Result<u8, Stop> {
    let printed = console::print(&shown.wanted(format));
    let written = write(files, leavings);
    let told = printed.and(written).and_then(|()| match format {
        Format::Text => console::print(&format!("{}\n", files.place())),
        _ => {
            console::note(&files.place());
            Ok(())
        }
    });
    match told {
        Err(stop) if status == stop::FAILED => {
            stop.note();
            Ok(status)
        }
        Err(stop) => Err(stop),
        Ok(()) => Ok(status),
    }
}

fn write(files: &Files, leavings: Leavings) -> Result<(), Stop> {
    let result = files.write_all(&leavings.result.documents(&leavings.name));
    let reports = files.write_all(&leavings.reports);
    result.and(reports)?;
    clear(files, &leavings.folder, &leavings.reports);
    Ok(())
}

/// Removes the reports of earlier runs. What is no report of a failure is not ours, and stays.
fn clear(files: &Files, folder: &str, kept: &[Document]) {
    let kept: BTreeSet<_> = kept.iter().map(|(name, _)| files.path(name)).collect();
    let Ok(entries) = fs::read_dir(files.path(folder)) else {
        return;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        let is_json = path
            .extension()
            .is_some_and(|extension| extension == "json");
        if is_json && !kept.contains(&path) && is_report(&path) {
            let _ = fs::remove_file(path.with_extension("txt"));
            let _ = fs::remove_file(path);
        }
    }
}

fn is_report(path: &Path) -> bool {
    fs::read_to_string(path).is_ok_and(|text| Report::is_one(&text))
}
