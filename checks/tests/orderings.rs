//! Every ordering site, weakened alone, makes its scenario fail; or there is a proof that no checker here can see it.

mod support;

use checks::job::Job;
use checks::orderings::{self, Shown, Site};
use checks::searches::Settings;
use checks::{matrix, worlds};
use reports::plan::World;
use reports::run::Verdict;
use reports::scenario::Scenario;

/// The sites in `parts` shares of about the same size.
fn share(part: usize, parts: usize) -> Vec<&'static Site> {
    orderings::all().skip(part).step_by(parts).collect()
}

fn are_needed(sites: &[&'static Site]) {
    let trials = matrix::of_sites(sites, &support::settings()).expect("the scenarios exist");
    let told: Vec<String> = trials
        .iter()
        .map(|trial| matrix::judge(trial, support::explained(support::run(&trial.job))))
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

/// The scenarios that could notice a site of stop-the-world, but for those that take long.
fn stops() -> Vec<Scenario> {
    let mut scenarios = worlds::scenarios(World::Graph);
    scenarios.retain(|scenario| {
        scenario.name.contains("_stop") && !LONG.iter().any(|long| scenario.name.ends_with(long))
    });
    scenarios
}

const LONG: [&str; 1] = ["stop_is_noticed"];

#[test]
fn what_is_said_to_be_unseen_is_not_seen_by_the_scenarios_around_it() {
    for site in orderings::all().filter(|site| site.shown.by().is_none()) {
        for scenario in stops() {
            let settings = Settings {
                weaken: Some(site.name),
                ..support::settings()
            };
            let job = Job {
                scenario,
                world: World::Graph,
                settings,
            };
            let row = support::run(&job);
            assert_eq!(row.verdict, Verdict::Held, "{}: {row:?}", site.name);
        }
    }
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
