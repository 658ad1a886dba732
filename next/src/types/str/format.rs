//! `str.format`, `str.format_map` and `format(str, ...)`.

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, subscript, text};
use crate::eval::{Outcome, Raised};
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::text::Wtf8;
use crate::text::format as spec;
use crate::text::template::{self, Field, Numbering, Piece, Step};

/// `format(string, specification)`
pub(super) fn format_one(cx: &Cx, this: Ref<'_>, specification: &Str) -> Outcome {
    let given = specification.as_str();
    if given.is_empty() {
        return text::str(cx, this);
    }
    let refuse = |error: spec::Error| cx.value_error(error.message(given, &cx.type_name(this)));
    let parsed = spec::Specification::parse(Wtf8::new(given), spec::Kind::Text).map_err(refuse)?;
    let made = spec::text(Wtf8::new(super::of(this)), &parsed).map_err(refuse)?;
    Ok(super::from_bytes(cx, made.as_bytes()))
}

/// Where fields get their values.
struct Source<'a> {
    /// Nothing for `format_map`.
    args: Option<&'a [Ref<'a>]>,
    mapping: Ref<'a>,
    numbering: Numbering,
}

pub(super) fn format(cx: &Cx, this: &Str, args: Ref<'_>, kwargs: Ref<'_>) -> Outcome {
    let mut source = Source {
        args: args.downcast::<Tuple>().map(items),
        mapping: kwargs,
        numbering: Numbering::default(),
    };
    Ok(cx.str(&source.render(cx, Wtf8::new(this.as_str()), 0)?))
}

pub(super) fn format_map(cx: &Cx, this: &Str, mapping: Ref<'_>) -> Outcome {
    let mut source = Source {
        args: None,
        mapping,
        numbering: Numbering::default(),
    };
    Ok(cx.str(&source.render(cx, Wtf8::new(this.as_str()), 0)?))
}

/// Parts of a string are as whole as it is.
fn text_of(text: &Wtf8) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(text.as_bytes())
}

impl Source<'_> {
    fn render(&mut self, cx: &Cx, template: &Wtf8, depth: usize) -> Outcome<String> {
        if depth > 1 {
            return Err(cx.value_error("Max string recursion exceeded"));
        }
        let mut out = String::new();
        for piece in template::pieces(template) {
            match piece.map_err(|error| refuse(cx, error))? {
                Piece::Literal(literal) => out.push_str(&text_of(literal)),
                Piece::Field(field) => {
                    let made = self.field(cx, &field, depth)?;
                    out.push_str(cx.text_of(made.borrow()));
                }
            }
        }
        Ok(out)
    }

    fn field(&mut self, cx: &Cx, field: &Field<'_>, depth: usize) -> Outcome {
        let value = self.value(cx, field.name)?;
        let value = match field.conversion.and_then(char::from_u32) {
            None => value,
            Some('s') => text::str(cx, value.borrow())?,
            Some('r') => text::repr(cx, value.borrow())?,
            Some('a') => text::ascii(cx, value.borrow())?,
            Some(other) => {
                return Err(cx.value_error(format!("Unknown conversion specifier {other}")));
            }
        };
        let specification = match field.is_nested() {
            true => self.render(cx, field.specification, depth + 1)?,
            false => text_of(field.specification).into_owned(),
        };
        text::format(cx, value.borrow(), cx.str(&specification).borrow())
    }

    fn value(&mut self, cx: &Cx, name: &Wtf8) -> Outcome {
        let (first, steps) = template::name(name).map_err(|error| refuse(cx, error))?;
        let first = self
            .numbering
            .resolve(first)
            .map_err(|error| refuse(cx, error))?;
        let mut value = self.first(cx, first)?;
        for step in steps {
            value = match step.map_err(|error| refuse(cx, error))? {
                Step::Attribute(name) => {
                    attribute::get(cx, value.borrow(), cx.str(&text_of(name)).borrow())?
                }
                Step::Index(index) => {
                    subscript::get(cx, value.borrow(), cx.int(index as i64).borrow())?
                }
                Step::Key(key) => {
                    subscript::get(cx, value.borrow(), cx.str(&text_of(key)).borrow())?
                }
            };
        }
        Ok(value)
    }

    fn first(&self, cx: &Cx, first: Result<usize, &Wtf8>) -> Outcome<Owned> {
        match (first, self.args) {
            (Err(name), _) => subscript::get(cx, self.mapping, cx.str(&text_of(name)).borrow()),
            (Ok(_), None) => Err(cx.value_error("Format string contains positional fields")),
            (Ok(place), Some(args)) => match args.get(place) {
                Some(value) => Ok(value.own()),
                None => Err(cx.index_error(format!(
                    "Replacement index {place} out of range for positional args tuple"
                ))),
            },
        }
    }
}

fn refuse(cx: &Cx, error: template::Error) -> Raised {
    cx.value_error(error.message())
}
