//! A list takes what another one has, beside a thread that appends to both.

use reports::scenario::Claims;

use super::{list_of, numbers};
use crate::rt::objects::list::{List, append};
use crate::rt::protocols::thread_state::ThreadState;
use crate::scenarios::containers::{Stage, int};

/// `take` gives an empty list the 5 of a second one, to which the other thread appends 1, and then 2 to the first. The
/// claim `one_step` allows the items of one order; `met` says whether `take` was before, between or after the appends.
pub(super) fn beside_appends(
    claims: &Claims,
    one_step: &'static str,
    met: [&'static str; 3],
    take: impl FnOnce(&ThreadState, &List, &List) + Send + 'static,
) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let (list, source) = (list_of(owner, &[]), list_of(owner, &[int(5)]));
    let stage = stage.run([
        Box::new(move |ts| {
            append(ts, &source, int(1));
            append(ts, &list, int(2));
        }),
        Box::new(move |ts| take(ts, &list, &source)),
    ]);
    let found = numbers(stage.thread(0), &list);
    let orders = [vec![5, 2], vec![5, 1, 2], vec![2, 5, 1]];
    claims.always(one_step, orders.contains(&found), || format!("{found:?}"));
    for (what, order) in met.into_iter().zip(&orders) {
        claims.sometimes(what, found == *order);
    }
    stage.finish(&[list.value(), source.value()]);
}
