//! Whether an iteration over a dict sees whole entries, or that the dict has changed, while a key is deleted.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::dict_of;
use crate::rt::objects::Error;
use crate::rt::objects::dict::{Cursor, delete};
use crate::scenarios::containers::{Stage, int, object, take};

const ALL: &str = "the iteration sees every key";
const CHANGED: &str = "the iteration sees that the size has changed";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "dict_iterate_vs_delete",
    pillar: Pillar::Dict,
    question: "Does an iteration see whole entries, or that the dict has changed, while another thread deletes a key?",
    always: "Every entry that is seen is whole; the iteration ends at the end or with the change of the size.",
    sometimes: &[ALL, CHANGED],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let dict = dict_of(owner, 2, &[(1, object(owner, 10)), (2, object(owner, 20))]);
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| {
                assert_eq!(delete(ts, &dict, int(2)), Ok(true), "the key is there");
            }),
            Box::new(move |ts| {
                let mut cursor = Cursor::new(&dict);
                let mut seen = Vec::new();
                let end = loop {
                    match cursor.next(ts, &dict) {
                        Ok(Some((key, value))) => {
                            seen.push((key.as_small(), take(ts, Some(value))))
                        }
                        Ok(None) => break Ok(()),
                        Err(error) => break Err(error),
                    }
                };
                let whole = [(Some(1), Some(10)), (Some(2), Some(20))].starts_with(&seen);
                let ends = matches!(end, Ok(()) | Err(Error::SizeChanged));
                claims.always("whole", whole && ends, || format!("{seen:?}, {end:?}"));
                claims.sometimes(ALL, seen.len() == 2);
                claims.sometimes(CHANGED, end.is_err());
            }),
        ])
        .finish(&[dict.value()]);
}
