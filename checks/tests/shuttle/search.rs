//! The searches: what they cover, that they repeat, and that a failure replays.

use std::collections::BTreeSet;
use std::sync::Arc;

use checks_shuttle::rt::sync::atomic::{AtomicU64, Ordering};
use checks_shuttle::rt::sync::checker::explore;
use reports::failure::{Failure, FailureKind};
use reports::plan::{Coverage, Plan, Search};
use reports::scenario::Claims;

use Ordering::Relaxed;

use crate::common::{fails, plan, run, scenario, spawn, threads};

/// Threads that each add to one word, and what they saw.
fn adds<const THREADS: usize, const TIMES: usize>(claims: &Claims) {
    let word = Arc::new(AtomicU64::new("word", 0));
    let add = |_| {
        let word = Arc::clone(&word);
        spawn("adder", move || {
            let seen = (0..TIMES).map(|_| word.fetch_add(1, Relaxed).to_string());
            seen.collect::<Vec<_>>().join(",")
        })
    };
    let handles: Vec<_> = (0..THREADS).map(add).collect();
    let seen: Vec<String> = handles.into_iter().map(|handle| handle.join()).collect();
    claims.outcome(seen.join("|"));
}

#[test]
fn depth_first_search_finds_every_order_of_additions() {
    for (body, orders) in [
        (adds::<2, 2> as fn(&Claims), 6),
        (adds::<3, 1>, 6),
        (adds::<3, 2>, 90),
    ] {
        let exploration = run(body);
        assert_eq!(exploration.coverage, Coverage::Exhaustive);
        assert_eq!(exploration.outcomes.len(), orders);
    }
}

/// T1 and T2 each read what the other writes, among places that only one of them uses.
fn mixed(claims: &Claims) {
    let words = Arc::new(["a", "b", "c", "d"].map(|name| AtomicU64::new(name, 0)));
    let other = Arc::clone(&words);
    let first = spawn("T1", move || {
        words[2].store(1, Relaxed);
        words[0].store(1, Relaxed);
        let seen = words[1].load(Relaxed);
        words[0].store(2, Relaxed);
        seen
    });
    let second = spawn("T2", move || {
        other[3].store(1, Relaxed);
        let before = other[0].load(Relaxed);
        other[1].store(before + 1, Relaxed);
        (before, other[0].load(Relaxed))
    });
    claims.outcome(format_args!("{} {:?}", first.join(), second.join()));
}

/// What `mixed` can come to, by trying every interleaving of its operations that touch `a` and `b`.
fn interleavings_of_mixed() -> BTreeSet<String> {
    let orders = (0_u32..64).filter(|order| order.count_ones() == 3);
    orders.map(outcome_of_mixed).collect()
}

/// One interleaving: bit by bit, whether T2 takes the next step.
fn outcome_of_mixed(order: u32) -> String {
    let (mut a, mut b) = (0, 0);
    let (mut seen, mut before, mut after) = (0, 0, 0);
    let (mut first, mut second) = (0, 0);
    for step in 0..6 {
        if order & (1 << step) == 0 {
            match first {
                0 => a = 1,
                1 => seen = b,
                _ => a = 2,
            }
            first += 1;
        } else {
            match second {
                0 => before = a,
                1 => b = before + 1,
                _ => after = a,
            }
            second += 1;
        }
    }
    format!("{seen} {:?}", (before, after))
}

#[test]
fn skipping_equivalent_schedules_loses_no_outcome() {
    assert_eq!(run(mixed).outcomes, interleavings_of_mixed());
}

#[test]
fn random_schedules_reach_what_depth_first_search_reaches() {
    let random = plan(Search::Random {
        seed: 7,
        executions: 3_000,
    });
    let sampled = explore(&random, &scenario(mixed));
    assert_eq!(sampled.coverage, Coverage::Sampled { executions: 3_000 });
    assert_eq!(sampled.outcomes, run(mixed).outcomes);
}

#[test]
fn a_limit_that_is_met_is_inconclusive() {
    let exploration = explore(&plan(Search::Dfs { limit: 3 }), &scenario(adds::<2, 2>));
    assert_eq!(exploration.executions, 3);
    assert!(matches!(
        exploration.coverage,
        Coverage::Inconclusive { .. }
    ));
}

/// Loses an update when T2 runs between T1's load and store.
fn lost_update(claims: &Claims) {
    let word = Arc::new(AtomicU64::new("word", 0));
    let adder = || {
        let word = Arc::clone(&word);
        Box::new(move || {
            for _ in 0..3 {
                let old = word.load(Relaxed);
                word.store(old + 1, Relaxed);
            }
        })
    };
    threads([adder(), adder()]);
    let sum = word.load(Relaxed);
    claims.always("no update is lost", sum == 6, || {
        format!("the sum is {sum}")
    });
}

fn failure_of(plan: &Plan) -> Failure {
    let exploration = explore(plan, &scenario(lost_update));
    fails(&exploration, FailureKind::Claim).clone()
}

fn json(failure: &Failure) -> String {
    format!("{failure:#?}")
}

#[test]
fn the_same_search_gives_the_same_report() {
    for search in [
        Search::Random {
            seed: 3,
            executions: 1_000,
        },
        Search::Pct {
            seed: 3,
            executions: 1_000,
            depth: 3,
        },
        Search::Dfs { limit: 1_000 },
    ] {
        let plan = plan(search);
        assert_eq!(json(&failure_of(&plan)), json(&failure_of(&plan)));
    }
}

/// shuttle's own search by priorities repeats one schedule of such a program at depths from 2 up.
#[test]
fn priorities_find_every_order_of_very_short_programs() {
    for (body, orders) in [(adds::<2, 1> as fn(&Claims), 2), (adds::<3, 1>, 6)] {
        for depth in 1..=5 {
            let search = Search::Pct {
                seed: 7,
                executions: 200,
                depth,
            };
            let exploration = explore(&plan(search), &scenario(body));
            assert_eq!(exploration.outcomes.len(), orders, "depth {depth}");
        }
    }
}

#[test]
fn a_failure_replays_to_the_identical_report() {
    for search in [
        Search::Random {
            seed: 5,
            executions: 1_000,
        },
        Search::Pct {
            seed: 5,
            executions: 1_000,
            depth: 2,
        },
    ] {
        let failure = failure_of(&plan(search));
        let mut again = failure_of(&plan(failure.replay.search.clone()));
        // A replay makes no smaller searches: what they said is the saved failure's.
        assert!(again.minimal.is_empty() && !failure.minimal.is_empty());
        again.minimal.clone_from(&failure.minimal);
        assert_eq!(json(&again), json(&failure));
    }
}

#[test]
fn a_report_has_as_few_preemptions_as_the_failure_needs() {
    let failure = failure_of(&plan(Search::Random {
        seed: 11,
        executions: 1_000,
    }));
    let preempted = |step: &&reports::trace::Step| {
        let switch = step.switch.as_deref();
        switch.is_some_and(|reason| reason.ends_with("is preempted"))
    };
    assert_eq!(
        failure.trace.steps.iter().filter(preempted).count(),
        1,
        "{failure:#?}"
    );
}

#[test]
fn what_is_not_a_schedule_is_refused() {
    let garbage = plan(Search::Replay {
        schedule: "0x2.banana".to_owned(),
    });
    let exploration = explore(&garbage, &scenario(lost_update));
    let Coverage::Inconclusive { reason } = exploration.coverage else {
        panic!("{:?}", exploration.coverage);
    };
    assert!(reason.contains("banana"), "{reason}");
}

#[test]
fn a_schedule_that_does_not_fit_is_inconclusive() {
    let other = plan(Search::Replay {
        schedule: "9.!.7x3".to_owned(),
    });
    let exploration = explore(&other, &scenario(adds::<2, 1>));
    let Coverage::Inconclusive { reason } = exploration.coverage else {
        panic!("{:?}", exploration.coverage);
    };
    assert!(reason.contains("choice 1"), "{reason}");
}
