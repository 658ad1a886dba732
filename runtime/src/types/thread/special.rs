//! The objects of threads that `threading` did not start: the main thread, and those of `_thread`.

use super::registry::Running;
use super::{Thread, enlist, ident, native_ident};
use crate::eval::cx::Cx;
use crate::eval::ops::attribute;
use crate::objects::header::Object;
use crate::protocols::thread_life::Stage;
use crate::refs::Owned;
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::module::Module;
use crate::types::payload::{self, Boxed};

/// The object of the thread that runs the program, made when somebody asks.
pub(crate) fn main_thread(cx: &Cx) -> Owned {
    let number = u64::from(cx.world().threads.main().get());
    let found = |running: &mut Running| running.object(number).cloned();
    let running = &cx.world().threads.running;
    if let Some(main) = running.with(cx.lot(), found) {
        return main;
    }
    let numbers = [number, cx.world().threads.main_native];
    let made = special(cx, "_MainThread", "MainThread".to_owned(), numbers, false);
    let spare = made.clone();
    let (main, unused) = running.with(cx.lot(), |running| match running.object(number) {
        Some(main) => (main.clone(), Some(spare)),
        None if running.closed => (made.clone(), Some(spare)),
        None => {
            running.all.push((number, spare));
            (made.clone(), None)
        }
    });
    drop(unused);
    main
}

/// The object of the calling thread.
pub(crate) fn current_thread(cx: &Cx) -> Owned {
    let current = cx.thread.borrow().clone();
    match current {
        Some(thread) => thread,
        None if cx.is_main_thread() => main_thread(cx),
        None => {
            let name = format!("Dummy-{}", cx.world().threads.next_name());
            let made = special(cx, "_DummyThread", name, [ident(cx), native_ident()], true);
            drop(cx.thread.replace(Some(made.clone())));
            enlist(cx, ident(cx), made.clone());
            made
        }
    }
}

/// An object for a thread that runs already.
fn special(cx: &Cx, class: &str, name: String, numbers: [u64; 2], is_daemon: bool) -> Owned {
    let [ident, native] = numbers;
    let thread = Thread::bare();
    thread.rename(cx, name);
    thread.mark_daemon(is_daemon);
    thread.set_ident(ident);
    let _ = (thread.life).advance(cx.lot(), Stage::Raw, Stage::Started);
    thread.begin(cx, native);
    let class = library_class(cx, class);
    match class
        .as_ref()
        .and_then(|class| Class::of(class.borrow()))
        .filter(|class| class.tag() == Boxed::<Thread>::KIND.tag)
    {
        Some(class) => payload::new_in(cx, class, thread),
        None => payload::new_in(cx, cx.class(TypeId::Thread), thread),
    }
}

/// A class of the Python part of `threading`.
fn library_class(cx: &Cx, name: &str) -> Option<Owned> {
    let module = library(cx)?;
    let dict = module.borrow().payload::<Module>()?.dict();
    attribute::in_dict(cx, dict, cx.intern(name)).ok()?
}

/// The module `threading`, if it was imported.
pub(super) fn library(cx: &Cx) -> Option<Owned> {
    attribute::in_dict(cx, cx.world().modules(), cx.intern("threading")).ok()?
}
