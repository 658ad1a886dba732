//! Lists and dicts of instances whose comparisons give the locks up, and instances whose finalizers put them back.

use super::rt::objects::dict::{self, Dict};
use super::rt::objects::list::{self, List};
use super::rt::objects::{
    Error, Header, Hooks, Kind, Object, Tag, Value, alloc_value, drain_merge_queue, new_ref,
};
use super::rt::protocols::qsbr;
use super::rt::protocols::thread_state::ThreadState;
use super::values::{drop_ref, small};
use super::{
    Answer, Arg, At, Cast, Frame, Model, Next, Operation, Player, Row, State, Target, object, op,
};

/// The rows: the numbers of the instances in a list; the keys of a dict, which are their own values; and how many were
/// kept by their finalizers more than once.
pub(super) static TARGET: Target = Target {
    name: "code",
    question: "Does an operation that runs code, and gives the lock up for it, notice what others did meanwhile?",
    types: &[],
    start: &[Row::Fixed(&[1, 2, 3]), Row::Fixed(&[1]), Row::Fixed(&[0])],
    threads: 3,
    operations: OPERATIONS,
    excepted: &[],
    close: None,
    project: None,
    hooks: &Comparisons,
    build,
    read,
};

const ITEM: &[Arg] = &[Arg::Below(4)];

const OPERATIONS: &[Operation] = &[
    op(
        "remove",
        "remove",
        "x.remove(a{0})",
        ITEM,
        3,
        Model::Steps(remove),
        |p, a| {
            let wanted = instance(p.ts, a[0], None);
            let found = list::remove_value(p.ts, x(p), wanted).expect("they compare");
            drop_ref(p.ts, wanted);
            Answer::Bool(found)
        },
    ),
    op("pop", "pop", "x.pop(0)", &[], 3, Model::One(pop), |p, _| {
        Answer::of(list::pop(p.ts, x(p), 0).map(|found| taken(p.ts, found)))
    }),
    op(
        "append",
        "append",
        "x.append(a{0})",
        ITEM,
        2,
        Model::One(append),
        |p, a| {
            list::append(p.ts, x(p), instance(p.ts, a[0], None));
            Answer::Done
        },
    ),
    op(
        "sort",
        "sort",
        "x.sort(key=one that waits)",
        &[],
        2,
        Model::Steps(sort),
        |p, _| {
            list::arrange(p.ts, x(p), |items| {
                p.ts.detached(|| ());
                items.sort_by_key(number);
            });
            Answer::Done
        },
    ),
    op(
        "insert",
        "__setitem__",
        "d[a{0}] = {0}",
        ITEM,
        3,
        Model::One(insert),
        |p, a| {
            let key = instance(p.ts, a[0], None);
            dict::insert(p.ts, d(p), key, small(a[0])).expect("they compare");
            Answer::Done
        },
    ),
    op(
        "get",
        "__getitem__",
        "d.get(a{0})",
        ITEM,
        2,
        Model::One(get),
        |p, a| {
            let key = instance(p.ts, a[0], None);
            let found = dict::get(p.ts, d(p), key).expect("they compare");
            drop_ref(p.ts, key);
            Answer::of(found.map(super::values::number))
        },
    ),
    op(
        "clear",
        "clear",
        "d.clear()",
        &[],
        2,
        Model::One(clear),
        |p, _| {
            dict::clear(p.ts, d(p));
            qsbr::process(p.ts);
            super::super::body::pass(p.ts);
            qsbr::process(p.ts);
            Answer::Done
        },
    ),
    op(
        "revive",
        "",
        "y = kept.pop(0); del y, whose finalizer puts it back",
        &[],
        3,
        Model::Aside(done),
        |p, _| {
            if let Some(found) = list::pop(p.ts, kept(p.cast), 0) {
                drop_ref(p.ts, found);
            }
            Answer::Done
        },
    ),
    op(
        "drain",
        "",
        "safepoint()",
        &[],
        1,
        Model::Aside(done),
        |p, _| {
            drain_merge_queue(p.ts);
            Answer::Done
        },
    ),
];

/// An instance of a Python class. Its finalizer puts it into a list, if it has one, which outlives it.
#[repr(C)]
struct Instance {
    header: Header,
    number: i8,
    keeper: Option<Value>,
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for Instance {
    const KIND: &'static Kind = &Kind {
        finalized: true,
        ..Kind::leaf("instance", Tag::Instance)
    };
}

/// The code of instances: comparisons let others run; all instances hash alike.
struct Comparisons;

impl Hooks for Comparisons {
    fn equal(&self, ts: &ThreadState, left: Value, right: Value) -> Result<bool, Error> {
        ts.detached(|| ());
        Ok(number(&left) == number(&right))
    }

    fn hash(&self, _: &ThreadState, _: Value) -> Result<i64, Error> {
        Ok(1)
    }

    fn finalize(&self, ts: &ThreadState, value: Value) {
        let instance: &Instance = value.downcast().expect("nothing else has a finalizer");
        if let Some(keeper) = &instance.keeper {
            let keeper: &List = keeper.downcast().expect("a list");
            list::append(ts, keeper, new_ref(ts, value));
        }
    }
}

fn instance(ts: &ThreadState, number: i8, keeper: Option<Value>) -> Value {
    let header = Header::new(ts, Instance::KIND);
    alloc_value(
        ts,
        Instance {
            header,
            number,
            keeper,
        },
    )
}

fn number(value: &Value) -> i8 {
    value
        .downcast::<Instance>()
        .map_or(-1, |found| found.number)
}

fn taken(ts: &ThreadState, value: Value) -> i8 {
    let number = number(&value);
    drop_ref(ts, value);
    number
}

fn x<'a>(player: &'a Player<'_>) -> &'a List {
    object(player.cast, 0)
}

fn d<'a>(player: &'a Player<'_>) -> &'a Dict {
    object(player.cast, 1)
}

fn kept(cast: &Cast) -> &List {
    object(cast, 2)
}

fn build(ts: &ThreadState, state: &State) -> Cast {
    let items = state.rows[0].iter();
    let items: Vec<Value> = items.map(|number| instance(ts, *number, None)).collect();
    let dict = dict::new(ts);
    let inside: &Dict = dict.downcast().expect("a dict");
    for &key in &state.rows[1] {
        dict::insert(ts, inside, instance(ts, key, None), small(key)).expect("they compare");
    }
    let kept = list::new(ts, &[]);
    let inside: &List = kept.downcast().expect("a list");
    for number in [1, 2] {
        list::append(ts, inside, instance(ts, number, Some(kept)));
    }
    Cast::of(vec![list::new(ts, &items), dict, kept])
}

/// Whoever was kept once is not kept again.
fn read(ts: &ThreadState, cast: &Cast) -> State {
    let items = list::snapshot(ts, object(cast, 0)).into_iter();
    let items = items.map(|item| taken(ts, item)).collect();
    let entries = dict::entries(ts, object(cast, 1)).into_iter();
    let mut keys: Vec<i8> = entries.map(|(key, _)| taken(ts, key)).collect();
    keys.sort_unstable();
    drain_merge_queue(ts);
    for _ in 0..4 {
        if let Some(found) = list::pop(ts, kept(cast), 0) {
            drop_ref(ts, found);
        }
        drain_merge_queue(ts);
    }
    State::new(vec![items, keys, vec![kept(cast).len() as i8]])
}

/// Takes out an item that is equal, at some moment, or finds none, since others may have had it.
fn remove(state: &State, _: &Frame, a: &At<'_>) -> Vec<Next> {
    let ended = |state: State, found| Next {
        state,
        frame: Frame::new(),
        answer: Some(Answer::Bool(found)),
    };
    let row = state.rows[0].iter().enumerate();
    let equal = row.filter(|(_, number)| **number == a.args[0]);
    let without = |place: usize| {
        let mut state = state.clone();
        state.rows[0].remove(place);
        ended(state, true)
    };
    let mut all: Vec<Next> = equal.map(|(place, _)| without(place)).collect();
    all.push(ended(state.clone(), false));
    all
}

fn pop(state: &mut State, _: &At<'_>) -> Answer {
    let row = &mut state.rows[0];
    Answer::of((!row.is_empty()).then(|| row.remove(0)))
}

fn append(state: &mut State, a: &At<'_>) -> Answer {
    state.rows[0].push(a.args[0]);
    Answer::Done
}

/// Takes the items out, and puts them before those that came meanwhile. The frame holds them, behind a mark.
fn sort(state: &State, frame: &Frame, _: &At<'_>) -> Vec<Next> {
    let mut state = state.clone();
    let (frame, answer) = match frame.split_first() {
        None => {
            let mut items = std::mem::take(&mut state.rows[0]);
            items.sort_unstable();
            items.insert(0, 0);
            (items, None)
        }
        Some((_, items)) => {
            state.rows[0].splice(0..0, items.iter().copied());
            (Frame::new(), Some(Answer::Done))
        }
    };
    vec![Next {
        state,
        frame,
        answer,
    }]
}

fn insert(state: &mut State, a: &At<'_>) -> Answer {
    let row = &mut state.rows[1];
    if let Err(free) = row.binary_search(&a.args[0]) {
        row.insert(free, a.args[0]);
    }
    Answer::Done
}

fn get(state: &mut State, a: &At<'_>) -> Answer {
    let found = state.rows[1].contains(&a.args[0]);
    Answer::of(found.then_some(a.args[0]))
}

fn clear(state: &mut State, _: &At<'_>) -> Answer {
    state.rows[1].clear();
    Answer::Done
}

fn done(_: &mut State, _: &At<'_>) -> Answer {
    Answer::Done
}
