//! SARIF 2.1.0: what code scanners give to editors and forges.

use serde_json::{Value, json};

use crate::places::{self, Place};
use reports::failure::{Failure, FailureKind};
use reports::json;
use reports::run::{Row, Run, VERSION, Verdict};
use reports::trace::Source;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Every kind of failure, each a rule.
const RULES: [FailureKind; 11] = [
    FailureKind::Claim,
    FailureKind::Invariant,
    FailureKind::DataRace,
    FailureKind::UseAfterFree,
    FailureKind::DoubleFree,
    FailureKind::Leak,
    FailureKind::Deadlock,
    FailureKind::Livelock,
    FailureKind::Panic,
    FailureKind::Nondeterminism,
    FailureKind::Vacuous,
];

/// The log of a run: a result for each row that failed, a notification for each that shows nothing.
#[must_use]
pub fn render(run: &Run) -> String {
    let results: Vec<Value> = run.rows.iter().filter_map(result).collect();
    let open = run
        .rows
        .iter()
        .filter(|row| row.verdict == Verdict::Inconclusive);
    let limited = run.rows.iter().filter_map(limit);
    let notifications: Vec<Value> = open.map(notification).chain(limited).collect();
    let rules: Vec<Value> = RULES.iter().map(rule).collect();
    json::pretty(&json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "raddle", "version": VERSION, "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": notifications,
            }],
            "results": results,
        }],
    }))
}

/// `data-race`, as the saved forms say it.
fn id(kind: FailureKind) -> String {
    kind.to_string().replace(' ', "-")
}

fn rule(kind: &FailureKind) -> Value {
    json!({"id": id(*kind), "shortDescription": {"text": kind.to_string()}})
}

fn result(row: &Row) -> Option<Value> {
    let failure = row.failure.as_ref()?;
    let index = RULES.iter().position(|kind| *kind == failure.kind);
    let mut result = json!({
        "ruleId": id(failure.kind),
        "ruleIndex": index,
        "level": "error",
        "message": {"text": message(row, failure)},
        "partialFingerprints": {"raddleScenario/v1": fingerprint(failure)},
    });
    if let Some(place) = places::broken(failure) {
        result["locations"] = json!([location(&place)]);
    }
    let related = places::conflict(failure);
    if !related.is_empty() {
        result["relatedLocations"] = related.iter().enumerate().map(numbered).collect();
    }
    if !failure.trace.steps.is_empty() {
        result["codeFlows"] = json!([flow(failure)]);
    }
    Some(result)
}

fn message(row: &Row, failure: &Failure) -> String {
    format!(
        "{} in {}: {}. {}",
        row.scenario,
        row.world,
        places::cause(failure).trim_end_matches('.'),
        failure.claim
    )
}

/// What stays the same when lines move.
fn fingerprint(failure: &Failure) -> String {
    let replay = &failure.replay;
    let broken = [&replay.fault, &replay.weaken].into_iter().flatten();
    let broken: String = broken.map(|name| format!("/{name}")).collect();
    format!(
        "{}/{}/{}{broken}",
        replay.scenario,
        replay.world,
        id(failure.kind)
    )
}

fn notification(row: &Row) -> Value {
    let note = row.note().unwrap_or_default();
    let text = format!("{} in {} is inconclusive: {note}", row.scenario, row.world);
    json!({"level": "warning", "message": {"text": text}})
}

/// What the verdict of a scenario that holds does not speak of.
fn limit(row: &Row) -> Option<Value> {
    let limited = row.verdict == Verdict::Held && row.buffering.is_some();
    let text = format!("{} in {}: {}", row.scenario, row.world, row.covered());
    limited.then(|| json!({"level": "note", "message": {"text": text}}))
}

/// The execution, one flow for each thread, put in order by numbers.
fn flow(failure: &Failure) -> Value {
    let trace = &failure.trace;
    let threads = trace.threads.iter().enumerate().map(|(number, name)| {
        let steps = trace.steps.iter().enumerate();
        let own = steps.filter(|(_, step)| step.thread == number && !step.is_bracket());
        let locations: Vec<Value> = own
            .map(|(order, step)| {
                let place = places::place(failure, step);
                json!({"executionOrder": order + 1, "location": location(&place)})
            })
            .collect();
        (name, locations)
    });
    let flows = threads.filter(|(_, locations)| !locations.is_empty());
    let flows: Vec<Value> = flows
        .map(|(name, locations)| json!({"id": name, "locations": locations}))
        .collect();
    json!({"threadFlows": flows})
}

fn numbered((number, place): (usize, &Place)) -> Value {
    let mut location = location(place);
    location["id"] = json!(number);
    location
}

fn location(place: &Place) -> Value {
    json!({
        "message": {"text": place.what},
        "physicalLocation": {
            "artifactLocation": {"uri": uri(&place.at), "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": place.at.line.max(1)},
        },
    })
}

/// A path as a relative reference: what is not plain is spelt by its bytes.
fn uri(at: &Source) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    at.file
        .bytes()
        .map(|byte| match plain(byte) {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        })
        .collect()
}
