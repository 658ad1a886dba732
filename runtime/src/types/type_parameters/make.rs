//! Type parameters that are made by a call: `TypeVar("T", bound=int)`.

use super::lazy::is_no_default;
use super::{Parameter, Variance, new, parts};
use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, truth};
use crate::eval::{Args, Outcome};
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::class::Class;

/// The keyword arguments.
#[derive(Default)]
struct Options<'a> {
    name: Option<Ref<'a>>,
    bound: Option<Ref<'a>>,
    default: Option<Ref<'a>>,
    variance: Variance,
}

/// Reads the arguments; `known` are the keywords that the sort has.
fn options<'a>(cx: &Cx, sort: &str, args: Args<'a>, known: &[&str]) -> Outcome<Options<'a>> {
    let mut options = Options {
        name: args.get(0),
        ..Options::default()
    };
    for (name, &value) in args.names.iter().zip(args.keywords) {
        let name = cx.text_of(*name);
        if !known.contains(&name) || name == "name" && options.name.is_some() {
            return Err(cx.type_error(format!(
                "{sort}() got an unexpected keyword argument '{name}'"
            )));
        }
        match name {
            "name" => options.name = Some(value),
            "bound" => options.bound = value.not_none(),
            "default" => options.default = Some(value).filter(|one| !is_no_default(cx, *one)),
            "covariant" => options.variance.covariant = truth::is_true(cx, value)?,
            "contravariant" => options.variance.contravariant = truth::is_true(cx, value)?,
            _ => options.variance.inferred = truth::is_true(cx, value)?,
        }
    }
    let Some(name) = options.name else {
        return Err(cx.type_error(format!("{sort}() missing required argument 'name' (pos 1)")));
    };
    if name.downcast::<Str>().is_none() {
        let kind = cx.type_name(name);
        return Err(cx.type_error(format!("{sort}() argument 'name' must be str, not {kind}")));
    }
    check(cx, options.variance)?;
    Ok(options)
}

fn check(cx: &Cx, variance: Variance) -> Outcome<()> {
    let Variance {
        covariant,
        contravariant,
        inferred,
    } = variance;
    if covariant && contravariant {
        return Err(cx.value_error("Bivariant types are not supported."));
    }
    if inferred && (covariant || contravariant) {
        return Err(cx.value_error("Variance cannot be specified with infer_variance."));
    }
    Ok(())
}

/// Makes the parameter, which says in which module that was.
fn finish(cx: &Cx, sort: TypeId, options: &Options<'_>) -> Outcome {
    let name = options.name.unwrap_or(Ref::NONE).own();
    let made = new(cx, sort, name, options.variance);
    if let Some((header, parameter)) = parts(made.borrow()) {
        if let Some(bound) = options.bound {
            parameter.bound.set_value(cx, header, bound.own());
        }
        if let Some(default) = options.default {
            parameter.default.set_value(cx, header, default.own());
        }
    }
    if let Some(module) = cx.current_module_name() {
        let name = cx.world().names.module();
        attribute::set(cx, made.borrow(), name, Some(module.borrow()))?;
    }
    Ok(made)
}

const ALL: [&str; 6] = [
    "name",
    "bound",
    "default",
    "covariant",
    "contravariant",
    "infer_variance",
];

pub(super) fn type_var(cx: &Cx, _class: &Class, args: Args<'_>) -> Outcome {
    let options = options(cx, "typevar", args, &ALL)?;
    let constraints = args.positional.get(1..).unwrap_or_default();
    if let [_] = constraints {
        return Err(cx.type_error("A single constraint is not allowed"));
    }
    if !constraints.is_empty() && options.bound.is_some() {
        return Err(cx.type_error("Constraints cannot be combined with bound=..."));
    }
    let made = finish(cx, TypeId::TypeVar, &options)?;
    if let (Some((header, parameter)), false) = (parts(made.borrow()), constraints.is_empty()) {
        let held = cx.tuple(constraints.iter().map(|one| one.own()).collect());
        parameter.constraints.set_value(cx, header, held);
    }
    Ok(made)
}

/// The other sorts take nothing but a name by position.
fn only_name(cx: &Cx, sort: &str, args: Args<'_>) -> Outcome<()> {
    match args.positional.len() {
        0 | 1 => Ok(()),
        given => Err(cx.type_error(format!(
            "{sort}() takes exactly 1 positional argument ({given} given)"
        ))),
    }
}

pub(super) fn param_spec(cx: &Cx, _class: &Class, args: Args<'_>) -> Outcome {
    only_name(cx, "paramspec", args)?;
    let options = options(cx, "paramspec", args, &ALL)?;
    finish(cx, TypeId::ParamSpec, &options)
}

pub(super) fn type_var_tuple(cx: &Cx, _class: &Class, args: Args<'_>) -> Outcome {
    only_name(cx, "typevartuple", args)?;
    let options = options(cx, "typevartuple", args, &["name", "default"])?;
    finish(cx, TypeId::TypeVarTuple, &options)
}

impl Parameter {
    /// The name.
    pub(super) fn text(&self) -> &str {
        self.name.borrow().downcast::<Str>().map_or("", Str::as_str)
    }
}

/// The parameters in a row, each row of types unpacked.
pub(super) fn unpacked(cx: &Cx, parameters: &[Ref<'_>]) -> Owned {
    let each = |one: &Ref<'_>| match cx.is_instance(*one, TypeId::TypeVarTuple) {
        true => super::unpack::of_tuple(cx, one.own()),
        false => one.own(),
    };
    cx.tuple(parameters.iter().map(each).collect())
}
