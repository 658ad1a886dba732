//! Look-ups in a class that changes: by the cache and without it; and the registry of abstract classes.

use std::convert::Infallible;

use super::rt::objects::cell::{self, Cell};
use super::rt::objects::no_code::NoCode;
use super::rt::objects::type_cache::TypeCache;
use super::rt::protocols::critical_section;
use super::rt::protocols::inheritance::Inheritance;
use super::rt::protocols::object_lock::ObjectLock;
use super::rt::protocols::registrations::{Answers, Token};
use super::rt::protocols::stop_cell::StopCell;
use super::rt::protocols::thread_state::ThreadState;
use super::rt::protocols::version::ClassVersion;
use super::rt::sync;
use super::rt::sync::atomic::AtomicU8;
use super::rt::sync::atomic::Ordering::Relaxed;
use super::values::{self, made, readable, small};
use super::{
    Answer, Arg, At, Cast, Frame, Model, Next, Operation, Player, Row, State, Target, object, op,
};

/// The rows: the values of two attributes, the numbers of the classes that were registered, and the number that a base
/// hands down: its own, and that of its heir, 0 while there is none.
pub(super) static TARGET: Target = Target {
    name: "lookups",
    question: "Does a look-up by the cache find what the class has, and a registry what was registered?",
    types: &[],
    start: &[Row::Fixed(&[1, 2]), Row::Fixed(&[]), Row::Fixed(&[1, 0])],
    threads: 3,
    operations: OPERATIONS,
    excepted: &[],
    close: None,
    project: None,
    hooks: &NoCode,
    build,
    read,
};

const OPERATIONS: &[Operation] = &[
    op(
        "lookup",
        "__getattribute__",
        "C.a{0}",
        &[Arg::Below(2)],
        4,
        Model::One(get),
        |p, a| {
            let (class, cell) = (class(p), cell(p, a[0]));
            let find = || Ok(cell::get(p.ts, cell));
            let found = class.cache.lookup(p.ts, &class.version, small(a[0]), find);
            values::answer(p.ts, found.expect("a cell raises nothing"))
        },
    ),
    op(
        "look",
        "__getattribute__",
        "C.__dict__['a{0}']",
        &[Arg::Below(2)],
        2,
        Model::One(get),
        |p, a| values::answer(p.ts, cell::get(p.ts, cell(p, a[0]))),
    ),
    op(
        "assign",
        "__setattr__",
        "C.a{0} = {1}",
        &[Arg::Below(2), Arg::Value],
        2,
        Model::One(set),
        |p, a| {
            let (class, value) = (class(p), readable(made(p.ts, a[1])));
            let change = || cell::set(p.ts, cell(p, a[0]), Some(value));
            class
                .cache
                .versions
                .modify(|| class.version.invalidate(), change);
            Answer::Done
        },
    ),
    op(
        "register",
        "register",
        "abc.register(K{0})",
        &[Arg::Below(2)],
        1,
        Model::One(register),
        |p, a| {
            class(p).registry.register(p.ts, number(a[0]));
            Answer::Done
        },
    ),
    op(
        "ask",
        "__subclasscheck__",
        "issubclass(K{0}, abc)",
        &[Arg::Below(2)],
        2,
        Model::One(ask),
        |p, a| Answer::Bool(class(p).registry.ask(p.ts, number(a[0]))),
    ),
    op(
        "hand-down",
        "__setattr__",
        "Base.a = {0}, by the first thread",
        &[Arg::Value],
        2,
        Model::Steps(hand_down),
        |p, a| {
            if p.thread == 0 {
                class(p).family.change(p.ts, a[0]);
            }
            Answer::Done
        },
    ),
    op(
        "inherit",
        "__new__",
        "class Heir(Base), once, by the second thread",
        &[],
        2,
        Model::One(inherit),
        |p, _| {
            if p.thread == 1 {
                class(p).family.make(p.ts);
            }
            Answer::Done
        },
    ),
];

/// A class with a cache of one entry, so that its attributes drive each other out; its attributes are the cast's cells.
struct Class {
    cache: TypeCache,
    version: ClassVersion,
    registry: Registry,
    family: Family,
}

/// A base with a value, and one heir, which has a copy of it.
struct Family {
    inheritance: Inheritance,
    value: AtomicU8,
    lock: ObjectLock,
    /// Whether the base knows its heir.
    known: StopCell<bool>,
    copy: StopCell<u8>,
}

impl Family {
    fn new() -> Self {
        Self {
            inheritance: Inheritance::new(),
            value: AtomicU8::new("value", 1),
            lock: ObjectLock::new(),
            known: StopCell::new("known", false),
            copy: StopCell::new("copy", 0),
        }
    }

    fn value(&self) -> u8 {
        // ORDERING: Relaxed: that a change is not missed is what `inheritance` is for.
        self.value.load(Relaxed)
    }

    fn change(&self, ts: &ThreadState, value: i8) {
        // ORDERING: Relaxed, as in `value`.
        self.value.store(value.unsigned_abs(), Relaxed);
        self.inheritance.pass_down(|| {
            self.copy.change(ts, |copy| {
                if self.known.with(|known| *known) {
                    *copy = self.value();
                }
            });
        });
    }

    fn make(&self, ts: &ThreadState) {
        if self.known.with(|known| *known) {
            return;
        }
        let begun = self.inheritance.begin();
        let value = self.value();
        self.copy.change_alone(|copy| *copy = value);
        // Making the class passes safepoints.
        ts.detached(|| ());
        critical_section::with(ts, &self.lock, || {
            self.known.change_alone(|known| *known = true);
        });
        if self.inheritance.missed(begun) {
            self.copy.change(ts, |copy| *copy = self.value());
        }
    }
}

fn class<'a>(player: &'a Player<'_>) -> &'a Class {
    player.cast.part()
}

fn cell<'a>(player: &'a Player<'_>, name: i8) -> &'a Cell {
    object(player.cast, usize::from(name.unsigned_abs()))
}

fn number(class: i8) -> u64 {
    u64::from(class.unsigned_abs()) + 1
}

#[derive(Default)]
struct Known {
    registered: Vec<u64>,
    answers: Answers,
}

/// Which classes were registered, and what was answered about them.
struct Registry {
    lock: ObjectLock,
    token: Token,
    known: sync::cell::Cell<Known>,
}

impl Registry {
    fn new() -> Self {
        Self {
            lock: ObjectLock::new(),
            token: Token::new(),
            known: sync::cell::Cell::new("known", Known::default()),
        }
    }

    fn with<R>(
        &self,
        ts: &ThreadState,
        body: impl FnOnce(&mut Known) -> R,
    ) -> Result<R, Infallible> {
        Ok(critical_section::with(ts, &self.lock, || {
            // SAFETY: the lock is held; the models watch.
            self.known.with_mut(|known| body(unsafe { &mut *known }))
        }))
    }

    fn register(&self, ts: &ThreadState, class: u64) {
        let Ok(()) = self
            .token
            .register(|| self.with(ts, |known| known.registered.push(class)));
    }

    fn ask(&self, ts: &ThreadState, class: u64) -> bool {
        let Ok(answer) = self.token.ask(
            |token| self.with(ts, |known| known.answers.recall(class, token)),
            || self.with(ts, |known| known.registered.contains(&class)),
            |asked, answer| self.with(ts, |known| known.answers.keep(class, asked, answer)),
        );
        answer
    }
}

fn build(ts: &ThreadState, state: &State) -> Cast {
    let cell = |value: &i8| cell::new(ts, Some(readable(made(ts, *value))));
    let class = Class {
        cache: TypeCache::new(1),
        version: ClassVersion::new(),
        registry: Registry::new(),
        family: Family::new(),
    };
    Cast::with(state.rows[0].iter().map(cell).collect(), class)
}

fn read(ts: &ThreadState, cast: &Cast) -> State {
    let value = |at| cell::get(ts, object(cast, at)).map_or(-1, |value| values::take(ts, value));
    let Class {
        registry, family, ..
    } = cast.part();
    let registered = (0..2).filter(|class| registry.ask(ts, number(*class)));
    let handed = [family.value() as i8, family.copy.with(|copy| *copy) as i8];
    State::new(vec![
        vec![value(0), value(1)],
        registered.collect(),
        handed.to_vec(),
    ])
}

fn get(state: &mut State, at: &At<'_>) -> Answer {
    Answer::Number(state.rows[0][usize::from(at.args[0].unsigned_abs())])
}

fn set(state: &mut State, at: &At<'_>) -> Answer {
    state.rows[0][usize::from(at.args[0].unsigned_abs())] = at.args[1];
    Answer::Done
}

fn register(state: &mut State, at: &At<'_>) -> Answer {
    let row = &mut state.rows[1];
    if let Err(free) = row.binary_search(&at.args[0]) {
        row.insert(free, at.args[0]);
    }
    Answer::Done
}

fn ask(state: &mut State, at: &At<'_>) -> Answer {
    Answer::Bool(state.rows[1].contains(&at.args[0]))
}

/// Changes the value, and then the copy, if there is one.
fn hand_down(state: &State, frame: &Frame, a: &At<'_>) -> Vec<Next> {
    let mut state = state.clone();
    let first = a.thread == 0 && frame.is_empty();
    if first {
        state.rows[2][0] = a.args[0];
    }
    if state.rows[2][1] > 0 && a.thread == 0 {
        state.rows[2][1] = state.rows[2][0];
    }
    vec![Next {
        state,
        frame: vec![1],
        answer: (!first).then_some(Answer::Done),
    }]
}

fn inherit(state: &mut State, a: &At<'_>) -> Answer {
    let row = &mut state.rows[2];
    if a.thread == 1 {
        row[1] = row[0];
    }
    Answer::Done
}
