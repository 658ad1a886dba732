//! What is said about modules and names that are not there, or not yet.

use std::path::Path;

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, subscript, truth};
use crate::eval::{Outcome, Raised};
use crate::modules::sys;
use crate::objects::list::List;
use crate::refs::{Owned, Ref};
use crate::types::module::Module;
use crate::types::{TypeId, exception, store};

/// The error for a module that nobody has.
pub(super) fn missing(cx: &Cx, name: &str) -> Raised {
    let hint = match sys::is_standard(name) {
        true => " (a module of the standard library that Raddle does not have yet)",
        false => "",
    };
    not_found(cx, format!("No module named '{name}'{hint}"), name)
}

/// A ModuleNotFoundError.
pub(super) fn not_found(cx: &Cx, message: String, name: &str) -> Raised {
    let name = cx.str(name);
    import_error(cx, TypeId::ModuleNotFoundError, message, Some(name))
}

/// An ImportError of a class.
fn import_error(cx: &Cx, class: TypeId, message: String, name: Option<Owned>) -> Raised {
    let raised = cx.error(class, &message);
    let shown = raised.0.borrow();
    exception::set_more(cx, shown, "msg", cx.str(&message));
    exception::set_more(cx, shown, "name", name.unwrap_or(Owned::NONE));
    raised
}

/// An attribute of a module; what is not there is not told of again.
fn part(cx: &Cx, module: Ref<'_>, name: Ref<'_>) -> Option<Owned> {
    let found = match module.payload::<Module>() {
        Some(module) => attribute::in_dict(cx, module.dict(), name),
        None => attribute::find(cx, module, name),
    };
    found.ok().flatten()
}

/// What the messages tell of a module.
struct Known {
    name: Option<String>,
    /// Its file.
    origin: Option<String>,
    is_initializing: bool,
    shadows: bool,
}

impl Known {
    fn of(cx: &Cx, module: Ref<'_>) -> Self {
        let part = |name| part(cx, module, name);
        let text = |value: Owned| {
            let is_text = cx.is_instance(value.borrow(), TypeId::Str);
            is_text.then(|| cx.text_of(value.borrow()).to_owned())
        };
        let origin = part(cx.world().names.spec()).and_then(|spec| origin_of(cx, spec.borrow()));
        let file = origin.or_else(|| part(cx.world().names.file()).and_then(text));
        Self {
            name: part(cx.world().names.name()).and_then(text),
            is_initializing: is_initializing(cx, module),
            shadows: file
                .as_deref()
                .is_some_and(|file| is_in_first_folder(cx, file)),
            origin: file,
        }
    }

    /// Whether a module of the standard library was hardly meant to be hidden by this one.
    fn hides_standard(&self) -> bool {
        self.shadows && self.name.as_deref().is_some_and(sys::is_standard)
    }
}

/// The file that a spec names.
fn origin_of(cx: &Cx, spec: Ref<'_>) -> Option<String> {
    let flag = attribute::get_str(cx, spec, "has_location").ok()?;
    let origin = attribute::get_str(cx, spec, "origin").ok()?;
    let is_file = truth::is_true(cx, flag.borrow()).unwrap_or(false);
    (is_file && cx.is_instance(origin.borrow(), TypeId::Str))
        .then(|| cx.text_of(origin.borrow()).to_owned())
}

/// Whether a file lies where the search for modules begins, so that it comes before any other of its name.
fn is_in_first_folder(cx: &Cx, file: &str) -> bool {
    let path = attribute::in_dict(cx, cx.world().sys(), cx.world().names.search_path());
    let path = path.ok().flatten();
    let first = path
        .as_ref()
        .and_then(|path| path.borrow().downcast::<List>())
        .and_then(|path| store::list_get(cx, path, 0));
    let Some(first) = first else {
        return false;
    };
    let file = Path::new(file);
    let of_package = file.file_name().is_some_and(|name| name == "__init__.py");
    let folder = match of_package {
        true => file.parent().and_then(Path::parent),
        false => file.parent(),
    };
    folder == Some(Path::new(cx.text_of(first.borrow())))
}

/// Whether a module is still running its code for the first time, as its spec says.
pub(super) fn is_initializing(cx: &Cx, module: Ref<'_>) -> bool {
    let Some(spec) = part(cx, module, cx.world().names.spec()) else {
        return false;
    };
    let flag = attribute::find(cx, spec.borrow(), cx.intern("_initializing"));
    let flag = flag.ok().flatten();
    flag.is_some_and(|flag| truth::is_true(cx, flag.borrow()).unwrap_or(false))
}

/// Whether a submodule of that name is being imported.
fn is_being_imported(cx: &Cx, module: Ref<'_>, name: Ref<'_>) -> Outcome<bool> {
    let Some(spec) = part(cx, module, cx.world().names.spec()) else {
        return Ok(false);
    };
    let pending = attribute::find(cx, spec.borrow(), cx.intern("_uninitialized_submodules"))?;
    match pending {
        Some(pending) => subscript::contains(cx, pending.borrow(), name),
        None => Ok(false),
    }
}

/// The hint that a file has the name of a module of the standard library.
fn renaming(file: &str, name: &str) -> String {
    format!(
        "(consider renaming '{file}' since it has the same name as the standard library module named '{name}' and the import system gives it precedence)"
    )
}

/// The message for an attribute that a module does not have.
pub(crate) fn missing_attribute(cx: &Cx, module: Ref<'_>, attribute: Ref<'_>) -> String {
    let known = Known::of(cx, module);
    let text = cx.text_of(attribute);
    let Some(name) = &known.name else {
        return format!("module has no attribute '{text}'");
    };
    let plain = format!("module '{name}' has no attribute '{text}'");
    match &known.origin {
        Some(file) if known.hides_standard() => format!("{plain} {}", renaming(file, name)),
        Some(file) if known.is_initializing && known.shadows => format!(
            "{plain} (consider renaming '{file}' if it has the same name as a library you intended to import)"
        ),
        origin if known.is_initializing => {
            let from = origin
                .as_ref()
                .map_or(String::new(), |file| format!(" from '{file}'"));
            format!(
                "partially initialized module '{name}'{from} has no attribute '{text}' (most likely due to a circular import)"
            )
        }
        _ if is_being_imported(cx, module, attribute).unwrap_or(false) => format!(
            "cannot access submodule '{text}' of module '{name}' (most likely due to a circular import)"
        ),
        _ => plain,
    }
}

/// The ImportError for a name that `from module import name` did not find.
pub(crate) fn cannot_import(cx: &Cx, module: Ref<'_>, name: Ref<'_>) -> Raised {
    let known = Known::of(cx, module);
    let text = cx.text_of(name);
    let shown = known.name.as_deref().unwrap_or("<unknown module name>");
    let plain = format!("cannot import name '{text}' from '{shown}'");
    let message = match &known.origin {
        Some(file) if known.hides_standard() => format!("{plain} {}", renaming(file, shown)),
        Some(file) if known.is_initializing && known.shadows => format!(
            "{plain} (consider renaming '{file}' if it has the same name as a library you intended to import)"
        ),
        Some(file) if known.is_initializing => format!(
            "cannot import name '{text}' from partially initialized module '{shown}' (most likely due to a circular import) ({file})"
        ),
        Some(file) => format!("{plain} ({file})"),
        None => format!("{plain} (unknown location)"),
    };
    let module_name = known.name.as_deref().map(|name| cx.str(name));
    let raised = import_error(cx, TypeId::ImportError, message, module_name);
    let shown = raised.0.borrow();
    let path = known.origin.map_or(Owned::NONE, |file| cx.str(&file));
    exception::set_more(cx, shown, "path", path);
    exception::set_more(cx, shown, "name_from", name.own());
    raised
}
