//! Imports: `__import__`, and the order in which modules are found, made, remembered and run.
//!
//! A module is in `sys.modules` before its code runs, so that circular imports end; while it runs, its spec says
//! `_initializing`. Built-in modules come from their tables, others from files. One thread runs a module, and who finds
//! it half done waits until it is: `once`.

mod built_in;
mod errors;
mod find;
mod once;
mod packed;
mod relative;
mod source;

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, iterate, truth};
use crate::eval::{Args, Outcome};
use crate::refs::{Owned, Ref};
use crate::types::{TypeId, exception};

pub(crate) use built_in::{PART_OF_INTERPRETER, first};
pub(crate) use errors::{cannot_import, missing_attribute};
use errors::{missing, not_found};
pub(crate) use packed::ROOT as LIBRARY;

/// `__import__(name, globals, locals, fromlist, level)`
pub(crate) fn import(
    cx: &Cx,
    name: Ref<'_>,
    globals: Ref<'_>,
    from: Ref<'_>,
    level: i64,
) -> Outcome {
    if !cx.is_instance(name, TypeId::Str) {
        return Err(cx.type_error("module name must be a string"));
    }
    let text = cx.text_of(name);
    let full = match level {
        ..0 => return Err(cx.value_error("level must be >= 0")),
        0 if text.is_empty() => return Err(cx.value_error("Empty module name")),
        0 => text.to_owned(),
        _ => relative::resolve(cx, text, globals, level)?,
    };
    let module = load(cx, &full)?;
    if truth::is_true(cx, from)? {
        return match attribute::find(cx, module.borrow(), cx.world().names.path())? {
            Some(_) => submodules(cx, module, from, false),
            None => Ok(module),
        };
    }
    first_named(cx, module, text, &full, level)
}

/// What `import a.b.c` binds: the module of the first part of the name as it was written.
fn first_named(cx: &Cx, module: Owned, text: &str, full: &str, level: i64) -> Outcome {
    let Some((first, rest)) = text.split_once('.') else {
        return Ok(module);
    };
    if level == 0 {
        return load(cx, first);
    }
    let wanted = &full[..full.len() - rest.len() - 1];
    match in_modules(cx, wanted)? {
        Some(found) => Ok(found),
        None => {
            let message = format!("'{wanted}' not in sys.modules as expected");
            Err(cx.error_with(TypeId::KeyError, vec![cx.str(&message)]))
        }
    }
}

/// Imports those names of a `from package import ..` that are modules in the package.
fn submodules(cx: &Cx, package: Owned, names: Ref<'_>, all: bool) -> Outcome {
    let module_name = || -> Outcome<String> {
        let name = attribute::get(cx, package.borrow(), cx.world().names.name())?;
        crate::eval::ops::text::str_text(cx, name.borrow())
    };
    for name in iterate::collect(cx, names)? {
        if !cx.is_instance(name.borrow(), TypeId::Str) {
            let kind = cx.type_name(name.borrow());
            let place = match all {
                true => format!("{}.__all__", module_name()?),
                false => "``from list''".to_owned(),
            };
            return Err(cx.type_error(format!("Item in {place} must be str, not {kind}")));
        }
        let text = cx.text_of(name.borrow());
        if text == "*" {
            let all_name = cx.world().names.all();
            if let (false, Some(names)) = (all, attribute::find(cx, package.borrow(), all_name)?) {
                submodules(cx, package.clone(), names.borrow(), true)?;
            }
        } else if attribute::find(cx, package.borrow(), name.borrow())?.is_none() {
            submodule(cx, &format!("{}.{text}", module_name()?))?;
        }
    }
    Ok(package)
}

/// Imports a module of a package; that there is none is not an error yet.
fn submodule(cx: &Cx, full: &str) -> Outcome<()> {
    let raised = match load(cx, full) {
        Err(raised) if raised.is(cx, TypeId::ModuleNotFoundError) => raised,
        loaded => return loaded.map(drop),
    };
    let missing = exception::more(cx, raised.0.borrow(), "name");
    let is_itself = missing.is_some_and(|name| cx.text_of(name.borrow()) == full);
    // A name that was set to `None` on purpose is an error.
    match is_itself && in_modules(cx, full)?.is_none() {
        true => Ok(()),
        false => Err(raised),
    }
}

/// What `sys.modules` has under a name.
pub(crate) fn in_modules(cx: &Cx, name: &str) -> Outcome<Option<Owned>> {
    attribute::in_dict(cx, cx.world().modules(), cx.str(name).borrow())
}

/// A module by its absolute name, loaded if it was not yet.
pub(crate) fn load(cx: &Cx, name: &str) -> Outcome {
    let found = match in_modules(cx, name)? {
        Some(found) if !errors::is_initializing(cx, found.borrow()) => found,
        half_done => cx.nested(|| once::load(cx, name, half_done))?,
    };
    match found.borrow().not_none() {
        Some(_) => Ok(found),
        None => Err(not_found(
            cx,
            format!("import of {name} halted; None in sys.modules"),
            name,
        )),
    }
}

/// Finds a module, whose package is loaded by now, and loads it.
fn load_new(cx: &Cx, name: &str, package: Option<&Package<'_>>) -> Outcome {
    let Some(package) = package else {
        return match find::top_level(cx, name)? {
            Some(found) => found.load(cx, name, &|_| Ok(())),
            None => Err(missing(cx, name)),
        };
    };
    let Package {
        name: package_name,
        child,
        module,
    } = package;
    let path = attribute::find(cx, module.borrow(), cx.world().names.path())?;
    let Some(path) = path else {
        let message = format!("No module named '{name}'; '{package_name}' is not a package");
        return Err(not_found(cx, message, name));
    };
    let Some(found) = find::in_package(cx, name, child, path.borrow())? else {
        return Err(missing(cx, name));
    };
    let bind = |loaded: Ref<'_>| bind_in_parent(cx, package_name, child, loaded);
    while_importing(cx, module.borrow(), child, || found.load(cx, name, &bind))
}

/// The package of a module.
struct Package<'a> {
    name: &'a str,
    /// The last part of the module's name.
    child: &'a str,
    module: Owned,
}

impl<'a> Package<'a> {
    /// The package of the module of that name, loaded; nothing for a module that is in none.
    fn of(cx: &Cx, name: &'a str) -> Outcome<Option<Self>> {
        let Some((package, child)) = name.rsplit_once('.') else {
            return Ok(None);
        };
        let module = load(cx, package)?;
        Ok(Some(Self {
            name: package,
            child,
            module,
        }))
    }
}

/// Notes in a package's spec that a submodule is being imported.
fn while_importing(
    cx: &Cx,
    package: Ref<'_>,
    child: &str,
    body: impl FnOnce() -> Outcome,
) -> Outcome {
    let spec = attribute::find(cx, package, cx.world().names.spec())?;
    let name = cx.intern("_uninitialized_submodules");
    let pending = match spec.as_ref().and_then(|spec| spec.borrow().not_none()) {
        Some(spec) => attribute::find(cx, spec, name)?,
        None => None,
    };
    let Some(pending) = pending else {
        return body();
    };
    let child = cx.str(child);
    cx.call_method(pending.borrow(), "append", &[child.borrow()])?;
    let loaded = body();
    cx.call_method(pending.borrow(), "remove", &[child.borrow()])?;
    loaded
}

/// A submodule is an attribute of its package.
fn bind_in_parent(cx: &Cx, parent: &str, child: &str, module: Ref<'_>) -> Outcome<()> {
    let Some(parent) = in_modules(cx, parent)? else {
        return Err(cx.error_with(TypeId::KeyError, vec![cx.str(parent)]));
    };
    match attribute::set(cx, parent.borrow(), cx.intern(child), Some(module)) {
        Err(raised) if raised.is(cx, TypeId::AttributeError) => Ok(()),
        result => result,
    }
}

/// Makes a `ModuleSpec`.
fn spec(cx: &Cx, name: &str, origin: Option<&str>, search: Option<&[String]>) -> Outcome {
    let class = cx.class(TypeId::ModuleSpec).as_ref();
    let name = cx.str(name);
    let made = cx.call(class, Args::positional(&[name.borrow(), Ref::NONE]))?;
    let set = |key: &str, value: Owned| {
        attribute::set(cx, made.borrow(), cx.intern(key), Some(value.borrow()))
    };
    if let Some(origin) = origin {
        set("origin", cx.str(origin))?;
    }
    if let Some(search) = search {
        set("submodule_search_locations", strings(cx, search))?;
    }
    Ok(made)
}

/// A list of strings.
fn strings(cx: &Cx, texts: &[String]) -> Owned {
    cx.list(texts.iter().map(|text| cx.str(text)).collect())
}
