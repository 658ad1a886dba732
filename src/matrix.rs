//! `raddle faults` and `raddle orderings`.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use checks::faults::{self, Fault};
use checks::job::Job;
use checks::matrix::{self, Trial};
use checks::orderings::{self, Shown, Site};
use checks::searches::Settings;
use explain::text;
use forms::junit::{self, Case};
use reports::json;
use reports::matrix::Cell;
use reports::plan::Progress;
use reports::report::Report;
use reports::run::{Row, Verdict};

use crate::book;
use crate::check;
use crate::cli::{Common, Format, Matrix};
use crate::console;
use crate::failures::{self, Story};
use crate::files::{Document, Files};
use crate::interrupt;
use crate::isolate;
use crate::nearest;
use crate::publish::{self, Forms, Leavings};
use crate::stop::{self, Stop};

/// The width of a proof in words.
const WIDTH: usize = 120;

/// Runs the fault matrix and gives the exit status.
pub(crate) fn faults(arguments: &Matrix) -> Result<u8, Stop> {
    let filter = arguments.filter.as_deref().unwrap_or_default();
    let faults: Vec<&'static Fault> = faults::all()
        .filter(|fault| fault.name.contains(filter) || fault.origin.contains(filter))
        .collect();
    if faults.is_empty() {
        let names = faults::all().map(|fault| fault.name);
        return Err(none("fault", filter, "faults", names));
    }
    if arguments.list {
        let entries = faults.iter();
        let entries =
            entries.map(|fault| (fault.name, format!("{}: {}", fault.origin, fault.what)));
        console::print(&console::list(entries))?;
        return Ok(stop::HELD);
    }
    let settings = settings(&arguments.common)?;
    let mut trials = matrix::of_faults(&faults, &settings).map_err(Stop::usage)?;
    trials.extend(matrix::controls(&faults, &settings).map_err(Stop::usage)?);
    finish("faults", &trials, "", &arguments.common)
}

/// Weakens the sites and gives the exit status.
pub(crate) fn orderings(arguments: &Matrix) -> Result<u8, Stop> {
    let filter = arguments.filter.as_deref().unwrap_or_default();
    let sites: Vec<&'static Site> = orderings::all()
        .filter(|site| site.name.contains(filter))
        .collect();
    if sites.is_empty() {
        let names = orderings::all().map(|site| site.name);
        return Err(none("ordering site", filter, "orderings", names));
    }
    if arguments.list {
        let entries = sites.iter();
        let entries = entries.map(|site| (site.name, format!("{}: {}", site.order, site.carries)));
        console::print(&console::list(entries))?;
        return Ok(stop::HELD);
    }
    let trials = matrix::of_sites(&sites, &settings(&arguments.common)?).map_err(Stop::usage)?;
    finish("orderings", &trials, &unseen(&sites), &arguments.common)
}

fn none(
    what: &str,
    filter: &str,
    command: &str,
    names: impl Iterator<Item = &'static str>,
) -> Stop {
    let meant = nearest::hint(filter, names);
    Stop::usage(format_args!(
        "no {what} matches `{filter}`; {meant}`raddle {command} --list` names them"
    ))
}

/// What all trials have in common; refuses a form that a matrix does not have, before any work is done in vain.
fn settings(common: &Common) -> Result<Settings, Stop> {
    if !common.output.format.is_of_matrix() {
        return Err(Stop::usage(
            "the forms of a matrix are text, json, junit and html; the others are those of `raddle check`",
        ));
    }
    Ok(Settings {
        budget: common.time(),
        ..Settings::default()
    })
}

/// The sites that no checker here can see, each with its proof.
fn unseen(sites: &[&Site]) -> String {
    let mut told = String::new();
    for site in sites {
        if let Shown::Unseen(proof) = site.shown {
            let line = format!(
                "{} ({}), not seen by any checker here: {proof}",
                site.name, site.order
            );
            for part in text::wrap(&line, WIDTH, 4) {
                let _ = writeln!(told, "{part}");
            }
        }
    }
    if !told.is_empty() {
        told.push('\n');
    }
    told
}

/// What a trial has left when its budget ends is of no use to anybody.
fn row(job: &Job, progress: &Arc<Progress>) -> Row {
    Row {
        rest: None,
        ..isolate::run(job, progress)
    }
}

fn finish(name: &str, trials: &[Trial], preface: &str, common: &Common) -> Result<u8, Stop> {
    let stop = interrupt::watch();
    let files = Files::open(common.output.out.as_deref())?;
    let jobs: Vec<Job> = trials.iter().map(|trial| trial.job.clone()).collect();
    let rows = check::rows(&jobs, common, &stop, &row);
    if stop.load(Relaxed) {
        let shown = cut_short(name, trials, rows, preface);
        return shown.print(common.output.format);
    }
    let stories = jobs.iter().zip(&rows);
    let stories = stories.filter_map(|(job, row)| failures::story(&files, name, job, row));
    let stories: Vec<Story> = stories.collect();
    let told = stories.iter().map(|story| story.report.clone()).collect();
    let reports: Vec<Document> = stories
        .into_iter()
        .flat_map(|story| story.documents)
        .collect();
    let rows = trials.iter().zip(rows);
    let cells: Vec<Cell> = rows.map(|(trial, row)| matrix::judge(trial, row)).collect();
    let status = status(&cells, stop::HELD);
    let result = forms(name, &cells, preface, told);
    let shown = result.clone();
    let leavings = Leavings {
        name: name.to_owned(),
        result,
        folder: name.to_owned(),
        reports,
    };
    publish::publish(&files, &shown, common.output.format, leavings, status)
}

/// The exit status: `fine` unless a cell is not as it should be.
fn status(cells: &[Cell], fine: u8) -> u8 {
    match cells.iter().all(|cell| cell.outcome.is_expected()) {
        true => fine,
        false => stop::FAILED,
    }
}

/// What an interrupted matrix came to.
struct CutShort {
    forms: Forms,
    note: String,
    status: u8,
}

/// Of the trials, those that have an answer: what was stopped, or not begun, was neither seen nor missed.
fn cut_short(name: &str, trials: &[Trial], rows: Vec<Row>, preface: &str) -> CutShort {
    let ended = trials.iter().zip(rows);
    let ended = ended.filter(|(_, row)| row.verdict != Verdict::Inconclusive);
    let cells: Vec<Cell> = ended
        .map(|(trial, row)| matrix::judge(trial, row))
        .collect();
    CutShort {
        note: format!(
            "raddle: stopped: {} of {} trials have an answer; the files of earlier runs stay as they are",
            cells.len(),
            trials.len()
        ),
        status: status(&cells, stop::INCONCLUSIVE),
        forms: forms(name, &cells, preface, Vec::new()),
    }
}

impl CutShort {
    /// Prints it; a part does not replace the files of a whole matrix.
    fn print(&self, format: Format) -> Result<u8, Stop> {
        console::print(&self.forms.wanted(format))?;
        console::note(&self.note);
        Ok(self.status)
    }
}

fn forms(name: &str, cells: &[Cell], preface: &str, reports: Vec<Report>) -> Forms {
    let cases: Vec<Case> = cells.iter().map(Case::of_cell).collect();
    Forms {
        text: format!("{preface}{}", text::matrix::render(cells)),
        shown: console::style()
            .map(|style| preface.to_owned() + &text::matrix::render_as(cells, style)),
        json: json::pretty(&cells),
        junit: junit::render(name, &cases),
        book: book::of_matrix(cells, reports),
    }
}

#[cfg(test)]
mod tests {
    use checks::job;

    use super::{Row, Settings, Verdict, cut_short, faults, matrix, stop};

    #[test]
    fn what_was_stopped_was_neither_seen_nor_missed() {
        let fault = faults::all().next().expect("there is a fault");
        let trials = matrix::of_faults(&[fault], &Settings::default()).expect("it has a scenario");
        let stopped = || trials.iter().map(|trial| job::not_run(&trial.job));
        let none = cut_short("faults", &trials, stopped().collect(), "");
        assert_eq!(none.status, stop::INCONCLUSIVE);
        assert!(none.note.contains("0 of 3 trials"), "{}", none.note);
        assert!(!none.forms.text.contains("MISSED"), "{}", none.forms.text);
        let mut rows: Vec<Row> = stopped().collect();
        rows[0].verdict = Verdict::Held;
        let one = cut_short("faults", &trials, rows, "");
        assert_eq!(one.status, stop::FAILED);
        assert!(one.note.contains("1 of 3 trials"), "{}", one.note);
        assert!(one.forms.text.contains("MISSED"), "{}", one.forms.text);
    }
}
