//! "Did you mean": the name closest to one that was not found.

use super::traceback::{self, Traceback};
use super::{is_exception_class, more};
use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, iterate, subscript};
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::text::suggest::closest;
use crate::types::TypeId;

/// What is added to the message of an exception.
pub(super) fn hint(cx: &Cx, value: Ref<'_>) -> String {
    debug_assert!(is_exception_class(cx, cx.class_of(value)));
    let is = |class| cx.is_instance(value, class);
    let wrong = if is(TypeId::ImportError) {
        more(cx, value, "name_from")
    } else if is(TypeId::NameError) || is(TypeId::AttributeError) {
        more(cx, value, "name")
    } else {
        None
    };
    let Some(wrong) = wrong else {
        return String::new();
    };
    let Some(wrong) = wrong.borrow().downcast::<Str>().map(Str::as_str) else {
        return String::new();
    };
    let found = candidate(cx, value, wrong);
    let forgotten = is(TypeId::NameError) && is_module(cx, wrong);
    match (found, forgotten) {
        (Some(name), true) => {
            format!(". Did you mean: '{name}'? Or did you forget to import '{wrong}'?")
        }
        (Some(name), false) => format!(". Did you mean: '{name}'?"),
        (None, true) => format!(". Did you forget to import '{wrong}'?"),
        (None, false) => String::new(),
    }
}

/// Whether a name is that of a module that comes with the interpreter.
fn is_module(cx: &Cx, name: &str) -> bool {
    (cx.shared.above.is_built_in)(name)
}

fn candidate(cx: &Cx, value: Ref<'_>, wrong: &str) -> Option<String> {
    let innermost = traceback::places(cx, value).pop();
    let names = if cx.is_instance(value, TypeId::NameError) {
        let frame = innermost.as_ref()?;
        if has_as_attribute(cx, frame.borrow(), wrong) {
            return Some(format!("self.{wrong}"));
        }
        names_of_frame(cx, frame.borrow())?
    } else {
        let object = match more(cx, value, "obj") {
            Some(object) => object,
            None => module(cx, more(cx, value, "name")?.borrow())?,
        };
        let names = texts(cx, dir(cx, object.borrow())?.borrow())?;
        let inside = innermost.is_some_and(|place| is_self(cx, place.borrow(), object.borrow()));
        let hide = !wrong.starts_with('_') && !inside;
        let shown = names.into_iter();
        shown
            .filter(|name| !hide || !name.starts_with('_'))
            .collect()
    };
    closest(&names, wrong)
}

fn module(cx: &Cx, name: Ref<'_>) -> Option<Owned> {
    attribute::in_dict(cx, cx.world().modules(), name).ok()?
}

fn dir(cx: &Cx, object: Ref<'_>) -> Option<Owned> {
    let method = attribute::special(cx, object, cx.world().names.dir()).ok()??;
    let names = cx.call(method.borrow(), crate::eval::Args::NONE).ok()?;
    let mut sorted = texts(cx, names.borrow())?;
    sorted.sort();
    let sorted = sorted.iter().map(|name| cx.str(name));
    Some(cx.list(sorted.collect()))
}

/// The strings of an iterable.
fn texts(cx: &Cx, names: Ref<'_>) -> Option<Vec<String>> {
    let names = iterate::collect(cx, names).ok()?;
    let texts = names
        .iter()
        .filter_map(|name| name.borrow().downcast::<Str>());
    Some(texts.map(|text| text.as_str().to_owned()).collect())
}

fn locals(cx: &Cx, place: Ref<'_>) -> Option<Owned> {
    let frame = place.payload::<Traceback>()?.frame();
    attribute::get_str(cx, frame, "f_locals").ok()
}

fn this(cx: &Cx, place: Ref<'_>) -> Option<Owned> {
    let locals = locals(cx, place)?;
    subscript::find(cx, locals.borrow(), cx.intern("self")).ok()?
}

fn is_self(cx: &Cx, place: Ref<'_>, object: Ref<'_>) -> bool {
    this(cx, place).is_some_and(|this| this.borrow() == object)
}

/// Whether the method's object has an attribute of this name.
fn has_as_attribute(cx: &Cx, place: Ref<'_>, wrong: &str) -> bool {
    let Some(this) = this(cx, place) else {
        return false;
    };
    matches!(
        attribute::find(cx, this.borrow(), cx.intern(wrong)),
        Ok(Some(_))
    )
}

/// Locals, globals and builtins.
fn names_of_frame(cx: &Cx, place: Ref<'_>) -> Option<Vec<String>> {
    let frame = place.payload::<Traceback>()?.frame();
    let mut all = texts(cx, locals(cx, place)?.borrow())?;
    for part in ["f_globals", "f_builtins"] {
        let names = attribute::get_str(cx, frame, part).ok()?;
        all.extend(texts(cx, names.borrow())?);
    }
    Some(all)
}
