//! Stopped worlds: what is changed or looked at in a stop, beside threads that work without any lock.

mod model;

use super::blocks::Block;
use super::rt::objects::gc;
use super::rt::objects::no_code::NoCode;
use super::rt::protocols::allocations::{Allocations, Due};
use super::rt::protocols::collection::Collection;
use super::rt::protocols::critical_section;
use super::rt::protocols::eval_breaker::{EvalBreaker, Requests};
use super::rt::protocols::object_lock::ObjectLock;
use super::rt::protocols::qsbr;
use super::rt::protocols::runtime::safepoint;
use super::rt::protocols::stop_cell::StopCell;
use super::rt::protocols::thread_state::ThreadState;
use super::rt::protocols::whereabouts::{self, Found};
use super::rt::sync::cell::Cell;
use super::values::Plain;
use super::{Answer, Arg, Cast, Model, Operation, Player, Row, State, Target, op};

/// The rows: the number of each thread, what the code of a function is, what the frame of the first thread holds and
/// whether it was left, what is requested, and what was allocated: by itself, and since the last collection.
pub(super) static TARGET: Target = Target {
    name: "stops",
    question: "Is a thread that stops the world alone, and does every thread see what was done in a stop?",
    types: &[],
    start: &[
        Row::Fixed(&[0; 4]),
        Row::Fixed(&[1]),
        Row::Fixed(&[0, 0]),
        Row::Fixed(&[0]),
        Row::Fixed(&[0, 0]),
    ],
    threads: 3,
    operations: OPERATIONS,
    excepted: &[],
    close: None,
    project: None,
    hooks: &NoCode,
    build,
    read,
};

/// More objects than this are too many.
const THRESHOLD: u8 = 4;

const OPERATIONS: &[Operation] = &[
    op(
        "work",
        "",
        "n[me] += 1",
        &[],
        3,
        Model::One(model::work),
        |p, _| Answer::Number(all(p).numbers[p.thread].add()),
    ),
    op(
        "stop",
        "",
        "stop(); n[:] += 1; restart()",
        &[],
        4,
        Model::One(model::add_to_all),
        |p, _| stopped(p, || all(p).add_to_all()),
    ),
    op(
        "stop-outside",
        "",
        "stop(); n[:] += 1; restart(), from outside",
        &[],
        1,
        Model::One(model::add_to_all),
        |p, _| {
            p.ts.detached(|| {
                let world = p.ts.runtime().world();
                world.stop(None);
                let answer = all(p).add_to_all();
                world.restart(None);
                answer
            })
        },
    ),
    op(
        "call",
        "",
        "f(); safepoint(); f()",
        &[],
        2,
        Model::Steps(model::call_twice),
        |p, _| {
            let seen = || all(p).code.with(|code| *code);
            let first = seen();
            safepoint(p.ts, |_| ());
            let second = seen();
            match first.0 == first.1 && second.0 == second.1 {
                true => Answer::Numbers(vec![first.0, second.0]),
                false => Answer::Numbers(vec![first.0, first.1, second.0, second.1]),
            }
        },
    ),
    op(
        "assign",
        "",
        "f.__code__ = {0}",
        &[Arg::Value],
        2,
        Model::One(model::assign),
        |p, a| {
            let new = (a[0], a[0]);
            let old = all(p)
                .code
                .change(p.ts, |code| std::mem::replace(code, new));
            Answer::Number(old.0)
        },
    ),
    op(
        "run",
        "",
        "the first thread runs its frame",
        &[],
        2,
        Model::One(model::run),
        |p, _| {
            all(p).frame.run(p);
            Answer::Done
        },
    ),
    op(
        "leave",
        "",
        "the first thread leaves its frame",
        &[],
        1,
        Model::One(model::leave),
        |p, _| {
            all(p).frame.leave(p);
            Answer::Done
        },
    ),
    op(
        "look",
        "",
        "frame.f_locals",
        &[],
        3,
        Model::One(model::look),
        |p, _| Answer::Number(all(p).frame.look(p.ts)),
    ),
    op(
        "request",
        "",
        "breaker.set({0})",
        &[Arg::Below(2)],
        2,
        Model::One(model::request),
        |p, a| {
            all(p)
                .breaker
                .set(REQUESTED[usize::from(a[0].unsigned_abs())]);
            Answer::Done
        },
    ),
    op(
        "serve",
        "",
        "breaker.take()",
        &[],
        2,
        Model::One(model::serve),
        |p, _| Answer::Number(bits(all(p).breaker.take())),
    ),
    op(
        "allocate",
        "",
        "too_many(allocate({0}))",
        &[Arg::Below(4)],
        2,
        Model::One(model::allocate),
        |p, a| Answer::Bool(all(p).allocations.add(a[0].into()) == Due::Yes),
    ),
    op(
        "turn",
        "",
        "if not collecting: collections += 1",
        &[],
        2,
        Model::Steps(model::turn),
        |p, _| {
            let begun = all(p).collection.begin();
            if begun {
                all(p).collections.add();
                all(p).collection.end();
            }
            Answer::Bool(begun)
        },
    ),
    op(
        "collect",
        "",
        "gc.collect()",
        &[],
        2,
        Model::Steps(model::collect),
        |p, _| Answer::Bool(gc::collect(p.ts).is_some()),
    ),
    op(
        "retire",
        "",
        "retire(block); sleep(0); allocate(1)",
        &[],
        2,
        Model::Steps(model::retire),
        |p, _| {
            let block = Block::new(p.ts.local(), "block", 0_u64);
            // SAFETY: no other thread has seen the block.
            unsafe { qsbr::retire(p.ts, block.raw()) };
            p.ts.detached(|| ());
            let freed = !p.ts.retires();
            let _ = p.ts.runtime().allocations.add(1);
            qsbr::process(p.ts);
            Answer::Bool(freed)
        },
    ),
];

const REQUESTED: [Requests; 2] = [Requests::MERGE, Requests::COLLECT];

/// A set of requests as a number.
fn bits(requests: Requests) -> i8 {
    let has = |place: usize| i8::from(requests.contains(REQUESTED[place]));
    has(0) + 2 * has(1)
}

/// What the threads share.
struct All {
    numbers: [Plain; 4],
    code: StopCell<(i8, i8)>,
    frame: Running,
    breaker: EvalBreaker,
    allocations: Allocations,
    collection: Collection,
    collections: Plain,
}

impl All {
    /// With the world stopped.
    fn add_to_all(&self) -> Answer {
        Answer::Numbers(self.numbers.iter().map(Plain::add).collect())
    }
}

fn all<'a>(player: &'a Player<'_>) -> &'a All {
    player.cast.part()
}

/// Does it while the world is stopped.
fn stopped<R>(player: &Player<'_>, body: impl FnOnce() -> R) -> R {
    let world = player.ts.runtime().world();
    world.stop(Some(player.ts));
    let result = body();
    world.restart(Some(player.ts));
    result
}

#[derive(Clone, Copy)]
enum Place {
    /// With its thread.
    Live(Block<Plain>),
    /// It was left; what it held.
    Kept(i8),
}

/// The frame of the first thread, which lies with that thread until it is left, and the object that says where it is.
struct Running {
    lock: ObjectLock,
    place: Cell<Place>,
}

impl Running {
    fn place(&self, ts: &ThreadState) -> Place {
        critical_section::with(ts, &self.lock, || {
            // SAFETY: the lock is held; the models watch.
            self.place.with(|place| unsafe { *place })
        })
    }

    /// Changes the frame twice, if it is there.
    fn run(&self, player: &Player<'_>) {
        if player.thread > 0 {
            return;
        }
        if let Place::Live(words) = self.place(player.ts) {
            words.add();
            words.add();
        }
    }

    fn leave(&self, player: &Player<'_>) {
        if player.thread > 0 {
            return;
        }
        if let Place::Live(words) = self.place(player.ts) {
            let kept = Place::Kept(words.get());
            critical_section::with(player.ts, &self.lock, || {
                // SAFETY: the lock is held; the models watch.
                self.place.with_mut(|place| unsafe { *place = kept });
            });
            words.free(player.ts.local());
        }
    }

    fn look(&self, ts: &ThreadState) -> i8 {
        let find = || match self.place(ts) {
            Place::Live(words) => Found::Elsewhere(words),
            Place::Kept(held) => Found::Kept(held),
        };
        // SAFETY: the world is stopped; the models watch.
        let again = || match self.place.with(|place| unsafe { *place }) {
            Place::Live(words) => Some(words),
            Place::Kept(_) => None,
        };
        whereabouts::look(ts, find, again, |words| Some(words.get()))
    }
}

fn build(ts: &ThreadState, _: &State) -> Cast {
    let words = Block::new(ts.local(), "words", Plain::new("word"));
    let all = All {
        numbers: ["n0", "n1", "n2", "n3"].map(Plain::new),
        code: StopCell::new("code", (1, 1)),
        frame: Running {
            lock: ObjectLock::new(),
            place: Cell::new("place", Place::Live(words)),
        },
        breaker: EvalBreaker::new(),
        allocations: Allocations::new(),
        collection: Collection::new(),
        collections: Plain::new("collections"),
    };
    // Natively many programs run in one runtime, one after the other.
    ts.runtime().allocations.reset(0);
    all.allocations.set_threshold(THRESHOLD.into());
    Cast::with(Vec::new(), all)
}

fn read(ts: &ThreadState, cast: &Cast) -> State {
    let all: &All = cast.part();
    let frame = match all.frame.place(ts) {
        Place::Live(words) => {
            let held = words.get();
            words.free(ts.local());
            [held, 0]
        }
        Place::Kept(held) => [held, 1],
    };
    let allocated = [all.allocations.young(), ts.runtime().allocations.young()];
    State::new(vec![
        all.numbers.iter().map(Plain::get).collect(),
        vec![all.code.with(|code| code.0)],
        frame.to_vec(),
        vec![bits(all.breaker.take())],
        allocated.map(|young| young as i8).to_vec(),
    ])
}
