//! The JUnit form: what continuous integration reads.

use std::time::Duration;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use reports::matrix::Cell;
use reports::run::{Row, Verdict};

/// One test case.
#[derive(Clone, Debug)]
pub struct Case {
    /// What it belongs to, as in `loom.refcount`.
    pub class: String,
    /// Its name.
    pub name: String,
    /// Wall-clock time.
    pub time: Duration,
    /// What its verdict does not speak of, if anything.
    pub note: Option<String>,
    /// What went wrong, if anything did.
    pub trouble: Option<Trouble>,
}

/// What went wrong with a case.
#[derive(Clone, Debug)]
pub struct Trouble {
    /// Nothing was shown, rather than the opposite of what was claimed.
    pub inconclusive: bool,
    /// One line.
    pub message: String,
    /// The whole report.
    pub story: String,
}

impl Case {
    /// The case of a scenario in a world; `story` is its report, if it failed.
    #[must_use]
    pub fn of_row(row: &Row, story: String) -> Self {
        let trouble = (row.verdict != Verdict::Held).then(|| Trouble {
            inconclusive: row.verdict == Verdict::Inconclusive,
            message: row.note().unwrap_or_default(),
            story,
        });
        Self {
            class: format!("{}.{}", row.world, row.pillar),
            name: row.scenario.clone(),
            time: row.elapsed,
            note: row.buffering.as_ref().map(|_| row.covered()),
            trouble,
        }
    }

    /// The case of a trial in a matrix.
    #[must_use]
    pub fn of_cell(cell: &Cell) -> Self {
        let trouble = cell.outcome.reason().map(|reason| Trouble {
            inconclusive: false,
            message: reason.to_owned(),
            story: String::new(),
        });
        Self {
            class: format!("{}.{}", cell.row.world, cell.row.scenario),
            name: cell.title().to_owned(),
            time: cell.row.elapsed,
            note: None,
            trouble,
        }
    }
}

/// The whole document.
///
/// # Panics
/// Never: a text can always be written to.
#[must_use]
pub fn render(suite: &str, cases: &[Case]) -> String {
    let mut tests = TestSuite::new(suite);
    tests.add_test_cases(cases.iter().map(element));
    let mut report = Report::new(suite);
    report.add_test_suite(tests);
    report.to_string().expect("a text can be written to")
}

fn element(case: &Case) -> TestCase {
    let mut element = TestCase::new(case.name.as_str(), status(case.trouble.as_ref()));
    element.set_classname(case.class.as_str());
    element.set_time(case.time);
    if let Some(note) = &case.note {
        element.set_system_out(note.as_str());
    }
    element
}

fn status(trouble: Option<&Trouble>) -> TestCaseStatus {
    let Some(trouble) = trouble else {
        return TestCaseStatus::success();
    };
    let kind = match trouble.inconclusive {
        true => NonSuccessKind::Error,
        false => NonSuccessKind::Failure,
    };
    let mut status = TestCaseStatus::non_success(kind);
    status.set_message(trouble.message.as_str());
    status.set_description(trouble.story.as_str());
    status
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Case, Trouble, render};

    #[test]
    fn a_document_counts_its_cases() {
        let case = |trouble| Case {
            class: "loom.dict".to_owned(),
            name: "dict_x".to_owned(),
            time: Duration::from_millis(20),
            note: Some("exhaustive; more".to_owned()),
            trouble,
        };
        let trouble = Trouble {
            inconclusive: true,
            message: "out of <time>".to_owned(),
            story: "]]> & \u{1}\u{1b}[0m".to_owned(),
        };
        let text = render("check", &[case(None), case(Some(trouble))]);
        for part in [
            "tests=\"2\"",
            "failures=\"0\" errors=\"1\"",
            "<error message=\"out of &lt;time&gt;\"",
            "]]&gt; &amp; ",
            "<system-out>exhaustive; more</system-out>",
            "name=\"dict_x\" classname=\"loom.dict\" time=\"0.020\"",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(!text.contains(['\u{1}', '\u{1b}']), "{text}");
    }
}
