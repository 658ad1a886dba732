//! Whether containers are equal when what they hold is, and only then.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::list_of;
use crate::rt::objects::compare::{equal, hash, same};
use crate::rt::objects::list::append;
use crate::rt::objects::{Error, float};
use crate::rt::protocols::thread_state::ThreadState;
use crate::scenarios::containers::{Stage, drop_ref, int};
use crate::scenarios::zoo;

const SHORT: &str = "the lists were compared before an item came";
const EQUAL: &str = "the lists were compared after that";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_equal_by_contents",
    pillar: Pillar::List,
    question: "Are values equal exactly when they hold the same, also while one of them grows?",
    always: "Values are equal when what they hold is, and only then.",
    sometimes: &[SHORT, EQUAL],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let (long, short) = (list_of(owner, &[int(1), int(2)]), list_of(owner, &[int(1)]));
    let told = claims.clone();
    let stage = stage.run([
        Box::new(move |ts| append(ts, &short, int(2))),
        Box::new(move |ts| {
            let answer = equal(ts, long.value(), short.value()) == Ok(true);
            told.sometimes(SHORT, !answer);
            told.sometimes(EQUAL, answer);
        }),
    ]);
    let ts = stage.thread(0);
    let hashable = [zoo::tuples(ts), zoo::frozen(ts)].concat();
    let groups = [
        hashable.clone(),
        zoo::lists(ts),
        zoo::dicts(ts),
        zoo::sets(ts),
    ]
    .concat();
    zoo::compare(ts, &groups, claims, SCENARIO.always);
    for group in &hashable {
        let hashes = group.iter().map(|&value| hash(ts, value));
        let same = hashes.clone().all(|found| found == hash(ts, group[0]));
        claims.always("equal values hash alike", same, || {
            format!("{:?}", hashes.collect::<Vec<_>>())
        });
    }
    not_a_number(ts, claims);
    let refused = [
        (long.value(), "list"),
        (groups[groups.len() - 4][0], "dict"),
        (groups[groups.len() - 1][0], "set"),
    ];
    for (value, kind) in refused {
        let found = hash(ts, value);
        claims.always(
            "it has no hash",
            found == Err(Error::Unhashable(kind)),
            || format!("{found:?} for a {kind}"),
        );
    }
    let mut left = groups.concat();
    left.extend([long.value(), short.value()]);
    stage.finish(&left);
}

/// What is not a number equals nothing, but is the same as itself.
fn not_a_number(ts: &ThreadState, claims: &Claims) {
    let [one, other] = [f64::NAN; 2].map(|value| float::new(ts, value));
    let found = [
        equal(ts, one, one),
        equal(ts, one, int(1)),
        equal(ts, int(1), one),
    ];
    claims.always("it equals nothing", found == [Ok(false); 3], || {
        format!("{found:?}")
    });
    let found = [same(ts, one, one), same(ts, one, other)];
    let right = found == [Ok(true), Ok(false)];
    claims.always("it is the same as itself", right, || format!("{found:?}"));
    let found = [hash(ts, one), hash(ts, other)];
    let right = found[0].is_ok() && found[0] != found[1];
    claims.always("it hashes by identity", right, || format!("{found:?}"));
    drop_ref(ts, one);
    drop_ref(ts, other);
}
