//! The object of a thread: what it runs, what it is called, and how far it is.

use super::ident;
use crate::eval::context::Context;
use crate::eval::synchronize::Patience;
use crate::eval::types::TypeId;
use crate::eval::{Outcome, convert, text};
use crate::objects::str::Str;
use crate::objects::value::Value;
use crate::protocols::event::{Event, Waited};
use crate::protocols::mutex::Mutex;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::atomic::{AtomicU8, AtomicU64};
use crate::sync::thread::JoinHandle;

/// How far a thread is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    New,
    Started,
    Ended,
}

/// `threading.Thread`
pub(crate) struct ThreadObject {
    pub(crate) target: Value,
    /// A tuple.
    pub(crate) args: Value,
    /// A dict or `None`.
    pub(crate) kwargs: Value,
    name: Mutex<String>,
    daemon: AtomicU8,
    pub(super) state: Mutex<Progress>,
    ident: AtomicU64,
    pub(super) done: Event,
}

impl ThreadObject {
    /// A thread that has not started; takes over the references.
    pub(crate) fn new(
        target: Value,
        args: Value,
        kwargs: Value,
        name: String,
        daemon: bool,
    ) -> Self {
        Self {
            target,
            args,
            kwargs,
            name: Mutex::new("thread name", name),
            daemon: AtomicU8::new("daemon", u8::from(daemon)),
            state: Mutex::new("thread", Progress::New),
            ident: AtomicU64::new("ident", 0),
            done: Event::new(),
        }
    }

    /// The object of the thread that is running the program.
    pub(crate) fn main(cx: &Context<'_>) -> Self {
        let main = Self::new(
            Value::NONE,
            cx.tuple(&[]),
            Value::NONE,
            "MainThread".into(),
            false,
        );
        main.set_started(ident(cx));
        main.set_state(cx, Progress::Started);
        main
    }

    pub(in crate::eval) fn references(&self, visit: &mut dyn FnMut(Value)) {
        [self.target, self.args, self.kwargs]
            .into_iter()
            .for_each(visit);
    }

    pub(crate) fn name(&self, cx: &Context<'_>) -> String {
        self.name.with(cx.lot(), |name| name.clone())
    }

    pub(crate) fn is_daemon(&self) -> bool {
        // ORDERING: relaxed: about nothing but itself.
        self.daemon.load(Relaxed) != 0
    }

    pub(super) fn state(&self, cx: &Context<'_>) -> Progress {
        self.state.with(cx.lot(), |state| *state)
    }

    pub(super) fn set_state(&self, cx: &Context<'_>, new: Progress) -> Progress {
        self.state
            .with(cx.lot(), |state| std::mem::replace(state, new))
    }

    pub(crate) fn is_alive(&self, cx: &Context<'_>) -> bool {
        self.state(cx) == Progress::Started
    }

    /// The number of the thread, once it has started.
    pub(crate) fn ident(&self) -> Option<u64> {
        // ORDERING: relaxed: about nothing but itself.
        Some(self.ident.load(Relaxed)).filter(|ident| *ident != 0)
    }

    pub(super) fn set_started(&self, ident: u64) {
        // ORDERING: relaxed: about nothing but itself.
        self.ident.store(ident, Relaxed);
    }

    /// `repr` of the thread.
    pub(in crate::eval) fn describe(&self, cx: &Context<'_>) -> String {
        let state = match self.state(cx) {
            Progress::New => "initial",
            Progress::Started => "started",
            Progress::Ended => "stopped",
        };
        let daemon = if self.is_daemon() { " daemon" } else { "" };
        let ident = self
            .ident()
            .map_or(String::new(), |ident| format!(" {ident}"));
        format!("<Thread({}, {state}{daemon}{ident})>", self.name(cx))
    }

    /// Sets `name` or `daemon`.
    pub(in crate::eval) fn set_attribute(
        &self,
        cx: &mut Context<'_>,
        name: Value,
        value: Option<Value>,
    ) -> Outcome<()> {
        let text = name.downcast::<Str>().map_or("", Str::as_str);
        match (text, value) {
            ("name", Some(value)) => {
                let new = text::str(cx, value)?;
                self.name.with(cx.lot(), |name| *name = new);
                Ok(())
            }
            ("daemon", Some(value)) => {
                if self.state(cx) == Progress::Started {
                    let message = "cannot set daemon status of active thread";
                    return Err(cx.error(TypeId::RuntimeError, message));
                }
                let daemon = convert::is_true(cx, value)?;
                // ORDERING: relaxed: about nothing but itself.
                self.daemon.store(u8::from(daemon), Relaxed);
                Ok(())
            }
            _ => {
                let message = format!("'Thread' object has no attribute '{text}'");
                Err(cx.error(TypeId::AttributeError, message))
            }
        }
    }

    /// Waits for the thread's end; says whether it came in time.
    pub(crate) fn join(&self, cx: &mut Context<'_>, patience: Patience) -> Outcome<bool> {
        if self.state(cx) == Progress::New {
            return Err(cx.error(
                TypeId::RuntimeError,
                "cannot join thread before it is started",
            ));
        }
        if self.ident() == Some(ident(cx)) {
            return Err(cx.error(TypeId::RuntimeError, "cannot join current thread"));
        }
        let deadline = patience.deadline();
        let (lot, heap) = (cx.lot(), cx.ts.local());
        if cx.blocking(|| self.done.wait(lot, heap, deadline)) == Waited::TimedOut {
            return Ok(false);
        }
        // The system keeps a thread's stack until somebody joins it.
        let ident = self.ident().unwrap_or_default();
        let handle = cx
            .world()
            .threads
            .handles
            .with(lot, |handles| handles.remove(&ident));
        cx.blocking(|| handle.into_iter().for_each(JoinHandle::join));
        Ok(true)
    }
}
