//! What stands for the parts of a parameter: `*Ts`, `P.args`, `P.kwargs`.

use super::Parameter;
use crate::compile::Comparison;
use crate::eval::cx::Cx;
use crate::eval::ops::{compare, text};
use crate::eval::{Args, Outcome};
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::payload::{self, Boxed, payload};

/// The types that a `TypeVarTuple` stands for, one by one.
pub(crate) struct Unpack {
    tuple: Owned,
}

payload!(Unpack as Unpack, "unpacked", |this, visit| visit(
    this.tuple.borrow()
));

class! {
    pub(crate) UNPACK: Boxed<Unpack> = "_UnpackGenericAlias" (Object) {
        sealed;
        module "typing";
        slots { repr: repr, compare: compare_unpacked, hash: hash }
        get __args__ as args;
        get __parameters__ as args;
        get __typing_is_unpacked_typevartuple__ as is_unpacked;
        get __typing_unpacked_tuple_args__ as nothing;
        method __typing_subst__ as substitute(self, arg, /);
    }
}

/// `*Ts`
pub(super) fn of_tuple(cx: &Cx, tuple: Owned) -> Owned {
    payload::new(cx, Unpack { tuple })
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let this = this.payload::<Unpack>().expect("an unpacked tuple");
    let inner = text::repr_text(cx, this.tuple.borrow())?;
    Ok(cx.str(&format!("typing.Unpack[{inner}]")))
}

fn compare_unpacked(_cx: &Cx, comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let (Some(left), Some(right)) = (left.payload::<Unpack>(), right.payload::<Unpack>()) else {
        return Ok(Owned::not_implemented());
    };
    let same = left.tuple.borrow() == right.tuple.borrow();
    Ok(match comparison {
        Comparison::Eq => Owned::bool(same),
        Comparison::Ne => Owned::bool(!same),
        _ => Owned::not_implemented(),
    })
}

fn hash(cx: &Cx, this: Ref<'_>) -> Outcome<i64> {
    let this = this.payload::<Unpack>().expect("an unpacked tuple");
    compare::hash(cx, this.tuple.borrow()).map(|hash| hash ^ 0x5bd1)
}

fn args(cx: &Cx, this: &Unpack) -> Owned {
    cx.tuple(vec![this.tuple.clone()])
}

fn is_unpacked(_cx: &Cx, _this: &Unpack) -> bool {
    true
}

fn nothing(_cx: &Cx, _this: &Unpack) -> Owned {
    Owned::NONE
}

fn substitute(_cx: &Cx, _this: &Unpack, arg: Ref<'_>) -> Owned {
    arg.own()
}

/// The positional or the keyword arguments that a `ParamSpec` stands for.
pub(crate) struct Arguments {
    origin: Owned,
}

payload!(
    Arguments as ParamSpecArgs,
    "arguments of a ParamSpec",
    |this, visit| visit(this.origin.borrow())
);

class! {
    pub(crate) PARAM_SPEC_ARGS: Boxed<Arguments> = "ParamSpecArgs" (Object) {
        sealed;
        module "typing";
        with_weak;
        doc "The positional part of a ParamSpec.";
        slots { new: make, repr: repr_arguments, compare: compare_arguments }
        read __origin__ as origin;
        method __mro_entries__ as no_base(self, bases, /);
    }
}

class! {
    pub(crate) PARAM_SPEC_KWARGS: Boxed<Arguments> = "ParamSpecKwargs" (Object) {
        sealed;
        module "typing";
        with_weak;
        doc "The keyword part of a ParamSpec.";
        slots { new: make, repr: repr_arguments, compare: compare_arguments }
        read __origin__ as origin;
        method __mro_entries__ as no_base(self, bases, /);
    }
}

/// `P.args` or `P.kwargs`
pub(super) fn of_param_spec(cx: &Cx, sort: TypeId, origin: Owned) -> Owned {
    payload::new_in(cx, cx.class(sort), Arguments { origin })
}

fn make(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    match args.positional {
        [origin] if args.names.is_empty() => {
            let origin = origin.own();
            Ok(payload::new_in(cx, class, Arguments { origin }))
        }
        _ => {
            let name = class.name(cx);
            Err(cx.type_error(format!("{name}() takes exactly one argument, 'origin'")))
        }
    }
}

fn repr_arguments(cx: &Cx, this: Ref<'_>) -> Outcome {
    let origin = &this.payload::<Arguments>().expect("arguments").origin;
    let part = match cx.is_instance(this, TypeId::ParamSpecArgs) {
        true => "args",
        false => "kwargs",
    };
    let name = match origin.borrow().payload::<Parameter>() {
        Some(parameter) => parameter.text().to_owned(),
        None => text::repr_text(cx, origin.borrow())?,
    };
    Ok(cx.str(&format!("{name}.{part}")))
}

fn compare_arguments(cx: &Cx, comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let (Some(one), Some(other)) = (left.payload::<Arguments>(), right.payload::<Arguments>())
    else {
        return Ok(Owned::not_implemented());
    };
    let same_class = cx.class_of(left).same(cx.class_of(right));
    let same = same_class && compare::equal(cx, one.origin.borrow(), other.origin.borrow())?;
    Ok(match comparison {
        Comparison::Eq => Owned::bool(same),
        Comparison::Ne => Owned::bool(!same),
        _ => Owned::not_implemented(),
    })
}

fn origin(_cx: &Cx, this: &Arguments) -> Owned {
    this.origin.clone()
}

fn no_base(cx: &Cx, this: Ref<'_>, _bases: Ref<'_>) -> Outcome {
    let kind = cx.type_name(this);
    Err(cx.type_error(format!("Cannot subclass an instance of {kind}")))
}
