//! `raddle replay`.

use std::path::Path;
use std::sync::Arc;

use explain::text::story::{self, Style};
use reports::failure::{Failure, FailureKind};
use reports::plan::{Progress, World};
use reports::report::Report;

use crate::book;
use crate::cli::{Form, Replay};
use crate::console;
use crate::explore;
use crate::files;
use crate::legible;
use crate::stop::{self, Stop};

/// Runs the execution of a saved failure again and prints its report.
pub(crate) fn replay(arguments: &Replay) -> Result<u8, Stop> {
    if let Some(program) = &arguments.program {
        return explore::again(arguments, program);
    }
    let path = &arguments.file;
    let saved = read(path)?;
    let row = checks::replay::replay(&saved.failure.replay, &Arc::new(Progress::default()))
        .map(legible::row)
        .map_err(|unknown| Stop::of_file(path, unknown))?;
    // One execution reaches few witnesses, and what does something else is not that execution: both say nothing of it.
    let fails = |failure: &Failure| match failure.kind {
        FailureKind::Vacuous | FailureKind::Nondeterminism => failure.kind == saved.failure.kind,
        _ => true,
    };
    let Some(failure) = row.failure.filter(fails) else {
        console::note(&format!(
            "raddle: {} does not fail any more; the code has changed since it was saved",
            path.display()
        ));
        return Ok(stop::INCONCLUSIVE);
    };
    // What else was tried when the failure was found is not tried again.
    let minimal = saved.failure.minimal.clone();
    let failure = Failure { minimal, ..failure };
    let same = failure == saved.failure;
    let native = failure.replay.world == World::Native;
    console::print(&told(&Report { failure, ..saved }, arguments))?;
    if !same && !native {
        console::note(
            "raddle: this is not the saved report; the code has changed since it was saved",
        );
    }
    Ok(stop::FAILED)
}

/// The report in the form that is wanted.
fn told(report: &Report, arguments: &Replay) -> String {
    match arguments.format {
        Form::Text => {
            let style = console::style().unwrap_or(Style::PLAIN);
            let full = arguments.full;
            story::render_as(report, Style { full, ..style })
        }
        Form::Json => report.to_json(),
        Form::Html => forms::pages::alone(report, &book::sources_of(report)),
        Form::Dot => forms::picture::dot(report),
        Form::Svg => forms::picture::svg(report),
    }
}

fn read(path: &Path) -> Result<Report, Stop> {
    Report::from_json(&files::saved(path)?).map_err(|error| Stop::of_file(path, error))
}
