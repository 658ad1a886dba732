//! Whether what a view looks at stays there.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::array_of;
use crate::rt::objects::bytearray::{export, read, resize};
use crate::scenarios::containers::Stage;

const CUT: &str = "the array was cut before it was exported";
const REFUSED: &str = "the array could not be cut any more";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "bytearray_export_vs_resize",
    pillar: Pillar::Bytearray,
    question: "Does a bytearray keep its length for as long as a view of it needs?",
    always: "While it is exported, the array has as many bytes as when that began.",
    sometimes: &[CUT, REFUSED],
    bound: Bound::Complete,
    body,
};

/// The export is not released: loom remembers too little for one more section of the lock.
fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let array = array_of(stage.thread(0), b"abc");
    let (looker, cutter) = (claims.clone(), claims.clone());
    let stage = stage.run([
        Box::new(move |ts| {
            let len = export(ts, &array);
            let found = read(ts, &array, <[u8]>::len);
            looker.always("an exported array keeps its length", found == len, || found);
            looker.sometimes(CUT, len == 1);
        }),
        Box::new(move |ts| {
            let cut = resize(ts, &array, |bytes| bytes.truncate(1));
            cutter.sometimes(REFUSED, cut.is_err());
        }),
    ]);
    let left = array.len();
    claims.always("the array is whole or cut", left == 3 || left == 1, || left);
    stage.finish(&[array.value()]);
}
