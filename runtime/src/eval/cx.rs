//! One thread's evaluator, and the small steps that everything is made of: new objects, errors, names.

use std::cell::{Cell, RefCell};

use num_bigint::BigInt;

use crate::eval::Outcome;
use crate::eval::frame::{Frame, Passing, Stack};
use crate::eval::shared::{Shared, World};
use crate::objects::str::Str;
use crate::objects::value::Value;
use crate::objects::{dict, float, int, list, str, tuple};
use crate::protocols::thread_state::ThreadState;
use crate::refs::{Owned, Ref, into_values};
use crate::sync::event;
use crate::sync::park::ParkingLot;
use crate::types::TypeId;

/// Native frames cost native stack, so there may be fewer of them.
const NATIVE_LIMIT: usize = 400;

/// `sys.set_asyncgen_hooks`
#[derive(Clone, Default)]
pub(crate) struct AsyncgenHooks {
    pub(crate) first: Option<Owned>,
    pub(crate) finalizer: Option<Owned>,
}

/// One thread's evaluator.
pub(crate) struct Cx<'a> {
    pub(crate) ts: &'a ThreadState,
    pub(crate) shared: &'a Shared,
    pub(in crate::eval) stack: Stack,
    pub(in crate::eval) frames: RefCell<Vec<Frame>>,
    /// Where the frame is that runs.
    pub(in crate::eval) passing: Cell<Passing>,
    /// The exception that is being handled: by the frames since the last generator went on, if they handle any.
    handled: RefCell<Option<Owned>>,
    /// The same of the frames below each generator that is running.
    handled_below: RefCell<Vec<Option<Owned>>>,
    /// What is called for asynchronous generators that begin and that die.
    pub(crate) asyncgen_hooks: RefCell<AsyncgenHooks>,
    /// How many calls a new coroutine remembers as where it was made.
    pub(crate) origin_depth: Cell<usize>,
    /// Calls from Rust into Python that are on the native stack.
    native_depth: Cell<usize>,
    /// The largest number of frames.
    pub(crate) recursion_limit: Cell<usize>,
    /// The containers whose representations are being written, so that cycles end.
    shown: RefCell<Vec<Value>>,
    /// The object of this thread.
    pub(crate) thread: RefCell<Option<Owned>>,
    /// Numbers of the `threading.local` objects in which this thread has a dict.
    pub(crate) locals: RefCell<Vec<u64>>,
}

/// Takes a new reference from the layer below over.
#[inline]
fn own(value: Value) -> Owned {
    // SAFETY: every caller here hands on the new reference of a constructor.
    unsafe { Owned::from_value(value) }
}

impl<'a> Cx<'a> {
    /// Whether nothing of the program is kept for this thread.
    pub(crate) fn keeps_nothing(&self) -> bool {
        let hooks = self.asyncgen_hooks.borrow();
        let idle = hooks.first.is_none() && hooks.finalizer.is_none();
        idle && self.handled.borrow().is_none()
            && self.thread.borrow().is_none()
            && self.locals.borrow().is_empty()
    }

    pub(crate) fn new(shared: &'a Shared, ts: &'a ThreadState) -> Self {
        Self {
            ts,
            shared,
            stack: Stack::new(),
            frames: RefCell::new(Vec::new()),
            passing: Cell::default(),
            handled: RefCell::new(None),
            handled_below: RefCell::new(Vec::new()),
            asyncgen_hooks: RefCell::default(),
            origin_depth: Cell::new(0),
            native_depth: Cell::new(0),
            recursion_limit: Cell::new(shared.limits.recursion()),
            shown: RefCell::new(Vec::new()),
            thread: RefCell::new(None),
            locals: RefCell::new(Vec::new()),
        }
    }

    /// The objects that every thread finds.
    #[inline]
    pub(crate) fn world(&self) -> &'a World {
        self.shared.world()
    }

    /// The one string object with this text, which is immortal.
    pub(crate) fn intern(&self, text: &str) -> Ref<'a> {
        self.shared.intern(self.ts, text)
    }

    /// A new string.
    #[inline]
    pub(crate) fn str(&self, text: &str) -> Owned {
        match self.world().letters.get(text) {
            Some(letter) => letter.own(),
            None => own(str::new(self.ts, text)),
        }
    }

    /// A new string from WTF-8.
    pub(crate) fn wtf8(&self, text: &[u8]) -> Owned {
        match std::str::from_utf8(text) {
            Ok(text) => self.str(text),
            Err(_) => own(str::from_wtf8(self.ts, text)),
        }
    }

    /// The text of a string; nothing for anything else.
    #[inline]
    pub(crate) fn text_of<'b>(&self, value: Ref<'b>) -> &'b str {
        value.downcast::<Str>().map_or("", Str::as_str)
    }

    /// An integer.
    #[inline]
    pub(crate) fn int(&self, value: i64) -> Owned {
        own(int::from_i64(self.ts, value))
    }

    /// An integer of any size.
    pub(crate) fn big(&self, value: BigInt) -> Owned {
        own(int::from_big(self.ts, value))
    }

    /// A float.
    #[inline]
    pub(crate) fn float(&self, value: f64) -> Owned {
        own(float::new(self.ts, value))
    }

    /// A tuple.
    pub(crate) fn tuple(&self, items: Vec<Owned>) -> Owned {
        own(tuple::new(self.ts, &into_values(items)))
    }

    /// A tuple of values that were taken off the stack, whose references it takes over.
    #[inline]
    pub(in crate::eval) fn tuple_of(&self, values: &[Value]) -> Owned {
        own(tuple::new(self.ts, values))
    }

    /// A list of such values.
    #[inline]
    pub(in crate::eval) fn list_of(&self, values: &[Value]) -> Owned {
        own(list::new(self.ts, values))
    }

    /// A tuple of two.
    #[inline]
    pub(crate) fn pair(&self, first: Owned, second: Owned) -> Owned {
        own(tuple::new(
            self.ts,
            &[first.into_value(), second.into_value()],
        ))
    }

    /// A list.
    pub(crate) fn list(&self, items: Vec<Owned>) -> Owned {
        own(list::new(self.ts, &into_values(items)))
    }

    /// An empty dict.
    pub(crate) fn dict(&self) -> Owned {
        own(dict::new(self.ts))
    }

    /// The exception that is being handled.
    pub(crate) fn handled(&self) -> Option<Owned> {
        if let Some(here) = self.handled_here() {
            return Some(here);
        }
        let below = self.handled_below.borrow();
        below.iter().rev().flatten().next().cloned()
    }

    /// The one that the generator that is running handles, if it does.
    pub(crate) fn handled_here(&self) -> Option<Owned> {
        self.handled.borrow().clone()
    }

    /// Goes into a generator, which was handling an exception or none.
    pub(in crate::eval) fn open_level(&self, handled: Option<Owned>) {
        let below = self.handled.replace(handled);
        self.handled_below.borrow_mut().push(below);
    }

    /// Comes out of it; gives what it was handling.
    pub(in crate::eval) fn close_level(&self) -> Option<Owned> {
        let below = self.handled_below.borrow_mut().pop().flatten();
        self.handled.replace(below)
    }

    /// Sets the exception that is being handled; gives the one before.
    pub(crate) fn set_handled(&self, exception: Option<Owned>) -> Option<Owned> {
        self.handled.replace(exception)
    }

    /// Runs something that recurses on the native stack, unless that would go too deep.
    pub(crate) fn nested<T>(&self, body: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
        self.nested_in("", body)
    }

    /// The same, with what the error says of the place (`Py_EnterRecursiveCall`).
    pub(crate) fn nested_in<T>(
        &self,
        place: &str,
        body: impl FnOnce() -> Outcome<T>,
    ) -> Outcome<T> {
        if self.native_depth.get() >= NATIVE_LIMIT {
            return Err(self.too_deep(place));
        }
        self.native_depth.set(self.native_depth.get() + 1);
        let passing = self.passing.get();
        let result = body();
        self.passing.set(passing);
        self.native_depth.set(self.native_depth.get() - 1);
        result
    }

    /// Whether the representation of a container is being written.
    pub(crate) fn is_shown(&self, container: Ref<'_>) -> bool {
        self.shown.borrow().contains(&container.value())
    }

    /// Notes that it is, until [`Self::stop_showing`] gets what this gave.
    pub(crate) fn start_showing(&self, container: Ref<'_>) -> usize {
        let mut shown = self.shown.borrow_mut();
        shown.push(container.value());
        shown.len() - 1
    }

    /// Forgets what was shown since.
    pub(crate) fn stop_showing(&self, since: usize) {
        self.shown.borrow_mut().truncate(since);
    }

    /// Whether this is the thread that runs the program.
    pub(crate) fn is_main_thread(&self) -> bool {
        self.world().threads.main() == self.ts.id()
    }

    /// Raises KeyboardInterrupt if somebody asked for it and this is the main thread.
    #[cold]
    pub(crate) fn check_interrupt(&self) -> Outcome<()> {
        match self.is_main_thread() && self.shared.pending.take() {
            true => Err(self.error_with(TypeId::KeyboardInterrupt, Vec::new())),
            false => Ok(()),
        }
    }

    /// Where threads sleep.
    #[inline]
    pub(crate) fn lot(&self) -> &'a ParkingLot {
        &self.shared.runtime.parking.lot
    }

    /// Runs `body`, which may block, while the world may stop and blocks may be reclaimed without this thread.
    pub(crate) fn blocking<T>(&self, body: impl FnOnce() -> T) -> T {
        self.ts.detached(body)
    }

    /// Announces what the thread is about to wait for; where it waits at once, the world can stop meanwhile.
    #[inline]
    pub(crate) fn announce(&self, body: impl FnOnce()) {
        match event::WAITS {
            true => self.ts.detached(body),
            false => body(),
        }
    }

    /// How many frames are on the stacks of this thread.
    pub(crate) fn depth(&self) -> usize {
        self.frames.borrow().len()
    }

    /// Whether frames are left before the limit.
    #[inline]
    pub(in crate::eval) fn has_room(&self) -> bool {
        self.depth() < self.recursion_limit.get()
    }
}
