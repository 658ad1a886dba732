//! A scenario whose interesting case is never reached is noticed by its witness.

mod support;

use checks::job::Job;
use reports::failure::FailureKind;
use reports::plan::World;
use reports::run::Verdict;
use reports::scenario::{Bound, Claims, Pillar, Scenario};

/// Two threads that never meet the case that the scenario is about.
macro_rules! body {
    ($name:ident, $world:ident) => {
        fn $name(claims: &Claims) {
            let worker = |name| {
                let claims = claims.clone();
                let body = move || claims.sometimes("both at once", false);
                $world::rt::sync::thread::spawn(name, 128 * 1024, body).expect("a thread starts")
            };
            let (first, second) = (worker("T1"), worker("T2"));
            first.join();
            second.join();
            claims.sometimes("the end", true);
        }
    };
}

body!(in_graph, checks_graph);
body!(in_loom, checks_loom);
body!(in_shuttle, checks_shuttle);
body!(in_native, checks_native);

fn job(world: World, body: fn(&Claims)) -> Job {
    let scenario = Scenario {
        name: "refcount_vacuous",
        pillar: Pillar::Refcount,
        question: "Is a scenario that asks nothing noticed?",
        always: "Nothing is claimed.",
        sometimes: &["both at once", "the end"],
        bound: Bound::Preemptions(2),
        body,
    };
    Job {
        scenario,
        world,
        settings: support::settings(),
    }
}

fn is_noticed(job: &Job) {
    let row = support::run(job);
    assert_eq!(row.verdict, Verdict::Vacuous, "{row:?}");
    assert_eq!(row.missing, ["both at once"]);
    let failure = row.failure.expect("a vacuous scenario fails");
    assert_eq!(failure.kind, FailureKind::Vacuous);
    assert!(failure.claim.contains("both at once"), "{failure:?}");
}

#[test]
fn it_fails_in_graph() {
    is_noticed(&job(World::Graph, in_graph));
}

#[test]
fn it_fails_in_loom() {
    is_noticed(&job(World::Loom, in_loom));
}

#[test]
fn it_fails_in_shuttle() {
    is_noticed(&job(World::Shuttle, in_shuttle));
}

#[test]
fn natively_it_is_only_noted() {
    let row = support::run(&job(World::Native, in_native));
    assert_eq!(row.verdict, Verdict::Held);
    assert_eq!(row.missing, ["both at once"]);
}
