//! Type parameters and aliases (PEP 695 and 696): `TypeVar`, `ParamSpec`, `TypeVarTuple`, `TypeAliasType`, `Generic`.

mod alias;
mod generic;
mod lazy;
mod make;
mod unpack;

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::attribute;
use crate::objects::header::Header;
use crate::refs::{Owned, Ref};
use crate::types::define::class;
use crate::types::payload::{self, Boxed, payload};
use crate::types::{TypeId, union};

use lazy::{Evaluated, or_no_default};

pub(crate) use alias::{TYPE_ALIAS, alias};
pub(crate) use generic::{GENERIC, generic_of};
pub(crate) use lazy::{CONST_EVALUATOR, NO_DEFAULT, make_no_default};
pub(crate) use unpack::{PARAM_SPEC_ARGS, PARAM_SPEC_KWARGS, UNPACK};

/// A parameter of one of the three sorts.
pub(crate) struct Parameter {
    name: Owned,
    bound: Evaluated,
    constraints: Evaluated,
    default: Evaluated,
    variance: Variance,
}

/// How types that differ in the parameter relate.
#[derive(Clone, Copy, Default)]
struct Variance {
    covariant: bool,
    contravariant: bool,
    inferred: bool,
}

payload!(Parameter as TypeVar, "type parameter", |this, visit| {
    visit(this.name.borrow());
    this.bound.show(visit);
    this.constraints.show(visit);
    this.default.show(visit);
});

class! {
    pub(crate) TYPE_VAR: Boxed<Parameter> = "TypeVar" (Object) {
        sealed;
        module "typing";
        with_dict;
        with_weak;
        doc "A parameter that stands for a type.";
        slots { new: make::type_var, repr: repr, or: union::or }
        read __name__ as name;
        read __covariant__ as covariant;
        read __contravariant__ as contravariant;
        read __infer_variance__ as inferred;
        get __bound__ as bound;
        get __constraints__ as constraints;
        get __default__ as default;
        get evaluate_bound;
        get evaluate_constraints;
        get evaluate_default;
        get __dict__ as own_dict;
        /// Whether it has a default.
        method has_default(self, /);
        method __typing_subst__ as substitute(self, arg, /);
        method __typing_prepare_subst__ as prepare_one(self, alias, args, /);
        method __mro_entries__ as no_base(self, bases, /);
        method __reduce__ as reduce(self, /);
    }
}

class! {
    pub(crate) PARAM_SPEC: Boxed<Parameter> = "ParamSpec" (Object) {
        sealed;
        module "typing";
        with_dict;
        with_weak;
        doc "A parameter that stands for the parameters of a function.";
        slots { new: make::param_spec, repr: repr, or: union::or }
        read __name__ as name;
        read __covariant__ as covariant;
        read __contravariant__ as contravariant;
        read __infer_variance__ as inferred;
        get __bound__ as bound;
        get __default__ as default;
        get evaluate_default;
        get __dict__ as own_dict;
        /// Its positional part.
        get args as unpack_args;
        /// Its keyword part.
        get kwargs as unpack_kwargs;
        method has_default(self, /);
        method __typing_subst__ as substitute_arguments(self, arg, /);
        method __typing_prepare_subst__ as prepare_one(self, alias, args, /);
        method __mro_entries__ as no_base(self, bases, /);
        method __reduce__ as reduce(self, /);
    }
}

class! {
    pub(crate) TYPE_VAR_TUPLE: Boxed<Parameter> = "TypeVarTuple" (Object) {
        sealed;
        module "typing";
        with_dict;
        with_weak;
        doc "A parameter that stands for any number of types. See PEP 646.";
        slots { new: make::type_var_tuple, repr: repr, iter: iter_unpacked }
        read __name__ as name;
        get __default__ as default;
        get evaluate_default;
        get __dict__ as own_dict;
        method has_default(self, /);
        method __typing_subst__ as refuse_substitution(self, arg, /);
        method __typing_prepare_subst__ as prepare_row(self, alias, args, /);
        method __mro_entries__ as no_base(self, bases, /);
        method __reduce__ as reduce(self, /);
    }
}

/// A new parameter of a sort, with nothing but its name.
fn new(cx: &Cx, sort: TypeId, name: Owned, variance: Variance) -> Owned {
    let parameter = Parameter {
        name,
        bound: Evaluated::nothing(),
        constraints: Evaluated::nothing(),
        default: Evaluated::nothing(),
        variance,
    };
    payload::new_in(cx, cx.class(sort), parameter)
}

fn parts(this: Ref<'_>) -> Option<(&Header, &Parameter)> {
    Some((this.header()?, this.payload::<Parameter>()?))
}

const INFERRED: Variance = Variance {
    covariant: false,
    contravariant: false,
    inferred: true,
};

/// A `TypeVar` whose bound or constraints a function gives.
pub(crate) fn type_var(
    cx: &Cx,
    name: Owned,
    bound: Option<Owned>,
    constraints: Option<Owned>,
) -> Owned {
    let made = new(cx, TypeId::TypeVar, name, INFERRED);
    if let Some((header, parameter)) = parts(made.borrow()) {
        if let Some(bound) = bound {
            parameter.bound.set_evaluator(cx, header, bound);
        }
        if let Some(constraints) = constraints {
            parameter.constraints.set_evaluator(cx, header, constraints);
        }
    }
    made
}

/// A `ParamSpec`.
pub(crate) fn param_spec(cx: &Cx, name: Owned) -> Owned {
    new(cx, TypeId::ParamSpec, name, INFERRED)
}

/// A `TypeVarTuple`.
pub(crate) fn type_var_tuple(cx: &Cx, name: Owned) -> Owned {
    new(cx, TypeId::TypeVarTuple, name, Variance::default())
}

/// Sets the function that gives the default of a parameter.
pub(crate) fn set_default(cx: &Cx, parameter: Ref<'_>, evaluator: Owned) {
    if let Some((header, parameter)) = parts(parameter) {
        parameter.default.set_evaluator(cx, header, evaluator);
    }
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let parameter = this.payload::<Parameter>().expect("a parameter");
    let name = cx.text_of(parameter.name.borrow());
    let Variance {
        covariant,
        contravariant,
        inferred,
    } = parameter.variance;
    let sign = match () {
        () if inferred || cx.is_instance(this, TypeId::TypeVarTuple) => "",
        () if covariant => "+",
        () if contravariant => "-",
        () => "~",
    };
    Ok(cx.str(&format!("{sign}{name}")))
}

fn name(_cx: &Cx, this: &Parameter) -> Owned {
    this.name.clone()
}

fn covariant(_cx: &Cx, this: &Parameter) -> bool {
    this.variance.covariant
}

fn contravariant(_cx: &Cx, this: &Parameter) -> bool {
    this.variance.contravariant
}

fn inferred(_cx: &Cx, this: &Parameter) -> bool {
    this.variance.inferred
}

fn own_dict(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    attribute::dict_of(cx, this)
}

/// A value of a parameter that is found out when somebody asks.
fn value(cx: &Cx, this: Ref<'_>, part: fn(&Parameter) -> &Evaluated) -> Outcome<Option<Owned>> {
    match parts(this) {
        Some((header, parameter)) => part(parameter).get(cx, header),
        None => Ok(None),
    }
}

fn evaluator(cx: &Cx, this: Ref<'_>, part: fn(&Parameter) -> &Evaluated) -> Option<Owned> {
    let (header, parameter) = parts(this)?;
    part(parameter).evaluator(cx, header)
}

fn bound(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    value(cx, this, |parameter| &parameter.bound)
}

fn constraints(cx: &Cx, this: Ref<'_>) -> Outcome {
    let held = value(cx, this, |parameter| &parameter.constraints)?;
    Ok(held.unwrap_or_else(|| cx.tuple(Vec::new())))
}

fn default(cx: &Cx, this: Ref<'_>) -> Outcome {
    let held = value(cx, this, |parameter| &parameter.default)?;
    Ok(or_no_default(cx, held))
}

fn evaluate_bound(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    evaluator(cx, this, |parameter| &parameter.bound)
}

fn evaluate_constraints(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    evaluator(cx, this, |parameter| &parameter.constraints)
}

fn evaluate_default(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    evaluator(cx, this, |parameter| &parameter.default)
}

fn has_default(cx: &Cx, this: Ref<'_>) -> bool {
    parts(this).is_some_and(|(header, parameter)| parameter.default.is_there(cx, header))
}

/// The default of a type parameter, if it has one.
fn default_of(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    match has_default(cx, this) {
        true => default(cx, this).map(Some),
        false => Ok(None),
    }
}

fn no_base(cx: &Cx, this: Ref<'_>, _bases: Ref<'_>) -> Outcome {
    let kind = cx.type_name(this);
    Err(cx.type_error(format!("Cannot subclass an instance of {kind}")))
}

fn reduce(_cx: &Cx, this: &Parameter) -> Owned {
    this.name.clone()
}

fn substitute(_cx: &Cx, _this: Ref<'_>, arg: Ref<'_>) -> Owned {
    arg.own()
}

/// A list of types stands for the parameters of a callable.
fn substitute_arguments(cx: &Cx, _this: Ref<'_>, arg: Ref<'_>) -> Outcome {
    match cx.is_instance(arg, TypeId::List) {
        true => Ok(cx.tuple(crate::eval::ops::iterate::collect(cx, arg)?)),
        false => Ok(arg.own()),
    }
}

fn refuse_substitution(cx: &Cx, _this: Ref<'_>, _arg: Ref<'_>) -> Outcome {
    Err(cx.type_error("Substitution of bare TypeVarTuple is not supported"))
}

/// Adds the default of a parameter that nothing was given for.
fn prepare_one(cx: &Cx, this: Ref<'_>, alias: Ref<'_>, args: Ref<'_>) -> Outcome {
    let parameters = attribute::get_str(cx, alias, "__parameters__")?;
    let parameters = crate::eval::ops::iterate::collect(cx, parameters.borrow())?;
    let mut given = crate::eval::ops::iterate::collect(cx, args)?;
    let place = parameters.iter().position(|one| one.borrow() == this);
    if place == Some(given.len()) && has_default(cx, this) {
        given.push(default(cx, this)?);
    }
    Ok(cx.tuple(given))
}

/// Gathers what a row of types stands for.
fn prepare_row(cx: &Cx, this: Ref<'_>, alias: Ref<'_>, args: Ref<'_>) -> Outcome {
    let parameters = attribute::get_str(cx, alias, "__parameters__")?;
    let parameters = crate::eval::ops::iterate::collect(cx, parameters.borrow())?;
    let mut given = crate::eval::ops::iterate::collect(cx, args)?;
    let Some(place) = parameters.iter().position(|one| one.borrow() == this) else {
        return Ok(args.own());
    };
    let behind = parameters.len() - place - 1;
    if given.len() < place + behind {
        let shown = crate::eval::ops::text::repr_text(cx, alias)?;
        return Err(cx.type_error(format!(
            "Too few arguments for {shown}; actual {}, expected at least {}",
            given.len(),
            parameters.len() - 1
        )));
    }
    let tail = given.split_off(given.len() - behind);
    let row = given.split_off(place);
    given.push(cx.tuple(row));
    given.extend(tail);
    Ok(cx.tuple(given))
}

fn unpack_args(cx: &Cx, this: Ref<'_>) -> Owned {
    unpack::of_param_spec(cx, TypeId::ParamSpecArgs, this.own())
}

fn unpack_kwargs(cx: &Cx, this: Ref<'_>) -> Owned {
    unpack::of_param_spec(cx, TypeId::ParamSpecKwargs, this.own())
}

/// `*Ts`
fn iter_unpacked(cx: &Cx, this: Ref<'_>) -> Outcome {
    let only = cx.tuple(vec![unpack::of_tuple(cx, this.own())]);
    crate::eval::ops::iterate::iter(cx, only.borrow())
}
