//! The published schemas of the saved forms are those of the types.

use std::fs;
use std::path::{Path, PathBuf};

use reports::json;
use reports::matrix::Cell;
use reports::report::Report;
use reports::run::Run;
use schemars::{Schema, schema_for};

/// With this set, the test writes the schemas instead of comparing them.
const WRITE: &str = "RADDLE_WRITE_SCHEMA";

fn published(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../docs/schema/{name}.json"))
}

/// Compares a schema with the published one.
fn check(name: &str, schema: &Schema) {
    let text = json::pretty(schema);
    let path = published(name);
    if std::env::var_os(WRITE).is_some() {
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("it can be made");
        fs::write(&path, &text).expect("the file can be written");
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == text,
        "docs/schema/{name}.json is old; {WRITE}=1 writes it anew"
    );
}

#[test]
fn the_schema_of_a_run_is_published() {
    check("run", &schema_for!(Run));
}

#[test]
fn the_schema_of_a_matrix_is_published() {
    check("matrix", &schema_for!(Vec<Cell>));
}

#[test]
fn the_schema_of_a_saved_failure_is_published() {
    check("failure", &schema_for!(Report));
}
