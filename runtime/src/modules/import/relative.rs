//! Relative imports: the package that a name with dots in front starts from.

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, text};
use crate::eval::{Outcome, Raised};
use crate::objects::dict::Dict;
use crate::refs::{Owned, Ref};
use crate::types::{TypeId, exception};

/// The absolute name of a module from its name behind the dots, the globals of the code that imports it, and the number
/// of dots.
pub(super) fn resolve(cx: &Cx, name: &str, globals: Ref<'_>, level: i64) -> Outcome<String> {
    if globals.not_none().is_none() {
        return Err(exception::key_error(
            cx,
            cx.str("'__name__' not in globals").borrow(),
        ));
    }
    if globals.downcast::<Dict>().is_none() {
        return Err(cx.type_error("globals must be a dict"));
    }
    let package = package(cx, globals)?;
    if package.is_empty() {
        return Err(no_parent(cx));
    }
    let mut base = package.as_str();
    for _ in 1..level {
        base = match base.rsplit_once('.') {
            Some((outer, _)) => outer,
            None => {
                return Err(cx.error(
                    TypeId::ImportError,
                    "attempted relative import beyond top-level package",
                ));
            }
        };
    }
    Ok(match name.is_empty() {
        true => base.to_owned(),
        false => format!("{base}.{name}"),
    })
}

fn no_parent(cx: &Cx) -> Raised {
    cx.error(
        TypeId::ImportError,
        "attempted relative import with no known parent package",
    )
}

/// The package that the code belongs to: what `__package__` says, or the spec, or else the name.
fn package(cx: &Cx, globals: Ref<'_>) -> Outcome<String> {
    let names = &cx.world().names;
    let known = |name| -> Outcome<Option<Owned>> {
        let found = attribute::in_dict(cx, globals, name)?;
        Ok(found.filter(|found| !found.borrow().is_none()))
    };
    if let Some(package) = known(names.package())? {
        return text_of(cx, package.borrow(), "package must be a string");
    }
    if let Some(spec) = known(names.spec())? {
        let parent = attribute::get_str(cx, spec.borrow(), "parent")?;
        return text_of(cx, parent.borrow(), "__spec__.parent must be a string");
    }
    let Some(name) = attribute::in_dict(cx, globals, names.name())? else {
        let message = cx.str("'__name__' not in globals");
        return Err(exception::key_error(cx, message.borrow()));
    };
    let name = text_of(cx, name.borrow(), "__name__ must be a string")?;
    if attribute::in_dict(cx, globals, names.path())?.is_some() {
        return Ok(name);
    }
    match name.rsplit_once('.') {
        Some((package, _)) => Ok(package.to_owned()),
        None => Err(no_parent(cx)),
    }
}

fn text_of(cx: &Cx, value: Ref<'_>, message: &str) -> Outcome<String> {
    match cx.is_instance(value, TypeId::Str) {
        true => text::str_text(cx, value),
        false => Err(cx.type_error(message)),
    }
}
