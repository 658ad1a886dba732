//! Formatted string literals and template strings.

use ruff_python_ast::{
    ConversionFlag, ExprFString, ExprTString, FStringPart, InterpolatedElement,
    InterpolatedStringElement, InterpolatedStringElements,
};

use super::{Emitted, Emitter};
use crate::compile::code::Constant;
use crate::compile::instructions::Opcode;
use crate::compile::operands::Conversion;
use crate::syntax::Span;

/// Pieces of a string that is being put together: text not yet written, and how many pieces are on the stack.
#[derive(Default)]
struct Pieces {
    /// In WTF-8.
    text: Vec<u8>,
    count: u32,
}

impl<'a> Emitter<'a> {
    pub(super) fn f_string(&mut self, string: &'a ExprFString) -> Emitted {
        let mut pieces = Pieces::default();
        for part in string.value.iter() {
            match part {
                FStringPart::Literal(literal) => {
                    let is_raw = literal.flags.prefix().is_raw();
                    pieces
                        .text
                        .extend(self.wtf8(&literal.value, Span::of(literal), is_raw));
                }
                FStringPart::FString(string) => {
                    let is_raw = string.flags.prefix().is_raw();
                    self.elements(&string.elements, is_raw, &mut pieces)?;
                }
            }
        }
        self.join(pieces);
        Ok(())
    }

    fn elements(
        &mut self,
        elements: &'a InterpolatedStringElements,
        is_raw: bool,
        pieces: &mut Pieces,
    ) -> Emitted {
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(literal) => {
                    let text = self.wtf8(&literal.value, Span::of(literal), is_raw);
                    pieces.text.extend(text);
                }
                InterpolatedStringElement::Interpolation(field) => {
                    self.field(field, is_raw, pieces)?;
                }
            }
        }
        Ok(())
    }

    /// A replacement field.
    fn field(
        &mut self,
        field: &'a InterpolatedElement,
        is_raw: bool,
        pieces: &mut Pieces,
    ) -> Emitted {
        pieces.text.extend(debug_text(field).into_bytes());
        self.flush(pieces);
        self.at(Span::of(field), |emitter| emitter.formatted(field, is_raw))?;
        pieces.count += 1;
        Ok(())
    }

    fn formatted(&mut self, field: &'a InterpolatedElement, is_raw: bool) -> Emitted {
        self.expression(&field.expression)?;
        if let Some(conversion) = conversion(field) {
            self.emit(Opcode::ConvertValue, conversion as u32);
        }
        match &field.format_spec {
            None => self.op(Opcode::FormatSimple),
            Some(specification) => {
                let mut pieces = Pieces::default();
                self.elements(&specification.elements, is_raw, &mut pieces)?;
                self.join(pieces);
                self.op(Opcode::FormatWithSpec);
            }
        }
        Ok(())
    }

    pub(super) fn t_string(&mut self, string: &'a ExprTString) -> Emitted {
        let mut texts = vec![String::new()];
        let mut fields = Vec::new();
        for element in string.value.iter().flat_map(|part| part.elements.iter()) {
            let last = texts.len() - 1;
            match element {
                InterpolatedStringElement::Literal(literal) => texts[last] += literal,
                InterpolatedStringElement::Interpolation(field) => {
                    texts[last] += &debug_text(field);
                    texts.push(String::new());
                    fields.push(field);
                }
            }
        }
        self.texts(texts.iter().map(String::as_str));
        for field in &fields {
            self.at(Span::of(*field), |emitter| emitter.interpolation(field))?;
        }
        self.emit(Opcode::BuildTuple, fields.len() as u32);
        self.op(Opcode::BuildTemplate);
        Ok(())
    }

    /// A field of a template: its value, its text, and its specification if it has one.
    fn interpolation(&mut self, field: &'a InterpolatedElement) -> Emitted {
        self.expression(&field.expression)?;
        let text = self.source.slice(Span::of(&*field.expression)).to_owned();
        self.text(&text);
        if let Some(specification) = &field.format_spec {
            let mut pieces = Pieces::default();
            self.elements(&specification.elements, false, &mut pieces)?;
            self.join(pieces);
        }
        let conversion = conversion(field).map_or(0, |conversion| conversion as u32 + 1);
        let operand = conversion << 1 | field.format_spec.is_some() as u32;
        self.emit(Opcode::BuildInterpolation, operand);
        Ok(())
    }

    fn flush(&mut self, pieces: &mut Pieces) {
        if !pieces.text.is_empty() {
            self.constant(Constant::text(std::mem::take(&mut pieces.text)));
            pieces.count += 1;
        }
    }

    fn join(&mut self, mut pieces: Pieces) {
        self.flush(&mut pieces);
        match pieces.count {
            0 => self.constant(Constant::Str("".into())),
            1 => {}
            count => self.emit(Opcode::BuildString, count),
        }
    }
}

/// The text that `{x=}` puts in front.
fn debug_text(field: &InterpolatedElement) -> String {
    field.debug_text.as_ref().map_or(String::new(), |debug| {
        [debug.leading(), debug.expression(), debug.trailing()].concat()
    })
}

/// `{x=}` shows the repr unless something else is asked for.
fn conversion(field: &InterpolatedElement) -> Option<Conversion> {
    match field.conversion {
        ConversionFlag::Str => Some(Conversion::Str),
        ConversionFlag::Repr => Some(Conversion::Repr),
        ConversionFlag::Ascii => Some(Conversion::Ascii),
        ConversionFlag::None => {
            let shows_repr = field.debug_text.is_some() && field.format_spec.is_none();
            shows_repr.then_some(Conversion::Repr)
        }
    }
}
