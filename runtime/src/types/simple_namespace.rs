//! `types.SimpleNamespace`: attributes, and nothing else.

use crate::compile::Comparison;
use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, compare, text};
use crate::eval::{Args, Outcome};
use crate::objects::dict::Dict;
use crate::refs::{Owned, Ref};
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::payload::{self, Boxed, payload};
use crate::types::{TypeId, store};

/// A namespace: all that it has is in its dict.
pub(crate) struct SimpleNamespace;

payload!(
    SimpleNamespace as SimpleNamespace,
    "namespace",
    |_this, _visit| {}
);

class! {
    pub(crate) SIMPLE_NAMESPACE: Boxed<SimpleNamespace> = "SimpleNamespace" (Object) {
        unhashable;
        with_dict;
        module "types";
        doc "Attributes from keywords.";
        slots { new: make, init: init, repr: repr, compare: compare_namespaces }
        get __dict__ as dict;
        /// What pickle needs to make it again.
        method __reduce__ as reduce(self, /);
        /// A copy with these attributes changed.
        method __replace__ as replace(self, /, **changes);
    }
}

/// A namespace with these attributes.
pub(crate) fn new(cx: &Cx, attributes: Vec<(&str, Owned)>) -> Owned {
    let made = payload::new(cx, SimpleNamespace);
    let dict = own_dict(cx, made.borrow());
    for (name, value) in attributes {
        crate::types::boot::set(cx, dict.borrow(), name, value);
    }
    made
}

fn make(cx: &Cx, class: &Class, _args: Args<'_>) -> Outcome {
    Ok(payload::new_in(cx, class, SimpleNamespace))
}

fn own_dict(cx: &Cx, this: Ref<'_>) -> Owned {
    attribute::dict_of(cx, this).unwrap_or(Owned::NONE)
}

fn init(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    let given = args.positional.len();
    if given > 1 {
        return Err(cx.type_error(format!(
            "SimpleNamespace expected at most 1 argument, got {given}"
        )));
    }
    let all = cx.dict();
    update(cx, all.borrow(), args)?;
    let entries = all.borrow().downcast::<Dict>();
    let entries = entries.map(|dict| store::dict_entries(cx, dict));
    let mut names = entries.iter().flatten().map(|(name, _)| name.borrow());
    if names.any(|name| !cx.is_instance(name, TypeId::Str)) {
        return Err(cx.type_error("keywords must be strings"));
    }
    let own = own_dict(cx, this);
    update(cx, own.borrow(), Args::positional(&[all.borrow()]))
}

/// `dict.update(..)`
fn update(cx: &Cx, dict: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    let update = attribute::get_str(cx, dict, "update")?;
    cx.call(update.borrow(), args).map(drop)
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let class = cx.class_of(this);
    let name = match class.is(TypeId::SimpleNamespace) {
        true => "namespace".to_owned(),
        false => class.name(cx),
    };
    if cx.is_shown(this) {
        return Ok(cx.str(&format!("{name}(...)")));
    }
    let since = cx.start_showing(this);
    let shown = attributes(cx, this);
    cx.stop_showing(since);
    Ok(cx.str(&format!("{name}({})", shown?)))
}

fn attributes(cx: &Cx, this: Ref<'_>) -> Outcome<String> {
    let dict = own_dict(cx, this);
    let entries = dict.borrow().downcast::<Dict>();
    let entries = entries.map(|dict| store::dict_entries(cx, dict));
    let mut shown = Vec::new();
    for (name, value) in entries.unwrap_or_default() {
        if !cx.is_instance(name.borrow(), TypeId::Str) {
            continue;
        }
        let value = cx.nested_in(text::REPR, || text::repr_text(cx, value.borrow()))?;
        shown.push(format!("{}={value}", cx.text_of(name.borrow())));
    }
    Ok(shown.join(", "))
}

fn compare_namespaces(cx: &Cx, comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let are = [left, right].map(|one| cx.is_instance(one, TypeId::SimpleNamespace));
    if are != [true; 2] {
        return Ok(Owned::not_implemented());
    }
    let (left, right) = (own_dict(cx, left), own_dict(cx, right));
    cx.nested_in(compare::PLACE, || {
        compare::rich(cx, comparison, left.borrow(), right.borrow())
    })
}

fn dict(cx: &Cx, this: Ref<'_>) -> Owned {
    own_dict(cx, this)
}

fn reduce(cx: &Cx, this: Ref<'_>) -> Owned {
    let class = cx.class_of(this).as_ref().own();
    cx.tuple(vec![class, cx.tuple(Vec::new()), own_dict(cx, this)])
}

fn replace(cx: &Cx, this: Ref<'_>, changes: Ref<'_>) -> Outcome {
    let class = cx.class_of(this).as_ref();
    let made = cx.call(class, Args::NONE)?;
    let (old, new) = (own_dict(cx, this), own_dict(cx, made.borrow()));
    update(cx, new.borrow(), Args::positional(&[old.borrow()]))?;
    update(cx, new.borrow(), Args::positional(&[changes]))?;
    Ok(made)
}
