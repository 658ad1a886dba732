//! Whether two appends both count.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{array_of, bytes};
use crate::rt::objects::bytearray::append;
use crate::scenarios::containers::Stage;

const FIRST: &str = "the first thread was first";
const SECOND: &str = "the second thread was first";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "bytearray_appends_lose_nothing",
    pillar: Pillar::Bytearray,
    question: "Can one append to a bytearray undo another?",
    always: "The array has the bytes of both, one after the other.",
    sometimes: &[FIRST, SECOND],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let array = array_of(stage.thread(0), b"");
    let add = move |more: &'static [u8]| -> crate::scenarios::containers::Work {
        Box::new(move |ts| append(ts, &array, more).expect("nobody exports the array"))
    };
    let stage = stage.run([add(b"ab"), add(b"yz")]);
    let made = bytes(stage.thread(0), &array);
    let (first, second) = (made == b"abyz", made == b"yzab");
    claims.always("both appends count", first || second, || {
        String::from_utf8_lossy(&made).into_owned()
    });
    claims.sometimes(FIRST, first);
    claims.sometimes(SECOND, second);
    stage.finish(&[array.value()]);
}
