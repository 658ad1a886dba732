//! Threads that begin and end, with objects that outlive them, and blocks that are retired while others look at them.

use std::ptr::{self, NonNull};

mod model;

use super::blocks::Block;
use super::rt::objects::cell::{self, Cell};
use super::rt::objects::no_code::NoCode;
use super::rt::objects::{Local, Value, drain_merge_queue, end_thread, gc};
use super::rt::protocols::qsbr;
use super::rt::protocols::runtime::{Handle, Runtime, safepoint};
use super::rt::protocols::thread_state::ThreadState;
use super::rt::sync::atomic::AtomicPtr;
use super::rt::sync::atomic::Ordering::{AcqRel, Acquire};
use super::rt::sync::thread;
use super::values::{self, Plain, made, readable};
use super::{Answer, Arg, Cast, Model, Operation, Player, Row, State, Target, op};

/// The rows: the numbers in two cells, 0 for nothing; the number of the published block; and what is left at the end of
/// slots and of retired blocks that nobody has taken over.
pub(super) static TARGET: Target = Target {
    name: "threads",
    question: "Do objects and retired blocks outlive the threads that made them, and end in time?",
    types: &[],
    start: &[Row::Fixed(&[1, 0]), Row::Fixed(&[1]), Row::Fixed(&[0, 0])],
    threads: 3,
    operations: OPERATIONS,
    excepted: &[],
    close: None,
    project: None,
    hooks: &NoCode,
    build,
    read,
};

const CELLS: usize = 0;
const PUBLISHED: usize = 1;

/// Enough for a thread that ends soon.
const STACK: usize = 256 << 10;

/// Which of the two cells.
const ONE: Arg = Arg::Below(2);

const OPERATIONS: &[Operation] = &[
    op(
        "get",
        "",
        "x[{0}]",
        &[ONE],
        2,
        Model::One(model::get),
        |p, a| values::answer(p.ts, cell::get(p.ts, all(p).cell(a[0]))),
    ),
    op(
        "put",
        "",
        "x[{0}] = {1}",
        &[ONE, Arg::Value],
        2,
        Model::One(model::put),
        |p, a| {
            all(p).put(p.ts, a[0], a[1]);
            Answer::Done
        },
    ),
    op(
        "drop",
        "",
        "x[{0}] = None",
        &[ONE],
        2,
        Model::One(model::empty),
        |p, a| {
            cell::set(p.ts, all(p).cell(a[0]), None);
            Answer::Done
        },
    ),
    op(
        "put-in-thread",
        "",
        "Thread(x[{0}] = {1})",
        &[ONE, Arg::Value],
        3,
        Model::One(model::put),
        |p, a| {
            let (at, number) = (a[0], a[1]);
            in_thread(p, move |ts, all| all.put(ts, at, number));
            Answer::Done
        },
    ),
    op(
        "drop-in-thread",
        "",
        "Thread(x[{0}] = None)",
        &[ONE],
        2,
        Model::One(model::empty),
        |p, a| {
            let at = a[0];
            in_thread(p, move |ts, all| cell::set(ts, all.cell(at), None));
            Answer::Done
        },
    ),
    op(
        "copy-in-thread",
        "",
        "Thread(x[{0}] = x[the other])",
        &[ONE],
        2,
        Model::Steps(model::copy),
        |p, a| {
            let at = a[0];
            in_thread(p, move |ts, all| {
                let found = cell::get(ts, all.cell(1 - at));
                cell::set(ts, all.cell(at), found);
            });
            Answer::Done
        },
    ),
    op(
        "peek-in-thread",
        "",
        "Thread(published.number)",
        &[],
        2,
        Model::One(model::peek),
        |p, _| Answer::Number(in_thread(p, |_, all| all.peek())),
    ),
    op(
        "born",
        "",
        "create_thread(); delete_thread()",
        &[],
        2,
        Model::Aside(model::done),
        |p, _| {
            end_unborn(p, create(p));
            Answer::Done
        },
    ),
    op(
        "born-two",
        "",
        "create_thread() twice; delete_thread() twice",
        &[],
        1,
        Model::Aside(model::done),
        |p, _| {
            let two = [create(p), create(p)];
            two.into_iter().for_each(|thread| end_unborn(p, thread));
            Answer::Done
        },
    ),
    op(
        "defer",
        "",
        "defer_count(x[{0}])",
        &[ONE],
        2,
        Model::Aside(model::done),
        |p, a| {
            if let Some(found) = cell::get(p.ts, all(p).cell(a[0])) {
                let _ = gc::defer_count(p.ts, found);
                values::drop_ref(p.ts, found);
            }
            Answer::Done
        },
    ),
    op(
        "share",
        "",
        "defer_for_owner(x[{0}])",
        &[ONE],
        2,
        Model::Aside(model::done),
        |p, a| {
            if let Some(found) = cell::get(p.ts, all(p).cell(a[0])) {
                let _ = gc::defer_for_owner(p.ts, found);
                values::drop_ref(p.ts, found);
            }
            Answer::Done
        },
    ),
    op(
        "collect",
        "",
        "gc.collect()",
        &[],
        3,
        Model::Aside(model::done),
        |p, _| {
            let _ = gc::collect(p.ts);
            Answer::Done
        },
    ),
    op(
        "publish",
        "",
        "published = block({0})",
        &[Arg::Value],
        3,
        Model::One(model::publish),
        |p, a| {
            all(p).publish(p.ts, a[0]);
            Answer::Done
        },
    ),
    op(
        "peek",
        "",
        "published.number",
        &[],
        3,
        Model::One(model::peek),
        |p, _| Answer::Number(all(p).peek()),
    ),
    op(
        "process",
        "",
        "free what may be freed",
        &[],
        2,
        Model::Aside(model::done),
        |p, _| {
            safepoint(p.ts, |_| drain_merge_queue(p.ts));
            qsbr::process(p.ts);
            Answer::Done
        },
    ),
    op(
        "stop-outside",
        "",
        "stop(); restart(), from outside",
        &[],
        1,
        Model::Aside(model::done),
        |p, _| {
            p.ts.detached(|| {
                let world = p.ts.runtime().world();
                world.stop(None);
                world.restart(None);
            });
            Answer::Done
        },
    ),
];

/// What the threads share; the cells are the cast's.
struct All {
    cells: [Value; 2],
    published: AtomicPtr<Plain>,
}

impl All {
    fn cell(&self, at: i8) -> &Cell {
        let value = &self.cells[usize::from(at.unsigned_abs())];
        value.downcast().expect("a cell")
    }

    fn put(&self, ts: &ThreadState, at: i8, number: i8) {
        cell::set(ts, self.cell(at), Some(readable(made(ts, number))));
    }

    /// Puts another block in the place of the one that is published, which is retired.
    fn publish(&self, ts: &ThreadState, number: i8) {
        let block = Block::new(ts.local(), "published", Plain::new("number"));
        block.set(number);
        // ORDERING: AcqRel, with itself and `peek`: the number.
        let old = self.published.swap(block.pointer(), AcqRel);
        let old = Block::at(old).expect("one is always published");
        // SAFETY: the block cannot be found any more.
        unsafe { qsbr::retire(ts, old.raw()) };
    }

    fn peek(&self) -> i8 {
        // ORDERING: Acquire, with `publish`: the number.
        let block = Block::at(self.published.load(Acquire));
        block.expect("one is always published").get()
    }
}

fn all<'a>(player: &'a Player<'_>) -> &'a All {
    player.cast.part()
}

/// What a thread that begins is given; its creator waits for it.
struct Given {
    thread: Handle,
    runtime: NonNull<Runtime>,
    all: NonNull<All>,
}

// SAFETY: the creator waits for the thread, so that all stays; what is in it may be used from every thread.
unsafe impl Send for Given {}

/// Does something in a thread of its own, and waits for it outside.
fn in_thread<R: Send + 'static>(
    player: &Player<'_>,
    body: impl FnOnce(&ThreadState, &All) -> R + Send + 'static,
) -> R {
    let given = Given {
        thread: create(player),
        runtime: NonNull::from(player.ts.runtime()),
        all: NonNull::from(all(player)),
    };
    let run = move || given.run(body);
    let started = thread::spawn("thread", STACK, run).expect("a thread starts");
    player.ts.detached(|| started.join())
}

impl Given {
    fn run<R>(self, body: impl FnOnce(&ThreadState, &All) -> R) -> R {
        // SAFETY: the hooks are static.
        let part = unsafe { Local::new(&NoCode, 1) };
        // SAFETY: the creator waits.
        let (runtime, all) = unsafe { (self.runtime.as_ref(), self.all.as_ref()) };
        let ts = &*self.thread;
        ts.bind();
        ts.set_extension(Some(NonNull::from(&part).cast()));
        ts.attach();
        let result = body(ts, all);
        end_thread(ts);
        ts.set_extension(None);
        runtime.delete_thread(self.thread);
        result
    }
}

fn create(player: &Player<'_>) -> Handle {
    // SAFETY: the state is deleted before the runtime ends.
    unsafe { player.ts.runtime().create_thread(Some(player.ts)) }
}

fn end_unborn(player: &Player<'_>, thread: Handle) {
    player.ts.runtime().delete_thread(thread);
}

fn build(ts: &ThreadState, state: &State) -> Cast {
    let full = |number: &i8| (*number > 0).then(|| readable(made(ts, *number)));
    let cells = state.rows[CELLS]
        .iter()
        .map(|number| cell::new(ts, full(number)));
    let cells: Vec<Value> = cells.collect();
    let block = Block::new(ts.local(), "published", Plain::new("number"));
    block.set(state.rows[PUBLISHED][0]);
    let all = All {
        cells: [cells[0], cells[1]],
        published: AtomicPtr::new("published", block.pointer()),
    };
    Cast::with(cells, all)
}

/// What is deferred is ended; and what nobody uses is freed, whoever has retired it.
fn read(ts: &ThreadState, cast: &Cast) -> State {
    let all: &All = cast.part();
    let numbers = all.cells.iter().map(|cell| {
        let cell: &Cell = cell.downcast().expect("a cell");
        let number = cell::get(ts, cell).map_or(0, |found| values::take(ts, found));
        cell::set(ts, cell, None);
        number
    });
    let numbers = numbers.collect();
    let _ = gc::collect(ts);
    let published = all.peek();
    // ORDERING: AcqRel, as in `publish`.
    let last = Block::at(all.published.swap(ptr::null_mut(), AcqRel));
    last.expect("one is always published").free(ts.local());
    let runtime = ts.runtime();
    runtime.qsbr.quiescent(ts.participant());
    qsbr::process(ts);
    let members = runtime
        .registry
        .with(&runtime.parking.lot, |members| members.others(None).count());
    let slots = runtime.qsbr.in_use() as i8 - members as i8;
    let waiting = runtime.qsbr.orphans.len() as i8;
    State::new(vec![numbers, vec![published], vec![slots, waiting]])
}
