//! The JUnit form: what continuous integration reads.

use std::fmt::Write;
use std::time::Duration;

use crate::matrix::Cell;
use crate::run::{Row, Verdict};

/// One test case.
#[derive(Clone, Debug)]
pub struct Case {
    /// What it belongs to, as in `loom.refcount`.
    pub class: String,
    /// Its name.
    pub name: String,
    /// Wall-clock time.
    pub time: Duration,
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
            trouble,
        }
    }
}

/// The whole document.
#[must_use]
pub fn render(suite: &str, cases: &[Case]) -> String {
    let count = |inconclusive: bool| {
        let troubles = cases.iter().filter_map(|case| case.trouble.as_ref());
        troubles
            .filter(|trouble| trouble.inconclusive == inconclusive)
            .count()
    };
    let counts = format!(
        "name=\"{suite}\" tests=\"{}\" failures=\"{}\" errors=\"{}\"",
        cases.len(),
        count(false),
        count(true),
    );
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites {counts}>\n  <testsuite {counts}>\n"
    );
    for case in cases {
        element(&mut text, case);
    }
    text.push_str("  </testsuite>\n</testsuites>\n");
    text
}

fn element(text: &mut String, case: &Case) {
    let _ = write!(
        text,
        "    <testcase classname=\"{}\" name=\"{}\" time=\"{:.3}\"",
        escaped(&case.class),
        escaped(&case.name),
        case.time.as_secs_f64(),
    );
    let Some(trouble) = &case.trouble else {
        text.push_str("/>\n");
        return;
    };
    let element = if trouble.inconclusive {
        "error"
    } else {
        "failure"
    };
    let _ = writeln!(
        text,
        ">\n      <{element} message=\"{}\">{}</{element}>\n    </testcase>",
        escaped(&trouble.message),
        escaped(&trouble.story),
    );
}

/// Text that may stand in an element or an attribute; what XML cannot carry at all is left out.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\n' | '\t' => safe.push(letter),
            letter if letter.is_control() => {}
            letter => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Case, Trouble, escaped, render};

    #[test]
    fn markup_is_escaped() {
        assert_eq!(
            escaped("a<b> & \"c\"\u{1}\n"),
            "a&lt;b&gt; &amp; &quot;c&quot;\n"
        );
    }

    #[test]
    fn a_document_counts_its_cases() {
        let case = |trouble| Case {
            class: "loom.dict".to_owned(),
            name: "dict_x".to_owned(),
            time: Duration::from_millis(20),
            trouble,
        };
        let trouble = Trouble {
            inconclusive: true,
            message: "out of <time>".to_owned(),
            story: String::new(),
        };
        let text = render("check", &[case(None), case(Some(trouble))]);
        assert!(
            text.contains("tests=\"2\" failures=\"0\" errors=\"1\""),
            "{text}"
        );
        assert!(
            text.contains("<error message=\"out of &lt;time&gt;\"></error>"),
            "{text}"
        );
        assert!(text.contains("name=\"dict_x\" time=\"0.020\"/>"), "{text}");
    }
}
