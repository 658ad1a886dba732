//! One thread's evaluator, and the small steps that everything is made of: new objects, errors, names.

use std::cell::{Cell, RefCell};

use num_bigint::BigInt;

use crate::eval::frame::{Frame, Stack};
use crate::eval::shared::{Shared, World};
use crate::eval::{Outcome, Raised};
use crate::objects::hooks::Error;
use crate::objects::str::Str;
use crate::objects::value::{Unpacked, Value};
use crate::objects::{dict, float, int, list, str, tuple};
use crate::protocols::thread_state::ThreadState;
use crate::refs::{Owned, Ref, into_values};
use crate::sync::park::ParkingLot;
use crate::types::class::Class;
use crate::types::{TypeId, exception};

/// Native frames cost native stack, so there may be fewer of them.
const NATIVE_LIMIT: usize = 400;

/// One thread's evaluator.
pub(crate) struct Cx<'a> {
    pub(crate) ts: &'a ThreadState,
    pub(crate) shared: &'a Shared,
    pub(in crate::eval) stack: Stack,
    pub(in crate::eval) frames: RefCell<Vec<Frame>>,
    /// The exception that is being handled.
    handled: RefCell<Option<Owned>>,
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
    pub(crate) fn new(shared: &'a Shared, ts: &'a ThreadState) -> Self {
        Self {
            ts,
            shared,
            stack: Stack::new(),
            frames: RefCell::new(Vec::new()),
            handled: RefCell::new(None),
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

    /// A built-in class.
    #[inline]
    pub(crate) fn class(&self, id: TypeId) -> &'a Class {
        self.world().class(id)
    }

    /// The name of a value's class, for messages.
    pub(crate) fn type_name(&self, value: Ref<'_>) -> String {
        self.class_of(value).name_of_instances(self)
    }

    /// The class of a value.
    #[inline]
    pub(crate) fn class_of<'b>(&'b self, value: Ref<'b>) -> &'b Class {
        match value.header() {
            Some(header) => Class::of_header(header),
            None => self.class(immediate_type(value)),
        }
    }

    /// Whether a value is an instance of a built-in class or of one derived from it.
    #[inline]
    pub(crate) fn is_instance(&self, value: Ref<'_>, id: TypeId) -> bool {
        self.class_of(value).derives_from(self.class(id))
    }

    /// The one string object with this text, which is immortal.
    pub(crate) fn intern(&self, text: &str) -> Ref<'a> {
        self.shared.intern(self.ts, text)
    }

    /// A new string.
    #[inline]
    pub(crate) fn str(&self, text: &str) -> Owned {
        own(str::new(self.ts, text))
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

    /// A list.
    pub(crate) fn list(&self, items: Vec<Owned>) -> Owned {
        own(list::new(self.ts, &into_values(items)))
    }

    /// An empty dict.
    pub(crate) fn dict(&self) -> Owned {
        own(dict::new(self.ts))
    }

    /// A new exception whose only argument is a message, on its way out.
    #[cold]
    pub(crate) fn error(&self, class: TypeId, message: impl AsRef<str>) -> Raised {
        let message = self.str(message.as_ref());
        self.error_with(class, vec![message])
    }

    /// As [`Self::error`], with any arguments.
    #[cold]
    pub(crate) fn error_with(&self, class: TypeId, args: Vec<Owned>) -> Raised {
        let value = exception::new(self, self.class(class), args);
        self.raise(value)
    }

    /// Sends an exception out; the one that is being handled becomes its context.
    pub(crate) fn raise(&self, value: Owned) -> Raised {
        if let Some(handled) = self.handled() {
            exception::chain(self, value.borrow(), handled);
        }
        Raised(value)
    }

    pub(crate) fn type_error(&self, message: impl AsRef<str>) -> Raised {
        self.error(TypeId::TypeError, message)
    }

    pub(crate) fn value_error(&self, message: impl AsRef<str>) -> Raised {
        self.error(TypeId::ValueError, message)
    }

    pub(crate) fn index_error(&self, message: impl AsRef<str>) -> Raised {
        self.error(TypeId::IndexError, message)
    }

    /// The exception that is being handled.
    pub(crate) fn handled(&self) -> Option<Owned> {
        self.handled.borrow().clone()
    }

    /// Sets the exception that is being handled; gives the one before.
    pub(crate) fn set_handled(&self, exception: Option<Owned>) -> Option<Owned> {
        self.handled.replace(exception)
    }

    /// The exception for an error of the objects.
    #[cold]
    pub(crate) fn object_error(&self, error: Error) -> Raised {
        match error {
            // The layer below hands the reference on that Python code raised.
            Error::Raised(value) => Raised(own(value)),
            Error::Unhashable(name) => self.type_error(format!("unhashable type: '{name}'")),
            Error::SizeChanged => self.error(
                TypeId::RuntimeError,
                "dictionary changed size during iteration",
            ),
            Error::KeysChanged => self.error(
                TypeId::RuntimeError,
                "dictionary keys changed during iteration",
            ),
            Error::TooDeep => self.too_deep(" in comparison"),
        }
    }

    /// A result of the objects as an outcome.
    #[inline]
    pub(crate) fn lift<T>(&self, result: Result<T, Error>) -> Outcome<T> {
        result.map_err(|error| self.object_error(error))
    }

    /// A new reference that the objects gave, as an outcome.
    #[inline]
    pub(crate) fn lift_new(&self, result: Result<Option<Value>, Error>) -> Outcome<Option<Owned>> {
        self.lift(result).map(|value| value.map(own))
    }

    #[cold]
    pub(crate) fn too_deep(&self, place: &str) -> Raised {
        let message = format!("maximum recursion depth exceeded{place}");
        self.error(TypeId::RecursionError, message)
    }

    /// Runs something that recurses on the native stack, unless that would go too deep.
    pub(crate) fn nested<T>(&self, body: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
        if self.native_depth.get() >= NATIVE_LIMIT {
            return Err(self.too_deep(""));
        }
        self.native_depth.set(self.native_depth.get() + 1);
        let result = body();
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
        match self.is_main_thread() && self.shared.interrupts.take() {
            true => Err(self.error_with(TypeId::KeyboardInterrupt, Vec::new())),
            false => Ok(()),
        }
    }

    /// Gives back what the thread holds, at its end.
    pub(crate) fn end(&self) {
        drop(self.set_handled(None));
        drop(self.thread.take());
        crate::types::thread::forget_thread(self);
    }

    /// Whether the system would give so much memory.
    ///
    /// # Errors
    /// MemoryError: an absurd size must not end the process.
    pub(crate) fn room_for(&self, bytes: Option<usize>) -> Outcome<()> {
        let mut probe: Vec<u8> = Vec::new();
        let room = bytes.is_some_and(|bytes| probe.try_reserve_exact(bytes).is_ok());
        std::hint::black_box(&probe);
        match room {
            true => Ok(()),
            false => Err(self.error_with(TypeId::MemoryError, Vec::new())),
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

    /// How many frames are on the stacks of this thread.
    pub(crate) fn depth(&self) -> usize {
        self.frames.borrow().len() + self.native_depth.get()
    }

    /// Whether frames are left before the limit.
    #[inline]
    pub(in crate::eval) fn has_room(&self) -> bool {
        self.depth() < self.recursion_limit.get()
    }
}

/// The type of a value that is no object on the heap.
fn immediate_type(value: Ref<'_>) -> TypeId {
    match value.unpack() {
        Unpacked::Int(_) => TypeId::Int,
        Unpacked::Bool(_) => TypeId::Bool,
        Unpacked::None => TypeId::NoneType,
        Unpacked::NotImplemented => TypeId::NotImplementedType,
        Unpacked::Ellipsis => TypeId::EllipsisType,
        Unpacked::Object(_) => TypeId::Object,
    }
}
