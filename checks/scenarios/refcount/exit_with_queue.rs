//! An owner exits while its queue holds an object whose destructor drops a second one, which another thread drops too.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::stage::{Deaf, Object, Role, Stage};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_exit_with_queue",
    pillar: Pillar::Refcount,
    question: "When an owner exits with objects in its queue, is every one of them merged by exactly one thread?",
    always: "Both objects die exactly once.",
    sometimes: &[
        "the second dies for the owner",
        "the second dies for the other thread",
    ],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::new();
    let owner = stage.role(1);
    owner.register(Deaf);
    // `outer` holds one reference to `inner`; T2 holds the other.
    let (outer, inner) = (owner.create(), owner.create());
    inner.count().incref(owner.me);
    stage.role(3).release(outer);
    let exiting = stage.spawn(1, move |role| exit(role, outer, inner));
    let dropping = stage.spawn(2, move |role| u32::from(role.dies(inner)));
    let ((outers, by_owner), by_other) = (exiting.join(), dropping.join());
    // Deaths are counted, and the blocks freed only here, so that a second death is no use after free.
    owner.free(outer);
    owner.free(inner);
    claims.always("the first dies once", outers == 1, || {
        format!("{outers} times")
    });
    claims.always("the second dies once", by_owner + by_other == 1, || {
        format!("{by_owner} times for the owner, {by_other} times for the other")
    });
    claims.sometimes("the second dies for the owner", by_owner == 1);
    claims.sometimes("the second dies for the other thread", by_other == 1);
}

/// Leaves the registry; gives how often `outer` and `inner` died.
fn exit(role: &Role, outer: Object, inner: Object) -> (u32, u32) {
    let (mut outers, mut inners) = (0, 0);
    role.leave(|object| {
        if object.as_raw() == outer.as_raw() {
            outers += 1;
            inners += u32::from(role.dies(inner));
        } else {
            inners += 1;
        }
    });
    (outers, inners)
}
