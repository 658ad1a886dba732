//! Objects that only the interpreter knows: a Rust value behind an object header.

use std::ptr::{self, NonNull};

use crate::objects::alloc_value;
use crate::objects::header::{Header, Kind, Object, Tag};
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;

/// A Rust value that can be an object.
///
/// # Safety
/// No other kind of object has the same tag, and dropping the value touches nothing of `crate::sync`.
pub(crate) unsafe trait Payload: 'static {
    /// What traces call it.
    const NAME: &'static str;
    /// The tag that says so.
    const TAG: Tag;

    /// Shows every reference that the value owns.
    fn references(&self, visit: &mut dyn FnMut(Value));
}

/// The object.
#[repr(C)]
struct Boxed<T> {
    header: Header,
    payload: T,
}

// SAFETY: `repr(C)`, header first, made with this kind by `new` only.
unsafe impl<T: Payload> Object for Boxed<T> {
    const KIND: &'static Kind = &Kind {
        traverse: Some(traverse::<T>),
        release: Some(release::<T>),
        ..Kind::leaf(T::NAME, T::TAG)
    };
}

/// A new object that takes over the references in `payload`.
pub(crate) fn new<T: Payload>(ts: &ThreadState, payload: T) -> Value {
    let header = Header::new(ts, Boxed::<T>::KIND);
    alloc_value(ts, Boxed { header, payload })
}

/// The payload, when the value is such an object.
#[inline]
pub(crate) fn of<T: Payload>(value: &Value) -> Option<&T> {
    value.downcast::<Boxed<T>>().map(|object| &object.payload)
}

unsafe fn traverse<T: Payload>(object: NonNull<Header>, visit: &mut dyn FnMut(Value)) {
    // SAFETY: the kind says that the object is a `Boxed<T>`, and the caller keeps other threads out.
    unsafe { object.cast::<Boxed<T>>().as_ref() }
        .payload
        .references(visit);
}

unsafe fn release<T: Payload>(_ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: as above; the object is dead, so nobody uses the payload after this.
    unsafe { ptr::drop_in_place(&raw mut (*object.cast::<Boxed<T>>().as_ptr()).payload) };
}
