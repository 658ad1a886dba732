//! Values that are found out when somebody asks: bounds, constraints, defaults, what an alias stands for.

use crate::eval::cx::Cx;
use crate::eval::ops::text;
use crate::eval::{Args, Outcome};
use crate::objects::header::Header;
use crate::refs::{Owned, Ref};
use crate::types::define::class;
use crate::types::field::Field;
use crate::types::payload::{self, Boxed, payload};
use crate::types::{TypeId, class::Class};

/// How an evaluator is asked for the value itself, as in `annotationlib`.
const VALUE: i64 = 1;
/// How it is asked for the source text.
const STRING: i64 = 4;

/// A value, or the function that gives it.
pub(super) struct Evaluated {
    value: Field,
    evaluator: Field,
}

impl Evaluated {
    /// Nothing.
    pub(super) fn nothing() -> Self {
        Self {
            value: Field::new("value"),
            evaluator: Field::new("evaluator"),
        }
    }

    pub(super) fn set_value(&self, cx: &Cx, owner: &Header, value: Owned) {
        self.value.set(cx, owner, Some(value));
    }

    pub(super) fn set_evaluator(&self, cx: &Cx, owner: &Header, evaluator: Owned) {
        self.evaluator.set(cx, owner, Some(evaluator));
    }

    /// The value, found out now if it was not yet; nothing if there is none.
    pub(super) fn get(&self, cx: &Cx, owner: &Header) -> Outcome<Option<Owned>> {
        if let Some(value) = self.value.get(cx, owner) {
            return Ok(Some(value));
        }
        let Some(evaluator) = self.evaluator.get(cx, owner) else {
            return Ok(None);
        };
        let format = cx.int(VALUE);
        let value = cx.call(evaluator.borrow(), Args::positional(&[format.borrow()]))?;
        self.set_value(cx, owner, value.clone());
        Ok(Some(value))
    }

    /// The function that gives the value; nothing if there is no value.
    pub(super) fn evaluator(&self, cx: &Cx, owner: &Header) -> Option<Owned> {
        if let Some(evaluator) = self.evaluator.get(cx, owner) {
            return Some(evaluator);
        }
        let value = self.value.get(cx, owner)?;
        Some(payload::new(cx, ConstEvaluator { value }))
    }

    /// Whether there is a value.
    pub(super) fn is_there(&self, cx: &Cx, owner: &Header) -> bool {
        self.value.get(cx, owner).is_some() || self.evaluator.get(cx, owner).is_some()
    }

    pub(super) fn show(&self, visit: &mut dyn FnMut(Ref<'_>)) {
        self.value.show(visit);
        self.evaluator.show(visit);
    }
}

/// The evaluator of a value that was there from the start.
pub(crate) struct ConstEvaluator {
    value: Owned,
}

payload!(
    ConstEvaluator as ConstEvaluator,
    "constevaluator",
    |this, visit| visit(this.value.borrow())
);

class! {
    pub(crate) CONST_EVALUATOR: Boxed<ConstEvaluator> = "constevaluator" (Object) {
        sealed;
        module "_typing";
        slots { call: evaluate, repr: repr }
    }
}

fn evaluate(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome {
    let value = &this
        .payload::<ConstEvaluator>()
        .expect("an evaluator")
        .value;
    let [format] = args.positional else {
        let given = args.positional.len();
        return Err(cx.type_error(format!(
            "constevaluator.__call__() takes exactly 1 argument ({given} given)"
        )));
    };
    match format.as_small() {
        Some(STRING) => Ok(cx.str(&text_of_type(cx, value.borrow())?)),
        _ => Ok(value.clone()),
    }
}

/// A type as annotations show it.
fn text_of_type(cx: &Cx, value: Ref<'_>) -> Outcome<String> {
    match Class::of(value) {
        Some(class) => Ok(crate::types::type_::qualified_name(cx, class)),
        None => text::repr_text(cx, value),
    }
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let value = &this
        .payload::<ConstEvaluator>()
        .expect("an evaluator")
        .value;
    let shown = text::repr_text(cx, value.borrow())?;
    Ok(cx.str(&format!("<constevaluator {shown}>")))
}

/// `typing.NoDefault`
pub(crate) struct NoDefault;

payload!(NoDefault as NoDefaultType, "NoDefault", |_this, _visit| {});

class! {
    pub(crate) NO_DEFAULT: Boxed<NoDefault> = "NoDefaultType" (Object) {
        sealed;
        module "typing";
        doc "The class of NoDefault.";
        slots { new: the_one, repr: repr_no_default }
        method __reduce__ as reduce_no_default(self, /);
    }
}

/// The only instance, for the world to keep.
pub(crate) fn make_no_default(cx: &Cx) -> Owned {
    payload::new(cx, NoDefault)
}

fn the_one(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    match args.is_empty() {
        true => Ok(cx.world().no_default().own()),
        false => {
            let name = class.name(cx);
            Err(cx.type_error(format!("{name} takes no arguments")))
        }
    }
}

fn repr_no_default(cx: &Cx, _this: Ref<'_>) -> Outcome {
    Ok(cx.str("typing.NoDefault"))
}

fn reduce_no_default(_cx: &Cx, _this: Ref<'_>) -> &'static str {
    "NoDefault"
}

/// A default as attributes show it.
pub(super) fn or_no_default(cx: &Cx, value: Option<Owned>) -> Owned {
    value.unwrap_or_else(|| cx.world().no_default().own())
}

/// Whether an argument says that there is no default.
pub(super) fn is_no_default(cx: &Cx, value: Ref<'_>) -> bool {
    cx.is_instance(value, TypeId::NoDefaultType)
}
