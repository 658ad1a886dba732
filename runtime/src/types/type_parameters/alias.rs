//! `TypeAliasType`: what a `type` statement makes.

use super::lazy::Evaluated;
use super::make::unpacked;
use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome};
use crate::objects::header::Header;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::payload::{self, Boxed, payload};
use crate::types::{generic_alias, union};

/// A name for a type.
pub(crate) struct TypeAlias {
    name: Owned,
    /// A tuple, or nothing.
    parameters: Option<Owned>,
    value: Evaluated,
    module: Owned,
}

payload!(TypeAlias as TypeAliasType, "type alias", |this, visit| {
    visit(this.name.borrow());
    visit(this.module.borrow());
    this.parameters.iter().for_each(|one| visit(one.borrow()));
    this.value.show(visit);
});

class! {
    pub(crate) TYPE_ALIAS: Boxed<TypeAlias> = "TypeAliasType" (Object) {
        sealed;
        module "typing";
        with_weak;
        doc "Another name for a type.";
        slots { new: make, repr: repr, or: union::or, get_item: get_item, iter: iter }
        read __name__ as name;
        get __value__ as value;
        get evaluate_value;
        get __type_params__ as type_parameters;
        get __parameters__ as parameters;
        get __module__ as module;
        method __reduce__ as reduce(self, /);
    }
}

fn new(cx: &Cx, name: Owned, parameters: Option<Owned>) -> Owned {
    let module = cx.current_module_name().unwrap_or(Owned::NONE);
    payload::new(
        cx,
        TypeAlias {
            name,
            parameters,
            value: Evaluated::nothing(),
            module,
        },
    )
}

fn parts(this: Ref<'_>) -> Option<(&Header, &TypeAlias)> {
    Some((this.header()?, this.payload::<TypeAlias>()?))
}

/// A name for the type that a function gives when somebody asks.
pub(crate) fn alias(cx: &Cx, name: Owned, parameters: Option<Owned>, evaluator: Owned) -> Owned {
    let made = new(cx, name, parameters);
    if let Some((header, alias)) = parts(made.borrow()) {
        alias.value.set_evaluator(cx, header, evaluator);
    }
    made
}

/// `TypeAliasType(name, value, *, type_params=())`
fn make(cx: &Cx, _class: &Class, args: Args<'_>) -> Outcome {
    let mut given = [args.get(0), args.get(1), None];
    for (name, &value) in args.names.iter().zip(args.keywords) {
        let name = cx.text_of(*name);
        match ["name", "value", "type_params"]
            .iter()
            .position(|known| *known == name)
        {
            Some(place) if given[place].is_none() => given[place] = Some(value),
            _ => {
                return Err(cx.type_error(format!(
                    "typealias() got an unexpected keyword argument '{name}'"
                )));
            }
        }
    }
    let [Some(name), Some(value), parameters] = given else {
        return Err(cx.type_error("typealias() takes a name and a value"));
    };
    if name.downcast::<Str>().is_none() {
        let kind = cx.type_name(name);
        return Err(cx.type_error(format!(
            "typealias() argument 'name' must be str, not {kind}"
        )));
    }
    let parameters = match parameters {
        Some(all) if all.downcast::<Tuple>().is_none() => {
            return Err(cx.type_error("type_params must be a tuple"));
        }
        all => all.map(Ref::own),
    };
    let made = new(cx, name.own(), parameters);
    if let Some((header, alias)) = parts(made.borrow()) {
        alias.value.set_value(cx, header, value.own());
    }
    Ok(made)
}

fn repr(_cx: &Cx, this: Ref<'_>) -> Outcome {
    Ok(this.payload::<TypeAlias>().expect("an alias").name.clone())
}

fn name(_cx: &Cx, this: &TypeAlias) -> Owned {
    this.name.clone()
}

fn value(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    match parts(this) {
        Some((header, alias)) => alias.value.get(cx, header),
        None => Ok(None),
    }
}

fn evaluate_value(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    let (header, alias) = parts(this)?;
    alias.value.evaluator(cx, header)
}

fn type_parameters(cx: &Cx, this: &TypeAlias) -> Owned {
    let given = this.parameters.clone();
    given.unwrap_or_else(|| cx.tuple(Vec::new()))
}

fn parameters(cx: &Cx, this: &TypeAlias) -> Owned {
    let all = type_parameters(cx, this);
    let all = all.borrow().downcast::<Tuple>().map_or(&[][..], items);
    unpacked(cx, all)
}

fn module(_cx: &Cx, this: &TypeAlias) -> Owned {
    this.module.clone()
}

fn reduce(_cx: &Cx, this: &TypeAlias) -> Owned {
    this.name.clone()
}

fn get_item(cx: &Cx, this: Ref<'_>, args: Ref<'_>) -> Outcome {
    let alias = this.payload::<TypeAlias>().expect("an alias");
    match alias.parameters {
        Some(_) => Ok(generic_alias::new(cx, this, args)),
        None => Err(cx.type_error("Only generic type aliases are subscriptable")),
    }
}

/// `*Alias`
fn iter(cx: &Cx, this: Ref<'_>) -> Outcome {
    let only = cx.tuple(vec![super::unpack::of_tuple(cx, this.own())]);
    crate::eval::ops::iterate::iter(cx, only.borrow())
}
