//! What continuous integration and picture viewers read.

mod support;

use std::collections::BTreeSet;
use std::fs;

use reports::plan::{Buffering, Coverage, World};
use reports::run::Run;
use serde_json::{Value, json};

use support::{HOSTILE, golden, hostile, results, row, saved};

fn run() -> Run {
    results().run.expect("there is a run")
}

/// A value by its path of names and numbers.
fn at<'a>(value: &'a Value, path: &str) -> &'a Value {
    value.pointer(path).unwrap_or(&Value::Null)
}

fn sarif(run: &Run) -> Value {
    serde_json::from_str(&forms::sarif::render(run)).expect("it is JSON")
}

/// The model is generated from the published schema: what that requires must be there, and what it does not know is lost on
/// the way through the model.
#[test]
fn a_log_is_one_by_the_published_schema() {
    for run in [run(), hostile().run.expect("there is a run")] {
        let log = sarif(&run);
        let model: serde_sarif::sarif::Sarif =
            serde_json::from_value(log.clone()).expect("all is there that the schema requires");
        let known = serde_json::to_value(model).expect("all keys are strings");
        assert_eq!(known, log);
    }
}

#[test]
fn a_log_says_what_the_standard_asks_for() {
    let log = sarif(&run());
    assert_eq!(log["version"], json!("2.1.0"));
    assert!(
        log["$schema"]
            .as_str()
            .is_some_and(|schema| schema.ends_with("sarif-schema-2.1.0.json"))
    );
    assert_eq!(at(&log, "/runs/0/tool/driver/name"), &json!("raddle"));
    let rules = at(&log, "/runs/0/tool/driver/rules")
        .as_array()
        .expect("there are rules");
    let ids: BTreeSet<&str> = rules
        .iter()
        .filter_map(|rule| rule["id"].as_str())
        .collect();
    assert_eq!(ids.len(), rules.len(), "each rule once");
    let results = at(&log, "/runs/0/results")
        .as_array()
        .expect("there are results");
    assert_eq!(results.len(), 1, "one row failed");
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("it is a number");
        assert_eq!(rules[index as usize]["id"], result["ruleId"]);
        assert!(
            at(result, "/message/text")
                .as_str()
                .is_some_and(|text| !text.is_empty())
        );
    }
    let notes = at(&log, "/runs/0/invocations/0/toolExecutionNotifications");
    assert_eq!(
        notes.as_array().map(Vec::len),
        Some(2),
        "two rows are inconclusive"
    );
}

#[test]
fn both_accesses_of_a_race_are_related_places() {
    let log = sarif(&run());
    let result = at(&log, "/runs/0/results/0");
    let related = result["relatedLocations"]
        .as_array()
        .expect("there are some");
    let line = |place: &Value| at(place, "/physicalLocation/region/startLine").as_u64();
    let lines: Vec<Option<u64>> = related.iter().map(line).collect();
    assert_eq!(lines, [Some(124), Some(70)]);
    let ids: Vec<&Value> = related.iter().map(|place| &place["id"]).collect();
    assert_eq!(ids, [&json!(0), &json!(1)]);
    assert!(at(result, "/locations/0/physicalLocation/artifactLocation/uri").is_string());
    let flows = at(result, "/codeFlows/0/threadFlows")
        .as_array()
        .expect("threads ran");
    assert!(flows.len() >= 2);
}

#[test]
fn no_form_calls_a_failed_row_exhaustive() {
    let race = saved("race");
    let failed = row("dict_x", World::Graph, Coverage::Exhaustive, Some(&race));
    let mut book = results();
    let mut run = run();
    run.rows = vec![failed];
    let texts = [
        forms::sarif::render(&run),
        forms::github::render(&run),
        explain::text::table::render(&run),
    ];
    book.run = Some(run);
    book.reports.clear();
    book.faults.clear();
    book.orderings.clear();
    for text in texts.into_iter().chain([forms::pages::single(&book)]) {
        assert!(!text.contains("exhaustive"), "{text}");
    }
}

#[test]
fn every_form_says_where_load_buffering_is_possible() {
    let mut held = row("dict_x", World::Graph, Coverage::Exhaustive, None);
    held.buffering = Some(Buffering {
        read: "load A".to_owned(),
        write: "store B".to_owned(),
    });
    let case = forms::junit::Case::of_row(&held, String::new());
    let mut book = results();
    let mut run = run();
    run.rows = vec![held];
    let sarif = forms::sarif::render(&run);
    let github = forms::github::render(&run);
    assert!(github.starts_with("::notice title="), "{github}");
    assert!(sarif.contains("\"level\": \"note\""), "{sarif}");
    book.run = Some(run);
    let forms = [sarif, github, forms::junit::render("check", &[case])];
    for text in forms {
        let told = "exhaustive; load buffering possible at load A and store B";
        assert!(text.contains(told), "{text}");
    }
    let page = forms::pages::single(&book);
    assert!(page.contains("load buffering possible at load A"), "{page}");
}

#[test]
fn annotations_are_one_line_for_each_row_that_does_not_hold() {
    let text = forms::github::render(&run());
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(
        lines[0].starts_with("::error file=") && lines[0].contains(",line="),
        "{text}"
    );
    assert!(lines[1].starts_with("::warning title="), "{text}");
    let wild = forms::github::render(&hostile().run.expect("there is a run"));
    assert_eq!(wild.lines().count(), 1, "{wild}");
}

#[test]
fn hostile_names_are_text_in_every_form() {
    let book = hostile();
    let run = book.run.expect("there is a run");
    let log = sarif(&run);
    let message = at(&log, "/runs/0/results/0/message/text").as_str();
    assert!(message.is_some_and(|message| message.contains(HOSTILE)));
    for report in &book.reports {
        let svg = forms::picture::svg(report);
        assert!(!svg.contains("<script") && !svg.contains("<img"), "{svg}");
        let dot = forms::picture::dot(report);
        let strings = dot.matches('"').count() - dot.matches("\\\"").count();
        assert_eq!(strings % 2, 0, "{dot}");
    }
}

/// Compares with the file that is kept, and leaves the new one beside it.
fn keeps(name: &str, text: &str) {
    let path = golden(name);
    if fs::read_to_string(&path).unwrap_or_default() != text {
        let new = golden(&format!("{name}.new"));
        fs::write(&new, text).expect("the folder can be written to");
        panic!("{name} is different; see {}", new.display());
    }
}

#[test]
fn the_log_of_a_race_is_the_kept_one() {
    let mut run = run();
    run.rows.truncate(1);
    keeps("race.sarif", &forms::sarif::render(&run));
}

#[test]
fn the_pictures_of_a_race_are_the_kept_ones() {
    keeps("race.dot", &forms::picture::dot(&saved("race")));
    keeps("race.svg", &forms::picture::svg(&saved("race")));
}
