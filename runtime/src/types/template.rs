//! Template strings (PEP 750): `Template` and `Interpolation` of `string.templatelib`.

use crate::eval::cx::Cx;
use crate::eval::ops::text;
use crate::eval::{Args, Outcome};
use crate::objects::position::Position;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::class_getitem::class_getitem;
use crate::types::define::class;
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};

/// One replacement field.
pub(crate) struct Interpolation {
    value: Owned,
    expression: Owned,
    conversion: Owned,
    specification: Owned,
}

payload!(
    Interpolation as Interpolation,
    "interpolation",
    |this, visit| {
        let parts = [
            &this.value,
            &this.expression,
            &this.conversion,
            &this.specification,
        ];
        parts.into_iter().for_each(|part| visit(part.borrow()));
    }
);

class! {
    pub(crate) INTERPOLATION: Boxed<Interpolation> = "Interpolation" (Object) {
        sealed;
        module "string.templatelib";
        doc "A value in a t-string, and how it was written.";
        slots { new: make_interpolation, repr: repr_interpolation }
        read value;
        read expression;
        read conversion;
        read format_spec as specification;
        constant __match_args__ = match_args;
        class __class_getitem__ as class_getitem(self, item, /);
        method __reduce__ as reduce_interpolation(self, /);
    }
}

/// `Interpolation(value, expression, conversion, format_spec)`
pub(crate) fn interpolation(
    cx: &Cx,
    value: Owned,
    expression: Owned,
    conversion: Owned,
    specification: Owned,
) -> Owned {
    payload::new(
        cx,
        Interpolation {
            value,
            expression,
            conversion,
            specification,
        },
    )
}

const NAMES: [&str; 4] = ["value", "expression", "conversion", "format_spec"];

fn match_args(cx: &Cx) -> Owned {
    cx.tuple(NAMES.iter().map(|name| cx.str(name)).collect())
}

fn make_interpolation(cx: &Cx, _class: &Class, args: Args<'_>) -> Outcome {
    let mut given = [None; 4];
    if args.positional.len() > 4 {
        let count = args.positional.len();
        return Err(cx.type_error(format!(
            "Interpolation() takes at most 4 arguments ({count} given)"
        )));
    }
    for (place, value) in given.iter_mut().zip(args.positional) {
        *place = Some(*value);
    }
    for (name, value) in args.names.iter().zip(args.keywords) {
        let name = cx.text_of(*name);
        match NAMES.iter().position(|known| *known == name) {
            Some(place) if given[place].is_none() => given[place] = Some(*value),
            _ => {
                return Err(cx.type_error(format!(
                    "Interpolation() got an unexpected keyword argument '{name}'"
                )));
            }
        }
    }
    let [Some(value), expression, conversion, specification] = given else {
        return Err(cx.type_error("Interpolation() missing required argument 'value' (pos 1)"));
    };
    let expression = text_or_empty(cx, "expression", expression)?;
    let specification = text_or_empty(cx, "format_spec", specification)?;
    let conversion = conversion.and_then(Ref::not_none);
    if let Some(conversion) = conversion {
        check_conversion(cx, conversion)?;
    }
    let conversion = conversion.map_or(Owned::NONE, Ref::own);
    Ok(interpolation(
        cx,
        value.own(),
        expression,
        conversion,
        specification,
    ))
}

fn text_or_empty(cx: &Cx, name: &str, value: Option<Ref<'_>>) -> Outcome {
    match value {
        None => Ok(cx.str("")),
        Some(text) if text.downcast::<Str>().is_some() => Ok(text.own()),
        Some(other) => {
            let kind = cx.type_name(other);
            Err(cx.type_error(format!(
                "Interpolation() argument '{name}' must be str, not {kind}"
            )))
        }
    }
}

fn check_conversion(cx: &Cx, conversion: Ref<'_>) -> Outcome<()> {
    let Some(letter) = conversion.downcast::<Str>() else {
        let kind = cx.type_name(conversion);
        return Err(cx.type_error(format!(
            "Interpolation() argument 'conversion' must be str, not {kind}"
        )));
    };
    match letter.as_str() {
        "s" | "r" | "a" => Ok(()),
        _ => Err(
            cx.value_error("Interpolation() argument 'conversion' must be one of 's', 'a' or 'r'")
        ),
    }
}

fn repr_interpolation(cx: &Cx, this: Ref<'_>) -> Outcome {
    let this = this.payload::<Interpolation>().expect("an interpolation");
    let mut out = "Interpolation(".to_owned();
    let parts = [
        this.value.borrow(),
        this.expression.borrow(),
        this.conversion.borrow(),
        this.specification.borrow(),
    ];
    text::join_reprs(cx, parts, &mut out)?;
    out.push(')');
    Ok(cx.str(&out))
}

fn value(_cx: &Cx, this: &Interpolation) -> Owned {
    this.value.clone()
}

fn expression(_cx: &Cx, this: &Interpolation) -> Owned {
    this.expression.clone()
}

fn conversion(_cx: &Cx, this: &Interpolation) -> Owned {
    this.conversion.clone()
}

fn specification(_cx: &Cx, this: &Interpolation) -> Owned {
    this.specification.clone()
}

fn reduce_interpolation(cx: &Cx, this: &Interpolation) -> Owned {
    let class = cx.class(TypeId::Interpolation).as_ref().own();
    let args = cx.tuple(vec![
        this.value.clone(),
        this.expression.clone(),
        this.conversion.clone(),
        this.specification.clone(),
    ]);
    cx.tuple(vec![class, args])
}

/// A template: one more string than interpolations.
pub(crate) struct Template {
    strings: Owned,
    interpolations: Owned,
}

payload!(Template as Template, "template", |this, visit| {
    visit(this.strings.borrow());
    visit(this.interpolations.borrow());
});

class! {
    pub(crate) TEMPLATE: Boxed<Template> = "Template" (Object) {
        sealed;
        module "string.templatelib";
        doc "What a t-string is: its texts and the values between them.";
        slots { new: make_template, repr: repr_template, iter: iter, add: add }
        read strings;
        read interpolations;
        /// The values that were interpolated.
        get values;
        class __class_getitem__ as class_getitem(self, item, /);
    }
}

/// A template of strings and interpolations, which are tuples.
pub(crate) fn template(cx: &Cx, strings: Owned, interpolations: Owned) -> Owned {
    payload::new(
        cx,
        Template {
            strings,
            interpolations,
        },
    )
}

fn row(held: &Owned) -> &[Ref<'_>] {
    held.borrow().downcast::<Tuple>().map_or(&[], items)
}

/// The parts of a template that is being made.
#[derive(Default)]
struct Parts {
    strings: Vec<String>,
    interpolations: Vec<Owned>,
}

impl Parts {
    /// Adds text behind what is there.
    fn text(&mut self, text: &str) {
        let is_open = self.interpolations.len() < self.strings.len();
        match self.strings.last_mut().filter(|_| is_open) {
            Some(last) => last.push_str(text),
            None => self.strings.push(text.to_owned()),
        }
    }

    fn interpolation(&mut self, interpolation: Owned) {
        self.text("");
        self.interpolations.push(interpolation);
    }

    fn finish(mut self, cx: &Cx) -> Owned {
        self.text("");
        let strings = self.strings.iter().map(|text| cx.str(text)).collect();
        template(cx, cx.tuple(strings), cx.tuple(self.interpolations))
    }
}

impl Template {
    /// Strings and interpolations in turn.
    fn add_to(&self, parts: &mut Parts) {
        let strings = row(&self.strings);
        for (index, text) in strings.iter().enumerate() {
            parts.text(text.downcast::<Str>().map_or("", Str::as_str));
            if let Some(interpolation) = row(&self.interpolations).get(index) {
                parts.interpolation(interpolation.own());
            }
        }
    }
}

fn make_template(cx: &Cx, _class: &Class, args: Args<'_>) -> Outcome {
    if !args.names.is_empty() {
        return Err(cx.type_error("Template.__new__ only accepts *args arguments"));
    }
    let mut parts = Parts::default();
    for part in args.positional {
        if let Some(text) = part.downcast::<Str>() {
            parts.text(text.as_str());
        } else if part.payload::<Interpolation>().is_some() {
            parts.interpolation(part.own());
        } else {
            let kind = cx.type_name(*part);
            return Err(cx.type_error(format!(
                "Template.__new__ *args need to be of type 'str' or 'Interpolation', got {kind}"
            )));
        }
    }
    Ok(parts.finish(cx))
}

fn of(this: Ref<'_>) -> &Template {
    this.payload::<Template>().expect("a template")
}

fn repr_template(cx: &Cx, this: Ref<'_>) -> Outcome {
    let this = of(this);
    let strings = text::repr_text(cx, this.strings.borrow())?;
    let interpolations = text::repr_text(cx, this.interpolations.borrow())?;
    Ok(cx.str(&format!(
        "Template(strings={strings}, interpolations={interpolations})"
    )))
}

fn strings(_cx: &Cx, this: &Template) -> Owned {
    this.strings.clone()
}

fn interpolations(_cx: &Cx, this: &Template) -> Owned {
    this.interpolations.clone()
}

fn values(cx: &Cx, this: &Template) -> Owned {
    let each = row(&this.interpolations).iter();
    let values = each.filter_map(|one| one.payload::<Interpolation>());
    cx.tuple(values.map(|one| one.value.clone()).collect())
}

fn add(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let (Some(first), Some(second)) = (left.payload::<Template>(), right.payload::<Template>())
    else {
        let name = |value: Ref<'_>| match value.payload::<Template>() {
            Some(_) => "string.templatelib.Template".to_owned(),
            None => cx.type_name(value),
        };
        return Err(cx.type_error(format!(
            "can only concatenate {} (not \"{}\") to {}",
            name(left),
            name(right),
            name(left)
        )));
    };
    let mut parts = Parts::default();
    first.add_to(&mut parts);
    second.add_to(&mut parts);
    Ok(parts.finish(cx))
}

/// Gives the strings that are not empty, and the interpolations, in their order.
pub(crate) struct TemplateIterator {
    template: Owned,
    /// Twice the index of a string, one more for the interpolation behind it.
    place: Position,
}

payload!(
    TemplateIterator as TemplateIterator,
    "template iterator",
    |this, visit| visit(this.template.borrow())
);

class! {
    pub(crate) TEMPLATE_ITERATOR: Boxed<TemplateIterator> = "TemplateIter" (Object) {
        sealed;
        module "string.templatelib";
        doc "The parts of a t-string in order, without empty texts.";
        slots { iter: itself, next: next }
    }
}

fn iter(cx: &Cx, this: Ref<'_>) -> Outcome {
    let iterator = TemplateIterator {
        template: this.own(),
        place: Position::new(0),
    };
    Ok(payload::new(cx, iterator))
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let iterator = this
        .payload::<TemplateIterator>()
        .expect("a template iterator");
    let template = of(iterator.template.borrow());
    let owner = this.header().expect("an iterator is an object");
    while let Some(place) = iterator.place.take(cx.ts, owner, 1) {
        let index = place as usize / 2;
        let part = match place % 2 {
            0 => row(&template.strings).get(index),
            _ => row(&template.interpolations).get(index),
        };
        match part {
            None => iterator.place.end(),
            Some(part) if place % 2 == 0 && cx.text_of(*part).is_empty() => {}
            Some(part) => return Ok(Some(part.own())),
        }
    }
    Ok(None)
}
