//! Whether a view that is released while it is used still looks inside of the bytes.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::array_of;
use crate::rt::objects::bytearray::{export, export_range, read, release, resize};
use crate::scenarios::containers::Stage;

const USED: &str = "the view was used before it was released";
const REFUSED: &str = "the view was released before it was used";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "bytearray_view_used_vs_released",
    pillar: Pillar::Bytearray,
    question: "Does a view that is released while it is used still look inside of the bytes?",
    always: "An operation finds the range of the view, or is refused.",
    sometimes: &[USED, REFUSED],
    bound: Bound::Preemptions(2),
    body,
};

/// The operation has found the view unreleased; before it holds the array itself, the release may come.
fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let array = array_of(stage.thread(0), b"abc");
    let end = export(stage.thread(0), &array);
    let told = claims.clone();
    let stage = stage.run([
        Box::new(move |ts| {
            let held = export_range(ts, &array, end).is_some();
            if held {
                let found = read(ts, &array, <[u8]>::len);
                told.always(SCENARIO.always, found >= end, || found);
            }
            told.sometimes(USED, held);
            told.sometimes(REFUSED, !held);
        }),
        Box::new(move |ts| {
            release(ts, &array);
            let _ = resize(ts, &array, |bytes| bytes.truncate(1));
        }),
    ]);
    stage.finish(&[array.value()]);
}
