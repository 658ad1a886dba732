//! Whether a reader may trust the mark that another reader set.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::list_of;
use crate::rt::objects::list::{append, get};
use crate::scenarios::containers::{Stage, Work, int, take};

const NEW: &str = "a reader finds the new item";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_mark_seen_by_others",
    pillar: Pillar::List,
    question: "May a reader trust the mark of a list that another reader has set, after the owner freed an array at once?",
    always: "Both readers find the item that was always there.",
    sometimes: &[NEW],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<3>::new();
    let list = list_of(stage.thread(0), &[int(1)]);
    let reader = |claims: Claims| -> Work {
        Box::new(move |ts| {
            let old = take(ts, get(ts, &list, 0));
            claims.always("the old item stays", old == Some(1), || format!("{old:?}"));
            claims.sometimes(NEW, list.len() == 2);
        })
    };
    let owner: Work = Box::new(move |ts| append(ts, &list, int(2)));
    stage
        .run([owner, reader(claims.clone()), reader(claims.clone())])
        .finish(&[list.value()]);
}
