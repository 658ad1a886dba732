//! Attributes of classes that lie in their dicts or follow from their layouts.

use crate::eval::cx::Cx;
use crate::eval::ops::attribute;
use crate::eval::{Args, Outcome};
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::class::Class;

use super::{own, set_own, undeletable};

pub(super) fn abstract_methods(cx: &Cx, class: &Class) -> Outcome {
    let name = cx.world().names.abstract_methods();
    // What `type` has under the name is the descriptor of this attribute.
    let found = match class.is(TypeId::Type) {
        true => None,
        false => own(cx, class, name)?,
    };
    found.ok_or_else(|| cx.error(TypeId::AttributeError, cx.text_of(name)))
}

pub(super) fn set_abstract_methods(cx: &Cx, class: &Class, value: Option<Ref<'_>>) -> Outcome<()> {
    set_own(cx, class, cx.world().names.abstract_methods(), value)
}

pub(super) fn annotations(cx: &Cx, class: &Class) -> Outcome {
    let names = &cx.world().names;
    if let Some(found) = own(cx, class, names.annotations())? {
        return Ok(found);
    }
    if class.is_builtin() {
        return Err(attribute::missing(cx, class.as_ref(), names.annotations()));
    }
    let annotate = own(cx, class, names.annotate_func())?;
    let made = match annotate.filter(|annotate| !annotate.borrow().is_none()) {
        Some(annotate) => {
            let one = cx.int(1);
            cx.call(annotate.borrow(), Args::positional(&[one.borrow()]))?
        }
        None => cx.dict(),
    };
    class.set(cx, names.annotations(), Some(made.borrow()))?;
    Ok(made)
}

/// Given annotations take the place of the function that makes them.
pub(super) fn set_annotations(cx: &Cx, class: &Class, value: Option<Ref<'_>>) -> Outcome<()> {
    set_own(cx, class, cx.world().names.annotations(), value)?;
    let function = cx.world().names.annotate_func();
    class.set(cx, function, None).map(drop)
}

pub(super) fn annotate(cx: &Cx, class: &Class) -> Outcome<Option<Owned>> {
    own(cx, class, cx.world().names.annotate_func())
}

pub(super) fn set_annotate(cx: &Cx, class: &Class, value: Option<Ref<'_>>) -> Outcome<()> {
    set_own(cx, class, cx.world().names.annotate_func(), value)?;
    class
        .set(cx, cx.world().names.annotations(), None)
        .map(drop)
}

pub(super) fn type_params(cx: &Cx, class: &Class) -> Outcome {
    let found = own(cx, class, cx.world().names.type_params())?;
    Ok(found.unwrap_or_else(|| cx.tuple(Vec::new())))
}

pub(super) fn set_type_params(cx: &Cx, class: &Class, value: Option<Ref<'_>>) -> Outcome<()> {
    if value.is_none() {
        return Err(undeletable(cx, class, "__type_params__"));
    }
    set_own(cx, class, cx.world().names.type_params(), value)
}

/// The bits of CPython's `__flags__` that programs ask for: heap type, base type, abstract.
pub(super) fn flags(cx: &Cx, class: &Class) -> i64 {
    let is_base = class.def.is_none_or(|def| def.is_base);
    let is_abstract = own(cx, class, cx.world().names.abstract_methods()).is_ok_and(|found| {
        found.is_some_and(|names| {
            crate::eval::ops::truth::is_true(cx, names.borrow()).unwrap_or(false)
        })
    });
    i64::from(!class.is_builtin()) << 9 | i64::from(is_base) << 10 | i64::from(is_abstract) << 20
}

pub(super) fn basic_size(_cx: &Cx, class: &Class) -> i64 {
    use crate::objects::header::Size;
    let inside = match class.kind().size {
        Size::Fixed(size) => size,
        Size::Of(_) => size_of::<Tuple>(),
    };
    (inside + class.kind().extras.count() * size_of::<usize>()) as i64
}

pub(super) fn item_size(_cx: &Cx, class: &Class) -> i64 {
    use crate::objects::header::Size;
    match class.kind().size {
        Size::Fixed(_) => 0,
        Size::Of(_) => size_of::<usize>() as i64,
    }
}

pub(super) fn dict_offset(_cx: &Cx, class: &Class) -> i64 {
    if class.kind().extras.dict { -1 } else { 0 }
}

pub(super) fn weak_offset(_cx: &Cx, class: &Class) -> i64 {
    if class.kind().extras.weak { -1 } else { 0 }
}

pub(super) fn text_signature(_cx: &Cx, _class: &Class) -> Option<Owned> {
    None
}
