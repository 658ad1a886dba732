//! `Generic`: the base of classes with type parameters.

use super::make::unpacked;
use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, iterate};
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::generic_alias;
use crate::types::object::Instance;

class! {
    pub(crate) GENERIC: Instance = "Generic" (Object) {
        module "typing";
        doc "What a class with type parameters inherits.";
        class __class_getitem__ as subscript(self, params, /);
        class __init_subclass__ as init_subclass(self, *args, **kwargs);
    }
}

/// `Generic[..]` for the type parameters of a class.
pub(crate) fn generic_of(cx: &Cx, all: Ref<'_>) -> Outcome {
    let parameters = all.downcast::<Tuple>().map_or(&[][..], items);
    let args = unpacked(cx, parameters);
    let generic = cx.class(TypeId::Generic).as_ref();
    Ok(generic_alias::new(cx, generic, args.borrow()))
}

/// Whether something is a type parameter, or the types that one stands for.
fn is_parameter(cx: &Cx, value: Ref<'_>) -> bool {
    let sorts = [
        TypeId::TypeVar,
        TypeId::ParamSpec,
        TypeId::TypeVarTuple,
        TypeId::Unpack,
    ];
    sorts.iter().any(|sort| cx.is_instance(value, *sort))
}

fn subscript(cx: &Cx, this: Ref<'_>, params: Ref<'_>) -> Outcome {
    let row = match params.downcast::<Tuple>() {
        Some(_) => params.own(),
        None => cx.tuple(vec![params.own()]),
    };
    let all = row.borrow().downcast::<Tuple>().map_or(&[][..], items);
    let is_generic = Class::of(this).is_some_and(|class| class.is(TypeId::Generic));
    if !is_generic {
        return of_class(cx, this, row.borrow());
    }
    if all.is_empty() {
        return Err(cx.type_error("Parameter list to Generic[...] cannot be empty"));
    }
    if !all.iter().all(|one| is_parameter(cx, *one)) {
        return Err(cx.type_error(
            "Parameters to Generic[...] must all be type variables or parameter specification variables.",
        ));
    }
    for (place, one) in all.iter().enumerate() {
        if all[..place].contains(one) {
            return Err(cx.type_error("Parameters to Generic[...] must all be unique"));
        }
    }
    generic_of(cx, row.borrow())
}

/// `Box[int]`
fn of_class(cx: &Cx, this: Ref<'_>, args: Ref<'_>) -> Outcome {
    let parameters = attribute::find(cx, this, cx.intern("__parameters__"))?;
    let parameters = match parameters {
        Some(parameters) => iterate::collect(cx, parameters.borrow())?,
        None => Vec::new(),
    };
    let name = || Class::of(this).map_or(String::new(), |class| class.name(cx));
    if parameters.is_empty() {
        let shown = crate::eval::ops::text::repr_text(cx, this)?;
        return Err(cx.type_error(format!("{shown} is not a generic class")));
    }
    let given = args.downcast::<Tuple>().map_or(0, |args| items(args).len());
    let is_row = |one: &Owned| cx.is_instance(one.borrow(), TypeId::TypeVarTuple);
    let takes_any = parameters.iter().any(is_row);
    if !takes_any && given != parameters.len() && !has_defaults(cx, &parameters, given) {
        let how = if given > parameters.len() {
            "many"
        } else {
            "few"
        };
        let module = Class::of(this).and_then(|class| crate::types::type_::module_name(cx, class));
        let module = module.unwrap_or_default();
        let has_none = |one: &&Owned| !super::has_default(cx, one.borrow());
        let expected = match parameters.iter().filter(has_none).count() {
            least if how == "few" && least < parameters.len() => format!("at least {least}"),
            _ => parameters.len().to_string(),
        };
        return Err(cx.type_error(format!(
            "Too {how} arguments for <class '{module}.{}'>; actual {given}, expected {expected}",
            name(),
        )));
    }
    let args = with_defaults(cx, &parameters, args)?;
    Ok(generic_alias::new(cx, this, args.borrow()))
}

/// The arguments, and behind them the defaults of parameters that have none.
fn with_defaults(cx: &Cx, parameters: &[Owned], args: Ref<'_>) -> Outcome {
    let given = args.downcast::<Tuple>().map_or(&[][..], items);
    let missing = parameters.get(given.len()..).unwrap_or_default();
    let mut all: Vec<Owned> = given.iter().map(|one| one.own()).collect();
    for parameter in missing {
        all.extend(super::default_of(cx, parameter.borrow())?);
    }
    Ok(cx.tuple(all))
}

/// Whether what was not given has defaults.
fn has_defaults(cx: &Cx, parameters: &[Owned], given: usize) -> bool {
    let Some(rest) = parameters.get(given..) else {
        return false;
    };
    rest.iter().all(|one| super::has_default(cx, one.borrow()))
}

/// A class derived from `Generic[T]` has the parameter.
fn init_subclass(cx: &Cx, this: Ref<'_>, _args: Ref<'_>, _keywords: Ref<'_>) -> Outcome<()> {
    let name = cx.world().names.orig_bases();
    let bases = match Class::of(this).map(|class| class.dict()) {
        Some(dict) => attribute::in_dict(cx, dict, name)?,
        None => None,
    };
    let Some(bases) = bases else {
        return set_parameters(cx, this, Vec::new());
    };
    let bases = iterate::collect(cx, bases.borrow())?;
    let lent: Vec<Ref<'_>> = bases.iter().map(Owned::borrow).collect();
    let found = generic_alias::parameters_of(cx, &lent)?;
    set_parameters(cx, this, found)
}

fn set_parameters(cx: &Cx, class: Ref<'_>, found: Vec<Owned>) -> Outcome<()> {
    let found = cx.tuple(found);
    let name = cx.intern("__parameters__");
    attribute::set(cx, class, name, Some(found.borrow()))
}
