//! Whether two threads that fill one entry leave it whole.

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::read_vs_fill::{versions, word};
use crate::rt::protocols::version::{Cache, Cached, Version};
use crate::scenarios::containers::{Stage, Work};

const FIRST: &str = "the first worker filled it last";
const SECOND: &str = "the second worker filled it last";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "version_two_fills",
    pillar: Pillar::Version,
    question: "Do two fills of one entry leave one of them, whole?",
    always: "One of the two can be found, and not a mixture.",
    sometimes: &[FIRST, SECOND],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let [one, two] = versions();
    let cache = Arc::new(Cache::new(1));
    let fill = |version: Version, name: usize| -> Work {
        let cache = Arc::clone(&cache);
        Box::new(move |_| cache.fill(version, word(name), 8, word(name * 10)))
    };
    let work = [fill(one, 8), fill(two, 16)];
    let stage = stage.run(work);
    let first = cache.read(one, word(8), 8, |_| true) == Cached::Hit(word(80));
    let second = cache.read(two, word(16), 8, |_| true) == Cached::Hit(word(160));
    claims.always("one fill is left, whole", first != second, || {
        format!("the first: {first}, the second: {second}")
    });
    claims.sometimes(FIRST, first);
    claims.sometimes(SECOND, second);
    stage.finish(&[]);
}
