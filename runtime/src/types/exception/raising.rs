//! Errors as they are raised from Rust code.

use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome, Raised};
use crate::objects::hooks::Error;
use crate::objects::value::Value;
use crate::refs::Owned;
use crate::types::{TypeId, exception};

/// Takes a new reference from the layer below over.
#[inline]
fn own(value: Value) -> Owned {
    // SAFETY: the callers here hand on the new reference that a function of the objects gave.
    unsafe { Owned::from_value(value) }
}

impl Cx<'_> {
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
            Error::TooDeep => self.too_deep(crate::eval::ops::compare::PLACE),
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

    /// Whether the system would give so much memory.
    ///
    /// # Errors
    /// MemoryError: an absurd size must not end the process.
    pub(crate) fn room_for(&self, bytes: Option<usize>) -> Outcome<()> {
        /// What every system gives.
        const LITTLE: usize = 1 << 20;
        if bytes.is_some_and(|bytes| bytes <= LITTLE) {
            return Ok(());
        }
        let mut probe: Vec<u8> = Vec::new();
        let room = bytes.is_some_and(|bytes| probe.try_reserve_exact(bytes).is_ok());
        std::hint::black_box(&probe);
        match room {
            true => Ok(()),
            false => Err(self.error_with(TypeId::MemoryError, Vec::new())),
        }
    }
}

/// The exception for an error of the system.
pub(crate) fn system_error(cx: &Cx, error: &std::io::Error) -> Raised {
    let number = cx.int(i64::from(error.raw_os_error().unwrap_or(0)));
    let text = error.to_string();
    // Rust adds the number to the system's words; the exception has it anyhow.
    let words = text.split(" (os error ").next().unwrap_or_default();
    let message = cx.str(words);
    let class = cx.class(TypeId::OSError).as_ref();
    let made = cx.call(
        class,
        Args::positional(&[number.borrow(), message.borrow()]),
    );
    match made {
        Ok(made) => cx.raise(made),
        Err(raised) => raised,
    }
}
