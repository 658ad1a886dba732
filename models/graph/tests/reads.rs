//! What a thread writes when it only reads what others read as well: nothing that any of them looks at.

use std::ptr::NonNull;
use std::time::Duration;

use record::event::{self, Event};
use reports::plan::{Plan, Search};
use reports::scenario::{Bound, Claims, Pillar, Scenario};
use runtime_graph::objects::dict::{self, Dict};
use runtime_graph::objects::lazy::Lazy;
use runtime_graph::objects::list::{self, List};
use runtime_graph::objects::no_code::NoCode;
use runtime_graph::objects::type_cache::TypeCache;
use runtime_graph::objects::{
    Local, Value, decref, end_thread, float, gc, incref, instance, new_ref,
};
use runtime_graph::protocols::runtime::{Config, Handle, Runtime};
use runtime_graph::protocols::thread_state::ThreadState;
use runtime_graph::protocols::version::ClassVersion;
use runtime_graph::sync::checker::explore;
use runtime_graph::sync::thread;

const STACK: usize = 128 << 10;

/// What the owner makes and the reader reads.
struct Things {
    list: Value,
    dict: Value,
    /// An object, the dict of its attributes, and one of the values in it.
    object: Value,
    attributes: Lazy,
    deferred: Value,
    name: Value,
    class: ClassVersion,
    cache: TypeCache,
}

impl Things {
    fn new(ts: &ThreadState) -> Self {
        let deferred = list::new(ts, &[]);
        let _ = gc::defer_count(ts, deferred);
        // A number, which is no object, since only names that never die are cached.
        let name = Value::small(1).expect("a small integer");
        let things = Self {
            list: list::new(ts, &[new_ref(ts, deferred)]),
            dict: dict::new(ts),
            object: float::new(ts, 1.5),
            attributes: instance::slot(),
            deferred,
            name,
            class: ClassVersion::new(),
            cache: TypeCache::new(1),
        };
        let inside: &Dict = things.dict.downcast().expect("a dict");
        dict::insert(ts, inside, name, new_ref(ts, deferred)).expect("integers have hashes");
        let header = things.object.as_header().expect("an object");
        let value = new_ref(ts, deferred);
        instance::set_attribute(ts, header, &things.attributes, name, value)
            .expect("integers have hashes");
        things
    }

    /// Reads everything once.
    fn read(&self, ts: &ThreadState) {
        let list: &List = self.list.downcast().expect("a list");
        let dict: &Dict = self.dict.downcast().expect("a dict");
        let header = self.object.as_header().expect("an object");
        let looked_up = || Ok(Some(new_ref(ts, self.deferred)));
        let found = [
            list::get(ts, list, 0),
            dict::get(ts, dict, self.name).expect("integers have hashes"),
            instance::get_attribute(ts, header, &self.attributes, self.name)
                .expect("integers have hashes"),
            (self.cache)
                .lookup(ts, &self.class, self.name, looked_up)
                .expect("nothing is raised"),
        ];
        for value in found {
            assert_eq!(value, Some(self.deferred));
            // SAFETY: each read gave a new reference.
            unsafe { decref(ts, self.deferred) };
        }
    }

    fn end(self, ts: &ThreadState) {
        let header = self.object.as_header().expect("an object");
        instance::replace(ts, header, &self.attributes, None);
        for value in [self.list, self.dict, self.object, self.deferred] {
            // SAFETY: these are the references that `new` has taken.
            unsafe { decref(ts, value) };
        }
        assert_eq!(gc::collect(ts), Some(1));
    }
}

/// The names of what a thread has written since the log had so many events.
fn written(since: usize) -> Vec<&'static str> {
    let entries = (since..event::count()).filter_map(event::entry);
    entries
        .filter_map(|entry| match entry.event {
            Event::Store { place, .. } | Event::Update { place, .. } | Event::Write { place } => {
                Some(place.name)
            }
            _ => None,
        })
        .collect()
}

/// Runs `body` with two threads that are inside: one owns what it makes, the other reads.
fn with_threads(body: impl FnOnce(&ThreadState, Handle) -> Handle) {
    let runtime = Box::new(Runtime::new(Config::default()));
    // SAFETY: the hooks are static.
    let parts = [(); 2].map(|()| Box::new(unsafe { Local::new(&NoCode, 1) }));
    let mut part = parts.iter();
    // SAFETY: the runtime stays in its box until the threads are deleted.
    let [owner, reader] = [(); 2].map(|()| unsafe { runtime.create_thread(None) });
    for thread in [&owner, &reader] {
        thread.bind();
        thread.set_extension(part.next().map(|part| NonNull::from(&**part).cast()));
        thread.attach();
    }
    let reader = body(&owner, reader);
    reader.move_here();
    for thread in [reader, owner] {
        end_thread(&thread);
        runtime.delete_thread(thread);
    }
    // SAFETY: every thread was deleted.
    unsafe { runtime.finish() };
}

/// A pointer that a thread may take along.
struct Sent<T>(*const T);

// SAFETY: the thread that gets it is joined before what it points to goes.
unsafe impl<T> Send for Sent<T> {}

impl<T> Sent<T> {
    fn get(&self) -> &T {
        // SAFETY: as above.
        unsafe { &*self.0 }
    }
}

/// Runs `read` in the thread of a reader, and gives the thread back.
fn in_reader(reader: Handle, read: impl FnOnce(&ThreadState) + Send + 'static) -> Handle {
    let body = move || {
        reader.move_here();
        read(&reader);
        reader
    };
    thread::spawn("reader", STACK, body)
        .expect("a thread starts")
        .join()
}

fn holds(body: fn(&Claims)) {
    let scenario = Scenario {
        name: "reads",
        pillar: Pillar::Refcount,
        question: "What does a reader write?",
        always: "Nothing that others read.",
        sometimes: &[],
        bound: Bound::Complete,
        body,
    };
    let search = Search::Graph {
        stale_reads: None,
        preemptions: None,
        shard: None,
    };
    let explored = explore(&Plan::new(search, Duration::from_secs(60)), &scenario);
    assert!(explored.failure.is_none(), "{:#?}", explored.failure);
    assert!(explored.executions > 0);
}

#[test]
fn reading_through_a_deferred_count_writes_no_shared_word() {
    holds(|claims| {
        let claims = claims.clone();
        with_threads(|owner, reader| {
            let things = Things::new(owner);
            let shared = Sent(&raw const things);
            let reader = in_reader(reader, move |ts| {
                // The first time containers are marked, and the cache is filled.
                shared.get().read(ts);
                let before = event::count();
                shared.get().read(ts);
                let names = written(before);
                let own = names.iter().all(|name| *name == "tally");
                claims.always("no shared word is written", own, || format!("{names:?}"));
                claims.always("the reads were counted", !names.is_empty(), || "none");
            });
            // A collection waits for those who are inside.
            reader.move_here();
            reader.detach();
            things.end(owner);
            reader.attach();
            reader
        });
    });
}

#[test]
fn a_counted_object_of_another_thread_is_written_by_its_reader() {
    holds(|claims| {
        let claims = claims.clone();
        with_threads(|owner, reader| {
            let counted = float::new(owner, 1.5);
            let reader = in_reader(reader, move |ts| {
                let before = event::count();
                incref(ts, counted);
                let names = written(before);
                claims.always("the count is written", names == ["shared"], || {
                    format!("{names:?}")
                });
                // SAFETY: the reference was taken above.
                unsafe { decref(ts, counted) };
            });
            // SAFETY: the owner's reference.
            unsafe { decref(owner, counted) };
            reader
        });
    });
}
