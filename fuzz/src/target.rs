//! The drawn program on the real containers. Mounted once for each world, as the scenarios are.
//!
//! T1 owns the container and starts T2, so that the fast paths of an owner race with those of everybody else.

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::rt::objects::dict::{self, Dict};
use super::rt::objects::float::{self, Float};
use super::rt::objects::list::{self, List};
use super::rt::objects::local::{Local, NoCode};
use super::rt::objects::{self, Value};
use super::rt::protocols::runtime::{Config, Handle, Runtime, safepoint};
use super::rt::protocols::thread_state::ThreadState;
use super::rt::sync::thread;
use crate::clock::Clock;
use crate::history::{Call, History};
use crate::program::{Answer, Container, DictOp, ListOp, Op};
use crate::running;

const STACK: usize = 256 * 1024;

/// What an explorer is given.
pub(crate) const SCENARIO: Scenario = Scenario {
    name: "fuzz_program",
    pillar: Pillar::List,
    question: "Does some order of the calls explain what they answered?",
    always: "Every history is linearizable, and nothing is left on the heap.",
    sometimes: &[],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let program = running::program();
    let runtime = Arc::new(Runtime::new(Config {
        slots: 4,
        buckets: 1,
        ..Config::default()
    }));
    let clock = Clock::default();
    let first = spawn(&runtime, None, "T1", {
        let runtime = Arc::clone(&runtime);
        move |ts| race(ts, &runtime, &program, &clock)
    });
    let history = first.join();
    // SAFETY: both threads are gone.
    unsafe { runtime.finish() };
    running::judge(&history, claims);
    let mut left = 0;
    // SAFETY: as above.
    unsafe { runtime.heap.visit(|_| left += 1) };
    claims.always("nothing is left on the heap", left == 0, || {
        format!("{left} objects")
    });
}

/// Runs on T1: builds the container, races with T2, looks at what is left.
fn race(
    ts: &ThreadState,
    runtime: &Arc<Runtime>,
    program: &crate::program::Program,
    clock: &Clock,
) -> History {
    let shared = Shared(build(ts, &program.container));
    let second = spawn(runtime, Some(ts), "T2", {
        let (ops, clock) = (program.threads[1].clone(), clock.clone());
        move |ts| calls(ts, shared, 1, &ops, &clock)
    });
    let mut done = calls(ts, shared, 0, &program.threads[0], clock);
    done.extend(ts.detached(|| second.join()));
    let after = content(ts, shared.0);
    give_back(ts, shared.0);
    History {
        before: program.container.clone(),
        calls: done,
        after,
    }
}

/// A container that both threads use; T1's reference outlives T2.
#[derive(Clone, Copy)]
struct Shared(Value);

// SAFETY: objects may be used from every thread; whether that is so is what the target asks.
unsafe impl Send for Shared {}

/// Starts a thread of the runtime; `creator` is the calling one, if it is one.
fn spawn<T: Send + 'static>(
    runtime: &Arc<Runtime>,
    creator: Option<&ThreadState>,
    name: &str,
    body: impl FnOnce(&ThreadState) -> T + Send + 'static,
) -> thread::JoinHandle<T> {
    // SAFETY: the thread keeps the runtime alive until it has given its state back.
    let state = unsafe { runtime.create_thread(creator) };
    let runtime = Arc::clone(runtime);
    thread::spawn(name, STACK, move || inside(&runtime, state, body))
        .expect("the system gives a thread")
}

/// The life of a thread.
fn inside<T>(runtime: &Runtime, state: Handle, body: impl FnOnce(&ThreadState) -> T) -> T {
    // SAFETY: the hooks are a constant.
    let local = unsafe { Local::new(&NoCode, 7) };
    state.bind();
    state.set_extension(Some(std::ptr::NonNull::from(&local).cast()));
    state.attach();
    let result = body(&state);
    objects::end_thread(&state);
    runtime.delete_thread(state);
    result
}

fn calls(ts: &ThreadState, shared: Shared, thread: usize, ops: &[Op], clock: &Clock) -> Vec<Call> {
    let call = |op: &Op| {
        let begin = clock.tick();
        let answer = answer(ts, shared.0, *op);
        let end = clock.tick();
        safepoint(ts, |_| objects::drain_merge_queue(ts));
        Call {
            thread,
            op: *op,
            answer,
            begin,
            end,
        }
    };
    ops.iter().map(call).collect()
}

fn answer(ts: &ThreadState, container: Value, op: Op) -> Answer {
    match op {
        Op::List(op) => on_list(ts, container.downcast().expect("a list"), op),
        Op::Dict(op) => on_dict(ts, container.downcast().expect("a dict"), op),
    }
}

fn on_list(ts: &ThreadState, list: &List, op: ListOp) -> Answer {
    match op {
        ListOp::Get(index) => taken(ts, list::get(ts, list, index.into())),
        ListOp::Set(index, value) => {
            let set = list::set(ts, list, index.into(), object(ts, value));
            Answer::Found(set.map_err(|value| give_back(ts, value)).is_ok())
        }
        ListOp::Append(value) => {
            list::append(ts, list, object(ts, value));
            Answer::Done
        }
        ListOp::Insert(index, value) => {
            list::insert(ts, list, index.into(), object(ts, value));
            Answer::Done
        }
        ListOp::Pop => taken(ts, list::pop(ts, list, -1)),
        ListOp::PopFirst => taken(ts, list::pop(ts, list, 0)),
        ListOp::Widen(index, value) => {
            let index = usize::from(index);
            let values = [object(ts, value), object(ts, value)];
            list::replace(ts, list, |_| index..index + 1, &values);
            Answer::Done
        }
        ListOp::Clear => {
            list::clear(ts, list);
            Answer::Done
        }
    }
}

fn on_dict(ts: &ThreadState, dict: &Dict, op: DictOp) -> Answer {
    match op {
        DictOp::Get(key) => taken(
            ts,
            dict::get(ts, dict, number(key)).expect("numbers have hashes"),
        ),
        DictOp::Insert(key, value) => {
            let value = object(ts, value);
            dict::insert(ts, dict, number(key), value).expect("numbers have hashes");
            Answer::Done
        }
        DictOp::SetDefault(key, value) => {
            let value = object(ts, value);
            let found = dict::setdefault(ts, dict, number(key), value);
            taken(ts, Some(found.expect("numbers have hashes")))
        }
        DictOp::Pop(key) => taken(
            ts,
            dict::pop(ts, dict, number(key)).expect("numbers have hashes"),
        ),
        DictOp::Clear => {
            dict::clear(ts, dict);
            Answer::Done
        }
    }
}

fn build(ts: &ThreadState, container: &Container) -> Value {
    match container {
        Container::List(items) => {
            let items: Vec<Value> = items.iter().map(|item| object(ts, *item)).collect();
            list::new(ts, &items)
        }
        Container::Dict(entries) => {
            let value = dict::new(ts);
            let dict = value.downcast::<Dict>().expect("a dict");
            for (key, value) in entries {
                dict::insert(ts, dict, number(*key), object(ts, *value))
                    .expect("numbers have hashes");
            }
            value
        }
    }
}

fn content(ts: &ThreadState, container: Value) -> Container {
    if let Some(list) = container.downcast::<List>() {
        let items = list::snapshot(ts, list);
        return Container::List(items.into_iter().map(|item| read(ts, item)).collect());
    }
    let dict = container.downcast::<Dict>().expect("a list or a dict");
    let entries = dict::entries(ts, dict).into_iter();
    Container::Dict(
        entries
            .map(|(key, value)| (key_of(ts, key), read(ts, value)))
            .collect(),
    )
}

/// An object of its own for each number that goes into a container, so that the heap watches it.
fn object(ts: &ThreadState, value: u8) -> Value {
    float::new(ts, value.into())
}

/// Keys are immediate.
fn number(key: u8) -> Value {
    Value::small(key.into()).expect("it is small")
}

fn key_of(ts: &ThreadState, key: Value) -> u8 {
    let number = key.as_small().and_then(|key| u8::try_from(key).ok());
    give_back(ts, key);
    number.expect("keys are small")
}

fn taken(ts: &ThreadState, value: Option<Value>) -> Answer {
    Answer::Value(value.map(|value| read(ts, value)))
}

/// The number of an object, whose reference it gives back.
fn read(ts: &ThreadState, value: Value) -> u8 {
    let float = value.downcast::<Float>().expect("containers hold floats");
    let number = float.get() as u8;
    give_back(ts, value);
    number
}

fn give_back(ts: &ThreadState, value: Value) {
    // SAFETY: the caller owned the reference.
    unsafe { objects::decref(ts, value) };
}
