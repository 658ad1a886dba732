//! `module`.

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, text};
use crate::eval::{Args, Outcome};
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
        doc "Create a module object.";
        slots { new: new_module, init: init, repr: repr, get_attr: get_attr, set_attr: set_attr }
        get __dict__ as dict;
        get __annotations__ as annotations, set_annotations;
        method __dir__ as dir(self, /);
    }
}

/// A module with a dict.
pub(crate) fn new(cx: &Cx, dict: Owned) -> Owned {
    payload::new(cx, Module { dict })
}

fn new_module(cx: &Cx, class: &Class, _args: Args<'_>) -> Outcome {
    Ok(payload::new_in(cx, class, Module { dict: cx.dict() }))
}

fn init(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    let Some(name) = args
        .get(0)
        .filter(|name| cx.is_instance(*name, TypeId::Str))
    else {
        return Err(cx.type_error("module() missing required argument 'name' (pos 1)"));
    };
    let module = this.payload::<Module>().expect("a module");
    let doc = args.get(1).unwrap_or(Ref::NONE);
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

    /// Its name for messages.
    pub(crate) fn name(&self, cx: &Cx, _this: Ref<'_>) -> String {
        let name = attribute::in_dict(cx, self.dict.borrow(), cx.world().names.name());
        match name {
            Ok(Some(name)) => cx.text_of(name.borrow()).to_owned(),
            _ => "?".to_owned(),
        }
    }
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let module = this.payload::<Module>().expect("a module");
    let name = module.name(cx, this);
    let file = attribute::in_dict(cx, module.dict.borrow(), cx.world().names.file())?;
    Ok(cx.str(&match file {
        Some(file) => {
            let file = text::repr_text(cx, file.borrow())?;
            format!("<module '{name}' from {file}>")
        }
        None => format!("<module '{name}' (built-in)>"),
    }))
}

/// The class's descriptors, the dict, and then the module's own `__getattr__`.
fn get_attr(cx: &Cx, this: Ref<'_>, name: Ref<'_>) -> Outcome {
    let module = this.payload::<Module>().expect("a module");
    if let Some(value) = attribute::in_dict(cx, module.dict.borrow(), name)?
        && cx.text_of(name) != "__dict__"
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

fn set_attr(cx: &Cx, this: Ref<'_>, name: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    let module = this.payload::<Module>().expect("a module");
    let text = cx.text_of(name);
    if text == "__dict__" {
        return Err(cx.error(TypeId::AttributeError, "readonly attribute"));
    }
    if text == "__class__" {
        return attribute::generic_set(cx, this, name, value);
    }
    match attribute::set_in(cx, module.dict.borrow(), name, value)? {
        true => Ok(()),
        false => Err(attribute::missing(cx, this, name)),
    }
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
