//! Litmus tests: small programs whose verdicts the literature gives, in all three models.

mod algorithms;
mod notation;
mod table;

use graph_engine::Model;

use table::{Entry, TABLE};

fn check(entry: &Entry) -> Result<(), String> {
    for (model, allowed) in [Model::Sc, Model::ReleaseAcquire, Model::Rc11]
        .into_iter()
        .zip(entry.allowed())
    {
        let found = notation::allows(model, entry.program, entry.outcome)?;
        if found != allowed {
            return Err(format!(
                "{} ({}) in {model:?}: allowed = {found}",
                entry.name, entry.source
            ));
        }
    }
    Ok(())
}

#[test]
fn every_verdict_is_that_of_the_literature() {
    let wrong: Vec<String> = TABLE
        .iter()
        .filter_map(|entry| check(entry).err())
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_table_is_as_large_as_promised_and_names_each_test_once() {
    let mut names: Vec<&str> = TABLE.iter().map(|entry| entry.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), TABLE.len());
    assert!(TABLE.len() >= 60, "{} tests", TABLE.len());
}
