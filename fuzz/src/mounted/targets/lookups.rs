//! Look-ups in a class that changes: by the cache and without it; and the registry of abstract classes.

use std::convert::Infallible;

use super::rt::objects::cell::{self, Cell};
use super::rt::objects::no_code::NoCode;
use super::rt::objects::type_cache::TypeCache;
use super::rt::protocols::critical_section;
use super::rt::protocols::object_lock::ObjectLock;
use super::rt::protocols::registrations::{Answers, Token};
use super::rt::protocols::thread_state::ThreadState;
use super::rt::protocols::version::ClassVersion;
use super::rt::sync;
use super::values::{self, made, readable, small};
use super::{Answer, Arg, At, Cast, Model, Operation, Player, Row, State, Target, object, op};

/// The rows: the values of two attributes, and the numbers of the classes that were registered.
pub(super) static TARGET: Target = Target {
    name: "lookups",
    question: "Does a look-up by the cache find what the class has, and a registry what was registered?",
    types: &[],
    start: &[Row::Fixed(&[1, 2]), Row::Fixed(&[])],
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
];

/// A class with a cache of one entry, so that its attributes drive each other out; its attributes are the cast's cells.
struct Class {
    cache: TypeCache,
    version: ClassVersion,
    registry: Registry,
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
    };
    Cast::with(state.rows[0].iter().map(cell).collect(), class)
}

fn read(ts: &ThreadState, cast: &Cast) -> State {
    let value = |at| cell::get(ts, object(cast, at)).map_or(-1, |value| values::take(ts, value));
    let registry = &cast.part::<Class>().registry;
    let registered = (0..2).filter(|class| registry.ask(ts, number(*class)));
    State::new(vec![vec![value(0), value(1)], registered.collect()])
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
