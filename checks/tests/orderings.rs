//! Every ordering site, weakened alone, makes its scenario fail; or there is a proof that no checker here can see it.

mod support;

use checks::matrix;
use checks::orderings::{self, Shown, Site};
use checks::searches::Settings;

/// The sites in `parts` shares of about the same size.
fn share(part: usize, parts: usize) -> Vec<&'static Site> {
    orderings::all().skip(part).step_by(parts).collect()
}

fn are_needed(sites: &[&'static Site]) {
    let trials = matrix::of_sites(sites, &Settings::default()).expect("the scenarios exist");
    let told: Vec<String> = trials
        .iter()
        .map(|trial| matrix::judge(trial, support::run(&trial.job)))
        .filter_map(|cell| support::unexpected(&cell))
        .collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn the_first_third_of_the_sites_is_needed() {
    are_needed(&share(0, 3));
}

#[test]
fn the_second_third_of_the_sites_is_needed() {
    are_needed(&share(1, 3));
}

#[test]
fn the_last_third_of_the_sites_is_needed() {
    are_needed(&share(2, 3));
}

#[test]
fn what_is_not_seen_has_a_proof() {
    for site in orderings::all() {
        if let Shown::Unseen(proof) = site.shown {
            assert!(
                proof.split_whitespace().count() >= 12,
                "{}: {proof}",
                site.name
            );
        }
    }
}
