//! Whether an iterator over a set notices that another thread adds to the set.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::objects::Error;
use crate::rt::objects::iterator::{Entry, TableIterator, next_entry, over_table};
use crate::rt::objects::set::{self, Set};
use crate::scenarios::containers::{Shared, Stage, Work, int};

const NOTICED: &str = "the change was noticed";
const UNSEEN: &str = "the iterator came to its end before";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "claim_set_iterator_vs_add",
    pillar: Pillar::Claim,
    question: "Does an iterator over a set notice that another thread adds to the set?",
    always: "The iterator shows the keys that there were, or says that the set has changed.",
    sometimes: &[NOTICED, UNSEEN],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let shared = Shared::<Set>::new(set::new(stage.thread(0)));
    let _ = set::add(stage.thread(0), &shared, int(1));
    let given = crate::rt::objects::new_ref(stage.thread(0), shared.value());
    let iterator = Shared::<TableIterator>::new(over_table(stage.thread(0), given));
    let told = claims.clone();
    let steps: Work = Box::new(move |ts| {
        let entries = [next_entry(ts, &iterator), next_entry(ts, &iterator)];
        let key = Ok(Some(Entry::Key(int(1))));
        let noticed = entries[1] == Err(Error::SizeChanged);
        let right = match entries[0] {
            Err(Error::SizeChanged) => noticed,
            first => first == key && (noticed || entries[1] == Ok(None)),
        };
        told.sometimes(NOTICED, noticed);
        told.sometimes(UNSEEN, !noticed);
        told.always(SCENARIO.always, right, || format!("{entries:?}"));
    });
    let adds: Work = Box::new(move |ts| {
        let _ = set::add(ts, &shared, int(2));
    });
    stage
        .run([steps, adds])
        .finish(&[iterator.value(), shared.value()]);
}
