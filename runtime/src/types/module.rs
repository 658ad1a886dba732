//! `module`.

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, text, truth};
use crate::eval::sharing;
use crate::eval::{Args, Outcome, Raised};
use crate::objects::dict::Dict;
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::payload::{self, Boxed, payload};

/// A module: its names are those of the dict.
pub(crate) struct Module {
    dict: Owned,
}

payload!(Module as Module, "module", |this, visit| visit(
    this.dict.borrow()
));

class! {
    pub(crate) MODULE: Boxed<Module> = "module" (Object) {
        with_weak;
        doc "A module with this name.";
        slots { new: new_module, init: init, repr: repr, get_attr: get_attr, set_attr: set_attr }
        get __dict__ as dict;
        get __annotations__ as annotations, set_annotations;
        method __dir__ as dir(self, /);
    }
}

/// A module with a dict.
pub(crate) fn new(cx: &Cx, dict: Owned) -> Owned {
    sharing::share(cx, dict.borrow());
    let made = payload::new(cx, Module { dict });
    sharing::share(cx, made.borrow());
    made
}

fn new_module(cx: &Cx, class: &Class, _args: Args<'_>) -> Outcome {
    Ok(payload::new_in(cx, class, Module { dict: cx.dict() }))
}

/// `module(name, doc=None)`
fn init(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    let named = |wanted: &str| {
        let mut pairs = args.names.iter().zip(args.keywords);
        pairs
            .find(|(name, _)| cx.text_of(**name) == wanted)
            .map(|(_, value)| *value)
    };
    let Some(name) = args.get(0).or_else(|| named("name")) else {
        return Err(cx.type_error("module() missing required argument 'name' (pos 1)"));
    };
    if !cx.is_instance(name, TypeId::Str) {
        let kind = cx.type_name(name);
        let message = format!("module() argument 'name' must be str, not {kind}");
        return Err(cx.type_error(message));
    }
    let module = this.payload::<Module>().expect("a module");
    let doc = args.get(1).or_else(|| named("doc")).unwrap_or(Ref::NONE);
    for (key, value) in [
        ("__name__", name),
        ("__doc__", doc),
        ("__package__", Ref::NONE),
        ("__loader__", Ref::NONE),
        ("__spec__", Ref::NONE),
    ] {
        attribute::set_in(cx, module.dict.borrow(), cx.intern(key), Some(value))?;
    }
    Ok(())
}

impl Module {
    /// The dict of its names.
    pub(crate) fn dict(&self) -> Ref<'_> {
        self.dict.borrow()
    }
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let names = &cx.world().names;
    let known = |name| -> Outcome<Option<Owned>> {
        let found = attribute::find(cx, this, name)?;
        Ok(found.filter(|found| !found.borrow().is_none()))
    };
    let name = known(names.name())?;
    let name = match &name {
        Some(name) => text::repr_text(cx, name.borrow())?,
        None => "'?'".to_owned(),
    };
    let from = match (known(names.spec())?, known(names.file())?) {
        (Some(spec), _) => origin(cx, spec.borrow())?,
        (None, Some(file)) => format!(" from {}", text::repr_text(cx, file.borrow())?),
        (None, None) => String::new(),
    };
    Ok(cx.str(&format!("<module {name}{from}>")))
}

/// Where a spec says that a module is from.
fn origin(cx: &Cx, spec: Ref<'_>) -> Outcome<String> {
    let part = |name| attribute::get_str(cx, spec, name);
    let origin = part("origin")?;
    if origin.borrow().is_none() {
        let folders = part("submodule_search_locations")?;
        return Ok(match folders.borrow().not_none() {
            Some(folders) => format!(" (namespace) from {}", text::repr_text(cx, folders)?),
            None => String::new(),
        });
    }
    let has_location = part("has_location")?;
    Ok(match truth::is_true(cx, has_location.borrow())? {
        true => format!(" from {}", text::repr_text(cx, origin.borrow())?),
        false => format!(" ({})", text::str_text(cx, origin.borrow())?),
    })
}

/// Data descriptors of the class, the dict, the rest of the class, and then the module's own `__getattr__`.
fn get_attr(cx: &Cx, this: Ref<'_>, name: Ref<'_>) -> Outcome {
    let module = this.payload::<Module>().expect("a module");
    if !is_data(cx, cx.class_of(this), name)
        && let Some(value) = attribute::in_dict(cx, module.dict.borrow(), name)?
    {
        return Ok(value);
    }
    let raised = match attribute::generic_get(cx, this, name) {
        Err(raised) if raised.is(cx, TypeId::AttributeError) => raised,
        found => return found,
    };
    let fallback = attribute::in_dict(cx, module.dict.borrow(), cx.world().names.getattr())?;
    match fallback {
        Some(fallback) => cx.call(fallback.borrow(), Args::positional(&[name])),
        None => Err(raised),
    }
}

/// Whether the class has a data descriptor under a name. Those of plain modules have names with underscores.
fn is_data(cx: &Cx, class: &Class, name: Ref<'_>) -> bool {
    if class.is(TypeId::Module) && !cx.text_of(name).starts_with("__") {
        return false;
    }
    class.lookup(cx, name).is_some_and(|found| {
        let kind = cx.class_of(found.borrow());
        kind.slot(|slots| slots.descr_set.is_some())
    })
}

fn set_attr(cx: &Cx, this: Ref<'_>, name: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    let module = this.payload::<Module>().expect("a module");
    if cx.text_of(name) == "__dict__" {
        return Err(cx.error(TypeId::AttributeError, "readonly attribute"));
    }
    let found = cx.class_of(this).lookup(cx, name);
    let setter = found.as_ref().and_then(|found| {
        let kind = cx.class_of(found.borrow());
        kind.slot(|slots| slots.descr_set)
    });
    if let (Some(set), Some(found)) = (setter, &found) {
        return set(cx, found.borrow(), this, value);
    }
    match attribute::set_in(cx, module.dict.borrow(), name, value)? {
        true => Ok(()),
        false => Err(not_there(cx, this, name)),
    }
}

/// The error for a name that cannot be deleted.
fn not_there(cx: &Cx, this: Ref<'_>, name: Ref<'_>) -> Raised {
    let (kind, text) = (cx.type_name(this), cx.text_of(name));
    let message = format!("'{kind}' object has no attribute '{text}'");
    let raised = cx.error(TypeId::AttributeError, message);
    crate::types::exception::note_attribute(cx, raised.0.borrow(), name, this);
    raised
}

fn dict(_cx: &Cx, this: &Module) -> Owned {
    this.dict.clone()
}

fn annotations(cx: &Cx, this: &Module) -> Outcome {
    let names = &cx.world().names;
    let namespace = this.dict.borrow();
    if let Some(found) = attribute::in_dict(cx, namespace, names.annotations())? {
        return Ok(found);
    }
    let annotate = attribute::in_dict(cx, namespace, names.annotate())?;
    let made = match annotate.filter(|annotate| !annotate.borrow().is_none()) {
        Some(annotate) => {
            let one = cx.int(1);
            cx.call(annotate.borrow(), Args::positional(&[one.borrow()]))?
        }
        None => cx.dict(),
    };
    attribute::set_in(cx, namespace, names.annotations(), Some(made.borrow()))?;
    Ok(made)
}

fn set_annotations(cx: &Cx, this: &Module, value: Option<Ref<'_>>) -> Outcome<()> {
    let name = cx.world().names.annotations();
    attribute::set_in(cx, this.dict.borrow(), name, value).map(drop)
}

fn dir(cx: &Cx, this: &Module) -> Outcome<Vec<Owned>> {
    let hook = attribute::in_dict(cx, this.dict.borrow(), cx.world().names.dir())?;
    if let Some(hook) = hook {
        let names = cx.call(hook.borrow(), Args::NONE)?;
        return crate::eval::ops::iterate::collect(cx, names.borrow());
    }
    let dict = this.dict.borrow().downcast::<Dict>();
    let entries = dict.map(|dict| crate::types::store::dict_entries(cx, dict));
    let names = entries
        .unwrap_or_default()
        .into_iter()
        .map(|(name, _)| name);
    Ok(super::type_::sorted_names(cx, names.collect()))
}
