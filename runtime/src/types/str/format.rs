//! `str.format`, `str.format_map` and `format(str, ...)`.

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, subscript, text};
use crate::eval::{Outcome, Raised};
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::text::format as spec;
use crate::text::template::{self, Field, Numbering, Piece, Step};
use crate::text::{Wtf8, Wtf8Buf};

use super::wtf8;

/// `format(string, specification)`
pub(super) fn format_one(cx: &Cx, this: Ref<'_>, specification: &Str) -> Outcome {
    let given = specification.as_str();
    if given.is_empty() {
        return text::str(cx, this);
    }
    let refuse = |error: spec::Error| cx.value_error(error.message(given, &cx.type_name(this)));
    let parsed =
        spec::Specification::parse(wtf8(specification), spec::Kind::Text).map_err(refuse)?;
    cx.room_for(parsed.room())?;
    let made = spec::text(wtf8(this.layout()), &parsed).map_err(refuse)?;
    Ok(cx.wtf8(made.as_bytes()))
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
    Ok(cx.wtf8(source.render(cx, wtf8(this), 0)?.as_bytes()))
}

pub(super) fn format_map(cx: &Cx, this: &Str, mapping: Ref<'_>) -> Outcome {
    let mut source = Source {
        args: None,
        mapping,
        numbering: Numbering::default(),
    };
    Ok(cx.wtf8(source.render(cx, wtf8(this), 0)?.as_bytes()))
}

impl Source<'_> {
    fn render(&mut self, cx: &Cx, template: &Wtf8, depth: usize) -> Outcome<Wtf8Buf> {
        if depth > 1 {
            return Err(cx.value_error("Max string recursion exceeded"));
        }
        let mut out = Wtf8Buf::new();
        for piece in template::pieces(template) {
            match piece.map_err(|error| refuse(cx, error))? {
                Piece::Literal(literal) => out.push_wtf8(literal),
                Piece::Field(field) => {
                    let made = self.field(cx, &field, depth)?;
                    out.push_wtf8(wtf8(made.borrow().layout()));
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
            false => field.specification.to_wtf8_buf(),
        };
        text::format(
            cx,
            value.borrow(),
            cx.wtf8(specification.as_bytes()).borrow(),
        )
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
                    attribute::get(cx, value.borrow(), cx.wtf8(name.as_bytes()).borrow())?
                }
                Step::Index(index) => {
                    subscript::get(cx, value.borrow(), cx.int(index as i64).borrow())?
                }
                Step::Key(key) => {
                    subscript::get(cx, value.borrow(), cx.wtf8(key.as_bytes()).borrow())?
                }
            };
        }
        Ok(value)
    }

    fn first(&self, cx: &Cx, first: Result<usize, &Wtf8>) -> Outcome<Owned> {
        match (first, self.args) {
            (Err(name), _) => subscript::get(cx, self.mapping, cx.wtf8(name.as_bytes()).borrow()),
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
