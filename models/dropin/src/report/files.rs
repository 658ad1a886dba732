//! The files below the target folder: for each test what its models came to, as JSON and JUnit,
//! and its failure as a page, as text and as JSON.
//!
//! Each test has files of its own, so that tests can run at once, in any number of processes.

use std::collections::BTreeMap;
use std::panic::Location as Caller;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{env, fs, io, thread};

use explain::text::story;
use forms::junit::{self, Case, Trouble};
use forms::pages;
use reports::report::Report;
use serde_json::{Value, json};

use super::{Outcome, sources};

/// The version of the form of the JSON.
const FORMAT: u32 = 1;

/// More models of one test are explored, but not kept.
const MOST: usize = 100;

/// The models of each test so far.
static TESTS: Mutex<BTreeMap<String, Models>> = Mutex::new(BTreeMap::new());

#[derive(Default)]
struct Models {
    cases: Vec<Case>,
    json: Vec<Value>,
    has_failed: bool,
}

/// The test that is running.
pub(super) struct Test {
    pub(super) name: String,
    package: Option<String>,
    /// The test program, without what cargo puts behind its name.
    target: String,
}

impl Test {
    /// The test of this thread of the system: its name is the thread's.
    pub(super) fn running() -> Test {
        let current = thread::current();
        let name = current.name().unwrap_or("main").to_owned();
        let program = env::current_exe().unwrap_or_default();
        let stem = program.file_stem().unwrap_or_default().to_string_lossy();
        let target = match stem.rsplit_once('-') {
            Some((target, sum)) if sum.chars().all(|c| c.is_ascii_hexdigit()) => target.to_owned(),
            _ => stem.into_owned(),
        };
        Test {
            name,
            package: env::var("CARGO_PKG_NAME").ok(),
            target,
        }
    }

    /// The command that runs the test.
    pub(super) fn command(&self) -> String {
        let package = self.package.as_ref();
        let package = package.map_or(String::new(), |package| format!(" -p {package}"));
        format!("cargo test{package} {} -- --exact", self.name)
    }

    /// The files' common beginning.
    fn stem(&self) -> Option<PathBuf> {
        let package = self.package.as_ref().unwrap_or(&self.target);
        let folder = folder()?.join(plain(package));
        Some(folder.join(format!("{}.{}", plain(&self.target), plain(&self.name))))
    }
}

/// Where files are written: what `RADDLE_REPORTS` names, or the target folder; none if that is `0`.
fn folder() -> Option<PathBuf> {
    match env::var_os("RADDLE_REPORTS") {
        Some(off) if off == "0" => None,
        Some(folder) if !folder.is_empty() => Some(folder.into()),
        _ => Some(target()?.join("raddle").join("models")),
    }
}

/// The target folder that the test program lies in: cargo marks it, and puts programs into
/// `<profile>/deps` below it.
pub(crate) fn target() -> Option<PathBuf> {
    let program = env::current_exe().ok()?;
    let is_marked = |folder: &&Path| folder.join("CACHEDIR.TAG").is_file();
    let marked = program.ancestors().find(is_marked);
    let deps = program.ancestors().find(|folder| folder.ends_with("deps"));
    let usual = || deps.and_then(|deps| deps.ancestors().nth(2));
    marked.or_else(usual).map(Path::to_owned)
}

/// A name that every file system takes.
fn plain(name: &str) -> String {
    let letter = |letter: char| match letter {
        letter if letter.is_ascii_alphanumeric() || "_-".contains(letter) => letter,
        _ => '.',
    };
    let name = name.replace("::", ".");
    let name: String = name.chars().map(letter).take(150).collect();
    name.trim_matches('.').to_owned()
}

/// The text of a source file of the user's, or of a crate that it uses.
pub(super) fn source(file: &str) -> Option<String> {
    let package = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| ".".into()));
    let mut folders = package.ancestors();
    folders.find_map(|folder| fs::read_to_string(folder.join(file)).ok())
}

/// Writes the files of the running test; gives their beginning if there is a failure to read.
pub(super) fn write(
    outcome: &Outcome,
    report: Option<&Report>,
    test: &Test,
    at: &Caller<'_>,
) -> Option<String> {
    let stem = test.stem()?;
    let mut tests = TESTS.lock().unwrap_or_else(PoisonError::into_inner);
    let models = tests.entry(stem.display().to_string()).or_default();
    let is_first = models.cases.is_empty();
    if models.cases.len() < MOST || report.is_some() {
        models.cases.push(case(outcome, report, test));
        models.json.push(model(outcome, report, at));
    }
    let written = write_all(&stem, models, test, is_first, report);
    if let Err(error) = written {
        eprintln!("loom on raddle: {}: {error}", stem.display());
        return None;
    }
    report.map(|_| format!("{}.{{html,txt,json,xml}}", stem.display()))
}

fn write_all(
    stem: &Path,
    models: &mut Models,
    test: &Test,
    is_first: bool,
    report: Option<&Report>,
) -> io::Result<()> {
    let file = |end: &str| PathBuf::from(format!("{}.{end}", stem.display()));
    if let Some(folder) = stem.parent() {
        fs::create_dir_all(folder)?;
    }
    if is_first {
        // What an earlier run has left would be read as this one's.
        for end in ["failure.json", "html", "txt"] {
            let _ = fs::remove_file(file(end));
        }
    }
    let all = json!({
        "format": FORMAT,
        "package": test.package,
        "target": test.target,
        "test": test.name,
        "models": models.json,
    });
    whole(&file("json"), &format!("{all:#}\n"))?;
    whole(&file("xml"), &junit::render(&test.target, &models.cases))?;
    // Of several models that fail, the first one's report stays.
    let Some(report) = report.filter(|_| !models.has_failed) else {
        return Ok(());
    };
    models.has_failed = true;
    let sources = sources(&report.failure.trace);
    whole(&file("failure.json"), &report.to_json())?;
    whole(&file("txt"), &story::render(report))?;
    whole(&file("html"), &pages::alone(report, &sources))
}

/// Writes a file whose text nobody sees half of.
fn whole(file: &Path, text: &str) -> io::Result<()> {
    let partial = file.with_extension(format!("{}.partial", std::process::id()));
    fs::write(&partial, text)?;
    fs::rename(&partial, file)
}

fn case(outcome: &Outcome, report: Option<&Report>, test: &Test) -> Case {
    let inconclusive = report.is_none() && outcome.verdict() == "inconclusive";
    let detail = report.map(|report| report.failure.detail.as_str());
    let message = detail.or(outcome.failure());
    let message = message.unwrap_or("the budget ran out").to_owned();
    let trouble = (report.is_some() || inconclusive).then(|| Trouble {
        inconclusive,
        message,
        story: report.map(story::render).unwrap_or_default(),
    });
    Case {
        class: test.target.clone(),
        name: test.name.clone(),
        time: outcome.elapsed,
        note: Some(outcome.summary()),
        trouble,
    }
}

fn model(outcome: &Outcome, report: Option<&Report>, at: &Caller<'_>) -> Value {
    let counts = &outcome.exploration.counts;
    json!({
        "at": format!("{}:{}", at.file(), at.line()),
        "verdict": outcome.verdict(),
        "executions": outcome.executions(),
        "blocked": counts.blocked,
        "runs": counts.runs,
        "seconds": outcome.elapsed.as_secs_f64(),
        "message": report.map_or(outcome.failure(), |report| Some(&report.failure.detail)),
        "replay": report.map(|report| &report.command),
    })
}
