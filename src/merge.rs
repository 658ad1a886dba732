//! `raddle merge`.

use std::path::Path;

use checks::merge::{self, Part};
use reports::run::Run;

use crate::check::{self, Told};
use crate::cli::Merge;
use crate::files::{self, Files};
use crate::fuzz;
use crate::stop::Stop;
use crate::tables::Table;

/// Puts the results of the parts of a check, or of a fuzzing run, together and gives the exit status.
pub(crate) fn merge(arguments: &Merge) -> Result<u8, Stop> {
    if fuzz::is_of_fuzzing(&arguments.files[0])? {
        return fuzz::merge(arguments);
    }
    let parts = arguments.files.iter().map(|path| part(path));
    let parts = parts.collect::<Result<Vec<_>, _>>()?;
    let (jobs, run) = merge::merge(parts).map_err(Stop::usage)?;
    let files = Files::open(arguments.output.out.as_deref())?;
    let status = check::status(run.verdict());
    let name = "merge".to_owned();
    let table = Table { name, jobs, run };
    let told = Told::of(&table.folder(), &table.jobs, &table.run, &files);
    told.publish(&files, &table, arguments.output.format, status)
}

fn part(path: &Path) -> Result<Part, Stop> {
    let run = Run::from_json(&files::saved(path)?).map_err(|why| Stop::of_file(path, why))?;
    Ok(Part {
        file: path.display().to_string(),
        run,
    })
}
