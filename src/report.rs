//! `raddle report`: the results in a folder as pages.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::book;
use crate::cli::Report;
use crate::console;
use crate::files::{self, Files};
use crate::stop::{self, Stop};

/// The pages' own folder, below that of the results.
const FOLDER: &str = "pages";

/// Writes the pages, and shows them if that is wanted.
pub(crate) fn report(arguments: &Report) -> Result<u8, Stop> {
    let folder = arguments.dir.clone().unwrap_or_else(files::usual);
    let book = book::read(&folder)?;
    let files = Files::open(Some(&folder))?;
    let pages = forms::pages::all(&book);
    for page in &pages {
        files.write(&format!("{FOLDER}/{}", page.path), &page.html)?;
    }
    let kept: BTreeSet<&str> = pages.iter().map(|page| page.path.as_str()).collect();
    clear(&files.path(FOLDER), &kept);
    let index = files.path(FOLDER).join("index.html");
    let shown = console::legible(&index.display().to_string());
    console::print(&format!("pages: {shown}\n"))?;
    if arguments.open {
        open(&index)?;
    }
    Ok(stop::HELD)
}

/// Removes the pages of failures that are no longer there.
fn clear(folder: &Path, kept: &BTreeSet<&str>) {
    let Ok(entries) = fs::read_dir(folder.join("failure")) else {
        return;
    };
    for entry in entries.flatten() {
        let name = format!("failure/{}", entry.file_name().to_string_lossy());
        if name.ends_with(".html") && !kept.contains(name.as_str()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn open(page: &Path) -> Result<(), Stop> {
    opener::open(page)
        .map_err(|error| Stop::usage(format_args!("cannot open {}: {error}", page.display())))
}
