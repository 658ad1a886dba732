//! The file that `RADDLE_RESULTS` names: a line of JSON for each model.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::{env, thread};

use super::Outcome;

/// Adds a line to the file that `RADDLE_RESULTS` names.
pub(super) fn note(outcome: &Outcome) {
    let Some(file) = env::var_os("RADDLE_RESULTS") else {
        return;
    };
    let counts = &outcome.exploration.counts;
    let failure = outcome.exploration.failure.as_ref();
    let message = failure.map_or("", |failure| failure.message.lines().next().unwrap_or(""));
    let line = format!(
        "{{\"test\":{:?},\"verdict\":{:?},\"complete\":{},\"blocked\":{},\"runs\":{},\"seconds\":{:.6},\"message\":{:?}}}\n",
        thread::current().name().unwrap_or("main"),
        outcome.verdict(),
        counts.complete,
        counts.blocked,
        counts.runs,
        outcome.elapsed.as_secs_f64(),
        message,
    );
    let opened = OpenOptions::new().create(true).append(true).open(&file);
    let written = opened.and_then(|mut file| file.write_all(line.as_bytes()));
    if let Err(error) = written {
        eprintln!("loom on raddle: {}: {error}", file.display());
    }
}
