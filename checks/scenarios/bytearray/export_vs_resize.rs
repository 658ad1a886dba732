//! Whether what a view looks at stays there.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{array_of, bytes};
use crate::rt::objects::bytearray::{export, read, release, resize};
use crate::scenarios::containers::Stage;

const BEFORE: &str = "the array was cut before it was exported";
const REFUSED: &str = "the array could not be cut while it was exported";
const AFTER: &str = "the array was cut when it was released";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "bytearray_export_vs_resize",
    pillar: Pillar::Bytearray,
    question: "Does a bytearray keep its length for as long as a view of it needs?",
    always: "While it is exported, the array has as many bytes as when that began.",
    sometimes: &[BEFORE, REFUSED, AFTER],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let array = array_of(stage.thread(0), b"abc");
    let (looker, cutter) = (claims.clone(), claims.clone());
    let stage = stage.run([
        Box::new(move |ts| {
            let len = export(ts, &array);
            let found = read(ts, &array, <[u8]>::len);
            looker.always("an exported array keeps its length", found == len, || found);
            release(ts, &array);
            looker.sometimes(BEFORE, len == 1);
            looker.sometimes(AFTER, len == 3 && array.len() == 1);
        }),
        Box::new(move |ts| {
            let cut = resize(ts, &array, |bytes| bytes.truncate(1));
            cutter.sometimes(REFUSED, cut.is_err());
        }),
    ]);
    let left = bytes(stage.thread(0), &array);
    let whole = left == b"abc" || left == b"a";
    claims.always("the array is whole or cut", whole, || left.len());
    stage.finish(&[array.value()]);
}
