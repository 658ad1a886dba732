//! Whether a class gets a version while it is being modified.

use std::ptr;
use std::sync::{Arc, Mutex};

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::protocols::version::{Cache, Cached, ClassVersion, Version, Versions};
use crate::rt::sync::atomic::AtomicU64;
use crate::rt::sync::atomic::Ordering::Relaxed;
use crate::scenarios::containers::{Stage, Work};

const NONE: &str = "no version was given out";
const KEPT: &str = "the version was the class's in the end";
const LOST: &str = "the version was taken away";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "version_assign_vs_modify",
    pillar: Pillar::Version,
    question: "Does the version that a class has stand for the class as it is after a modification?",
    always: "Who has the version that the class has in the end found the class as it is.",
    sometimes: &[NONE, KEPT, LOST],
    bound: Bound::Preemptions(2),
    body,
};

struct Shared {
    versions: Versions,
    class: ClassVersion,
    attribute: AtomicU64,
}

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let shared = Arc::new(Shared {
        versions: Versions::new(),
        class: ClassVersion::new(),
        attribute: AtomicU64::new("attribute", 1),
    });
    let seen: Arc<Mutex<Option<(Version, u64)>>> = Arc::default();
    let changes: Work = {
        let shared = Arc::clone(&shared);
        Box::new(move |_| {
            let change = || shared.attribute.store(2, Relaxed);
            shared.versions.modify(|| shared.class.invalidate(), change);
        })
    };
    let assigns: Work = {
        let (shared, seen) = (Arc::clone(&shared), Arc::clone(&seen));
        Box::new(move |_| {
            let version = shared.class.get_or_assign(&shared.versions);
            let found = shared.attribute.load(Relaxed);
            *seen.lock().expect("nobody panics") = version.map(|version| (version, found));
        })
    };
    stage.run([changes, assigns]).finish(&[]);
    let seen = *seen.lock().expect("nobody panics");
    let now = shared.class.get();
    claims.sometimes(NONE, seen.is_none());
    if let Some((version, found)) = seen {
        let is_kept = now == Some(version);
        claims.sometimes(KEPT, is_kept);
        claims.sometimes(LOST, !is_kept);
        claims.always(SCENARIO.always, !is_kept || found == 2, || {
            format!("{found} under the version of 2")
        });
    }
    versions_differ(claims);
    entries_differ(claims);
}

/// No version is given out twice, and none at the end.
fn versions_differ(claims: &Claims) {
    let versions = Versions::starting_at(u32::MAX - 2);
    let classes = [(); 3].map(|()| ClassVersion::new());
    let given = classes
        .each_ref()
        .map(|class| class.get_or_assign(&versions));
    let again = classes
        .each_ref()
        .map(|class| class.get_or_assign(&versions));
    let right = given[0].is_some() && given[1].is_some() && given[0] != given[1];
    claims.always("classes have versions of their own", right, || {
        format!("{given:?}")
    });
    let right = given[2].is_none() && given == again;
    claims.always("there is an end, and versions stay", right, || {
        format!("{again:?}")
    });
    let versions = Versions::new();
    let first = classes[2].get_or_assign(&versions);
    let within = versions.modify(
        || classes[2].invalidate(),
        || classes[2].get_or_assign(&versions),
    );
    let second = classes[2].get_or_assign(&versions);
    let right = first.is_some() && within.is_none() && second.is_some() && first != second;
    claims.always("a modified class gets another one", right, || {
        format!("{first:?}, {within:?}, {second:?}")
    });
}

/// An entry is found by its version and its name.
fn entries_differ(claims: &Claims) {
    let (versions, cache) = (Versions::new(), Cache::new(1));
    let classes = [ClassVersion::new(), ClassVersion::new()];
    let [one, other] = classes.map(|class| class.get_or_assign(&versions).expect("a version"));
    let [name, value] = [8, 16].map(ptr::without_provenance_mut);
    let miss = |found: Cached| found == Cached::Miss;
    let empty = miss(cache.read(one, ptr::null_mut(), 8, |_| true));
    cache.fill(one, name, 8, value);
    let found = [
        empty,
        cache.read(one, name, 8, |_| true) == Cached::Hit(value),
        miss(cache.read(one, name, 8, |_| false)),
        miss(cache.read(one, value, 16, |_| true)),
        miss(cache.read(other, name, 8, |_| true)),
    ];
    claims.always(
        "an entry is of one version and name",
        found == [true; 5],
        || format!("{found:?}"),
    );
    cache.fill(other, name, 8, ptr::null_mut());
    let absent = cache.read(other, name, 8, |_| false);
    claims.always(
        "what is absent is known, too",
        absent == Cached::Hit(ptr::null_mut()),
        || format!("{absent:?}"),
    );
}
