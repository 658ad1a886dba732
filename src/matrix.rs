//! `raddle faults` and `raddle orderings`.

use checks::faults::{self, Fault};
use checks::job::Job;
use checks::matrix::{self, Trial};
use checks::orderings::{self, Shown, Site};
use checks::searches::Settings;
use reports::matrix::Cell;

use crate::check;
use crate::cli::{Common, Matrix};
use crate::console;
use crate::stop::{self, Stop};

/// Runs the fault matrix and gives the exit status.
pub(crate) fn faults(arguments: &Matrix) -> Result<u8, Stop> {
    let filter = arguments.filter.as_deref().unwrap_or_default();
    let faults: Vec<&'static Fault> = faults::all()
        .filter(|fault| fault.name.contains(filter))
        .collect();
    if faults.is_empty() {
        return Err(Stop::usage(format_args!("no fault matches `{filter}`")));
    }
    let trials = matrix::of_faults(&faults, &settings(&arguments.common)).map_err(Stop::usage)?;
    finish(trials, &arguments.common)
}

/// Weakens the sites and gives the exit status.
pub(crate) fn orderings(arguments: &Matrix) -> Result<u8, Stop> {
    let filter = arguments.filter.as_deref().unwrap_or_default();
    let sites: Vec<&'static Site> = orderings::all()
        .filter(|site| site.name.contains(filter))
        .collect();
    if sites.is_empty() {
        return Err(Stop::usage(format_args!(
            "no ordering site matches `{filter}`"
        )));
    }
    let trials = matrix::of_sites(&sites, &settings(&arguments.common)).map_err(Stop::usage)?;
    for site in sites {
        if let Shown::Unseen(reason) = site.shown {
            console::print(&format!("{}: {reason}\n", site.name))?;
        }
    }
    finish(trials, &arguments.common)
}

fn settings(common: &Common) -> Settings {
    Settings {
        budget: common.budget,
        ..Settings::default()
    }
}

fn finish(trials: Vec<Trial>, common: &Common) -> Result<u8, Stop> {
    let jobs: Vec<Job> = trials.iter().map(|trial| trial.job.clone()).collect();
    let run = check::run(&jobs, common)?;
    let cells: Vec<Cell> = trials
        .iter()
        .zip(run.rows)
        .map(|(trial, row)| matrix::judge(trial, row))
        .collect();
    console::print(&reports::text::matrix::render(&cells))?;
    let fine = cells.iter().all(|cell| cell.outcome.is_expected());
    Ok(if fine { stop::HELD } else { stop::FAILED })
}
