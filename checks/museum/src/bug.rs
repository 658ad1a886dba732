//! The entries, as they are written in `bugs/`.

use crate::program::{Form, Program};

/// The files, each with the title of its part.
const PARTS: [(&str, &str); 6] = [
    ("Reference counts", include_str!("../bugs/counts.txt")),
    ("Locks", include_str!("../bugs/locks.txt")),
    ("Deferred freeing", include_str!("../bugs/freeing.txt")),
    (
        "Stops, collections, threads",
        include_str!("../bugs/stops.txt"),
    ),
    ("Containers", include_str!("../bugs/containers.txt")),
    (
        "Caches, iterators, fields",
        include_str!("../bugs/caches.txt"),
    ),
];

/// Whether this repository has the bug as a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Here {
    /// These faults repeat it, each caught by its scenario.
    Faults(Vec<(String, String)>),
    /// This scenario asks the question, and there is no step to break.
    Asked(String, String),
    /// It does not apply, and why; a test looks at what shows it.
    No(String, Shown),
}

/// What shows that a bug does not apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// This scenario holds.
    Scenario(String),
    /// A file has these words.
    Has(String, String),
    /// A file does not have these words.
    Lacks(String, String),
}

/// A bug.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bug {
    /// Its name in this museum, as `RC-1`.
    pub name: String,
    /// The part that it stands in.
    pub part: &'static str,
    /// What went wrong, in a line.
    pub title: String,
    /// Where it was reported.
    pub found: String,
    /// Which versions had it.
    pub versions: String,
    /// How it was fixed, in a sentence.
    pub fix: String,
    /// Whether it is here.
    pub here: Here,
    /// How the wrong form fails: a kind of failure, and for a claim its text.
    pub outcome: String,
    /// The models under which it fails, by name.
    pub fails: Vec<String>,
    /// The model under which the right form fails in the same way, and why.
    pub right_fails: Option<(String, String)>,
    /// The program, with the marks of its forms.
    pub program: String,
}

/// Every bug.
///
/// # Panics
/// When an entry cannot be read; a test reads them all.
#[must_use]
pub fn all() -> Vec<Bug> {
    let parts = PARTS.iter();
    let read = parts.flat_map(|&(part, text)| text.split("\n\nbug ").map(move |text| (part, text)));
    read.map(|(part, text)| {
        let text = text.trim_start().trim_start_matches("bug ");
        Bug::read(part, text).unwrap_or_else(|why| panic!("{why} in\n{text}"))
    })
    .collect()
}

impl Bug {
    fn read(part: &'static str, text: &str) -> Result<Self, String> {
        let (head, program) = text.split_once("\nprogram:\n").ok_or("no program")?;
        let (name, head) = head.split_once('\n').ok_or("no head")?;
        let line = |key: &str| {
            let mut lines = head.lines();
            lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))
        };
        let field = |key: &str| {
            let text = line(key).map(str::to_owned);
            text.ok_or_else(|| format!("no `{key}`"))
        };
        let pair = |(model, why): (&str, &str)| (model.to_owned(), why.to_owned());
        Ok(Self {
            name: name.trim().to_owned(),
            part,
            title: field("title")?,
            found: field("found")?,
            versions: field("versions")?,
            fix: field("fix")?,
            here: here(&field("here")?, line("shown"))?,
            outcome: field("outcome")?,
            fails: field("fails")?.split(' ').map(str::to_owned).collect(),
            right_fails: line("right fails")
                .and_then(|text| text.split_once(": "))
                .map(pair),
            program: program.trim_end().to_owned() + "\n",
        })
    }

    /// Whether a form fails under a model.
    #[must_use]
    pub fn fails(&self, form: Form, model: &str) -> bool {
        match form {
            Form::Wrong => self.fails.iter().any(|name| name == model),
            Form::Right => matches!(&self.right_fails, Some((name, _)) if name == model),
        }
    }

    /// One form of the program.
    ///
    /// # Errors
    /// The line that is a mistake, and why.
    pub fn form(&self, form: Form) -> Result<Program, String> {
        Program::read(&self.program, form)
    }
}

fn shown(text: &str) -> Option<Shown> {
    if let Some(name) = text.strip_prefix("scenario ") {
        return Some(Shown::Scenario(name.to_owned()));
    }
    let place = |text: &str| {
        let (file, words) = text.split_once(": ")?;
        Some((file.to_owned(), words.to_owned()))
    };
    match text.strip_prefix("no code ") {
        Some(rest) => place(rest).map(|(file, words)| Shown::Lacks(file, words)),
        None => place(text.strip_prefix("code ")?).map(|(file, words)| Shown::Has(file, words)),
    }
}

fn here(text: &str, by: Option<&str>) -> Result<Here, String> {
    if let Some(why) = text.strip_prefix("no: ") {
        let shown = by.and_then(shown).ok_or("nothing shows it")?;
        return Ok(Here::No(why.to_owned(), shown));
    }
    if let Some(rest) = text.strip_prefix("asked by ") {
        let (scenario, why) = rest.split_once(": ").ok_or("no reason")?;
        return Ok(Here::Asked(scenario.to_owned(), why.to_owned()));
    }
    let pair = |pair: &str| {
        let (fault, scenario) = pair
            .split_once(" by ")
            .ok_or(format!("no scenario: {pair}"))?;
        Ok::<_, String>((fault.to_owned(), scenario.to_owned()))
    };
    text.split(", ")
        .map(pair)
        .collect::<Result<_, _>>()
        .map(Here::Faults)
}
