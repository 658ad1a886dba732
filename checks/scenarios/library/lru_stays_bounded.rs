//! Whether results stay as few as they may be when the function gives the lock up.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::Kept;
use crate::scenarios::containers::{Stage, Work, int};

const ONE: &str = "one result is left";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "library_lru_stays_bounded",
    pillar: Pillar::Library,
    question: "Can two calls keep more results than there may be?",
    always: "One result is kept, of the key that was called last.",
    sometimes: &[ONE],
    bound: Bound::Preemptions(1),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let kept = Kept::new(&stage, Some(1));
    let worker = |key: i64| -> Work {
        let kept = kept.clone();
        Box::new(move |ts| {
            let got = kept.call(ts, int(key), || {
                ts.detached(|| ());
                int(key)
            });
            assert_eq!(got, Some(key), "each key has its own result");
        })
    };
    let stage = stage.run([worker(1), worker(2)]);
    let len = kept.len(stage.thread(0));
    claims.always(SCENARIO.always, len == 1, || format!("{len} results"));
    claims.sometimes(ONE, len == 1);
    kept.finish(stage);
}
