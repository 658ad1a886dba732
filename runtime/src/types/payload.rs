//! Objects that only the interpreter knows: a Rust value behind an object header.

use std::ptr::{self, NonNull};

use crate::eval::cx::Cx;
use crate::objects::header::{Header, Kind, Object, Size, Tag};
use crate::objects::value::Value;
use crate::objects::{alloc_in_class, alloc_value};
use crate::protocols::thread_state::ThreadState;
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::class::Class;

/// A Rust value that is the layout of a built-in class.
///
/// Its references are [`Owned`] and go with it. What threads can change in it is an atomic, or lies in a
/// [`Guarded`](super::guarded::Guarded).
pub(crate) trait Payload: 'static {
    /// The class.
    const TYPE: TypeId;
    /// What traces call it.
    const NAME: &'static str;

    /// Shows every reference that the value owns, for the collector. Nobody else uses the object.
    fn references(&self, visit: &mut dyn FnMut(Ref<'_>));

    /// Gives up what could close a cycle, when the collector has found one.
    fn clear(&self, _ts: &ThreadState, _object: &Header) {}
}

/// The object.
#[repr(C)]
pub(crate) struct Boxed<T> {
    header: Header,
    payload: T,
}

impl<T> Boxed<T> {
    /// The object from its parts.
    pub(super) fn assemble(header: Header, payload: T) -> Self {
        Self { header, payload }
    }
}

impl<T: Payload> Boxed<T> {
    const TAG: Tag = {
        if T::TYPE.is_of_library() {
            Tag::Library
        } else {
            Self::OWN_TAG
        }
    };

    /// Which of the layouts of the library it is.
    const PART: u16 = if T::TYPE.is_of_library() {
        T::TYPE as u16
    } else {
        0
    };

    const OWN_TAG: Tag = {
        let tag = Tag::FIRST_ABOVE.saturating_add(T::TYPE as u8);
        assert!(
            tag < Tag::LIMIT || T::TYPE.is_of_library(),
            "types with a layout come first in the list"
        );
        Tag(tag)
    };
}

// SAFETY: `repr(C)`, header first; the tag is that of the type's place in the list.
unsafe impl<T: Payload> Object for Boxed<T> {
    const KIND: &'static Kind = &Kind {
        traverse: Some(traverse::<T>),
        release: Some(release::<T>),
        clear: Some(clear::<T>),
        size: Size::Fixed(size_of::<Self>()),
        drops: true,
        part: Self::PART,
        ..Kind::leaf(T::NAME, Self::TAG)
    };
}

/// A new object of the type itself.
pub(crate) fn new<T: Payload>(cx: &Cx, payload: T) -> Owned {
    let class = cx.class(T::TYPE);
    if class.kind().extras.count() > 0 {
        return new_of(cx, class, payload);
    }
    // SAFETY: classes of built-in types are immortal.
    let header = unsafe { Header::of_class(cx.ts, class.head()) };
    let value = alloc_value(cx.ts, Boxed { header, payload });
    // SAFETY: the reference is new.
    unsafe { Owned::from_value(value) }
}

/// A new object of a class that has the layout.
pub(crate) fn new_in<T: Payload>(cx: &Cx, class: &Class, payload: T) -> Owned {
    match class.is(T::TYPE) {
        true => new(cx, payload),
        false => new_of(cx, class, payload),
    }
}

fn new_of<T: Payload>(cx: &Cx, class: &Class, payload: T) -> Owned {
    debug_assert_eq!(class.tag(), Boxed::<T>::TAG);
    let make = |header| Boxed { header, payload };
    // SAFETY: the class is borrowed, and its layout is this one.
    let block = unsafe { alloc_in_class(cx.ts, class.head(), make, 0) };
    // SAFETY: the reference is new.
    unsafe { Owned::from_value(Value::object(block.cast())) }
}

impl<'a> Ref<'a> {
    /// The Rust value, when the object has that layout.
    #[inline]
    pub(crate) fn payload<T: Payload>(self) -> Option<&'a T> {
        self.downcast::<Boxed<T>>().map(|object| &object.payload)
    }

    /// The fields of an object whose class was checked.
    ///
    /// # Panics
    /// The object has another layout.
    #[inline]
    pub(crate) fn layout<T: Object>(self) -> &'a T {
        self.downcast::<T>()
            .expect("a slot gets objects of its class")
    }
}

/// Makes a Rust value the layout of a class and a receiver of its methods.
macro_rules! payload {
    ($type:ty as $id:ident, $name:literal, |$this:ident, $visit:ident| $show:expr) => {
        $crate::types::payload::payload!(
            $type as $id,
            $name,
            |$this, $visit| $show,
            |_gone, _ts, _object| {}
        );
    };
    ($type:ty as $id:ident, $name:literal, |$this:ident, $visit:ident| $show:expr,
        |$gone:ident, $ts:ident, $object:ident| $clear:expr) => {
        impl $crate::types::payload::Payload for $type {
            const TYPE: $crate::types::TypeId = $crate::types::TypeId::$id;
            const NAME: &'static str = $name;

            fn references(&self, $visit: &mut dyn FnMut($crate::refs::Ref<'_>)) {
                let $this = self;
                $show;
            }

            fn clear(
                &self,
                $ts: &$crate::protocols::thread_state::ThreadState,
                $object: &$crate::objects::header::Header,
            ) {
                let $gone = self;
                $clear;
            }
        }

        impl<'a> $crate::types::args::Receiver<'a> for &'a $type {
            #[inline]
            fn receive(value: $crate::refs::Ref<'a>) -> Option<Self> {
                value.payload()
            }
        }
    };
}
pub(crate) use payload;

unsafe fn traverse<T: Payload>(object: NonNull<Header>, visit: &mut dyn FnMut(Value)) {
    // SAFETY: the kind says that the object is a `Boxed<T>`, and the caller keeps other threads out.
    let object = unsafe { object.cast::<Boxed<T>>().as_ref() };
    object.payload.references(&mut |shown| visit(shown.value()));
}

unsafe fn clear<T: Payload>(ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: as above; the object is alive.
    let object = unsafe { object.cast::<Boxed<T>>().as_ref() };
    object.payload.clear(ts, &object.header);
}

unsafe fn release<T: Payload>(_ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: as above; the object is dead, so nobody uses the payload after this.
    unsafe { ptr::drop_in_place(&raw mut (*object.cast::<Boxed<T>>().as_ptr()).payload) };
}
