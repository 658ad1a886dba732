//! Whether a reader of the cache takes name, version and value of one fill.

use std::ptr;
use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::protocols::version::{Cache, Cached, ClassVersion, Version, Versions};
use crate::scenarios::containers::Stage;

const OLD: &str = "the reader finds the old entry";
const NEW: &str = "the reader finds the new entry";
const SPOILED: &str = "the reader notices that the entry was filled anew";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "version_read_vs_fill",
    pillar: Pillar::Version,
    question: "Does a reader never take the name of one fill and the value of another?",
    always: "A hit has the value that belongs to the name and the version.",
    sometimes: &[OLD, NEW, SPOILED],
    bound: Bound::Complete,
    body,
};

/// A word that is never followed.
pub(super) fn word(number: usize) -> *mut () {
    ptr::without_provenance_mut(number)
}

pub(super) fn versions() -> [Version; 2] {
    let versions = Versions::new();
    [(); 2].map(|()| {
        let class = ClassVersion::new();
        class.get_or_assign(&versions).expect("versions are left")
    })
}

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let [old, new] = versions();
    let cache = Arc::new(Cache::new(1));
    cache.fill(old, word(8), 8, word(80));
    let (filled, told) = (Arc::clone(&cache), claims.clone());
    stage
        .run([
            Box::new(move |_| filled.fill(new, word(16), 16, word(160))),
            Box::new(move |_| {
                let first = cache.read(old, word(8), 8, |_| true);
                let second = cache.read(new, word(16), 16, |_| true);
                let mixed = first == Cached::Hit(word(160)) || second == Cached::Hit(word(80));
                told.always("a hit is of one fill", !mixed, || {
                    format!("{first:?}, {second:?}")
                });
                told.sometimes(OLD, first == Cached::Hit(word(80)));
                told.sometimes(NEW, second == Cached::Hit(word(160)));
                told.sometimes(SPOILED, matches!(first, Cached::Spoiled(_)));
            }),
        ])
        .finish(&[]);
}
