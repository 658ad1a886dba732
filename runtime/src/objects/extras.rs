//! Extras: what instances of the user's classes have behind their layout, and their part in an object's life.
//!
//! # State            block ──▶ header and fields of the layout │ dict? │ weak? │ slot 0 .. slot n-1
//!   Which of them there are is the class's [`Extras`](super::header::Extras); they are empty when the object is made.
//!
//! # Field access     Each is a [`Lazy`] of the object, but the list of weak references, which is a [`WeakSlot`].

use std::ptr::NonNull;

use crate::objects::header::{Header, Size};
use crate::objects::lazy::Lazy;
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;
use crate::protocols::weakref::WeakSlot;

/// Both kinds of slots take a word, so that a slot's place does not depend on those before it.
const _: () = assert!(
    size_of::<WeakSlot>() == size_of::<Lazy>() && align_of::<WeakSlot>() == align_of::<Lazy>()
);

/// Writes the extras of a new object, all empty.
///
/// # Safety
/// The block ends with room for them, and nobody else knows the object.
pub(super) unsafe fn write(object: NonNull<Header>) {
    // SAFETY: the caller's clause.
    let (slots, extras) = unsafe {
        let header = object.as_ref();
        (of(header), header.kind().extras)
    };
    let first = NonNull::from(slots).cast::<Lazy>();
    for index in 0..slots.len() {
        // SAFETY: the caller's clause.
        unsafe {
            let place = first.add(index);
            match extras.weak && index == usize::from(extras.dict) {
                true => place.cast::<WeakSlot>().write(WeakSlot::new()),
                false => place.write(Lazy::new("extra")),
            }
        }
    }
}

/// The extras of an object, in their order.
#[must_use]
pub fn of(object: &Header) -> &[Lazy] {
    let kind = object.kind();
    let here = NonNull::from(object);
    let inside = match kind.size {
        Size::Fixed(size) => size,
        // SAFETY: the object is a live one of its kind.
        Size::Of(size) => unsafe { size(here) },
    };
    let inside = inside.next_multiple_of(align_of::<Lazy>());
    // SAFETY: `alloc_in_class` made so many slots there.
    unsafe {
        let first = here.cast::<u8>().add(inside).cast::<Lazy>();
        std::slice::from_raw_parts(first.as_ptr(), kind.extras.count())
    }
}

/// The slot for the object's dict, if it has one.
#[inline]
#[must_use]
pub fn dict(object: &Header) -> Option<&Lazy> {
    if object.kind().extras.dict {
        of(object).first()
    } else {
        None
    }
}

/// The slot for the list of weak references, if it has one.
#[inline]
#[must_use]
pub fn weak(object: &Header) -> Option<&WeakSlot> {
    let extras = object.kind().extras;
    if !extras.weak {
        return None;
    }
    let place = NonNull::from(of(object)).cast::<Lazy>();
    // SAFETY: `write` put a slot of this type there.
    Some(unsafe { place.add(usize::from(extras.dict)).cast().as_ref() })
}

/// The slot of a name in `__slots__`.
#[must_use]
pub fn named(object: &Header, number: u16) -> Option<&Lazy> {
    let extras = object.kind().extras;
    let before = usize::from(extras.dict) + usize::from(extras.weak);
    of(object).get(before + usize::from(number))
}

/// Shows the references of an instance of a user's class: those of the layout, the extras, the class.
///
/// # Safety
/// No other thread uses the object, whose kind has a layout.
pub unsafe fn traverse(object: NonNull<Header>, visit: &mut dyn FnMut(Value)) {
    // SAFETY: the caller's clause.
    let header = unsafe { object.as_ref() };
    let kind = header.kind();
    if let Some(traverse) = kind.layout.and_then(|layout| layout.traverse) {
        // SAFETY: the caller's clause; the object has this layout.
        unsafe { traverse(object, visit) };
    }
    show(header, visit);
}

/// Shows the references in the extras, and that to the class.
pub(super) fn show(header: &Header, visit: &mut dyn FnMut(Value)) {
    let class = header.kind().class;
    for slot in counted(header) {
        slot.show(visit);
    }
    class.map(Value::object).into_iter().for_each(visit);
}

/// The slots that own references: all but the list of weak references.
fn counted(header: &Header) -> impl Iterator<Item = &Lazy> {
    let extras = header.kind().extras;
    let weak = extras.weak.then_some(usize::from(extras.dict));
    let all = of(header).iter().enumerate();
    all.filter(move |(index, _)| Some(*index) != weak)
        .map(|(_, slot)| slot)
}

/// Empties an instance of a user's class.
///
/// # Safety
/// The object is alive, and its kind has a layout.
pub unsafe fn clear(ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: the caller's clause.
    let header = unsafe { object.as_ref() };
    if let Some(clear) = header.kind().layout.and_then(|layout| layout.clear) {
        // SAFETY: the caller's clause; the object has this layout.
        unsafe { clear(ts, object) };
    }
    for slot in counted(header) {
        slot.replace(ts, header, None);
    }
}
