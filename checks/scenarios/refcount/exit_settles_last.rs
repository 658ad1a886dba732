//! An owner exits while another thread drops an object whose destructor leaves a second one with the owner.

use std::cell::Cell;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::stage::{Deaf, Object, Role, Stage};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_exit_settles_last",
    pillar: Pillar::Refcount,
    question: "Does an owner that exits give back what the destructors in its queue have left with it?",
    always: "what the destructor left is given back once",
    sometimes: &[
        "the owner destroys, and gives it back",
        "the other thread destroys",
    ],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::new();
    let owner = stage.role(1);
    owner.register(Deaf);
    // T2 has the reference to `outer`, whose destructor hands `inner` on.
    let (outer, inner) = (owner.create(), owner.create());
    let exiting = stage.spawn(1, move |role| exit(role, inner));
    let dropping = stage.spawn(2, move |role| {
        let destroys = role.dies(outer);
        (destroys, u32::from(destroys && role.dies(inner)))
    });
    let (by_owner, (destroys, by_other)) = (exiting.join(), dropping.join());
    owner.free(outer);
    owner.free(inner);
    claims.always(SCENARIO.always, by_owner + by_other == 1, || {
        format!("{by_owner} times by the owner, {by_other} times by the other thread")
    });
    claims.sometimes("the owner destroys, and gives it back", by_owner == 1);
    claims.sometimes("the other thread destroys", destroys);
}

/// Leaves the registry, with a destructor that keeps `inner` for the thread; gives how often that died.
fn exit(role: &Role, inner: Object) -> u32 {
    let (kept, mut deaths) = (Cell::new(false), 0);
    role.leave_settled(
        |_| kept.set(true),
        || deaths += u32::from(kept.take() && role.dies(inner)),
    );
    deaths
}
