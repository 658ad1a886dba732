//! Type parameters, type aliases, and template strings.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::refs::{Owned, Ref};
use crate::types::{function, template, type_parameters as parameters};

/// `value, text(, specification)` of a replacement field of a template string.
pub(in crate::eval) fn build_interpolation(cx: &Cx, operand: u32, parts: &[Ref<'_>]) -> Outcome {
    let conversion = match operand >> 1 {
        0 => Owned::NONE,
        1 => cx.str("s"),
        2 => cx.str("r"),
        _ => cx.str("a"),
    };
    let specification = parts.get(2).map_or_else(|| cx.str(""), |text| text.own());
    let (value, text) = (parts[0].own(), parts[1].own());
    Ok(template::interpolation(
        cx,
        value,
        text,
        conversion,
        specification,
    ))
}

pub(in crate::eval) fn build_template(
    cx: &Cx,
    strings: Ref<'_>,
    interpolations: Ref<'_>,
) -> Outcome {
    Ok(template::template(cx, strings.own(), interpolations.own()))
}

/// `name(, evaluator)`: bound or constraints are found out when somebody asks.
pub(in crate::eval) fn make_type_var(cx: &Cx, operand: u32, parts: &[Ref<'_>]) -> Outcome {
    let evaluator = parts.get(1).map(|evaluator| evaluator.own());
    let (bound, constraints) = match operand {
        2 => (None, evaluator),
        _ => (evaluator, None),
    };
    Ok(parameters::type_var(cx, parts[0].own(), bound, constraints))
}

pub(in crate::eval) fn make_param_spec(cx: &Cx, name: Ref<'_>) -> Outcome {
    Ok(parameters::param_spec(cx, name.own()))
}

pub(in crate::eval) fn make_type_var_tuple(cx: &Cx, name: Ref<'_>) -> Outcome {
    Ok(parameters::type_var_tuple(cx, name.own()))
}

pub(in crate::eval) fn set_type_param_default(
    cx: &Cx,
    parameter: Ref<'_>,
    evaluator: Ref<'_>,
) -> Outcome {
    parameters::set_default(cx, parameter, evaluator.own());
    Ok(parameter.own())
}

pub(in crate::eval) fn set_type_params(cx: &Cx, target: Ref<'_>, all: Ref<'_>) -> Outcome {
    drop(function::part(cx, target, |parts| {
        parts.type_params.replace(all.own())
    }));
    Ok(target.own())
}

pub(in crate::eval) fn subscript_generic(cx: &Cx, all: Ref<'_>) -> Outcome {
    parameters::generic_of(cx, all)
}

/// `name, type parameters or None, evaluator`
pub(in crate::eval) fn make_type_alias(cx: &Cx, parts: &[Ref<'_>]) -> Outcome {
    let [name, all, evaluator] = parts else {
        return Ok(Owned::NONE);
    };
    let all = all.not_none().map(Ref::own);
    Ok(parameters::alias(cx, name.own(), all, evaluator.own()))
}
